import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Tx } from '#server/platform/db/db.ts';
import { insertLlaveDatos, lockLlavesDatos, selectLlavesDatos } from './llaves-datos.sql.ts';

const ALGORITMO = 'aes-256-gcm';
const KID = 16;
const IV = 12;
const TAG = 16;

/**
 * Text enciphered with a key of the database: `kid ‖ iv ‖ tag ‖ text`. `duenio` is bound to it: the bytes of one row are
 * nothing in another. The key is beside the data, as the signing keys are: this protects dumps of single tables, logs and
 * screens, not against who has the whole database.
 */
export async function cifra(tx: Tx, texto: string, duenio: string, nuevoId: () => string): Promise<Buffer> {
  const llave = (await selectLlavesDatos(tx))[0] ?? (await primera(tx, nuevoId));
  const iv = randomBytes(IV);
  const cifrador = createCipheriv(ALGORITMO, llave.clave, iv).setAAD(Buffer.from(duenio));
  const cuerpo = Buffer.concat([cifrador.update(texto, 'utf8'), cifrador.final()]);
  return Buffer.concat([
    Buffer.from(llave.kid.replaceAll('-', ''), 'hex'),
    iv,
    cifrador.getAuthTag(),
    cuerpo,
  ]);
}

/** Throws when the key is gone, the bytes were changed or belong to another row. */
export async function descifra(tx: Tx, cifrado: Buffer, duenio: string): Promise<string> {
  const kid = cifrado.subarray(0, KID).toString('hex');
  const llave = (await selectLlavesDatos(tx)).find((una) => una.kid.replaceAll('-', '') === kid);
  if (llave === undefined) throw new Error('the key of what is enciphered is not in the database');
  const iv = cifrado.subarray(KID, KID + IV);
  const tag = cifrado.subarray(KID + IV, KID + IV + TAG);
  const descifrador = createDecipheriv(ALGORITMO, llave.clave, iv)
    .setAAD(Buffer.from(duenio))
    .setAuthTag(tag);
  const cuerpo = cifrado.subarray(KID + IV + TAG);
  return Buffer.concat([descifrador.update(cuerpo), descifrador.final()]).toString('utf8');
}

async function primera(tx: Tx, nuevoId: () => string) {
  await lockLlavesDatos(tx);
  const [ya] = await selectLlavesDatos(tx);
  if (ya !== undefined) return ya;
  const llave = { kid: nuevoId(), clave: randomBytes(32) };
  await insertLlaveDatos(tx, llave);
  return llave;
}
