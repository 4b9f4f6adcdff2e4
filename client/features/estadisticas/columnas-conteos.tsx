import type { TableColumn } from '#client/ui/data-table.tsx';
import type { MedidaExactitud, MedidaMerma, MedidaRecuentos } from '#shared/contracts/estadisticas.ts';
import { cuenta } from '#shared/formato.ts';
import { Pesos, PorCiento } from './celdas.tsx';
import { nombreDeGrupo } from './columnas-cifras.tsx';

type Merma = MedidaMerma['filas'][number];
type Exactitud = MedidaExactitud['filas'][number];
type Recuento = MedidaRecuentos['filas'][number];

const grupo = <F extends { clave: string; nombre: string }>(por: string): TableColumn<F> => ({
  key: 'nombre',
  header: 'Grupo',
  card: 'title',
  cell: (f) => nombreDeGrupo(por, f),
});
const numero = <F,>(key: string, header: string, de: (f: F) => number): TableColumn<F> => ({
  key,
  header,
  align: 'end',
  cell: (f) => cuenta(de(f)),
});
const dinero = <F,>(key: string, header: string, de: (f: F) => string, hero = false): TableColumn<F> => ({
  key,
  header,
  align: 'end',
  ...(hero ? { card: 'hero' as const } : {}),
  cell: (f) => <Pesos de={de(f)} />,
});

export const columnasDeMerma = (por: string): TableColumn<Merma>[] => [
  grupo(por),
  numero('movimientos', 'Movimientos', (f) => f.movimientos),
  dinero('faltante', 'Faltante', (f) => f.faltante),
  dinero('sobrante', 'Sobrante', (f) => f.sobrante),
  dinero('bruto', 'Bruto', (f) => f.bruto),
  dinero('neto', 'Neto', (f) => f.neto, true),
];

export const columnasDeExactitud = (por: string): TableColumn<Exactitud>[] => [
  grupo(por),
  numero('productos', 'Productos contados', (f) => f.productos),
  numero('exactos', 'Coincidieron', (f) => f.exactos),
  dinero('diferencia', 'Diferencia, sin signo', (f) => f.diferencia),
  { key: 'valorPct', header: 'En pesos', align: 'end', cell: (f) => <PorCiento de={f.valorPct} /> },
  {
    key: 'lineasPct',
    header: 'Exactitud',
    align: 'end',
    card: 'hero',
    cell: (f) => <PorCiento de={f.lineasPct} />,
  },
];

export const columnasDeRecuentos = (por: string): TableColumn<Recuento>[] => [
  grupo(por),
  numero('recontados', 'Recuentos', (f) => f.recontados),
  numero('coinciden', 'Coincidieron', (f) => f.coinciden),
  {
    key: 'lineasPorHora',
    header: 'Líneas por hora',
    align: 'end',
    cell: (f) =>
      f.lineasPorHora === null ? (
        <span className="text-ink-soft">pocas para medir</span>
      ) : (
        cuenta(f.lineasPorHora)
      ),
  },
  {
    key: 'coincidenPct',
    header: 'Coinciden',
    align: 'end',
    card: 'hero',
    cell: (f) => <PorCiento de={f.coincidenPct} />,
  },
];
