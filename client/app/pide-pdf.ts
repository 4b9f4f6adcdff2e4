import { NetFailure } from '#client/offline/core/ports.ts';
import { plazo } from '#client/offline/core/senales.ts';
import { MENSAJES } from '#shared/codes.ts';
import { AppError, type ErrorData } from '#shared/errores.ts';
import { fetchVigilado } from './fetch-vigilado.ts';

/** A run of 5,000 labels takes the server some seconds, and may wait for other documents before. */
const PLAZO_MS = 120_000;

/** A PDF of our server as a file. Rejects with an AppError or a NetFailure. */
export async function pidePdf(ruta: string, nombre: string, cuerpo?: Record<string, unknown>): Promise<File> {
  const init: RequestInit =
    cuerpo === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(cuerpo),
        };
  const response = await fetchVigilado(ruta, { ...init, signal: plazo(PLAZO_MS) }, 'application/pdf');
  if (!response.ok) {
    const problema = (await response.json().catch(() => null)) as { code?: unknown; data?: ErrorData } | null;
    const code = problema?.code;
    throw typeof code === 'string' && Object.hasOwn(MENSAJES, code)
      ? new AppError(code as keyof typeof MENSAJES, problema?.data)
      : new NetFailure('http', { status: response.status });
  }
  return new File([await response.blob()], nombre, { type: 'application/pdf' });
}
