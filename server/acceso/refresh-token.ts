import { createHash, hkdfSync, randomBytes } from 'node:crypto';

/** A refresh token: 256 random bits, base64url. Only its hash is stored. */
export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function pad(parent: string): Buffer {
  return Buffer.from(hkdfSync('sha256', parent, '', 'devcompras:successor', 32));
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}

/**
 * What is stored in `replaced_by`: the successor's hash, and the successor under a one-time pad made of its
 * parent. Whoever lost the answer asks again with the parent and gets the very same successor, while the
 * database alone gives none, and a stolen parent gives none without the database. A parent seals only once.
 */
export function sealSuccessor(parent: string, successor: string): string {
  const sealed = xor(Buffer.from(successor, 'base64url'), pad(parent));
  return `${hashRefreshToken(successor)}.${sealed.toString('base64url')}`;
}

/** The successor and its hash, or undefined when `replacedBy` was not sealed by this parent. */
export function openSuccessor(
  parent: string,
  replacedBy: string,
): { token: string; hash: string } | undefined {
  const [hash = '', sealed = ''] = replacedBy.split('.');
  const token = xor(Buffer.from(sealed, 'base64url'), pad(parent)).toString('base64url');
  return hashRefreshToken(token) === hash ? { token, hash } : undefined;
}
