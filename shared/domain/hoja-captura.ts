import { CANTIDAD_DUDOSA, type Cantidad, parseCantidad, UNA_UNIDAD } from './cantidad.ts';
import { unidadesDe } from './conteo.ts';
import type { Resultado } from './decimal.ts';
import { desfaseDeZona, inicioDelDia, masDias, type Zona } from './instante.ts';

/** What a row of the paper says, as it is typed: `17`, `2x12`, `2x12+5`, `0`, or nothing. */
export type Captura =
  /** Not counted: nothing is written, which is not the same as 0. */
  | { readonly tipo: 'vacia' }
  | { readonly tipo: 'cero' }
  | {
      readonly tipo: 'suma';
      /** Boxes and pieces in each where the row says only that, else all units and 1. */
      readonly cantidad: Cantidad;
      readonly factor: Cantidad;
      readonly unidades: Cantidad;
    };

export type CodigoCaptura =
  | 'CANTIDAD_NEGATIVA'
  | 'CANTIDAD_DECIMALES'
  | 'CANTIDAD_EXCESIVA'
  | 'CAPTURA_INVALIDA'
  | 'CAPTURA_DUDOSA'
  | 'CODIGO_DANADO';

/** A number with exponent: what a spreadsheet makes of a long code. */
export const NOTACION_CIENTIFICA = /^[-−]?\d+(?:[.,]\d+)?[eE]\+?\d+$/;
const POR = /\s*[xX×*]\s*/;

type Decimales = 0 | 1 | 2 | 3;

function termino(texto: string, decimales: Decimales): Resultado<[Cantidad, Cantidad], CodigoCaptura> {
  const lados = texto.trim().split(POR);
  if (lados.length > 2) return { ok: false, code: 'CAPTURA_INVALIDA' };
  const valores: Cantidad[] = [];
  for (const [i, lado] of lados.entries()) {
    // Of boxes there are whole ones only.
    const leido = parseCantidad(lado, { decimales: lados.length === 2 && i === 0 ? 0 : decimales });
    if (!leido.ok)
      return { ok: false, code: leido.code === 'CANTIDAD_INVALIDA' ? 'CAPTURA_INVALIDA' : leido.code };
    valores.push(leido.value);
  }
  return { ok: true, value: [valores[0]!, valores[1] ?? UNA_UNIDAD] };
}

/**
 * Reads a row: terms joined by +, each a quantity or boxes x pieces. More than 99,999 units are refused: on paper it is nearly
 * always a code, and what is truly so much can be counted on the counting screen, which asks.
 */
export function leeCaptura(texto: string, decimales: Decimales): Resultado<Captura, CodigoCaptura> {
  const limpio = texto.trim();
  if (limpio === '') return { ok: true, value: { tipo: 'vacia' } };
  if (NOTACION_CIENTIFICA.test(limpio)) return { ok: false, code: 'CODIGO_DANADO' };
  const terminos: [Cantidad, Cantidad][] = [];
  for (const parte of limpio.split('+')) {
    const leido = termino(parte, decimales);
    if (!leido.ok) return leido;
    terminos.push(leido.value);
  }
  const unidades = terminos.reduce((suma, [cantidad, factor]) => suma + unidadesDe({ cantidad, factor }), 0n);
  if (unidades > CANTIDAD_DUDOSA) return { ok: false, code: 'CAPTURA_DUDOSA' };
  if (unidades === 0n) return { ok: true, value: { tipo: 'cero' } };
  const [unico] = terminos;
  if (terminos.length === 1 && unico !== undefined) {
    return { ok: true, value: { tipo: 'suma', cantidad: unico[0], factor: unico[1], unidades } };
  }
  return { ok: true, value: { tipo: 'suma', cantidad: unidades, factor: UNA_UNIDAD, unidades } };
}

export type CodigoHora = 'HOJA_SIN_HORA' | 'HOJA_HORA_MALA' | 'HOJA_HORA_FUTURA' | 'HOJA_HORA_LARGA';

const FECHA = /^\d{4}-\d{2}-\d{2}$/;
const HORA = /^([01]?\d|2[0-3]):([0-5]\d)$/;
/** Nobody counts one page for longer; a larger span is a slip of the pen. */
const JORNADA_MS = 14 * 3_600_000;

function instanteLocal(fecha: string, hora: string, zona: Zona): number | null {
  const partes = HORA.exec(hora.trim());
  if (!FECHA.test(fecha) || partes === null || Number.isNaN(Date.parse(`${fecha}T00:00:00Z`))) return null;
  const minutos = Number(partes[1]) * 60 + Number(partes[2]);
  const medianoche = inicioDelDia(fecha, zona);
  const guess = medianoche + minutos * 60_000;
  // A day of a change of hour is 23 or 25 hours long: the wall clock decides.
  return guess + (desfaseDeZona(medianoche, zona) - desfaseDeZona(guess, zona)) * 60_000;
}

/**
 * When a page was counted: its hours on the wall of the shop, as instants. One of the two hours stands for both. An end before
 * the beginning is of the next day. The future is refused (two minutes of grace for watches).
 */
export function horasDePagina(
  pagina: { readonly fecha: string; readonly empezo: string; readonly termino: string },
  zona: Zona,
  ahora: number,
): Resultado<{ desde: number; hasta: number }, CodigoHora> {
  const { fecha, empezo, termino } = pagina;
  if (empezo.trim() === '' && termino.trim() === '') return { ok: false, code: 'HOJA_SIN_HORA' };
  const desde = instanteLocal(fecha, empezo.trim() || termino, zona);
  let hasta = instanteLocal(fecha, termino.trim() || empezo, zona);
  if (desde === null || hasta === null) return { ok: false, code: 'HOJA_HORA_MALA' };
  if (hasta < desde) hasta = instanteLocal(masDias(fecha, 1), termino, zona)!;
  if (hasta - desde > JORNADA_MS) return { ok: false, code: 'HOJA_HORA_LARGA' };
  if (hasta > ahora + 2 * 60_000) return { ok: false, code: 'HOJA_HORA_FUTURA' };
  return { ok: true, value: { desde, hasta } };
}

/**
 * When a row was counted, between the page's two hours in the order of the rows: the best that paper tells. Whole seconds, so
 * that two phones that capture the same page say the same.
 */
export function instanteDeRenglon(
  { desde, hasta }: { desde: number; hasta: number },
  lugar: number,
  total: number,
): number {
  if (total <= 1) return hasta;
  return Math.round((desde + ((hasta - desde) * lugar) / (total - 1)) / 1000) * 1000;
}

/** What the line of a row says of itself: `hoja de papel, p. 2 r. 17, contó Ana (2x12+5)`. */
export function notaDeHoja(de: {
  readonly donde: string;
  readonly conto: string;
  readonly escrito?: string;
  readonly nota?: string;
}): string {
  const escrito = de.escrito !== undefined && /[+xX×*]/.test(de.escrito) ? ` (${de.escrito.trim()})` : '';
  const nota = de.nota?.trim() ? ` · ${de.nota.trim()}` : '';
  return `hoja de papel, ${de.donde}, contó ${de.conto.trim()}${escrito}${nota}`.slice(0, 500);
}
