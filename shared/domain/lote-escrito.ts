/** What a person types of a package: its lot, its expiry, a tire's DOT. Only the sheet that asks for them needs it. */
import type { Resultado } from './decimal.ts';
import { fechaGs1 } from './gs1/valor.ts';

/** What the eye takes for the same: case, blanks, O and 0, I and 1. */
function pliegaLote(lote: string): string {
  return lote.toUpperCase().replace(/\s/g, '').replace(/O/g, '0').replace(/I/g, '1');
}

/** One character more, less or other, or two neighbours swapped. */
function aUnPaso(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let desde = 0;
  while (desde < a.length && a[desde] === b[desde]) desde += 1;
  const [restoA, restoB] = [a.slice(desde), b.slice(desde)];
  return (
    restoA.slice(1) === restoB.slice(1) ||
    restoA.slice(1) === restoB ||
    restoA === restoB.slice(1) ||
    (restoA[0] === restoB[1] && restoA[1] === restoB[0] && restoA.slice(2) === restoB.slice(2))
  );
}

/** Shorter lots are a step away from everything. */
const LARGO_COMPARABLE = 4;

/**
 * The known lot that this one was probably meant to be: equal to the eye, else one typing slip away. null when it is
 * known exactly as typed, or near to none. Only a question for the person: L-2031 and L-2032 may both be true.
 */
export function loteParecido(nuevo: string, conocidos: readonly string[]): string | null {
  if (conocidos.includes(nuevo)) return null;
  const clave = pliegaLote(nuevo);
  const igual = conocidos.find((lote) => pliegaLote(lote) === clave);
  if (igual !== undefined) return igual;
  if (clave.length < LARGO_COMPARABLE) return null;
  return conocidos.find((lote) => aUnPaso(pliegaLote(lote), clave)) ?? null;
}

export type CodigoDot = 'DOT_INVALIDO' | 'DOT_FUTURO';

/** Monday-based week of the year, as tire makers count: 1 to 53. */
function semanaDe(fecha: string): number {
  const dia = Math.floor((Date.parse(fecha) - Date.parse(`${fecha.slice(0, 4)}-01-01`)) / 86_400_000);
  const lunes = (new Date(`${fecha.slice(0, 4)}-01-01T00:00:00Z`).getUTCDay() + 6) % 7;
  return Math.floor((dia + lunes) / 7) + 1;
}

/**
 * The four digits that end a tire's DOT: week 01–53 and year, `2319`. Takes them alone, with a separator, or at the end
 * of the whole DOT. Not later than `hoy` (`2026-03-02`): tires of before 2000 carry three digits and are refused.
 */
export function parseDot(texto: string, hoy: string): Resultado<string, CodigoDot> {
  const limpio = texto.trim().toUpperCase();
  const [, semana, anio] = /(?:^|[^0-9])(\d{2})[\s/.-]?(\d{2})$/.exec(limpio) ?? [];
  if (semana === undefined || anio === undefined) return { ok: false, code: 'DOT_INVALIDO' };
  const numero = Number(semana);
  if (numero < 1 || numero > 53) return { ok: false, code: 'DOT_INVALIDO' };
  const [anioHoy, dos] = [Number(hoy.slice(2, 4)), Number(anio)];
  if (dos > anioHoy || (dos === anioHoy && numero > semanaDe(hoy))) return { ok: false, code: 'DOT_FUTURO' };
  return { ok: true, value: `${semana}${anio}` };
}

/** `semana 23 de 2019` of `2319`. */
export function dotVisto(dot: string): string {
  return `semana ${Number(dot.slice(0, 2))} de 20${dot.slice(2)}`;
}

const MESES = 'ENE FEB MAR ABR MAY JUN JUL AGO SEP OCT NOV DIC'.split(' ');

/** `yymmdd` of what was typed, day 00 where it names only the month; null when it is no date. */
function seisDigitos(texto: string): string | null {
  const conMes = texto
    .toUpperCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/\b([A-Z]{3})[A-Z]*\b/g, (todo, mes: string) => {
      const numero = MESES.indexOf(mes) + 1;
      return numero === 0 ? todo : String(numero).padStart(2, '0');
    });
  const partes = conMes.split(/[\s/.-]+/).filter((parte) => parte !== '');
  if (partes.length === 0 || partes.length > 3 || partes.some((parte) => !/^\d+$/.test(parte))) return null;
  const dos = (parte: string) => parte.padStart(2, '0');
  if (partes.length === 3) {
    const [a, b, c] = partes as [string, string, string];
    if (a.length === 4) return a.startsWith('20') ? `${a.slice(2)}${dos(b)}${dos(c)}` : null;
    if (c.length === 4 && !c.startsWith('20')) return null;
    return [2, 4].includes(c.length) && a.length <= 2 && b.length <= 2
      ? `${c.slice(-2)}${dos(b)}${dos(a)}`
      : null;
  }
  if (partes.length === 2) {
    const [mes, anio] = partes as [string, string];
    if (anio.length === 4 && !anio.startsWith('20')) return null;
    return mes.length <= 2 && [2, 4].includes(anio.length) ? `${anio.slice(-2)}${dos(mes)}00` : null;
  }
  const digitos = partes[0]!;
  if (digitos.length === 4) return `${digitos.slice(2)}${digitos.slice(0, 2)}00`;
  // A year in full begins with 20, which is no month: what follows is then unmistakable.
  if (digitos.length === 6) {
    return digitos.slice(2, 4) === '20'
      ? `${digitos.slice(4)}${digitos.slice(0, 2)}00`
      : `${digitos.slice(4)}${digitos.slice(2, 4)}${digitos.slice(0, 2)}`;
  }
  if (digitos.length !== 8) return null;
  return digitos.slice(4, 6) === '20'
    ? `${digitos.slice(6)}${digitos.slice(2, 4)}${digitos.slice(0, 2)}`
    : digitos.startsWith('20')
      ? digitos.slice(2)
      : null;
}

/**
 * An expiry as typed with one thumb: `1226` and `12/26` (the month's last day, as GS1 has it for day 00), `311226`,
 * `31/12/2026`, `dic 26`, `2026-12-31`. Day first, as people here write. `hoy` settles the century.
 */
export function parseCaducidad(texto: string, hoy: string): Resultado<string, 'CADUCIDAD_INVALIDA'> {
  const digitos = seisDigitos(texto.trim());
  const fecha = digitos === null ? null : fechaGs1(digitos, Number(hoy.slice(0, 4)));
  return fecha === null ? { ok: false, code: 'CADUCIDAD_INVALIDA' } : { ok: true, value: fecha };
}
