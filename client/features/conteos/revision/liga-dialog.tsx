import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { EligeProducto } from '#client/features/transacciones/index.ts';
import { type FilaProducto, useProducto } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { NumberField } from '#client/ui/number-field.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import { cantidadTexto, parseCantidad, toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, nombreUnidad } from '#shared/formato.ts';
import type { CodigoAgrupado } from './codigos-agrupados.ts';

export type LigaDialogProps = {
  conteoId: string;
  codigo: CodigoAgrupado;
  onClose: () => void;
  onHecho: (mensaje: string) => void;
};

type Estado = 'ligada' | 'ajena' | 'pendiente';
type Errores = { producto?: string; factor?: string; motivo?: string };

const ACCION: Record<Estado, string> = {
  ligada: 'Ligar',
  ajena: 'Marcar ajena',
  pendiente: 'Dejarlo pendiente',
};
const HECHO: Record<Estado, string> = {
  ligada: 'quedó ligado',
  ajena: 'quedó como ajeno: no cuenta',
  pendiente: 'quedó pendiente',
};

/** What an unknown code is: a product, somebody else's goods, or not known yet. */
export function LigaDialog({ conteoId, codigo, onClose, onHecho }: LigaDialogProps) {
  const propuesto = useProducto(codigo.propuesta?.productoId ?? null);
  const [elegido, setElegido] = useState<FilaProducto | null>();
  const producto = elegido === undefined ? (propuesto ?? null) : elegido;
  const [estado, setEstado] = useState<Estado>('ligada');
  const [factor, setFactor] = useState(codigo.propuesta?.factor ?? '1');
  const [aprender, setAprender] = useState(true);
  const [motivo, setMotivo] = useState('');
  const [errores, setErrores] = useState<Errores>({});
  const [falla, setFalla] = useState<string>();
  const orden = useOrden(
    (args: { productoId: string | null; factor: string | null; motivo: string | null }) =>
      api.conteos.liga.mutate({
        conteoId,
        lineaIds: codigo.lineaIds,
        estado,
        aprender: estado === 'ligada' && aprender,
        ...args,
      }),
    ['revision', conteoId],
  );

  const liga = () => {
    const leido = parseCantidad(factor, { decimales: 3 });
    const nuevos: Errores = {};
    if (estado === 'ligada' && producto === null)
      nuevos.producto = 'Falta el producto. Búscalo y elígelo de la lista.';
    if (estado === 'ligada' && (!leido.ok || leido.value <= 0n))
      nuevos.factor = 'Escribe cuántas unidades trae.';
    if (estado === 'pendiente' && motivo.trim() === '') nuevos.motivo = 'Escribe por qué se queda pendiente.';
    setErrores(nuevos);
    if (Object.keys(nuevos).length > 0) return;
    orden.mutate(
      {
        productoId: estado === 'ligada' ? producto!.id : null,
        factor: estado === 'ligada' && leido.ok ? cantidadTexto(leido.value) : null,
        motivo: motivo.trim() || null,
      },
      {
        onSuccess: () => {
          onHecho(`${codigo.codigo} ${HECHO[estado]}.`);
          onClose();
        },
        onError: (error) => setFalla(errorDe(error).mensaje),
      },
    );
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={codigo.codigo}
      actions={
        <>
          <Button variant="primary" busy={orden.isPending} onClick={liga}>
            {ACCION[estado]}
          </Button>
          <Button onClick={onClose}>Regresar</Button>
        </>
      }
    >
      <p className="text-ink-soft">
        Se contó {cantidadVista(toCantidad(codigo.unidades))} con este código y nadie lo conocía.
      </p>
      <Segmented
        label="¿Qué es?"
        showLabel
        value={estado}
        onValue={(valor) => setEstado(valor as Estado)}
        options={[
          { value: 'ligada', label: 'Es un producto' },
          { value: 'ajena', label: 'Es ajena' },
          { value: 'pendiente', label: 'Dejar pendiente' },
        ]}
      />
      {estado === 'ligada' && (
        // The proposal is read from the phone's catalogue a moment after the dialog opens.
        <EligeProducto
          key={elegido === undefined ? (propuesto?.id ?? '') : 'a-mano'}
          label="Producto"
          producto={producto}
          onProducto={(nuevo) => {
            setElegido(nuevo);
            setErrores(({ producto: _, ...otros }) => otros);
          }}
          error={errores.producto}
        />
      )}
      {estado === 'ligada' && (
        <>
          <NumberField
            label="Factor"
            value={factor}
            onValue={setFactor}
            decimals={3}
            unit={producto === null ? undefined : nombreUnidad(producto.unidad, 0n)}
            hint="Cuántas unidades trae cada lectura: 1, o 12 si es la caja de 12."
            error={errores.factor}
          />
          <Checkbox
            label="Aprender este código"
            checked={aprender}
            onChecked={setAprender}
            detail="La próxima vez los teléfonos lo reconocen."
          />
        </>
      )}
      {estado === 'ajena' && (
        <p>No es mercancía nuestra: consignación, cascos de clientes. No entra al conteo.</p>
      )}
      {estado !== 'ligada' && (
        <TextArea
          label="Motivo"
          value={motivo}
          onValue={setMotivo}
          rows={2}
          maxLength={500}
          error={errores.motivo}
          hint={estado === 'ajena' ? 'Opcional.' : undefined}
        />
      )}
      {falla && (
        <Banner tone="bad" title="No se ligó" role="alert">
          {falla}
        </Banner>
      )}
    </Dialog>
  );
}
