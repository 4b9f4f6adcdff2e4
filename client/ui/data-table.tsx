import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import { memo, type ReactNode } from 'react';
import { cx } from './cx.ts';

export type SortState = { key: string; dir: 'asc' | 'desc' };

export type TableColumn<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** `end` for numbers. */
  align?: 'start' | 'end';
  sortable?: boolean;
  /**
   * Place on a phone's card: `title` (first line, the row's header), `hero` (large digits at the right of the
   * title), `line` ("Contado 26", default), `full` (own line without its label).
   */
  card?: 'title' | 'hero' | 'line' | 'full';
};

export type DataTableProps<Row> = {
  /** Accessible name (`Variaciones`, `Vista previa`). */
  label: string;
  /** Seen above the table. */
  caption?: ReactNode;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: SortState;
  onSort?: (sort: SortState) => void;
  /** Instead of the body when there are no rows. */
  empty?: ReactNode;
  /** A row that asks for something. */
  rowTone?: (row: Row) => 'warn' | 'bad' | 'ok' | undefined;
  className?: string;
  /** Only a window of a long table is drawn: `rows` holds it, the rest is height. */
  tramo?: {
    /** Place of the first drawn row in the whole. */
    desde: number;
    total: number;
    /** px above and below the drawn rows. */
    antes: number;
    despues: number;
    measure: (row: HTMLTableRowElement | null) => void;
  };
};

/** Spread, because the linter takes a written role for a redundant one; under `display: block` it is not. */
const AS = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;

/**
 * A semantic table; under 600 px each row is drawn as a card and the sortable headers as a row of buttons.
 * Roles are written out because CSS `display` takes the table's own ones away in some browsers.
 */
export function DataTable<Row>({
  label,
  caption,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  empty,
  rowTone,
  className,
  tramo,
}: DataTableProps<Row>) {
  const sorted = (key: string) =>
    sort?.key === key ? (sort.dir === 'asc' ? 'ascending' : 'descending') : 'none';
  const flip = (key: string) =>
    onSort?.({ key, dir: sort?.key === key && sort.dir === 'asc' ? 'desc' : 'asc' });
  return (
    <div className={cx('table-wrap', className)}>
      <table {...AS.table} aria-label={label} aria-rowcount={tramo && tramo.total + 1} className="table">
        {caption && <caption className="table-caption">{caption}</caption>}
        <thead {...AS.rowgroup}>
          <tr {...AS.row} aria-rowindex={tramo && 1}>
            {columns.map((column) => (
              <th
                key={column.key}
                {...AS.columnheader}
                scope="col"
                data-align={column.align}
                data-sortable={column.sortable && onSort ? '' : undefined}
                aria-sort={column.sortable && onSort ? sorted(column.key) : undefined}
              >
                {column.sortable && onSort ? (
                  <button type="button" className="table-sort" onClick={() => flip(column.key)}>
                    {column.header}
                    {sort?.key !== column.key ? (
                      <ChevronsUpDown aria-hidden className="sort-icon sort-idle" />
                    ) : sort.dir === 'asc' ? (
                      <ArrowUp aria-hidden className="sort-icon" />
                    ) : (
                      <ArrowDown aria-hidden className="sort-icon" />
                    )}
                  </button>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...AS.rowgroup}>
          {tramo && tramo.antes > 0 && <Hueco alto={tramo.antes} columnas={columns.length} />}
          {rows.map((row, i) => (
            <Fila
              key={rowKey(row)}
              row={row}
              columns={columns as readonly TableColumn<unknown>[]}
              tone={rowTone?.(row)}
              index={tramo ? tramo.desde + i : i}
              total={tramo?.total}
              measure={tramo?.measure}
            />
          ))}
          {tramo && tramo.despues > 0 && <Hueco alto={tramo.despues} columnas={columns.length} />}
          {rows.length === 0 && empty && (
            <tr {...AS.row}>
              <td {...AS.cell} colSpan={columns.length} data-card="full">
                {empty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

type FilaProps = {
  row: unknown;
  columns: readonly TableColumn<unknown>[];
  tone: 'warn' | 'bad' | 'ok' | undefined;
  index: number;
  /** Of a table that is drawn in part. */
  total: number | undefined;
  measure: ((row: HTMLTableRowElement | null) => void) | undefined;
};

/** Kept as it is while a scroll only moves the window, as long as the columns are the same ones. */
const Fila = memo(function Fila({ row, columns, tone, index, total, measure }: FilaProps) {
  return (
    <tr
      {...AS.row}
      ref={measure}
      data-index={index}
      aria-rowindex={total === undefined ? undefined : index + 2}
      data-tone={tone}
    >
      {columns.map((column) => {
        const place = column.card ?? 'line';
        const Cell = place === 'title' ? 'th' : 'td';
        return (
          <Cell
            key={column.key}
            role={place === 'title' ? 'rowheader' : 'cell'}
            scope={place === 'title' ? 'row' : undefined}
            data-align={column.align}
            data-card={place}
            data-label={column.header}
          >
            {column.cell(row)}
          </Cell>
        );
      })}
    </tr>
  );
});

/** Height of the rows that are not drawn. */
function Hueco({ alto, columnas }: { alto: number; columnas: number }) {
  return (
    <tr aria-hidden className="table-hueco">
      <td colSpan={columnas} style={{ height: alto }} />
    </tr>
  );
}
