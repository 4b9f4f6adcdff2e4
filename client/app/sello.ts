import type { PinRow, Sellado } from '#client/offline/index.ts';

/**
 * How a PIN keeps a person's tokens from the others of a shared phone. Each person has a P-256 key pair: the private
 * key lies under AES-256-GCM with a key that PBKDF2 makes of the PIN, so the seal's tag is the verifier and nothing else tells
 * a right PIN; tokens are sealed to the public key (ECDH with a fresh key, HKDF, AES-256-GCM), which takes no PIN, also
 * when they are renewed at the moment of the change.
 *
 * Limit: a PIN has few digits. Who copies the database out of the phone can try them all; this keeps out a colleague
 * with the phone in the hand, together with the lock-out.
 */

/** OWASP Password Storage Cheat Sheet for PBKDF2-HMAC-SHA256; about 0.2 s on a PC, 1 s on a cheap phone. */
export const ITERACIONES = 600_000;

const P256 = { name: 'ECDH', namedCurve: 'P-256' };
const utf8 = new TextEncoder();
const cifra = () => globalThis.crypto?.subtle;

/** False on plain http, where the browser has no cryptography. */
export const hayCifrado = () => cifra() !== undefined;

function llaveDePin(pin: string, sal: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  return cifra()
    .importKey('raw', utf8.encode(pin), 'PBKDF2', false, ['deriveKey'])
    .then((base) =>
      cifra().deriveKey(
        { name: 'PBKDF2', hash: 'SHA-256', salt: sal, iterations },
        base,
        { name: 'AES-GCM', length: 256 },
        false,
        ['encrypt', 'decrypt'],
      ),
    );
}

async function llaveComun(propia: CryptoKey, otra: CryptoKey, usuarioId: string): Promise<CryptoKey> {
  const bits = await cifra().deriveBits({ name: 'ECDH', public: otra }, propia, 256);
  const base = await cifra().importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  return cifra().deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8.encode(usuarioId) },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

async function sella(llave: CryptoKey, usuarioId: string, datos: BufferSource): Promise<Sellado> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = utf8.encode(usuarioId);
  return { iv, datos: await cifra().encrypt({ name: 'AES-GCM', iv, additionalData }, llave, datos) };
}

/** null: another key, another person, or somebody changed a byte. */
function abre(llave: CryptoKey, usuarioId: string, { iv, datos }: Sellado): Promise<ArrayBuffer | null> {
  const additionalData = utf8.encode(usuarioId);
  return cifra()
    .decrypt({ name: 'AES-GCM', iv, additionalData }, llave, datos)
    .catch(() => null);
}

/** The row of a new PIN, without tokens. */
export async function cerraduraDe(usuarioId: string, pin: string, iteraciones: number): Promise<PinRow> {
  const par = await cifra().generateKey(P256, true, ['deriveBits']);
  const sal = crypto.getRandomValues(new Uint8Array(16));
  const llave = await llaveDePin(pin, sal, iteraciones);
  return {
    usuarioId,
    sal,
    iteraciones,
    privada: await sella(llave, usuarioId, await cifra().exportKey('pkcs8', par.privateKey)),
    publica: await cifra().exportKey('jwk', par.publicKey),
    sesion: null,
    fallos: 0,
  };
}

/** The private key, or null for a wrong PIN. */
export async function abreCerradura(row: PinRow, pin: string): Promise<CryptoKey | null> {
  const llave = await llaveDePin(pin, row.sal, row.iteraciones);
  const pkcs8 = await abre(llave, row.usuarioId, row.privada);
  return pkcs8 && cifra().importKey('pkcs8', pkcs8, P256, false, ['deriveBits']);
}

export async function sellaSesion(row: PinRow, texto: string): Promise<NonNullable<PinRow['sesion']>> {
  const par = await cifra().generateKey(P256, true, ['deriveBits']);
  const publica = await cifra().importKey('jwk', row.publica, P256, false, []);
  const llave = await llaveComun(par.privateKey, publica, row.usuarioId);
  const sellado = await sella(llave, row.usuarioId, utf8.encode(texto));
  return { ...sellado, efimera: await cifra().exportKey('jwk', par.publicKey) };
}

/** The tokens as they were sealed; null when there are none or they do not open. */
export async function abreSesion(row: PinRow, privada: CryptoKey): Promise<string | null> {
  if (row.sesion === null) return null;
  const efimera = await cifra().importKey('jwk', row.sesion.efimera, P256, false, []);
  const datos = await abre(await llaveComun(privada, efimera, row.usuarioId), row.usuarioId, row.sesion);
  return datos && new TextDecoder().decode(datos);
}
