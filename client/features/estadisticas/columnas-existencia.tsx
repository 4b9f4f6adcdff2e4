import type { TableColumn } from '#client/ui/data-table.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { FilaMedida, MedidaArchivo } from '#shared/contracts/estadisticas.ts';
import { diaVisto, plural } from '#shared/formato.ts';
import { NombreProducto, Pesos, Unidades } from './celdas.tsx';

type Columna = TableColumn<FilaMedida>;
const Nada = ({ children }: { children: string }) => (
  <span className="text-base font-normal text-ink-soft">{children}</span>
);

const diasDe = (dias: number | null, nunca: string) =>
  dias === null ? <Nada>{nunca}</Nada> : plural(dias, 'día', 'días');

const COLUMNAS: Record<string, Columna> = {
  codigo: {
    key: 'codigo',
    header: 'Producto',
    card: 'title',
    sortable: true,
    cell: (f) => <NombreProducto id={f.productoId} nombre={f.nombre} codigo={f.codigo} />,
  },
  almacen: { key: 'almacen', header: 'Almacén', cell: (f) => f.almacen },
  existencia: {
    key: 'existencia',
    header: 'Existencia',
    align: 'end',
    sortable: true,
    cell: (f) => <Unidades de={f.existencia} unidad={f.unidad} />,
  },
  valor: { key: 'valor', header: 'Valor', align: 'end', sortable: true, cell: (f) => <Pesos de={f.valor} /> },
  ventaDiaria: {
    key: 'ventaDiaria',
    header: 'Venta al día',
    align: 'end',
    cell: (f) => (f.ventaDiaria === '0' ? <Nada>nada en 90 días</Nada> : Number(f.ventaDiaria).toFixed(2)),
  },
  cobertura: {
    key: 'cobertura',
    header: 'Alcanza para',
    align: 'end',
    sortable: true,
    cell: (f) =>
      f.cobertura === null ? (
        <Nada>no se vende</Nada>
      ) : Number(f.cobertura) === 0 ? (
        <span className="text-bad">agotado</span>
      ) : (
        plural(Math.round(Number(f.cobertura)), 'día', 'días')
      ),
  },
  ventaNeta: {
    key: 'ventaNeta',
    header: 'Venta de un año, sin IVA',
    align: 'end',
    sortable: true,
    cell: (f) => <Pesos de={f.ventaNeta} />,
  },
  clase: {
    key: 'clase',
    header: 'Clase',
    cell: (f) =>
      f.claseAbc === null ? (
        <Nada>sin clase</Nada>
      ) : (
        <span className="flex flex-wrap items-center gap-1">
          <strong>{f.claseAbc}</strong>
          {f.claseFijada && <Tag>fijada a mano</Tag>}
        </span>
      ),
  },
  variabilidad: {
    key: 'variabilidad',
    header: 'Variación semanal',
    align: 'end',
    sortable: true,
    cell: (f) =>
      f.xyz === null || f.variabilidad === null ? <Nada>sin datos</Nada> : `${f.xyz} · ${f.variabilidad}`,
  },
  diasSinVenta: {
    key: 'diasSinVenta',
    header: 'Última venta',
    align: 'end',
    sortable: true,
    cell: (f) => (f.ultimaVenta === null ? <Nada>nunca</Nada> : diaVisto(f.ultimaVenta)),
  },
  diasSinConteo: {
    key: 'diasSinConteo',
    header: 'Sin contarse',
    align: 'end',
    sortable: true,
    cell: (f) => diasDe(f.diasSinConteo, 'nunca'),
  },
};

/** What each list tells, the figure that it is about last: on a phone it is the large one. */
const DE: Partial<Record<MedidaArchivo, readonly string[]>> = {
  valor: ['codigo', 'almacen', 'existencia', 'clase', 'valor'],
  cobertura: ['codigo', 'almacen', 'existencia', 'ventaDiaria', 'valor', 'cobertura'],
  abc: ['codigo', 'almacen', 'clase', 'variabilidad', 'valor', 'ventaNeta'],
  sinVenta: ['codigo', 'almacen', 'existencia', 'diasSinVenta', 'valor'],
  sinConteo: ['codigo', 'almacen', 'existencia', 'clase', 'valor', 'diasSinConteo'],
};

export function columnasDeExistencia(medida: MedidaArchivo, unAlmacen: boolean): Columna[] {
  const claves = (DE[medida] ?? []).filter((clave) => !unAlmacen || clave !== 'almacen');
  return claves.map((clave, i) => ({
    ...COLUMNAS[clave]!,
    ...(i === claves.length - 1 ? { card: 'hero' as const } : {}),
  }));
}
