import { memo, useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { DataTable, type SortState, type TableColumn } from '#client/ui/data-table.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { ProductoRevisado, Revision } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, cuenta, horaVista, plural } from '#shared/formato.ts';
import { MarcaProducto } from './marca-producto.tsx';
import { bloqueoCorto, fraseAprobado, quienConto, teoricoVisto, variacionVista } from './textos-revision.ts';
import { conVariacion, esDecidible, fueraDeTolerancia } from './vista-revision.ts';

/** Rows drawn at once: 3,000 would cost seconds on a phone, and nobody reads them without a filter. */
const TRAMO = 50;

export type FilasProps = {
  revision: Revision;
  decide: boolean;
  apartados: ReadonlySet<string>;
  onIncluir: (productoId: string, incluir: boolean) => void;
  onAbrir: (productoId: string) => void;
  filas: readonly ProductoRevisado[];
  filtrado: boolean;
  sort: SortState | undefined;
  onSort: (sort: SortState) => void;
};

function FilasVistas({
  revision,
  decide,
  apartados,
  onIncluir,
  onAbrir,
  filas,
  filtrado,
  sort,
  onSort,
}: FilasProps) {
  const [tramos, setTramos] = useState(1);
  const zona = revision.conteo.zonaHoraria;
  const visibles = filas.slice(0, tramos * TRAMO);

  const columnas: TableColumn<ProductoRevisado>[] = [
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

  return (
    <>
      <DataTable
        label="Variaciones"
        columns={columnas}
        rows={visibles}
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
      {filas.length > visibles.length && (
        <div className="flex flex-col p-gutter tablet:items-start">
          <Button onClick={() => setTramos(tramos + 1)}>
            {`Ver ${Math.min(TRAMO, filas.length - visibles.length)} más (quedan ${cuenta(filas.length - visibles.length)})`}
          </Button>
        </div>
      )}
    </>
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
