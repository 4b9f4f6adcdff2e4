import { tokenVigente } from '#client/app/fetch-vigilado.ts';
import { api } from '#client/app/trpc.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { MENSAJES } from '#shared/codes.ts';
import { AppError, type ErrorData } from '#shared/errores.ts';

/** As the server checks it; said before anything is sent. */
export const MAXIMO_MB = 50;
/** What the picker offers; the server looks at the bytes, whatever the name says. */
export const ACEPTA =
  '.xlsx,.xls,.xlsm,.csv,.txt,.ods,.html,.htm,text/csv,application/vnd.ms-excel,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface Subida {
  readonly id: string;
  /** The same bytes were there already. */
  readonly repetida: boolean;
}

interface Cuerpo {
  id?: string;
  repetida?: boolean;
  code?: string;
  data?: ErrorData;
}

function errorDeSubida(status: number, cuerpo: Cuerpo | null): Error {
  const code = cuerpo?.code ?? '';
  if (Object.hasOwn(MENSAJES, code)) return new AppError(code as keyof typeof MENSAJES, cuerpo?.data);
  return new NetFailure('http', { status });
}

/**
 * Sends a file with its real progress, from 0 to 1: XMLHttpRequest, since fetch tells nothing of what it sends. Rejects with
 * AppError or NetFailure; the file stays where it was.
 */
export async function subeArchivo(
  archivo: Blob & { name?: string },
  nombre: string,
  opciones: { otra?: boolean; avance: (parte: number) => void; signal?: AbortSignal },
): Promise<Subida> {
  if (archivo.size > MAXIMO_MB * 1024 * 1024) {
    throw new AppError('IMPORTACION_GRANDE', {
      mb: String(Math.ceil(archivo.size / 1024 / 1024)),
      maximo: String(MAXIMO_MB),
    });
  }
  // A cheap question first: it renews an old token, which 50 MB would find out last.
  await api.importar.almacenes.query();
  const form = new FormData();
  form.append('archivo', archivo, nombre);
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', `/api/uploads${opciones.otra ? '?otra=1' : ''}`);
    const token = tokenVigente();
    if (token !== null) xhr.setRequestHeader('authorization', `Bearer ${token}`);
    xhr.responseType = 'json';
    xhr.upload.onprogress = ({ loaded, total }) => opciones.avance(total > 0 ? loaded / total : 0);
    xhr.onerror = () => reject(new NetFailure('sin_red'));
    xhr.ontimeout = () => reject(new NetFailure('tiempo'));
    xhr.onabort = () => reject(new AppError('IMPORTACION_DETENIDA'));
    xhr.onload = () => {
      const cuerpo = xhr.response as Cuerpo | null;
      if ((xhr.status === 200 || xhr.status === 201) && typeof cuerpo?.id === 'string') {
        resolve({ id: cuerpo.id, repetida: cuerpo.repetida === true });
      } else if (xhr.status < 300) reject(new NetFailure('extrana', { status: xhr.status }));
      else reject(errorDeSubida(xhr.status, cuerpo));
    };
    opciones.signal?.addEventListener('abort', () => xhr.abort(), { once: true });
    xhr.send(form);
  });
}
