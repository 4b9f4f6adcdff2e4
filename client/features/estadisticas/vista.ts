import type { MedidaArchivo } from '#shared/contracts/estadisticas.ts';
import { GRUPOS, GRUPOS_EXACTITUD, GRUPOS_MERMA, TIPOS_MOVIMIENTO } from '#shared/contracts/estadisticas.ts';
import { masDias } from '#shared/domain/instante.ts';

/** What the screen shows, read from its URL: which measure, of what, in which order. */
export interface Vista {
  medida: MedidaArchivo;
  almacen: string;
  categoria: string;
  desde: string;
  hasta: string;
  /** '' = everything that moved. */
  tipo: string;
  por: string;
  dias: number;
  clase: string;
  xyz: string;
  /** ABC by value of sales or of stock. */
  abcPor: 'ventas' | 'existencia';
  orden: string;
  dir: 'asc' | 'desc';
}

export const NOMBRE_MEDIDA: Record<MedidaArchivo, string> = {
  productos: 'Ventas y movimientos por producto',
  grupos: 'Ventas y movimientos por grupo',
  valor: 'Valor de la existencia',
  cobertura: 'Días de cobertura',
  abc: 'Clases ABC y XYZ',
  sinVenta: 'Sin venta (detenido)',
  sinConteo: 'Días desde el último conteo',
  merma: 'Merma y ajustes en pesos',
  exactitud: 'Exactitud de los conteos',
  recuentos: 'Recuentos y ritmo',
};
/** What was counted is for who reviews counts. */
export const DE_CONTEOS: readonly MedidaArchivo[] = ['exactitud', 'recuentos'];
export const CON_PERIODO: readonly MedidaArchivo[] = [
  'productos',
  'grupos',
  'merma',
  'exactitud',
  'recuentos',
];
export const DE_EXISTENCIA: readonly MedidaArchivo[] = ['valor', 'cobertura', 'abc', 'sinVenta', 'sinConteo'];

export const NOMBRE_TIPO: Record<string, string> = {
  venta: 'Ventas',
  compra: 'Compras',
  devolucion: 'Devoluciones',
  ajuste: 'Ajustes',
  transferencia: 'Traspasos',
  inventario: 'Inventarios',
};
export const NOMBRE_GRUPO: Record<string, string> = {
  tienda: 'Tienda',
  almacen: 'Almacén',
  categoria: 'Categoría',
  tipo: 'Tipo de movimiento',
  mes: 'Mes',
  semana: 'Semana',
  dia: 'Día',
  motivo: 'Motivo',
  producto: 'Producto',
  zona: 'Zona',
};
/** What each measure may be grouped by; the first is taken where the URL names none of them. */
export const GRUPOS_DE: Partial<Record<MedidaArchivo, readonly string[]>> = {
  grupos: GRUPOS,
  merma: ['motivo', ...GRUPOS_MERMA.filter((g) => g !== 'motivo')],
  exactitud: GRUPOS_EXACTITUD,
  recuentos: ['tienda', 'almacen', 'semana'],
};
/** How each list of stock begins: what asks for something first. */
const ORDEN_DE: Record<string, readonly [string, 'asc' | 'desc']> = {
  productos: ['importe', 'desc'],
  valor: ['valor', 'desc'],
  cobertura: ['cobertura', 'asc'],
  abc: ['ventaNeta', 'desc'],
  sinVenta: ['valor', 'desc'],
  sinConteo: ['diasSinConteo', 'desc'],
};
const ORDENES: Record<string, readonly string[]> = {
  productos: ['importe', 'neto', 'margen', 'unidades', 'movimientos', 'codigo'],
  existencia: [
    'valor',
    'existencia',
    'cobertura',
    'ventaNeta',
    'variabilidad',
    'diasSinVenta',
    'diasSinConteo',
    'codigo',
  ],
};

const uno = <T extends string>(valor: unknown, de: readonly T[], omision: T): T =>
  de.includes(valor as T) ? (valor as T) : omision;
const fecha = (valor: unknown, omision: string): string =>
  typeof valor === 'string' &&
  (valor === '' || (/^\d{4}-\d{2}-\d{2}$/.test(valor) && !Number.isNaN(Date.parse(valor))))
    ? valor
    : omision;
const texto = (valor: unknown): string => (typeof valor === 'string' ? valor : '');

/** A URL that makes no sense falls back: the sales of the last 90 days, the most first. */
export function leeVista(search: Record<string, unknown>, hoy: string): Vista {
  const medida = uno(search.ver, Object.keys(NOMBRE_MEDIDA) as MedidaArchivo[], 'productos');
  const grupos = GRUPOS_DE[medida] ?? [''];
  const [orden, dir] = ORDEN_DE[medida] ?? ['', 'desc'];
  const ordenes = medida === 'productos' ? ORDENES.productos! : ORDENES.existencia!;
  const elegido = uno(search.orden, ordenes, orden);
  const dias = Number(search.dias);
  return {
    medida,
    almacen: texto(search.almacen),
    categoria: texto(search.categoria),
    desde: fecha(search.desde, masDias(hoy, -89)),
    hasta: fecha(search.hasta, hoy),
    tipo: search.tipo === 'todo' ? '' : uno(search.tipo, TIPOS_MOVIMIENTO, 'venta'),
    por: uno(search.por, grupos, grupos[0]!),
    dias: Number.isInteger(dias) && dias >= 1 && dias <= 3650 ? dias : medida === 'sinVenta' ? 180 : 0,
    clase: uno(search.clase, ['', 'A', 'B', 'C'], ''),
    xyz: uno(search.xyz, ['', 'X', 'Y', 'Z'], ''),
    abcPor: uno(search.valor, ['ventas', 'existencia'] as const, 'ventas'),
    orden: elegido,
    dir: uno(
      search.dir,
      ['asc', 'desc'] as const,
      elegido === orden ? dir : elegido === 'codigo' ? 'asc' : 'desc',
    ),
  };
}

/** The procedure's input but for its page; what a file is asked with. */
export function filtroDe(v: Vista): Record<string, unknown> {
  const donde = { tiendaIds: [], almacenId: v.almacen || null, categoriaId: v.categoria || null };
  const cuando = { desde: v.desde || null, hasta: v.hasta || null };
  const orden = { orden: v.orden, dir: v.dir };
  switch (v.medida) {
    case 'productos':
      return { ...donde, ...cuando, tipo: v.tipo || null, ...orden };
    case 'grupos':
      return { ...donde, ...cuando, tipo: v.tipo || null, por: v.por };
    case 'valor':
      return { ...donde, ...orden };
    case 'cobertura':
      return { ...donde, ...orden, hasta: v.dias || null };
    case 'abc':
      return { ...donde, ...orden, por: v.abcPor, clase: v.clase || null, xyz: v.xyz || null };
    case 'sinVenta':
    case 'sinConteo':
      return { ...donde, ...orden, dias: v.dias };
    default:
      return { ...donde, ...cuando, por: v.por };
  }
}
