import { read, SSF, type WorkBook, type WorkSheet } from '@e965/xlsx';
import type { Celda, FilaHoja, Union } from '#shared/domain/importar/celda.ts';
import { SIN_VALOR } from '#shared/domain/importar/celda.ts';
import { AppError, isAppError } from '#shared/errores.ts';
import { FILAS_POR_LOTE, type Formato, type HojaLibro, type Libro } from './lee-libro.ts';
import { muestraDe } from './lee-xlsx.ts';

const ERRORES: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};
const DIAS_1904 = 1462;

interface CeldaCruda {
  readonly t: string;
  readonly v?: unknown;
  readonly z?: string | number;
  readonly f?: string;
}
type HojaDensa = WorkSheet & { '!data'?: (CeldaCruda | undefined)[][] };

function celdaDe(cruda: CeldaCruda | undefined, diasDeMas: number): Celda {
  if (cruda === undefined) return null;
  const { t, v, z, f } = cruda;
  if (t === 'e') return { k: 'error', texto: ERRORES[Number(v)] ?? '#ERROR' };
  if (t === 'b') return v === true;
  if (t === 'n' && typeof v === 'number') {
    const muestra =
      z === undefined ? undefined : typeof z === 'number' ? muestraDe(z, SSF._table[z]) : muestraDe(-1, z);
    if (muestra === undefined || muestra.k === 'general') return v;
    if (muestra.k === 'fecha') return { k: 'fecha', serie: v + (v >= 1 ? diasDeMas : 0) };
    if (muestra.k === 'porciento') return { k: 'porciento', n: v };
    return Number.isInteger(v) && v >= 0 ? { k: 'ceros', n: v, ancho: muestra.ancho } : v;
  }
  if (typeof v === 'string' && v !== '') return v;
  return f !== undefined && v === undefined ? { k: 'error', texto: SIN_VALOR } : null;
}

class HojaSheetJs implements HojaLibro {
  readonly nombre: string;
  readonly oculta: boolean;
  readonly dibujos = false;
  readonly filas: number;
  readonly uniones: readonly Union[];
  readonly #datos: (CeldaCruda | undefined)[][];
  readonly #escondidas: ReadonlySet<number>;
  readonly #diasDeMas: number;

  constructor(nombre: string, oculta: boolean, hoja: HojaDensa, diasDeMas: number) {
    this.nombre = nombre;
    this.oculta = oculta;
    this.#datos = hoja['!data'] ?? [];
    this.filas = this.#datos.length;
    this.uniones = (hoja['!merges'] ?? []).map(({ s, e }) => ({
      fila: s.r,
      columna: s.c,
      filaFin: e.r,
      columnaFin: e.c,
    }));
    this.#escondidas = new Set(
      (hoja['!rows'] ?? []).flatMap((fila, i) => (fila?.hidden === true ? [i] : [])),
    );
    this.#diasDeMas = diasDeMas;
  }

  async *lee(): AsyncGenerator<readonly FilaHoja[]> {
    let lote: FilaHoja[] = [];
    for (let i = 0; i < this.#datos.length; i += 1) {
      const celdas =
        (this.#datos[i] ?? []).length === 0
          ? []
          : Array.from(this.#datos[i]!, (una) => celdaDe(una, this.#diasDeMas));
      if (!celdas.some((una) => una !== null)) continue;
      lote.push({ fila: i + 1, celdas, oculta: this.#escondidas.has(i) });
      if (lote.length < FILAS_POR_LOTE) continue;
      yield lote;
      lote = [];
    }
    if (lote.length > 0) yield lote;
  }

  mide(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * What only SheetJS reads: BIFF (.xls), .xlsb, .ods, SpreadsheetML of 2003 and HTML tables. Whole in memory, so it belongs in a
 * process with limits. Nothing is calculated; texts of an HTML or XML cell stay as they are written.
 */
export function leeConSheetJs(entrada: Uint8Array | string, formato: Formato): Libro {
  let libro: WorkBook;
  try {
    libro = read(entrada, {
      type: typeof entrada === 'string' ? 'string' : 'buffer',
      dense: true,
      raw: formato === 'html',
      cellFormula: true,
      cellHTML: false,
      cellText: false,
      cellNF: true,
      sheetStubs: false,
      bookVBA: false,
      WTF: false,
    });
  } catch (error) {
    if (isAppError(error)) throw error;
    const frase = error instanceof Error ? error.message : String(error);
    if (/password|encrypt/i.test(frase)) throw new AppError('IMPORTACION_CON_CONTRASENA', {}, error);
    throw new AppError('IMPORTACION_DANADA', { detalle: 'su contenido no se puede leer' }, error);
  }
  const diasDeMas = libro.Workbook?.WBProps?.date1904 === true ? DIAS_1904 : 0;
  const hojas = libro.SheetNames.flatMap((nombre, i) => {
    const hoja = libro.Sheets[nombre] as HojaDensa | undefined;
    const oculta = (libro.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0;
    return hoja?.['!data'] === undefined ? [] : [new HojaSheetJs(nombre, oculta, hoja, diasDeMas)];
  });
  if (hojas.length === 0)
    throw new AppError('IMPORTACION_SIN_TABLA', { detalle: 'no tiene hojas con celdas' });
  return { formato, hojas, diasDeMas, nota: null };
}
