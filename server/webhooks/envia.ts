import http from 'node:http';
import https from 'node:https';
import { isAppError, mensajeDe } from '#shared/errores.ts';
import { type Destino, type Resuelve, resuelveDestino } from './destino.ts';

/** From the first byte to the last one. */
const PLAZO_MS = 10_000;
/** More of an answer is not read. */
const RESPUESTA_MAXIMA = 4 * 1024;

export interface Enviado {
  /** Null: no answer came. */
  readonly status: number | null;
  /** Null: it was delivered (2xx). */
  readonly error: string | null;
}

export interface EnvioOpciones {
  readonly redPrivada: boolean;
  readonly plazoMs?: number | undefined;
  readonly resuelve?: Resuelve | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One POST to the checked address, as the name in the URL (SNI, Host, certificate). Redirects are answers like any other. */
function pide(
  { url, direccion, familia }: Destino,
  encabezados: Readonly<Record<string, string>>,
  cuerpo: string,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(cuerpo);
    const request = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        method: 'POST',
        // Of its own: a kept connection may lead where another name was resolved to.
        agent: false,
        signal,
        // Whatever the name resolves to by now, the connection goes where it was checked.
        lookup: (_nombre, opciones, listo) => {
          if (opciones.all === true) listo(null, [{ address: direccion, family: familia }]);
          else listo(null, direccion, familia);
        },
        headers: {
          'user-agent': 'DevCompras-Webhooks/1',
          ...encabezados,
          'content-type': 'application/json',
          'content-length': String(bytes.length),
        },
      },
      (response) => {
        let leidos = 0;
        const termina = () => {
          resolve(response.statusCode ?? 0);
          response.destroy();
        };
        response.on('data', (trozo: Buffer) => {
          leidos += trozo.length;
          if (leidos >= RESPUESTA_MAXIMA) termina();
        });
        response.on('end', termina);
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(bytes);
  });
}

const CAUSAS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nadie contesta en ese puerto',
  ECONNRESET: 'cortó la conexión',
  ENOTFOUND: 'ese nombre no existe',
  EAI_AGAIN: 'no se pudo resolver el nombre',
  ETIMEDOUT: 'no contestó a tiempo',
  CERT_HAS_EXPIRED: 'su certificado venció',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'su certificado no es de confianza',
  SELF_SIGNED_CERT_IN_CHAIN: 'su certificado no es de confianza',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'su certificado no es de confianza',
  ERR_TLS_CERT_ALTNAME_INVALID: 'su certificado es de otro nombre',
};

function causaDe(error: unknown): string {
  if (isAppError(error)) return mensajeDe(error.code, error.data);
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || name === 'TimeoutError') return 'no contestó en 10 segundos';
  return CAUSAS[code ?? ''] ?? `no se pudo conectar (${code ?? name})`;
}

/** Sends a signed body. Never rejects: what fails is said. Takes ten seconds at most. */
export async function envia(
  url: string,
  encabezados: Readonly<Record<string, string>>,
  cuerpo: string,
  { redPrivada, plazoMs = PLAZO_MS, resuelve, signal }: EnvioOpciones,
): Promise<Enviado> {
  const plazo = AbortSignal.timeout(plazoMs);
  const todo = signal === undefined ? plazo : AbortSignal.any([plazo, signal]);
  try {
    const destino = await Promise.race([
      resuelveDestino(url, redPrivada, resuelve),
      new Promise<never>((_, reject) =>
        todo.addEventListener('abort', () => reject(todo.reason as Error), { once: true }),
      ),
    ]);
    const status = await pide(destino, encabezados, cuerpo, todo);
    if (status >= 200 && status < 300) return { status, error: null };
    const redirige = status >= 300 && status < 400;
    return {
      status,
      error: redirige ? `redirige (${status}) y no se sigue: pon la dirección final` : `contestó ${status}`,
    };
  } catch (error) {
    return { status: null, error: causaDe(error) };
  }
}
