import { fetchVigilado } from '#client/app/fetch-vigilado.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { plazo } from '#client/offline/core/senales.ts';
import { MENSAJES } from '#shared/codes.ts';
import type { MedidaArchivo } from '#shared/contracts/estadisticas.ts';
import { AppError, type ErrorData } from '#shared/errores.ts';

export type Formato = 'csv' | 'xlsx';

const MIME: Record<Formato, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
/** A workbook of many rows takes the server some seconds, and may wait for others before. */
const PLAZO_MS = 120_000;

/** All rows of a measure with these filters as a file. Rejects with an AppError or a NetFailure. */
export async function pideArchivoDeMedida(
  medida: MedidaArchivo,
  filtro: object,
  formato: Formato,
): Promise<File> {
  const consulta = new URLSearchParams({ medida, formato, filtro: JSON.stringify(filtro) });
  const response = await fetchVigilado(
    `/api/estadisticas/archivo?${consulta}`,
    { signal: plazo(PLAZO_MS) },
    MIME[formato],
  );
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as { code?: string; data?: ErrorData } | null;
    const code = body?.code ?? '';
    if (Object.hasOwn(MENSAJES, code)) throw new AppError(code as keyof typeof MENSAJES, body?.data);
    throw new NetFailure('http', { status: response.status });
  }
  const nombre = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return new File([await response.blob()], nombre ?? `${medida}.${formato}`, { type: MIME[formato] });
}
