import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of new hashes: OWASP's N = 2^15, r = 8, p = 3 (32 MiB, about 0.2 s on a small server). */
const COST = { ln: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Upper bounds for parameters read from a stored hash: a damaged row must not take the machine's memory. */
const MAX = { ln: 18, r: 16, p: 8 } as const;

const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]{16,})\$([A-Za-z0-9_-]{43})$/;

interface Cost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** The same word typed on two keyboards may arrive composed or decomposed; NFKC makes it one. */
function derive(password: string, salt: Uint8Array, { ln, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 2 ** ln * r * 128 + 8 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** `$scrypt$ln=15,r=8,p=3$<salt>$<key>`, both base64url. Each call draws its own salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  const { ln, r, p } = COST;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Compares in constant time. False for a hash that is not ours. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const match = STORED.exec(stored);
  if (match === null) return false;
  const [, ln = '', r = '', p = '', salt = '', key = ''] = match;
  const cost: Cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  if (cost.ln > MAX.ln || cost.r > MAX.r || cost.p > MAX.p) return false;
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

const NOBODY_SALT = randomBytes(SALT_BYTES);

/** Spends what `verifyPassword` spends, so that the time of an answer does not tell whether the account exists. */
export async function spendVerification(password: string): Promise<false> {
  await derive(password, NOBODY_SALT, COST);
  return false;
}
