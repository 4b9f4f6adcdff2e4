import type { TableColumn } from '#client/ui/data-table.tsx';
import type { EstadisticaGrupos, EstadisticaProductos } from '#shared/contracts/estadisticas.ts';
import { cuenta, diaVisto } from '#shared/formato.ts';
import { NombreProducto, Pesos, PorCiento, Unidades } from './celdas.tsx';
import { NOMBRE_TIPO } from './vista.ts';

type Producto = EstadisticaProductos['filas'][number];
type Grupo = EstadisticaGrupos['filas'][number];

/** Margins are of sales: other kinds have none to show. */
function cifras<F extends Omit<Grupo, 'clave' | 'nombre'>>(
  conMargen: boolean,
  ordena: boolean,
): TableColumn<F>[] {
  const columnas: TableColumn<F>[] = [
    {
      key: 'movimientos',
      header: 'Movimientos',
      align: 'end',
      sortable: ordena,
      cell: (f) => cuenta(f.movimientos),
    },
    {
      key: 'unidades',
      header: 'Unidades',
      align: 'end',
      sortable: ordena,
      cell: (f) => <Unidades de={f.unidades} />,
    },
    {
      key: 'importe',
      header: 'Importe',
      align: 'end',
      sortable: ordena,
      cell: (f) => <Pesos de={f.importe} />,
    },
  ];
  if (conMargen)
    columnas.push(
      { key: 'costo', header: 'Costo', align: 'end', cell: (f) => <Pesos de={f.costo} /> },
      {
        key: 'margen',
        header: 'Margen',
        align: 'end',
        sortable: ordena,
        cell: (f) => (
          <>
            <Pesos de={f.margen} />{' '}
            {f.margenPct !== null && (
              <span className="text-sm text-ink-soft tablet:block">
                <PorCiento de={f.margenPct} />
              </span>
            )}
          </>
        ),
      },
    );
  columnas.push({
    key: 'neto',
    header: conMargen ? 'Venta sin IVA' : 'Sin IVA',
    align: 'end',
    card: 'hero',
    sortable: ordena,
    cell: (f) => <Pesos de={f.neto} />,
  });
  return columnas;
}

export function columnasDeProductos(conMargen: boolean): TableColumn<Producto>[] {
  return [
    {
      key: 'codigo',
      header: 'Producto',
      card: 'title',
      sortable: true,
      cell: (f) => <NombreProducto id={f.productoId} nombre={f.nombre} codigo={f.codigo} />,
    },
    ...cifras<Producto>(conMargen, true),
  ];
}

/** How a group is called: a kind by its Spanish name, a date by its day. */
export function nombreDeGrupo(por: string, { clave, nombre }: { clave: string; nombre: string }): string {
  if (por === 'tipo') return NOMBRE_TIPO[clave] ?? nombre;
  if (por === 'mes') return diaVisto(clave).replace(/^1 /, '');
  if (por === 'semana') return `Semana del ${diaVisto(clave)}`;
  return por === 'dia' ? diaVisto(clave) : nombre;
}

export function columnasDeGrupos(por: string, conMargen: boolean): TableColumn<Grupo>[] {
  return [
    { key: 'nombre', header: 'Grupo', card: 'title', cell: (f) => nombreDeGrupo(por, f) },
    ...cifras<Grupo>(conMargen, false),
  ];
}
