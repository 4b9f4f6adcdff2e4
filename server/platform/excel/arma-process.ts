import ExcelJS from 'exceljs';
import { replyWith } from '../job-reply.ts';
import type { EntradaLibro } from './arma.ts';

interface Modulo {
  readonly arma: (libro: ExcelJS.Workbook, datos: unknown) => void | Promise<void>;
}

replyWith(async (entrada: EntradaLibro) => {
  const { arma } = (await import(entrada.modulo)) as Modulo;
  const libro = new ExcelJS.Workbook();
  libro.creator = 'DevCompras';
  await arma(libro, entrada.datos);
  return new Uint8Array(await libro.xlsx.writeBuffer());
});
