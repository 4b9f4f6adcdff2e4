import { checkDigit } from '../codigos.ts';
import type { Identificador, Parte } from './tabla.ts';

export type CodigoValor = 'GS1_DIGITO_MALO' | 'GS1_FECHA_MALA' | 'GS1_FORMATO_MALO';

const CLASES: Record<Parte['clase'], RegExp> = {
  N: /^\d*$/,
  X: /^[!"%-?A-Z_a-z]*$/,
  Y: /^[#\-/0-9A-Z]*$/,
  Z: /^[A-Za-z0-9_-]*={0,2}$/,
};

/** Shortest and longest value of an AI. */
export function largos({ partes }: Identificador): { min: number; max: number } {
  let min = 0;
  let max = 0;
  for (const { largo, variable, opcional } of partes) {
    max += largo;
    if (!opcional) min += variable ? 1 : largo;
  }
  return { min, max };
}

/**
 * The full year of two digits: the century that puts it between 49 years back and 50 years ahead of `anio` (GS1
 * General Specifications, "Determination of century in dates").
 */
export function anioCompleto(yy: number, anio: number): number {
  const siglo = anio - (anio % 100);
  const diferencia = yy - (anio % 100);
  if (diferencia >= 51) return siglo - 100 + yy;
  return diferencia <= -50 ? siglo + 100 + yy : siglo + yy;
}

function diasDelMes(anio: number, mes: number): number {
  const bisiesto = (anio % 4 === 0 && anio % 100 !== 0) || anio % 400 === 0;
  return [31, bisiesto ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][mes - 1] ?? 0;
}

/** YYMMDD as `2026-12-31`; day 00 is the month's last one where the AI allows it; null for a day that never was. */
export function fechaGs1(texto: string, anio: number, diaCero = true): string | null {
  if (!/^\d{6}$/.test(texto)) return null;
  const completo = anioCompleto(Number(texto.slice(0, 2)), anio);
  const mes = Number(texto.slice(2, 4));
  const ultimo = diasDelMes(completo, mes);
  const escrito = Number(texto.slice(4));
  const dia = escrito === 0 && diaCero ? ultimo : escrito;
  if (dia < 1 || dia > ultimo) return null;
  return `${completo}-${String(mes).padStart(2, '0')}-${String(dia).padStart(2, '0')}`;
}

function juzgaParte(parte: Parte, texto: string, anio: number): CodigoValor | null {
  if (!CLASES[parte.clase].test(texto)) return 'GS1_FORMATO_MALO';
  switch (parte.prueba) {
    case 'digito':
      return checkDigit(texto.slice(0, -1)) === Number(texto.at(-1)) ? null : 'GS1_DIGITO_MALO';
    case 'fecha':
    case 'fecha_con_dia':
      return fechaGs1(texto, anio, parte.prueba === 'fecha') === null ? 'GS1_FECHA_MALA' : null;
    case 'hora':
      return /^([01]\d|2[0-3])[0-5]\d$/.test(texto) ? null : 'GS1_FECHA_MALA';
    case null:
      return null;
  }
}

/** null when the value is one that this AI may have; else what is wrong with it. */
export function juzgaValor(ident: Identificador, valor: string, anio: number): CodigoValor | null {
  let resto = valor;
  for (const parte of ident.partes) {
    if (resto === '' && parte.opcional) return null;
    const texto = resto.slice(0, parte.largo);
    if (texto === '' || (!parte.variable && texto.length < parte.largo)) return 'GS1_FORMATO_MALO';
    const malo = juzgaParte(parte, texto, anio);
    if (malo !== null) return malo;
    resto = resto.slice(texto.length);
  }
  return resto === '' ? null : 'GS1_FORMATO_MALO';
}
