import { fetchVigilado } from '#client/app/fetch-vigilado.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { plazo } from '#client/offline/core/senales.ts';
import { MENSAJES } from '#shared/codes.ts';
import { AppError, type ErrorData } from '#shared/errores.ts';

export type Formato = 'pdf' | 'xlsx' | 'csv';

export const MIME: Record<Formato, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
};

/** An acta of 5,000 products takes the server some seconds, and may wait for others before. */
const PLAZO_MS = 180_000;

/** The error of a problem+json answer. */
async function problema(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => null)) as { code?: unknown; data?: ErrorData } | null;
  const code = body?.code;
  return typeof code === 'string' && Object.hasOwn(MENSAJES, code)
    ? new AppError(code as keyof typeof MENSAJES, body?.data)
    : new NetFailure('http', { status: response.status });
}

/** One file of an acta. Rejects with an AppError or a NetFailure. */
export async function pideArchivo(conteoId: string, nombre: string, formato: Formato): Promise<File> {
  const response = await fetchVigilado(
    `/api/conteos/${conteoId}/acta.${formato}`,
    { signal: plazo(PLAZO_MS) },
    MIME[formato],
  );
  if (!response.ok) throw await problema(response);
  const blob = await response.blob();
  return new File([blob], `${nombre}.${formato}`, { type: MIME[formato] });
}

/** Puts the file where the browser keeps downloads. */
export function descarga(archivo: File): void {
  const url = URL.createObjectURL(archivo);
  const enlace = document.createElement('a');
  enlace.href = url;
  enlace.download = archivo.name;
  enlace.click();
  // Some browsers read it only after the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export type Compartido = 'compartido' | 'cancelado' | 'descargado' | 'otro_toque';

/**
 * Hands the file to the phone's share sheet (WhatsApp, mail, …); downloads it where there is none. `otro_toque`: making
 * the file took longer than a browser trusts one touch for, so the next touch shares it.
 */
export async function comparte(archivo: File, titulo: string): Promise<Compartido> {
  const datos = { files: [archivo], title: titulo };
  if (typeof navigator.share !== 'function' || navigator.canShare?.(datos) !== true) {
    descarga(archivo);
    return 'descargado';
  }
  try {
    await navigator.share(datos);
    return 'compartido';
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'AbortError') return 'cancelado';
    if (name === 'NotAllowedError') return 'otro_toque';
    descarga(archivo);
    return 'descargado';
  }
}
