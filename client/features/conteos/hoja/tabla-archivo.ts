import { fetchVigilado } from '#client/app/fetch-vigilado.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { plazo } from '#client/offline/core/senales.ts';
import { MENSAJES } from '#shared/codes.ts';
import { type FilaCruda, leeTexto } from '#shared/domain/tabla-conteo.ts';
import { AppError, type ErrorData } from '#shared/errores.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PLAZO_MS = 60_000;
/** A zip, as every .xlsx is. */
const ES_ZIP = [0x50, 0x4b];

/** CSV as text: UTF-8, UTF-16 by its mark, else what Excel in Mexico writes. */
export function textoDe(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * Rows of a file. A CSV or text is read here, also without signal; an .xlsx by the server, which needs signal and keeps nothing of
 * it. Rejects with an AppError or a NetFailure.
 */
export async function leeArchivo(archivo: File): Promise<FilaCruda[]> {
  const bytes = new Uint8Array(await archivo.arrayBuffer());
  if (!ES_ZIP.every((byte, i) => bytes[i] === byte)) {
    // BIFF8, PDF and pictures have bytes that no text has.
    if (bytes.subarray(0, 4_000).includes(0) && bytes[0] !== 0xff) throw new AppError('TABLA_NO_LEIDA');
    return leeTexto(textoDe(bytes));
  }
  const response = await fetchVigilado('/api/hojas/tabla', {
    method: 'POST',
    headers: { 'content-type': XLSX },
    body: bytes,
    signal: plazo(PLAZO_MS),
  });
  const body = (await response.json().catch(() => null)) as {
    filas?: FilaCruda[];
    code?: unknown;
    data?: ErrorData;
  } | null;
  if (response.ok && Array.isArray(body?.filas)) return body.filas;
  throw typeof body?.code === 'string' && Object.hasOwn(MENSAJES, body.code)
    ? new AppError(body.code as keyof typeof MENSAJES, body.data)
    : new NetFailure('http', { status: response.status });
}
