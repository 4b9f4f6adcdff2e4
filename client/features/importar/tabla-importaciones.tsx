import { Link } from '@tanstack/react-router';
import { DataTable, type TableColumn } from '#client/ui/data-table.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { Zona } from '#shared/domain/instante.ts';
import { fechaHoraVista } from '#shared/formato.ts';
import { hechoDicho, NOMBRE_ESTADO, NOMBRE_TIPO, TONO_ESTADO, tamanoDicho } from './textos-importar.ts';
import type { Listada } from './use-importaciones.ts';

const columnas = (zona: Zona): TableColumn<Listada>[] => [
  {
    key: 'archivo',
    header: 'Archivo',
    card: 'title',
    cell: (u) => (
      <Link
        to="/importar/$uploadId"
        params={{ uploadId: u.id }}
        className="-my-1 flex min-h-target flex-col justify-center"
      >
        <span className="break-words font-bold underline decoration-1 underline-offset-4">{u.filename}</span>
        <span className="text-sm font-normal text-ink-soft">
          {u.file_type === null ? 'Sin leer' : NOMBRE_TIPO[u.file_type]} · {tamanoDicho(u.file_size)}
        </span>
      </Link>
    ),
  },
  {
    key: 'estado',
    header: 'Estado',
    cell: (u) => <Tag tone={TONO_ESTADO[u.status]}>{NOMBRE_ESTADO[u.status]}</Tag>,
  },
  { key: 'hecho', header: 'Qué cambió', card: 'full', cell: (u) => hechoDicho(u) || null },
  { key: 'por', header: 'Quién', cell: (u) => u.por },
  {
    key: 'cuando',
    header: 'Cuándo',
    cell: (u) => <span className="whitespace-nowrap">{fechaHoraVista(Date.parse(u.creadoEn), zona)}</span>,
  },
];

/** Every file that was brought in: what it did, who, when. */
export function TablaImportaciones({ filas, zona }: { filas: readonly Listada[]; zona: Zona }) {
  return (
    <DataTable
      label="Importaciones"
      columns={columnas(zona)}
      rows={filas}
      rowKey={(u) => u.id}
      empty={
        <EmptyState title="Todavía no se importa nada">
          Elige un archivo de Excel o CSV de tu sistema: existencias, ventas, compras o el catálogo. Antes de
          cambiar algo verás qué haría.
        </EmptyState>
      }
    />
  );
}
