import Papa from 'papaparse';
import type { Celda, FilaHoja } from '#shared/domain/importar/celda.ts';
import { AppError } from '#shared/errores.ts';
import { FILAS_POR_LOTE, type HojaLibro, type Libro } from './lee-libro.ts';
import { leeBytes } from './lee-texto.ts';

const SEPARADORES = [',', ';', '\t', '|'] as const;
type Separador = (typeof SEPARADORES)[number];
const NOMBRE: Readonly<Record<Separador, string>> = {
  ',': 'coma',
  ';': 'punto y coma',
  '\t': 'tabulador',
  '|': 'barra',
};
const MUESTRA_FILAS = 60;
const MUESTRA_LETRAS = 64_000;
const VENTANA = 1_000_000;
const VENTANA_MAXIMA = 8_000_000;
const SEP = /^sep=(.)\r?\n/i;

/** The low-level parser, which takes a piece of text and says how far it came; the published types leave its arguments out. */
interface Partidor {
  parse(
    texto: string,
    base: number,
    dejaUltima: boolean,
  ): { data: string[][]; errors: { code: string }[]; meta: { cursor: number } };
}
const Parser = Papa.Parser as unknown as new (config: { delimiter: string; quoteChar: string }) => Partidor;

function parte(texto: string, delimiter: string, dejaUltima: boolean): ReturnType<Partidor['parse']> {
  return new Parser({ delimiter, quoteChar: '"' }).parse(texto, 0, dejaUltima);
}

/** The separator whose rows agree best on how many cells they have. */
export function hallaSeparador(texto: string): Separador {
  const dicho = SEP.exec(texto)?.[1];
  if (SEPARADORES.includes(dicho as Separador)) return dicho as Separador;
  const muestra = texto.slice(0, MUESTRA_LETRAS);
  let mejor: Separador = ',';
  let mejorNota = 0;
  for (const separador of SEPARADORES) {
    const filas = parte(muestra, separador, texto.length > MUESTRA_LETRAS).data.slice(0, MUESTRA_FILAS);
    const cuentas = new Map<number, number>();
    for (const { length } of filas) if (length > 1) cuentas.set(length, (cuentas.get(length) ?? 0) + 1);
    // Rows of the commonest width count; wider tables win a tie.
    for (const [ancho, veces] of cuentas) {
      const nota = veces * veces * Math.min(ancho, 12) ** 0.5;
      if (nota > mejorNota) [mejor, mejorNota] = [separador, nota];
    }
  }
  return mejor;
}

/** `="000123"` is how some programs keep Excel from eating zeros; an apostrophe in front, how people do. */
function celda(texto: string): Celda {
  if (texto === '') return null;
  const crudo = texto.charCodeAt(0) === 61 ? (/^="(.*)"$/.exec(texto)?.[1] ?? texto) : texto;
  return crudo.charCodeAt(0) === 39 && crudo.length > 1 ? crudo.slice(1) : crudo;
}

class HojaCsv implements HojaLibro {
  readonly nombre: string;
  readonly oculta = false;
  readonly dibujos = false;
  readonly uniones = [];
  filas = 0;
  readonly #texto: string;
  readonly #separador: Separador;

  constructor(nombre: string, texto: string, separador: Separador) {
    this.nombre = nombre;
    this.#texto = texto;
    this.#separador = separador;
  }

  async *lee(): AsyncGenerator<readonly FilaHoja[]> {
    const texto = this.#texto;
    const sep = SEP.exec(texto.slice(0, 10))?.[0].length ?? 0;
    let lugar = sep;
    let fila = sep > 0 ? 1 : 0;
    let ventana = VENTANA;
    while (lugar < texto.length) {
      const trozo = texto.slice(lugar, lugar + ventana);
      const ultimo = lugar + trozo.length >= texto.length;
      const { data, errors, meta } = parte(trozo, this.#separador, !ultimo);
      if (ultimo && errors.some(({ code }) => code === 'MissingQuotes')) {
        throw new AppError('IMPORTACION_DANADA', {
          detalle: `desde la fila ${fila + data.length} hay comillas que no se cierran`,
        });
      }
      if (data.length === 0 && !ultimo) {
        ventana *= 2;
        if (ventana <= VENTANA_MAXIMA) continue;
        throw new AppError('IMPORTACION_DANADA', {
          detalle: `desde la fila ${fila + 1} hay comillas que no se cierran`,
        });
      }
      for (let i = 0; i < data.length; i += FILAS_POR_LOTE) {
        const lote: FilaHoja[] = [];
        for (const celdas of data.slice(i, i + FILAS_POR_LOTE)) {
          fila += 1;
          if (celdas.length > 1 || celdas[0] !== '')
            lote.push({ fila, celdas: celdas.map(celda), oculta: false });
        }
        if (lote.length > 0) yield lote;
      }
      lugar += ultimo ? trozo.length : meta.cursor;
      ventana = VENTANA;
    }
    this.filas = fila;
  }

  async mide(): Promise<void> {
    let filas = 0;
    for (let p = this.#texto.indexOf('\n'); p >= 0; p = this.#texto.indexOf('\n', p + 1)) filas += 1;
    this.filas = filas + (this.#texto.endsWith('\n') ? 0 : 1);
  }
}

/** CSV of any usual separator and encoding, also when it is named .xls. */
export function leeCsv(bytes: Uint8Array, nombre: string): Libro {
  const { texto, codificacion } = leeBytes(bytes);
  if (texto.trim() === '') throw new AppError('IMPORTACION_VACIA');
  const separador = hallaSeparador(texto);
  return {
    formato: 'csv',
    hojas: [new HojaCsv(nombre.replace(/\.[^.]*$/, '').slice(0, 60) || 'CSV', texto, separador)],
    diasDeMas: 0,
    nota: `${codificacion}, separado por ${NOMBRE[separador]}`,
  };
}
