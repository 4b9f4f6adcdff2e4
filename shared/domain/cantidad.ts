import {
  absoluto,
  CANTIDAD_ESCALA,
  type Cantidad,
  formatDecimal,
  type Resultado,
  toDecimal,
} from './decimal.ts';

export type { Cantidad } from './decimal.ts';

/** One unit (a piece, a metre) as a `Cantidad`. */
export const UNA_UNIDAD: Cantidad = 100_000n;
/** Above this the screen asks again: almost always a barcode read into the quantity field. */
export const CANTIDAD_DUDOSA: Cantidad = 99_999n * UNA_UNIDAD;

/** Eight integer digits or more are a code (the shortest GTIN), not a count. */
const ENTEROS_MAX = 7;

/** Units that are measured, so that up to three decimals make sense. Everything else is counted by pieces. */
const MEDIDAS: ReadonlySet<string> = new Set(
  'M MT MTS ML METRO METROS CM KG KGS KILO KILOS G GR GRS GRAMO GRAMOS L LT LTS LITRO LITROS GAL GALON GALONES M2 M3 MTR KGM GRM LTR'.split(
    ' ',
  ),
);

/** True for units that are measured (m, kg, l…), whatever their case, accents or final dot. */
export function esMedida(unidad: string): boolean {
  const clave = unidad
    .normalize('NFD')
    .replace(/[\u0300-\u036f.\s]/g, '')
    .toUpperCase();
  return MEDIDAS.has(clave);
}

/** How many decimals a person may type for a unit: 3 when it is measured, 0 when it is counted by pieces. */
export function decimalesDeUnidad(unidad: string): 0 | 3 {
  return esMedida(unidad) ? 3 : 0;
}

export type CodigoCantidad =
  | 'CANTIDAD_NEGATIVA'
  | 'CANTIDAD_DECIMALES'
  | 'CANTIDAD_INVALIDA'
  | 'CANTIDAD_EXCESIVA';

/** Digits, or groups of three after the first with commas; then an optional decimal point. */
const ESCRITA = /^(?:(\d+)|(\d{1,3}(?:,\d{3})+))?(?:\.(\d*))?$/;

/**
 * Reads what a person typed: decimal point, comma only as a thousands separator (`1,234.5`). `1,5` is refused
 * rather than guessed. Zero is a quantity.
 */
export function parseCantidad(
  text: string,
  { decimales }: { decimales: 0 | 1 | 2 | 3 },
): Resultado<Cantidad, CodigoCantidad> {
  const limpio = text.trim();
  const sinSigno = limpio.replace(/^[-−–]\s*/, '');
  const match = ESCRITA.exec(sinSigno);
  const entero = (match?.[1] ?? match?.[2] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const fraccion = (match?.[3] ?? '').replace(/0+$/, '');
  if (!match || !/\d/.test(sinSigno)) return { ok: false, code: 'CANTIDAD_INVALIDA' };
  if (sinSigno !== limpio) return { ok: false, code: 'CANTIDAD_NEGATIVA' };
  if (fraccion.length > decimales) return { ok: false, code: 'CANTIDAD_DECIMALES' };
  if (entero.length > ENTEROS_MAX) return { ok: false, code: 'CANTIDAD_EXCESIVA' };
  return { ok: true, value: BigInt((entero || '0') + fraccion.padEnd(CANTIDAD_ESCALA, '0')) };
}

/** True when the quantity is so large that the person must confirm it (more than 99,999). */
export function needsConfirmation(cantidad: Cantidad): boolean {
  return absoluto(cantidad) > CANTIDAD_DUDOSA;
}

/** Wire text → `Cantidad`; throws `ENTRADA_INVALIDA`. */
export function toCantidad(text: string): Cantidad {
  return toDecimal(text, CANTIDAD_ESCALA);
}

/** `Cantidad` → wire text, without trailing zeros. */
export function cantidadTexto(cantidad: Cantidad): string {
  return formatDecimal(cantidad, CANTIDAD_ESCALA);
}
