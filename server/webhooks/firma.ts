import { createHmac, randomBytes } from 'node:crypto';

const PREFIJO = 'whsec_';

/** A secret as the Standard Webhooks specification has them: `whsec_` and 32 random bytes in base64. */
export function secretoNuevo(): string {
  return PREFIJO + randomBytes(32).toString('base64');
}

/**
 * Headers of a signed request (standardwebhooks.com, version 1): HMAC-SHA256 of `id.timestamp.body` with the bytes of the
 * secret. `cuerpo` is signed and sent as it is, byte by byte.
 */
export function encabezadosFirmados(
  secreto: string,
  { mensajeId, en, cuerpo }: { mensajeId: string; en: Date; cuerpo: string },
): Record<string, string> {
  const timestamp = String(Math.floor(en.getTime() / 1000));
  const clave = Buffer.from(secreto.slice(PREFIJO.length), 'base64');
  const firma = createHmac('sha256', clave).update(`${mensajeId}.${timestamp}.${cuerpo}`).digest('base64');
  return {
    'webhook-id': mensajeId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${firma}`,
  };
}
