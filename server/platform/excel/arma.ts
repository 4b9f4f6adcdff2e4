import { type JobLimits, runJob } from '../job-process.ts';

/** What the workbook's process starts with. */
export interface EntradaLibro {
  readonly modulo: string;
  readonly datos: unknown;
}

/** exceljs holds every cell as an object: 20,000 rows × 25 columns are about 300 MB. */
const MEMORIA_MB = 768;

/**
 * An .xlsx made in a process of its own, with those of `pintaPdf` two at once. The module at `modulo` exports
 * `arma(libro: ExcelJS.Workbook, datos): void | Promise<void>`. `datos` is copied to it (structured clone). Fails as
 * `runJob` does.
 */
export function armaLibro(modulo: URL, datos: unknown, limites: JobLimits = {}): Promise<Uint8Array> {
  const entrada: EntradaLibro = { modulo: modulo.href, datos };
  return runJob(new URL('./arma-process.ts', import.meta.url), entrada, {
    ...limites,
    memoriaMb: limites.memoriaMb ?? MEMORIA_MB,
  });
}
