import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { DataTable, type TableColumn } from '#client/ui/data-table.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { CANTIDAD_ESCALA, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadVista, cuenta, diaVisto, nombreUnidad, pesos } from '#shared/formato.ts';
import { NOMBRE_CAMBIO } from './textos-importar.ts';
import { type EstadoFila, type FilaVista, type Importacion, useFilas } from './use-importaciones.ts';
import './importar.css';

const PAGINA = 30;
const MAXIMO = 500;

const NOMBRE: Record<EstadoFila, string> = {
  nuevo: 'nueva',
  cambiado: 'cambia',
  igual: 'igual',
  omitido: 'fuera',
};
const TONO: Record<EstadoFila, 'ok' | 'info' | 'neutral' | 'warn'> = {
  nuevo: 'ok',
  cambiado: 'info',
  igual: 'neutral',
  omitido: 'warn',
};

const unidades = (texto: string) => cantidadVista(toDecimal(texto, CANTIDAD_ESCALA));

function Estado({ fila }: { fila: FilaVista }) {
  return (
    <>
      <Tag tone={TONO[fila.estado]}>{NOMBRE[fila.estado]}</Tag>
      {fila.motivo !== null && <span className="cambio text-ink-soft">{fila.motivo}</span>}
      {fila.antes !== null &&
        Object.entries(fila.antes)
          .filter(([, [antes]]) => fila.estado === 'cambiado' || antes !== null)
          .slice(0, 6)
          .map(([campo, [antes, despues]]) => (
            <span key={campo} className="cambio">
              {NOMBRE_CAMBIO[campo] ?? campo}: {antes !== null && <del>{antes}</del>} →{' '}
              <ins>{despues ?? 'nada'}</ins>
            </span>
          ))}
    </>
  );
}

function columnasDe(u: Importacion, filas: readonly FilaVista[]): TableColumn<FilaVista>[] {
  const tipo = u.opciones.tipo ?? u.analisis?.tipo.tipo;
  const hay = (fn: (f: FilaVista) => unknown) => filas.some((f) => fn(f) !== null);
  const columnas: TableColumn<FilaVista>[] = [
    {
      key: 'producto',
      header: 'Producto',
      card: 'title',
      cell: (f) => (
        <span className="flex flex-col">
          <span className="font-bold">{f.nombre}</span>
          <span className="text-sm font-normal text-ink-soft">{f.codigo}</span>
        </span>
      ),
    },
  ];
  if (tipo !== 'productos')
    columnas.push({
      key: 'cantidad',
      header: tipo === 'inventario' ? 'Existencia' : 'Cantidad',
      align: 'end',
      card: 'hero',
      cell: (f) =>
        f.cantidad === null ? null : (
          <>
            {f.devolucion ? '−' : ''}
            {unidades(f.cantidad)}{' '}
            {f.unidad !== null && (
              <span className="text-sm font-normal text-ink-soft">
                {nombreUnidad(f.unidad, toDecimal(f.cantidad, CANTIDAD_ESCALA))}
              </span>
            )}
          </>
        ),
    });
  if (tipo === 'inventario')
    columnas.push({
      key: 'hay',
      header: 'Hay ahora',
      align: 'end',
      cell: (f) => (f.hay === null ? <span className="text-ink-soft">sin dato</span> : unidades(f.hay)),
    });
  columnas.push({ key: 'estado', header: 'Qué hace', card: 'full', cell: (f) => <Estado fila={f} /> });
  if (new Set(filas.map((f) => f.almacen)).size > 1)
    columnas.push({ key: 'almacen', header: 'Almacén', cell: (f) => f.almacen });
  if (tipo !== 'inventario' && hay((f) => f.fecha))
    columnas.push({
      key: 'fecha',
      header: 'Fecha',
      cell: (f) =>
        f.fecha === null ? null : (
          <span className="whitespace-nowrap">
            {diaVisto(f.fecha)} {f.hora?.slice(0, 5)}
          </span>
        ),
    });
  if (hay((f) => f.folio))
    columnas.push({
      key: 'folio',
      header: 'Folio',
      cell: (f) => <span className="whitespace-nowrap">{f.folio}</span>,
    });
  if (hay((f) => f.importe))
    columnas.push({
      key: 'importe',
      header: 'Importe',
      align: 'end',
      cell: (f) =>
        f.importe === null ? null : pesos(toDecimal(f.importe, DINERO_ESCALA), { centavos: true }),
    });
  columnas.push({
    key: 'fila',
    header: 'Fila',
    align: 'end',
    cell: (f) => <span className="text-ink-soft">{f.fila}</span>,
  });
  return columnas;
}

/** The rows of the dry run, by what would become of them. */
export function VistaPrevia({
  u,
  filtro,
  onFiltro,
}: {
  u: Importacion;
  filtro: EstadoFila | null;
  onFiltro: (filtro: EstadoFila | null) => void;
}) {
  const [limite, setLimite] = useState(PAGINA);
  const consulta = useFilas(u, filtro, limite);
  const e = u.ensayo;
  if (e === null) return null;
  const filas = consulta.data?.filas ?? [];
  const filtros: [EstadoFila | null, string, number][] = [
    [null, 'Todas', e.nuevos + e.cambiados + e.iguales + e.omitidos],
    ['nuevo', 'Nuevas', e.nuevos],
    ['cambiado', 'Cambian', e.cambiados],
    ['igual', 'Iguales', e.iguales],
    ['omitido', 'Fuera', e.omitidos],
  ];
  return (
    <section aria-label="Filas del archivo" className="flex flex-col">
      <fieldset className="chips px-gutter pb-3">
        <legend className="sr-only">Mostrar</legend>
        {filtros
          .filter(([clave, , n]) => clave === null || n > 0 || clave === filtro)
          .map(([clave, nombre, n]) => (
            <label key={nombre} className="chip">
              <input
                type="radio"
                name="filtro-filas"
                className="chip-input"
                checked={filtro === clave}
                onChange={() => {
                  setLimite(PAGINA);
                  onFiltro(clave);
                }}
              />
              <span className="chip-face">
                {nombre} <span className="tabular-nums">{cuenta(n)}</span>
              </span>
            </label>
          ))}
      </fieldset>
      {consulta.data === undefined ? (
        <div className="px-gutter">
          <Skeleton lines={6} look="rows" />
        </div>
      ) : (
        <DataTable
          label="Vista previa"
          columns={columnasDe(u, filas)}
          rows={filas}
          rowKey={(f) => String(f.n)}
          rowTone={(f) => (f.estado === 'omitido' ? 'warn' : undefined)}
          empty={
            <EmptyState title="No hay filas que mostrar">
              Mira los problemas del archivo, más abajo.
            </EmptyState>
          }
        />
      )}
      {consulta.data?.desde != null && limite < MAXIMO && (
        <Button
          className="m-gutter"
          busy={consulta.isFetching}
          onClick={() => setLimite((antes) => Math.min(MAXIMO, antes * 3))}
        >
          Ver más filas
        </Button>
      )}
    </section>
  );
}
