import { type ReactNode, useMemo } from 'react';
import { DataTable, type SortState } from '#client/ui/data-table.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { columnasDeGrupos, columnasDeProductos } from './columnas-cifras.tsx';
import { columnasDeExactitud, columnasDeMerma, columnasDeRecuentos } from './columnas-conteos.tsx';
import { columnasDeExistencia } from './columnas-existencia.tsx';
import type { Medida } from './use-medida.ts';
import { NOMBRE_MEDIDA, type Vista } from './vista.ts';

const VACIA: Record<string, ReactNode> = {
  movimientos: 'Cambia las fechas, el almacén o el tipo de movimiento.',
  existencia: 'Cambia el almacén, la categoría o los días.',
  conteos: 'Aquí aparece lo aprobado en los conteos; cambia las fechas o el almacén.',
};
const deQue = ({ medida }: Medida): keyof typeof VACIA =>
  medida === 'productos' || medida === 'grupos'
    ? 'movimientos'
    : medida === 'merma' || medida === 'exactitud' || medida === 'recuentos'
      ? 'conteos'
      : 'existencia';

/** The rows of a measure: a sortable table on a PC, cards on a phone. */
export function Tabla({
  medida,
  vista,
  unAlmacen,
  onSort,
}: {
  medida: Medida;
  vista: Vista;
  /** No row needs to say in which one. */
  unAlmacen: boolean;
  onSort: (sort: SortState) => void;
}) {
  const conMargen = vista.tipo === 'venta' || vista.tipo === '';
  const { por } = vista;
  const sort = { key: vista.orden, dir: vista.dir };
  const comunes = {
    label: NOMBRE_MEDIDA[medida.medida],
    empty: <EmptyState title="Nada con esos filtros">{VACIA[deQue(medida)]}</EmptyState>,
  };
  const existencia = useMemo(
    () => columnasDeExistencia(medida.medida, unAlmacen),
    [medida.medida, unAlmacen],
  );
  const clave = (f: { clave: string }) => f.clave;
  switch (medida.medida) {
    case 'productos':
      return (
        <DataTable
          {...comunes}
          columns={columnasDeProductos(conMargen)}
          rows={medida.datos.filas}
          rowKey={(f) => f.productoId}
          sort={sort}
          onSort={onSort}
        />
      );
    case 'grupos':
      return (
        <DataTable
          {...comunes}
          columns={columnasDeGrupos(por, conMargen)}
          rows={medida.datos.filas}
          rowKey={clave}
        />
      );
    case 'merma':
      return (
        <DataTable {...comunes} columns={columnasDeMerma(por)} rows={medida.datos.filas} rowKey={clave} />
      );
    case 'exactitud':
      return (
        <DataTable {...comunes} columns={columnasDeExactitud(por)} rows={medida.datos.filas} rowKey={clave} />
      );
    case 'recuentos':
      return (
        <DataTable {...comunes} columns={columnasDeRecuentos(por)} rows={medida.datos.filas} rowKey={clave} />
      );
    default:
      return (
        <DataTable
          {...comunes}
          columns={existencia}
          rows={medida.datos.filas}
          rowKey={(f) => `${f.almacenId} ${f.productoId}`}
          sort={sort}
          onSort={onSort}
        />
      );
  }
}
