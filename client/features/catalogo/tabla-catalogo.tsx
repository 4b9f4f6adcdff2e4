import { Link } from '@tanstack/react-router';
import { DataTable, type TableColumn } from '#client/ui/data-table.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { COSTO_ESCALA, cambiaEscala, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { pesos } from '#shared/formato.ts';
import { Marca } from './marca.tsx';
import type { Renglon } from './use-lista.ts';

export type TablaCatalogoProps = {
  filas: readonly Renglon[];
  elegidos: ReadonlySet<string>;
  /** null: who looks does not edit. */
  onElige: ((id: string, si: boolean) => void) | null;
  categoria: (id: string | null) => string | null;
  filtrado: boolean;
};

const costo = (texto: string | null) =>
  texto === null
    ? null
    : pesos(cambiaEscala(toDecimal(texto, COSTO_ESCALA), COSTO_ESCALA, DINERO_ESCALA), { centavos: true });

/** The catalogue: a table on a PC, cards on a phone; each row opens its product, and many can be chosen. */
export function TablaCatalogo({ filas, elegidos, onElige, categoria, filtrado }: TablaCatalogoProps) {
  const columnas: TableColumn<Renglon>[] = [
    {
      key: 'producto',
      header: 'Producto',
      card: 'title',
      cell: (p) => (
        <span className="flex items-center gap-2">
          {onElige !== null && (
            <Marca
              label={`Elegir ${p.codigo}`}
              checked={elegidos.has(p.id)}
              onChecked={(si) => onElige(p.id, si)}
            />
          )}
          <Link
            to="/catalogo/$productoId"
            params={{ productoId: p.id }}
            className="flex min-h-target min-w-0 flex-col justify-center"
          >
            <span className="font-bold underline decoration-1 underline-offset-4">{p.nombre}</span>
            <span className="text-sm font-normal text-ink-soft">
              {[p.codigo, p.marca].filter(Boolean).join(' · ')}
            </span>
          </Link>
        </span>
      ),
    },
    { key: 'categoria', header: 'Categoría', cell: (p) => categoria(p.categoriaId) ?? '—' },
    { key: 'unidad', header: 'Unidad', cell: (p) => p.unidad },
    {
      key: 'precio',
      header: 'Precio',
      align: 'end',
      cell: (p) => pesos(toDecimal(p.precio, DINERO_ESCALA), { centavos: true }),
    },
    { key: 'costo', header: 'Costo', align: 'end', cell: (p) => costo(p.costo) ?? '—' },
    { key: 'codigos', header: 'Códigos', align: 'end', cell: (p) => (p.codigos === 0 ? '—' : p.codigos) },
    {
      key: 'estado',
      header: 'Estado',
      cell: (p) =>
        p.fusionadoEn !== null ? (
          <Tag tone="info">unido a otro</Tag>
        ) : p.isActive ? (
          'vigente'
        ) : (
          <Tag tone="warn">dado de baja</Tag>
        ),
    },
  ];
  return (
    <DataTable
      label="Catálogo"
      columns={columnas}
      rows={filas}
      rowKey={(p) => p.id}
      empty={
        <EmptyState title={filtrado ? 'Nada con esos filtros' : 'Todavía no hay productos'}>
          {filtrado
            ? 'Quita un filtro o busca con menos palabras.'
            : 'Crea el primero con «Nuevo producto» o impórtalos desde Excel.'}
        </EmptyState>
      }
    />
  );
}
