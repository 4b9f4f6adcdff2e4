import { type Celda, deSerie, limpiaTexto, textoHora } from './celda.ts';

export type FormatoFecha = 'dmy' | 'mdy' | 'ymd';

/** A date as each order of its parts understands it, `YYYY-MM-DD`; null where it can't be. */
export interface LecturaFecha {
  readonly dmy: string | null;
  readonly mdy: string | null;
  readonly ymd: string | null;
  /** `HH:MM:SS`; null when only the day is written. */
  readonly hora: string | null;
}

const MESES: Readonly<Record<string, number>> = {
  ene: 1,
  jan: 1,
  feb: 2,
  mar: 3,
  abr: 4,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  ago: 8,
  aug: 8,
  sep: 9,
  set: 9,
  oct: 10,
  nov: 11,
  dic: 12,
  dec: 12,
};
const NOMBRE_MES =
  /^(?:ene(?:ro)?|jan(?:uary)?|feb(?:rero|ruary)?|mar(?:zo|ch)?|abr(?:il)?|apr(?:il)?|mayo?|jun(?:io|e)?|jul(?:io|y)?|ago(?:sto)?|aug(?:ust)?|se[pt](?:t|tiembre|tember|iembre)?|oct(?:ubre|ober)?|nov(?:iembre|ember)?|dic(?:iembre)?|dec(?:ember)?)\.?$/;
const DIA_SEMANA = /^(?:lun|mar|mie|jue|vie|sab|dom)[a-z]*\.?,?\s+(?=\d)/;
const HORA =
  /(?:^|[\st,]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s?(m)?\.?\s*(z|[+-]\d{2}:?\d{2})?$/;
const SERIE_DESDE = 36_526;
const SERIE_HASTA = 73_050;

function iso(ano: number, mes: number, dia: number): string | null {
  if (mes < 1 || mes > 12 || dia < 1 || dia > 31 || ano < 1900 || ano > 2199) return null;
  const fecha = new Date(Date.UTC(ano, mes - 1, dia));
  return fecha.getUTCDate() === dia ? fecha.toISOString().slice(0, 10) : null;
}

/** Two digits: 2000 to 2079, else the nineteen hundreds. */
function siglo(ano: string): number {
  const n = Number(ano);
  return ano.length > 2 ? n : n + (n < 80 ? 2000 : 1900);
}

function horaDe(texto: string): { resto: string; hora: string | null } | null {
  const partes = HORA.exec(texto);
  if (partes === null) return { resto: texto, hora: null };
  const [todo, h = '', m = '', s = '0', ap, , zona] = partes;
  // An hour in Greenwich's time is another day for a third of ours: nobody says here which shop it is.
  if (zona === 'z' || zona === '+00:00' || zona === '+0000') return null;
  let hora = Number(h);
  if (ap !== undefined) {
    if (hora < 1 || hora > 12) return null;
    hora = (hora % 12) + (ap === 'p' ? 12 : 0);
  }
  if (hora > 23 || Number(m) > 59 || Number(s) > 59) return null;
  const resto = texto.slice(0, texto.length - todo.length).trim();
  return { resto, hora: textoHora(hora * 3600 + Number(m) * 60 + Number(s)) };
}

function una(fecha: string | null, hora: string | null): LecturaFecha | null {
  return fecha === null ? null : { dmy: fecha, mdy: fecha, ymd: fecha, hora };
}

/** Reads a date that is written out, with its hour if it has one. Null: it is none. */
export function leeFecha(crudo: string): LecturaFecha | null {
  const plegado = limpiaTexto(crudo)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  if (plegado.length < 6 || plegado.length > 60 || !/\d/.test(plegado)) return null;
  const leida = deTexto(plegado);
  if (leida !== null) return leida;
  // «mar» is Tuesday and March, so the day of the week goes only where the date can't be read with it.
  const sinDia = plegado.replace(DIA_SEMANA, '');
  return sinDia === plegado ? null : deTexto(sinDia);
}

function deTexto(plegado: string): LecturaFecha | null {
  const conHora = horaDe(plegado);
  if (conHora === null) return null;
  const { hora } = conHora;
  const texto = conHora.resto.replace(/\b(?:de|del|of)\b/g, ' ').replace(/,/g, ' ');
  const junto = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(texto);
  if (junto !== null) return una(iso(Number(junto[1]), Number(junto[2]), Number(junto[3])), hora);
  const partes = texto.split(/[\s/.-]+/).filter((parte) => parte !== '');
  if (partes.length !== 3) return null;
  const [a = '', b = '', c = ''] = partes;
  const mes = (palabra: string): number | null =>
    NOMBRE_MES.test(palabra) ? (MESES[palabra.slice(0, 3)] ?? null) : null;
  const numero = (palabra: string): boolean => /^\d{1,2}$/.test(palabra);
  const ano = (palabra: string): boolean => /^(?:\d{2}|\d{4})$/.test(palabra);
  if (mes(b) !== null && /^\d{4}$/.test(a) && numero(c)) return una(iso(Number(a), mes(b)!, Number(c)), hora);
  if (mes(b) !== null && numero(a) && ano(c)) return una(iso(siglo(c), mes(b)!, Number(a)), hora);
  if (mes(a) !== null && numero(b) && ano(c)) return una(iso(siglo(c), mes(a)!, Number(b)), hora);
  if (/^\d{4}$/.test(a) && numero(b) && numero(c)) return una(iso(Number(a), Number(b), Number(c)), hora);
  if (!numero(a) || !numero(b) || !ano(c)) return null;
  const dmy = iso(siglo(c), Number(b), Number(a));
  const mdy = iso(siglo(c), Number(a), Number(b));
  const ymd = c.length === 2 && a.length === 2 ? iso(siglo(a), Number(b), Number(c)) : null;
  return dmy === null && mdy === null && ymd === null ? null : { dmy, mdy, ymd, hora };
}

/** Day or month first: true when the text alone doesn't say. A two-digit year in front is only believed when a person says so. */
export function esFechaDudosa({ dmy, mdy }: LecturaFecha): boolean {
  return dmy !== null && mdy !== null && dmy !== mdy;
}

export interface Fecha {
  readonly fecha: string;
  readonly hora: string | null;
  /** How it was written, when that was not a date of the spreadsheet. */
  readonly de: 'fecha' | 'texto' | 'serie';
}

/**
 * Date of a cell. `formato` only decides what can be read both ways. `diasDeMas`: 1,462 where numbers without a date's format come
 * from a book of the 1904 system. Null: no date.
 */
export function fechaDe(celda: Celda | undefined, formato: FormatoFecha, diasDeMas = 0): Fecha | null {
  if (celda === null || celda === undefined || typeof celda === 'boolean') return null;
  if (typeof celda === 'object') {
    if (celda.k !== 'fecha' || celda.serie < 1) return null;
    const dia = deSerie(celda.serie);
    if (dia === null) return null;
    return { fecha: dia.fecha, hora: dia.segundos === 0 ? null : textoHora(dia.segundos), de: 'fecha' };
  }
  if (typeof celda === 'number') {
    const junto = Number.isInteger(celda) && celda > 19_000_000 ? leeFecha(String(celda)) : null;
    if (junto !== null) return { fecha: junto.ymd!, hora: junto.hora, de: 'texto' };
    return deSerieSuelta(celda + diasDeMas);
  }
  const lectura = leeFecha(celda);
  if (lectura === null) {
    const suelta = /^\d{5}(?:\.\d+)?$/.exec(celda.trim());
    return suelta === null ? null : deSerieSuelta(Number(suelta[0]) + diasDeMas);
  }
  const otro = formato === 'mdy' ? lectura.dmy : lectura.mdy;
  const fecha = lectura[formato] ?? (formato === 'ymd' ? (lectura.dmy ?? lectura.mdy) : otro);
  return fecha === null ? null : { fecha, hora: lectura.hora, de: 'texto' };
}

/** A number where a date is expected: a serial between 2000 and 2099. */
function deSerieSuelta(serie: number): Fecha | null {
  if (serie < SERIE_DESDE || serie > SERIE_HASTA) return null;
  const dia = deSerie(serie)!;
  return { fecha: dia.fecha, hora: dia.segundos === 0 ? null : textoHora(dia.segundos), de: 'serie' };
}

/** Hour of a cell of its own, `HH:MM:SS`; null when it is none. */
export function horaSola(celda: Celda | undefined): string | null {
  if (celda === null || celda === undefined || typeof celda === 'boolean') return null;
  if (typeof celda === 'object') {
    if (celda.k !== 'fecha') return null;
    const dia = deSerie(celda.serie);
    return dia === null ? null : textoHora(dia.segundos);
  }
  if (typeof celda === 'number')
    return celda >= 0 && celda < 1 ? textoHora(Math.round(celda * 86_400) % 86_400) : null;
  const plegado = limpiaTexto(celda)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const leida = horaDe(plegado);
  return leida !== null && leida.resto === '' ? leida.hora : null;
}
