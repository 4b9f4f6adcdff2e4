import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import type { Valor } from '#shared/domain/catalogo/campo.ts';
import { CAMPO_PRODUCTO, CAMPOS_PRODUCTO } from '#shared/domain/catalogo/campos-producto.ts';
import { Campos } from './campos.tsx';
import { Choques, valorDicho } from './choques.tsx';
import { useArbol } from './use-categorias.ts';
import { type Choque, useEdicion, type Valores } from './use-edicion.ts';

const GRUPOS: readonly (readonly [titulo: string, campos: readonly string[]])[] = [
  ['Qué es', ['codigo', 'nombre', 'categoriaId', 'marca', 'modelo', 'descripcion']],
  ['Cómo se cuenta', ['unidad', 'decimales', 'pideLote', 'pideCaducidad', 'esServicio', 'esJuego']],
  [
    'Precio e impuestos',
    ['precio', 'precioMayoreo', 'costo', 'ivaTasa', 'precioConIva', 'claveProdServ', 'claveUnidad'],
  ],
  ['Otros datos', ['sku', 'upc', 'peso', 'dimensiones']],
];

const HINTS: Readonly<Record<string, string>> = {
  decimales: 'Decimales solo para lo que se mide: kg, m, l.',
  pideLote: 'Al contar se pregunta el lote.',
  pideCaducidad: 'Al contar se pregunta la fecha.',
  esServicio: 'No se cuenta.',
  esJuego: 'Se cuenta por sus partes.',
  costo: 'Por unidad, sin IVA.',
  claveProdServ: '8 dígitos del catálogo del SAT.',
  claveUnidad: 'Como H87 para pieza.',
  dimensiones: 'Largo x ancho x alto.',
};

export type FormaProductoProps = {
  id: string;
  nuevo?: boolean;
  leido: Readonly<Valores>;
  edita: boolean;
  onGuardado: (id: string) => void;
};

/** The fields of a product in groups. Mount it anew when another row was read. */
export function FormaProducto({ id, nuevo = false, leido, edita, onGuardado }: FormaProductoProps) {
  const arbol = useArbol();
  const edicion = useEdicion(CAMPOS_PRODUCTO, leido);
  const [choques, setChoques] = useState<readonly Choque[]>([]);
  const [corrige, setCorrige] = useState(false);
  const guarda = useOrden(
    (cambios: NonNullable<ReturnType<typeof edicion.cambios>>) =>
      api.productos.guarda.mutate({ id, nuevo, cambios }),
    ['catalogo'],
  );
  const decir = (campo: string, valor: Valor) =>
    campo === 'categoriaId' && typeof valor === 'string'
      ? (arbol.nombre(valor) ?? 'otra')
      : valorDicho(valor);
  const manda = () => {
    const cambios = edicion.cambios();
    setCorrige(cambios === null);
    if (cambios === null) return;
    guarda.mutate(cambios, {
      onSuccess: (hecho) => {
        if (hecho.estado === 'cambio') setChoques(hecho.choques);
        else onGuardado(id);
      },
    });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        manda();
      }}
    >
      <Choques
        choques={choques}
        edicion={edicion}
        decir={decir}
        onResuelto={(campo) => setChoques((antes) => antes.filter((c) => c.campo !== campo))}
      />
      {GRUPOS.map(([titulo, campos]) => (
        <Card key={titulo} title={titulo} className="flex flex-col gap-3">
          <fieldset disabled={!edita} className="contents">
            <Campos
              edicion={edicion}
              campos={campos.map((c) => CAMPO_PRODUCTO.get(c)!)}
              opciones={{ categoriaId: arbol.opciones }}
              hints={HINTS}
            />
          </fieldset>
        </Card>
      ))}
      {guarda.error !== null && (
        <Banner tone="bad" title="No se guardó" role="alert">
          {errorDe(guarda.error).mensaje}
        </Banner>
      )}
      {corrige && !edicion.valido && (
        <Banner tone="bad" title="Falta corregir algo" role="alert">
          {Object.values(edicion.errores).join(' ')}
        </Banner>
      )}
      {edita && (
        <Button
          type="submit"
          variant="primary"
          block
          tall
          busy={guarda.isPending}
          disabled={choques.length > 0 || (!nuevo && edicion.cambiados === 0)}
          detail={
            !nuevo && edicion.cambiados > 0
              ? edicion.cambiados === 1
                ? '1 dato cambiado'
                : `${edicion.cambiados} datos cambiados`
              : undefined
          }
        >
          {nuevo ? 'Crear producto' : 'Guardar'}
        </Button>
      )}
    </form>
  );
}
