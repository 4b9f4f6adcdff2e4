import { timingSafeEqual } from 'node:crypto';
import type { AccesoDeps } from './deps.ts';
import { llavesOf } from './llaves.ts';
import { existsUsuario } from './primer-admin.sql.ts';

/** Crockford's digits: no I, L, O, U, which are misread from a screen. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
const GROUP = 4;

/**
 * The set-up code of a database without users, as `XXXX-XXXX-XXXX` (60 bits). The server prints it at start;
 * whoever can read the server's log makes the first admin. It comes from the signing key, so all processes and
 * all starts of one database say the same.
 */
export async function codigoInicial(deps: AccesoDeps): Promise<string> {
  const bytes = await (await llavesOf(deps)).derive('codigo-inicial');
  const digits = [...bytes.subarray(0, LENGTH)].map((byte) => DIGITS[byte % DIGITS.length]).join('');
  return digits.replace(new RegExp(`(.{${GROUP}})(?=.)`, 'g'), '$1-');
}

/** The code while there is nobody yet; undefined afterwards. For who starts the server. */
export async function codigoSiHaceFalta(deps: AccesoDeps): Promise<string | undefined> {
  const someone = await deps.db.asService(existsUsuario, { readOnly: true });
  return someone ? undefined : codigoInicial(deps);
}

function plain(code: string): Buffer {
  const read = code.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return Buffer.from(
    read
      .replace(/[^0-9A-Z]/g, '')
      .slice(0, 64)
      .padEnd(64),
  );
}

/** Compares in constant time; case, spaces and hyphens don't matter, nor O for 0 and I or L for 1. */
export function sameCode(typed: string, expected: string): boolean {
  return timingSafeEqual(plain(typed), plain(expected));
}
