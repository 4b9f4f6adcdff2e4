import { runJob } from '#server/platform/job-process.ts';
import type { FilaCruda } from '#shared/domain/tabla-conteo.ts';

/** Of an .xlsx; a count of 5,000 rows weighs about 300 kB. */
export const LIBRO_MAXIMO_BYTES = 8 * 1024 * 1024;
export const FILAS_LIBRO_MAXIMO = 6_000;

const PLAZO_MS = 30_000;

/**
 * Rows of an .xlsx, read in a process of its own: what a workbook unpacks to is not known before, and that process's memory and
 * time are limited. Rejects with TABLA_NO_LEIDA, TABLA_GRANDE, or as `runJob` does.
 */
export async function leeLibro(bytes: Uint8Array): Promise<FilaCruda[]> {
  const json = await runJob(new URL('./lee-libro-process.ts', import.meta.url), bytes, { plazoMs: PLAZO_MS });
  return JSON.parse(new TextDecoder().decode(json)) as FilaCruda[];
}
