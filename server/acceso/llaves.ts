import { hkdfSync } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { AccesoDeps } from './deps.ts';
import { insertLlave, type LlaveRow, lockLlaves, retireLlavesExcept, selectLlaves } from './llaves.sql.ts';

export const ALG = 'ES256';
/** A retired key still vouches for access tokens this long: their hour, and that of a process that has not looked yet. */
const RETIRED_GRACE_MS = 2 * 3600_000;
/** How old the cached keys may be when something is signed. */
const SIGNER_MAX_AGE_MS = 60_000;
/** An unknown `kid` makes the keys be read again, at most this often. */
const UNKNOWN_KID_PAUSE_MS = 5_000;

export interface Signer {
  readonly kid: string;
  readonly key: CryptoKey;
}

/** What a token is for: turnos are verified for ever (lines arrive weeks later), access tokens only for a while. */
export type KeyUse = 'acceso' | 'turno';

/** The signing keys in `sync.llaves`. The private half never leaves this module. */
export interface Llaves {
  /** The key in use. May read the database on PostgreSQL: call it before opening a transaction. */
  signer(): Promise<Signer>;
  /** The public key of `kid`, or undefined. Reads the database at most once in 5 s, and never on PGlite. */
  publicKey(kid: string, use: KeyUse): Promise<CryptoKey | undefined>;
  /** What `/.well-known/jwks.json` answers: keys that verify access tokens now. */
  jwks(): Promise<{ keys: JWK[] }>;
  /** A new key in use; the former is retired and its private half destroyed. Returns the new kid. */
  rotate(): Promise<string>;
  /** 32 bytes bound to the key in use and to `purpose`; the same in every process. */
  derive(purpose: string): Promise<Buffer>;
}

interface Held {
  readonly row: LlaveRow;
  readonly publicKey: CryptoKey;
}

interface Cache {
  readonly readAt: number;
  readonly byKid: ReadonlyMap<string, Held>;
  readonly signer: Signer;
  readonly active: LlaveRow;
}

async function createRow(clock: Clock): Promise<LlaveRow> {
  const pair = await generateKeyPair(ALG, { extractable: true });
  const kid = clock.newId();
  const common = { kid, alg: ALG, use: 'sig' };
  return {
    kid,
    publica: { ...(await exportJWK(pair.publicKey)), ...common },
    privada: { ...(await exportJWK(pair.privateKey)), ...common },
    createdAt: clock.now(),
    retiradaEn: null,
  };
}

const opened = new WeakMap<Db, Promise<Llaves>>();

/**
 * The keys of a database, opened once in this process; the first key is made, under an advisory lock, when
 * there is none. The server opens them at start: opening them inside a transaction on PGlite would wait for itself.
 */
export function llavesOf({ db, clock }: AccesoDeps): Promise<Llaves> {
  const known = opened.get(db);
  if (known !== undefined) return known;
  const opening = openLlaves(db, clock);
  opened.set(db, opening);
  opening.catch(() => opened.delete(db));
  return opening;
}

/** As `llavesOf`, with a cache of its own: what another server process has. */
export async function openLlaves(db: Db, clock: Clock): Promise<Llaves> {
  let cache = await read();

  async function read(): Promise<Cache> {
    const rows = await db.asService(async (tx) => {
      const found = await selectLlaves(tx);
      if (found.some((row) => row.retiradaEn === null)) return found;
      await lockLlaves(tx);
      const again = await selectLlaves(tx);
      if (again.some((row) => row.retiradaEn === null)) return again;
      const row = await createRow(clock);
      await insertLlave(tx, row);
      return [row, ...again];
    });
    const active = rows.find((row) => row.retiradaEn === null);
    if (active === undefined) throw new Error('sync.llaves has no key in use');
    const byKid = new Map<string, Held>();
    for (const row of rows) {
      byKid.set(row.kid, { row, publicKey: (await importJWK(row.publica, ALG)) as CryptoKey });
    }
    const key = (await importJWK(active.privada, ALG)) as CryptoKey;
    return { readAt: clock.now().getTime(), byKid, signer: { kid: active.kid, key }, active };
  }

  /** PGlite has one process, so its cache is the truth; reading inside a transaction would wait for itself. */
  async function fresh(maxAgeMs: number): Promise<Cache> {
    if (db.kind === 'postgres' && clock.now().getTime() - cache.readAt > maxAgeMs) cache = await read();
    return cache;
  }

  function vouches({ row }: Held, use: KeyUse): boolean {
    if (use === 'turno' || row.retiradaEn === null) return true;
    return clock.now().getTime() < row.retiradaEn.getTime() + RETIRED_GRACE_MS;
  }

  return {
    async signer() {
      return (await fresh(SIGNER_MAX_AGE_MS)).signer;
    },
    async publicKey(kid, use) {
      const held = cache.byKid.get(kid) ?? (await fresh(UNKNOWN_KID_PAUSE_MS)).byKid.get(kid);
      return held !== undefined && vouches(held, use) ? held.publicKey : undefined;
    },
    async jwks() {
      const { byKid } = await fresh(SIGNER_MAX_AGE_MS);
      const keys = [...byKid.values()].filter((held) => vouches(held, 'acceso'));
      return { keys: keys.map(({ row }) => ({ ...row.publica, key_ops: ['verify'] })) };
    },
    async rotate() {
      const row = await createRow(clock);
      await db.asService(async (tx) => {
        await lockLlaves(tx);
        await insertLlave(tx, row);
        await retireLlavesExcept(tx, row.kid, clock.now());
      });
      cache = await read();
      return row.kid;
    },
    async derive(purpose) {
      const { active } = await fresh(SIGNER_MAX_AGE_MS);
      const secret = Buffer.from(active.privada.d ?? '', 'base64url');
      return Buffer.from(hkdfSync('sha256', secret, active.kid, `devcompras:${purpose}`, 32));
    },
  };
}
