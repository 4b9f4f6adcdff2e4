import { useRef, useState } from 'react';
import type { ConteoDetalle } from '#client/offline/index.ts';
import type { DatosHoja } from '#client/offline/papel.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import type { PaginaHoja, PiezaHoja, RenglonHoja } from '#shared/domain/hoja-conteo.ts';
import { FalloGuardar } from '../contar/fallo-guardar.tsx';
import { CamposPagina } from './datos-pagina.tsx';
import { RenglonCaptura } from './renglon-captura.tsx';
import { RenglonOtro } from './renglon-otro.tsx';
import { type DatosPagina, useCaptura } from './use-captura.ts';

export type PaginaCapturaProps = {
  conteo: ConteoDetalle;
  hoja: DatosHoja;
  pagina: PaginaHoja;
  datos: DatosPagina;
  onDatos: (cambios: Partial<DatosPagina>) => void;
  usuarioId: string;
  /** Enter on the last row. */
  onUltimo: () => void;
};

type Cabeza = Exclude<PiezaHoja, { tipo: 'renglon' }>;

/** Each heading with its rows. */
function bloques({ piezas }: PaginaHoja): { cabeza: Cabeza; filas: RenglonHoja[] }[] {
  const salida: { cabeza: Cabeza; filas: RenglonHoja[] }[] = [];
  for (const pieza of piezas) {
    if (pieza.tipo === 'renglon') salida.at(-1)?.filas.push(pieza);
    else salida.push({ cabeza: pieza, filas: [] });
  }
  return salida;
}

function detalleDe(cabeza: Cabeza): string {
  if (cabeza.tipo === 'otros') return 'lo que no está en la lista';
  return cabeza.sigue ? 'sigue' : '';
}

/** One page of the paper as it was printed: its head, its bins, its rows. */
export function PaginaCaptura({
  conteo,
  hoja,
  pagina,
  datos,
  onDatos,
  usuarioId,
  onUltimo,
}: PaginaCapturaProps) {
  const c = useCaptura(conteo, hoja, pagina, datos, usuarioId);
  const lista = useRef<HTMLDivElement>(null);
  const capturados = c.filas.filter(({ renglon }) => c.estados.get(renglon)?.previa !== null).length;
  const [yaEstaba] = useState(capturados);
  const bins = new Map(conteo.ubicaciones.map(({ id, codigo }) => [id, codigo]));
  const nombreDe = (cabeza: Cabeza): string => {
    if (cabeza.tipo === 'otros') return 'Otros';
    return cabeza.ubicacionId === null ? 'Sin ubicación conocida' : (bins.get(cabeza.ubicacionId) ?? '');
  };
  const siguiente = (desde: HTMLInputElement) => {
    const campos = [...(lista.current?.querySelectorAll<HTMLInputElement>('.hoja-campo') ?? [])];
    const otro = campos[campos.indexOf(desde) + 1];
    if (otro === undefined) onUltimo();
    else {
      otro.focus();
      otro.select();
    }
  };
  if (c.fallo !== null) return <FalloGuardar fallo={c.fallo} onDescartar={c.descartaFallo} />;
  return (
    <>
      <CamposPagina datos={datos} horas={c.horas} onDatos={onDatos} />
      {yaEstaba > 0 && (
        <Banner tone="warn" title={`Ya se capturó la página ${pagina.numero}`} role="status">
          Tiene {yaEstaba} de {c.filas.length} renglones guardados. Lo que escribas corrige el renglón; nada
          se duplica.
        </Banner>
      )}
      {c.aviso?.tono === 'error' && <Banner tone="bad" title={c.aviso.texto} role="alert" />}
      <div ref={lista} className="hoja-lista">
        {bloques(pagina).map(({ cabeza, filas }) => (
          <section key={filas[0]?.renglon} aria-label={nombreDe(cabeza)}>
            <h2 className="hoja-banda">
              {nombreDe(cabeza)}
              {detalleDe(cabeza) !== '' && <span className="hoja-sigue"> {detalleDe(cabeza)}</span>}
            </h2>
            <ul className="hoja-filas">
              {filas.map((fila) => {
                const estado = c.estados.get(fila.renglon)!;
                const comun = { fila, estado, dicho: c.dichos.get(fila.renglon), onSiguiente: siguiente };
                return fila.productoId === null ? (
                  <RenglonOtro
                    key={fila.renglon}
                    {...comun}
                    onCaptura={(codigo, texto) => c.capturaOtro(fila, codigo, texto)}
                  />
                ) : (
                  <RenglonCaptura
                    key={fila.renglon}
                    {...comun}
                    producto={hoja.productos.get(fila.productoId)}
                    onCaptura={(texto) => c.captura(fila, texto)}
                  />
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      <p className="hoja-avance" role="status" aria-label="Avance de la página">
        {capturados} de {c.filas.filter(({ productoId }) => productoId !== null).length || c.filas.length}{' '}
        renglones capturados en esta página
      </p>
      <Dialog
        open={c.eleccion !== null}
        onClose={() => c.elige(null)}
        title={`«${c.eleccion?.codigo ?? ''}» es de varios productos. ¿Cuál se contó?`}
        actions={
          <Button block onClick={() => c.elige(null)}>
            Ninguno por ahora
          </Button>
        }
      >
        <ul className="list" aria-label="Productos con ese código">
          {c.eleccion?.hallados.map(({ producto }) => (
            <ListRow
              key={producto.id}
              title={producto.nombre}
              detail={producto.codigo}
              onPress={() => c.elige(producto)}
            />
          ))}
        </ul>
      </Dialog>
    </>
  );
}
