import type { AlmacenValuado, ExistenciasValuadas, FilaValuada } from '#shared/contracts/valuadas.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import { horaVista, plural } from '#shared/formato.ts';

export const COLUMNAS = [
  'Código',
  'Nombre',
  'Tienda',
  'Almacén',
  'Existencia',
  'Unidad',
  'Costo unitario',
  'De dónde sale el costo',
  'Valor',
  'Aviso',
  'A la hora de la tienda',
] as const;

const FUENTE = {
  promedio: 'promedio del almacén',
  ultimo: 'última compra',
  catalogo: 'catálogo',
  sin_costo: 'sin costo',
} as const;

/** `2026-12-31 23:59`. */
export function horaDe({ al, zonaHoraria }: Pick<AlmacenValuado, 'al' | 'zonaHoraria'>): string {
  const ms = Date.parse(al);
  return `${fechaLocal(ms, zonaHoraria)} ${horaVista(ms, zonaHoraria)}`;
}

/** What a row says beside its figures. */
function aviso({ cantidad, tieneBase }: FilaValuada): string {
  return [
    cantidad.startsWith('-') ? 'falta registrar una entrada' : '',
    tieneBase ? '' : 'sin existencia inicial',
  ]
    .filter(Boolean)
    .join('; ');
}

/** One row of texts a product and almacén, in the order of `COLUMNAS`; decimals as decimal text, no cost said in words. */
export function* filasDeExistencias({ almacenes, filas }: ExistenciasValuadas): Generator<string[]> {
  const porId = new Map(almacenes.map((a) => [a.id, { ...a, hora: horaDe(a) }]));
  for (const f of filas) {
    const a = porId.get(f.almacenId);
    yield [
      f.codigo,
      f.nombre,
      a?.tienda ?? '',
      a?.nombre ?? '',
      formatDecimal(toDecimal(f.cantidad, CANTIDAD_ESCALA), CANTIDAD_ESCALA),
      f.unidad,
      f.costo ?? 'sin costo',
      FUENTE[f.fuente],
      f.valor ?? 'sin costo',
      aviso(f),
      a?.hora ?? '',
    ];
  }
}

/** The total of an almacén, as one more row. */
export function filaDeTotal(a: AlmacenValuado): string[] {
  const t = a.totales;
  return [
    'TOTAL',
    plural(t.productos, 'producto', 'productos'),
    a.tienda,
    a.nombre,
    '',
    '',
    '',
    '',
    t.valor,
    t.negativos === 0
      ? ''
      : `aparte, en ${plural(t.negativos, 'producto negativo', 'productos negativos')}: ${t.valorNegativos}`,
    horaDe(a),
  ];
}
