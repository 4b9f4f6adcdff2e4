import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { DataTable, type SortState, type TableColumn } from '#client/ui/data-table.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { COSTO_ESCALA, cambiaEscala, DINERO_ESCALA, formatDecimal } from '#shared/domain/decimal.ts';
import { cantidadVista, nombreUnidad, pesos } from '#shared/formato.ts';
import { Dinero } from './dinero.tsx';
import type { FilaLista } from './vista-valuadas.ts';

/** Up to here all rows are drawn, and the browser's own search finds them; beyond, only those in sight. */
const ENTERA = 60;

const FUENTE = {
  promedio: 'promedio',
  ultimo: 'última compra',
  catalogo: 'catálogo',
  sin_costo: '',
} as const;

const CENTAVO = 10n ** BigInt(COSTO_ESCALA - DINERO_ESCALA);

/** `$12.50`; a cost under one centavo keeps its decimals. The file has all of them. */
function costoVisto(costo: bigint): string {
  return costo !== 0n && costo < CENTAVO
    ? `$${formatDecimal(costo, COSTO_ESCALA)}`
    : pesos(cambiaEscala(costo, COSTO_ESCALA, DINERO_ESCALA), { centavos: true });
}

function columnasDe(conAlmacen: boolean, conAviso: boolean): TableColumn<FilaLista>[] {
  const columnas: TableColumn<FilaLista>[] = [
    {
      key: 'producto',
      header: 'Producto',
      card: 'title',
      sortable: true,
      cell: ({ fila }) => (
        <Link
          to="/productos/$productoId"
          params={{ productoId: fila.productoId }}
          className="-my-1 flex min-h-target flex-col justify-center"
        >
          <span className="font-bold underline decoration-1 underline-offset-4">{fila.nombre}</span>
          <span className="text-sm font-normal text-ink-soft">{fila.codigo}</span>
        </Link>
      ),
    },
    {
      key: 'existencia',
      header: 'Existencia',
      align: 'end',
      sortable: true,
      cell: ({ fila, cantidad }) => (
        <span className={cantidad < 0n ? 'text-bad font-semi' : undefined}>
          {cantidadVista(cantidad)}{' '}
          <span className="text-sm text-ink-soft tablet:block">{nombreUnidad(fila.unidad, cantidad)}</span>
        </span>
      ),
    },
    {
      key: 'costo',
      header: 'Costo unitario',
      align: 'end',
      sortable: true,
      cell: ({ fila, costo }) =>
        costo === null ? (
          <span className="text-ink-soft">sin costo</span>
        ) : (
          <>
            {costoVisto(costo)}{' '}
            <span className="text-sm text-ink-soft tablet:block">{FUENTE[fila.fuente]}</span>
          </>
        ),
    },
    {
      key: 'valor',
      header: 'Valor',
      align: 'end',
      card: 'hero',
      sortable: true,
      cell: ({ valor }) =>
        valor === null ? (
          <span className="text-base font-normal text-ink-soft">sin costo</span>
        ) : (
          <span className={valor < 0n ? 'text-bad' : undefined}>
            <Dinero centavos={valor} />
          </span>
        ),
    },
    {
      key: 'aviso',
      header: 'Aviso',
      card: 'full',
      cell: ({ cantidad, fila }) =>
        cantidad >= 0n && fila.tieneBase ? null : (
          <span className="flex flex-wrap gap-1">
            {cantidad < 0n && <Tag tone="bad">falta registrar una entrada</Tag>}
            {!fila.tieneBase && <Tag tone="warn">sin existencia inicial</Tag>}
          </span>
        ),
    },
  ];
  if (conAlmacen)
    columnas.splice(1, 0, {
      key: 'almacen',
      header: 'Almacén',
      cell: ({ almacen }) => (
        <>
          {almacen?.nombre}{' '}
          <span className="text-sm text-ink-soft tablet:block">
            {almacen !== undefined && !almacen.nombre.includes(almacen.tienda) && almacen.tienda}
          </span>
        </>
      ),
    });
  return conAviso ? columnas : columnas.slice(0, -1);
}

/** Products with their stock and value; a long list draws only what is in sight. */
export function TablaValuadas({
  filas,
  conAlmacen,
  filtrado,
  sort,
  onSort,
}: {
  filas: readonly FilaLista[];
  conAlmacen: boolean;
  filtrado: boolean;
  sort: SortState;
  onSort: (sort: SortState) => void;
}) {
  const marco = useRef<HTMLDivElement>(null);
  const [arriba, setArriba] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: why: what stands above moves when the rows do.
  useLayoutEffect(() => {
    if (marco.current) setArriba(Math.round(marco.current.getBoundingClientRect().top + window.scrollY));
  }, [filas]);
  const larga = filas.length > ENTERA;
  const virtual = useWindowVirtualizer({
    count: filas.length,
    estimateSize: () => 72,
    overscan: 8,
    scrollMargin: arriba,
    getItemKey: (i) => `${filas[i]!.fila.almacenId} ${filas[i]!.fila.productoId}`,
    enabled: larga,
  });
  const vistas = virtual.getVirtualItems();
  const [primera, ultima] = [vistas[0], vistas.at(-1)];
  const conAviso = useMemo(() => filas.some((f) => f.cantidad < 0n || !f.fila.tieneBase), [filas]);
  const columnas = useMemo(() => columnasDe(conAlmacen, conAviso), [conAlmacen, conAviso]);
  return (
    <div ref={marco}>
      <DataTable
        label="Existencias"
        columns={columnas}
        rows={larga ? vistas.map(({ index }) => filas[index]!) : filas}
        tramo={
          larga
            ? {
                desde: primera?.index ?? 0,
                total: filas.length,
                antes: (primera?.start ?? arriba) - arriba,
                despues: virtual.getTotalSize() - ((ultima?.end ?? arriba) - arriba),
                measure: virtual.measureElement,
              }
            : undefined
        }
        rowKey={({ fila }) => `${fila.almacenId} ${fila.productoId}`}
        sort={sort}
        onSort={onSort}
        rowTone={({ cantidad }) => (cantidad < 0n ? 'bad' : undefined)}
        empty={
          filtrado ? (
            <EmptyState title="Nada con ese filtro">Quita el filtro para ver toda la existencia.</EmptyState>
          ) : (
            <EmptyState title="No había nada en esa fecha">
              Ningún producto tenía existencia. Revisa la fecha y el almacén.
            </EmptyState>
          )
        }
      />
    </div>
  );
}
