import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a text as lower-case hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares a secret with its stored hash without telling by the time how much of it is right. */
export function secretoCoincide(secret: string, hash: string): boolean {
  const given = Buffer.from(sha256Hex(secret));
  const stored = Buffer.from(hash);
  return given.length === stored.length && timingSafeEqual(given, stored);
}

/** Text that PostgreSQL can hold whatever a phone sends: no NUL, no half of a surrogate pair. */
export function textoGuardable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\\u0000');
}
