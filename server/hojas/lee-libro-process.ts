import ExcelJS from 'exceljs';
import { replyWith } from '#server/platform/job-reply.ts';
import { type FilaCruda, hallaColumnas } from '#shared/domain/tabla-conteo.ts';
import { AppError } from '#shared/errores.ts';
import { FILAS_LIBRO_MAXIMO } from './lee-libro.ts';

const MESES = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
/** Excel keeps 15 digits: a longer number is already another one. */
const DIGITOS_DE_EXCEL = 1e15;

function numero(valor: number, formato: string | undefined): string {
  if (Math.abs(valor) >= DIGITOS_DE_EXCEL) return valor.toExponential().toUpperCase();
  const texto = String(valor);
  // `000000` is how people make a spreadsheet show the zeros of a code: what they see is what they mean.
  const ceros = /^0+$/.exec(formato ?? '')?.[0];
  return ceros !== undefined && /^\d+$/.test(texto) ? texto.padStart(ceros.length, '0') : texto;
}

/** A cell as a person sees it, but for dates: in a column of codes they are damage, and are told as `2-ene-26`. */
function texto(valor: unknown, formato?: string): string {
  if (valor === null || valor === undefined) return '';
  if (typeof valor === 'string') return valor;
  if (typeof valor === 'number') return numero(valor, formato);
  if (typeof valor === 'boolean') return valor ? 'VERDADERO' : 'FALSO';
  if (valor instanceof Date)
    return `${valor.getUTCDate()}-${MESES[valor.getUTCMonth()]}-${String(valor.getUTCFullYear()).slice(-2)}`;
  if (typeof valor !== 'object') return String(valor);
  if ('error' in valor) return String(valor.error);
  if ('richText' in valor)
    return (valor.richText as readonly { text: string }[]).map(({ text }) => text).join('');
  if ('result' in valor) return texto(valor.result, formato);
  if ('text' in valor) return texto(valor.text, formato);
  return '';
}

function filasDe(hoja: ExcelJS.Worksheet): FilaCruda[] {
  if (hoja.actualRowCount > FILAS_LIBRO_MAXIMO)
    throw new AppError('TABLA_GRANDE', { filas: hoja.actualRowCount, maximo: FILAS_LIBRO_MAXIMO });
  const filas: FilaCruda[] = [];
  hoja.eachRow((row, fila) => {
    const celdas: string[] = [];
    row.eachCell((celda, columna) => {
      while (celdas.length < columna - 1) celdas.push('');
      celdas.push(texto(celda.value, celda.numFmt));
    });
    filas.push({ fila, celdas });
  });
  return filas;
}

/** Rows of the first sheet that has the columns of a count, else of the first that has anything. */
async function lee(bytes: Uint8Array): Promise<Uint8Array> {
  const libro = new ExcelJS.Workbook();
  try {
    await libro.xlsx.load(Buffer.from(bytes).buffer as ArrayBuffer);
  } catch (cause) {
    throw new AppError('TABLA_NO_LEIDA', {}, cause);
  }
  const hojas = libro.worksheets.map(filasDe).filter((filas) => filas.length > 0);
  const filas = hojas.find((una) => hallaColumnas(una) !== null) ?? hojas[0] ?? [];
  return new TextEncoder().encode(JSON.stringify(filas));
}

replyWith(lee);
