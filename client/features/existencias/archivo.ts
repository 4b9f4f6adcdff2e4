import { fetchVigilado } from '#client/app/fetch-vigilado.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { plazo } from '#client/offline/core/senales.ts';
import { MENSAJES } from '#shared/codes.ts';
import { AppError, type ErrorData } from '#shared/errores.ts';

export type Formato = 'csv' | 'xlsx';

const MIME: Record<Formato, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
/** A workbook of 20,000 rows takes the server some seconds, and may wait for others before. */
const PLAZO_MS = 120_000;

/** The whole of a date, almacén and category as a file. Rejects with an AppError or a NetFailure. */
export async function pideArchivo(
  { al, almacen, categoria }: { al: string; almacen: string; categoria: string },
  formato: Formato,
): Promise<File> {
  const consulta = new URLSearchParams({ al, formato });
  if (almacen !== '') consulta.set('almacen', almacen);
  if (categoria !== '') consulta.set('categoria', categoria);
  const response = await fetchVigilado(
    `/api/existencias?${consulta}`,
    { signal: plazo(PLAZO_MS) },
    MIME[formato],
  );
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as { code?: string; data?: ErrorData } | null;
    const code = body?.code ?? '';
    if (Object.hasOwn(MENSAJES, code)) throw new AppError(code as keyof typeof MENSAJES, body?.data);
    throw new NetFailure('http', { status: response.status });
  }
  return new File([await response.blob()], `existencias-${al}.${formato}`, { type: MIME[formato] });
}
