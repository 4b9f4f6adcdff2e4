import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { DataTable, type SortState, type TableColumn } from '#client/ui/data-table.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { ProductoRevisado, Revision } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, horaVista, plural } from '#shared/formato.ts';
import { MarcaProducto } from './marca-producto.tsx';
import { bloqueoCorto, fraseAprobado, quienConto, teoricoVisto, variacionVista } from './textos-revision.ts';
import { useTecladoRevision } from './use-teclado-revision.ts';
import { conVariacion, esDecidible, fueraDeTolerancia } from './vista-revision.ts';

/** Up to here all rows are drawn, and the browser's own search finds them; beyond, only those in sight. */
const ENTERA = 60;

export type FilasProps = {
  revision: Revision;
  decide: boolean;
  apartados: ReadonlySet<string>;
  onIncluir: (productoId: string, incluir: boolean) => void;
  onAbrir: (productoId: string) => void;
  onRecuento: (productoId: string) => void;
  filas: readonly ProductoRevisado[];
  filtrado: boolean;
  sort: SortState | undefined;
  onSort: (sort: SortState) => void;
};

type DeColumnas = Pick<FilasProps, 'decide' | 'apartados' | 'onIncluir' | 'onAbrir'> & { zona: string };

function columnasDe({
  decide,
  apartados,
  zona,
  onIncluir,
  onAbrir,
}: DeColumnas): TableColumn<ProductoRevisado>[] {
  return [
    {
      key: 'producto',
      header: 'Producto',
      card: 'title',
      sortable: true,
      cell: (p) => (
        <span className="flex items-start gap-1">
          {decide && esDecidible(p) && (
            <MarcaProducto
              label={`Incluir ${p.codigo}`}
              checked={!apartados.has(p.productoId)}
              onChecked={(incluir) => onIncluir(p.productoId, incluir)}
            />
          )}
          <button
            type="button"
            className="-my-1 flex min-h-target flex-col justify-center text-start"
            onClick={() => onAbrir(p.productoId)}
          >
            <span className="font-bold underline decoration-1 underline-offset-4">{p.nombre}</span>
            <span className="text-sm font-normal text-ink-soft">{p.codigo}</span>
          </button>
        </span>
      ),
    },
    {
      key: 'contado',
      header: 'Contado',
      align: 'end',
      sortable: true,
      cell: (p) => (
        <>
          {cantidadVista(toCantidad(p.contado))}{' '}
          <span className="text-sm text-ink-soft tablet:block">{quienConto(p)}</span>
        </>
      ),
    },
    {
      key: 'teorico',
      header: 'Teórico',
      align: 'end',
      sortable: true,
      cell: (p) => (
        <>
          {teoricoVisto(p)}{' '}
          <span className="text-sm text-ink-soft tablet:block">
            ({horaVista(Date.parse(p.instante), zona)})
          </span>
        </>
      ),
    },
    {
      key: 'variacion',
      header: 'Variación',
      align: 'end',
      card: 'hero',
      sortable: true,
      cell: (p) => (
        <span className={conVariacion(p) && p.variacion?.startsWith('-') ? 'text-bad' : undefined}>
          {variacionVista(p)}
        </span>
      ),
    },
    {
      key: 'causa',
      header: 'Causa probable',
      card: 'full',
      cell: (p) => <Causa producto={p} zona={zona} />,
    },
  ];
}

function FilasVistas({
  revision,
  decide,
  apartados,
  onIncluir,
  onAbrir,
  onRecuento,
  filas,
  filtrado,
  sort,
  onSort,
}: FilasProps) {
  const zona = revision.conteo.zonaHoraria;
  const marco = useRef<HTMLDivElement>(null);
  const [arriba, setArriba] = useState(0);
  // What stands above the table changes with the data and the filters. Asked on every render it would force a layout at each
  // step of a scroll; a notice that comes in between moves the window by less than the rows drawn beyond it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: why: they say when, not what.
  useLayoutEffect(() => {
    if (marco.current) setArriba(Math.round(marco.current.getBoundingClientRect().top + window.scrollY));
  }, [revision, filas]);
  const virtual = useWindowVirtualizer({
    count: filas.length,
    estimateSize: () => 96,
    overscan: 8,
    scrollMargin: arriba,
    getItemKey: (i) => filas[i]!.productoId,
    enabled: filas.length > ENTERA,
  });
  const vistas = virtual.getVirtualItems();
  const primera = vistas[0];
  const ultima = vistas.at(-1);
  const larga = filas.length > ENTERA;
  const visibles = larga ? vistas.map(({ index }) => filas[index]!) : filas;
  useTecladoRevision(marco, {
    total: filas.length,
    muestra: (i) => larga && virtual.scrollToIndex(i, { align: 'center' }),
    onRecuento: decide ? (i) => filas[i]?.aprobado === null && onRecuento(filas[i]!.productoId) : undefined,
  });

  // The same columns while only the window moves: rows that stay are not drawn again.
  const columnas = useMemo(
    () => columnasDe({ decide, apartados, zona, onIncluir, onAbrir }),
    [decide, apartados, zona, onIncluir, onAbrir],
  );

  return (
    <div ref={marco}>
      <DataTable
        label="Variaciones"
        columns={columnas}
        rows={visibles}
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
        rowKey={(p) => p.productoId}
        sort={sort}
        onSort={onSort}
        rowTone={(p) =>
          p.aprobado !== null
            ? 'ok'
            : p.bloqueos.length > 0
              ? 'warn'
              : conVariacion(p) && fueraDeTolerancia(p)
                ? 'bad'
                : undefined
        }
        empty={
          filtrado ? (
            <EmptyState title="Nada con ese filtro">Quita el filtro para ver todo lo contado.</EmptyState>
          ) : (
            <EmptyState title="Todavía nadie ha contado">
              Lo que cuenten aparece aquí en cuanto sus teléfonos lo envíen.
            </EmptyState>
          )
        }
      />
    </div>
  );
}

/**
 * Typing re-renders the box alone until the deferred rows arrive. The callbacks are left out of the comparison: they only
 * set states of their owners, so an old one does what a new one would.
 */
export const FilasVariaciones = memo(
  FilasVistas,
  (antes, ahora) =>
    antes.filas === ahora.filas &&
    antes.revision === ahora.revision &&
    antes.apartados === ahora.apartados &&
    antes.decide === ahora.decide &&
    antes.filtrado === ahora.filtrado &&
    antes.sort?.key === ahora.sort?.key &&
    antes.sort?.dir === ahora.sort?.dir,
);

function Causa({ producto: p, zona }: { producto: ProductoRevisado; zona: string }) {
  const aprobado = fraseAprobado(p, zona);
  if (aprobado !== null) return <Tag tone="ok">{aprobado}</Tag>;
  const bloqueo = p.bloqueos[0];
  const causa = p.causas[0];
  if (!bloqueo && !causa && p.estado !== 'sin_base') return null;
  return (
    <span className="flex flex-col items-start gap-1">
      {bloqueo && <Tag tone="warn">{bloqueoCorto(bloqueo)}</Tag>}
      {p.estado === 'sin_base' && <Tag tone="info">Sin base: aprobar la fija en lo contado</Tag>}
      {causa && <Tag tone="info">{causa}</Tag>}
      {p.causas.length > 1 && (
        <span className="text-sm text-ink-soft">
          y {plural(p.causas.length - 1, 'posibilidad', 'posibilidades')} más
        </span>
      )}
    </span>
  );
}
