import { setTimeout as sleep } from 'node:timers/promises';
import type { Db, Tx } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import {
  deleteLapidas,
  deleteMutaciones,
  deleteVersiones,
  type Plazos,
  selectScopeIds,
  subePisos,
  tomaDia,
} from './retencion.sql.ts';

/** Rows of one transaction: a few milliseconds, also on PGlite, where nobody else is answered meanwhile. */
const LOTE = 500;
const SCOPES = 50;

export interface Compactado {
  readonly versiones: number;
  readonly lapidas: number;
  readonly mutaciones: number;
}

export interface CompactaOpciones {
  /** Between two transactions: how long the last one took, left to others. */
  readonly respira?: ((tardoMs: number) => Promise<void>) | undefined;
  readonly sigue?: (() => boolean) | undefined;
  readonly lote?: number | undefined;
}

/**
 * Forgets what is older than its days. Of each scope first the floor rises, in a transaction of its own, then what lies
 * below it goes: a pull sees either the rows that left or a floor that says they may be missing. May be cut anywhere and
 * begun again.
 */
export async function compacta(
  db: Db,
  { diasVersion, diasMutacion }: Plazos,
  { respira, sigue = () => true, lote = LOTE }: CompactaOpciones = {},
): Promise<Compactado> {
  async function paso<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    const desde = performance.now();
    const value = await db.asService(fn);
    await respira?.(performance.now() - desde);
    return value;
  }
  async function todo(fn: (tx: Tx) => Promise<number>): Promise<number> {
    let total = 0;
    for (let n = lote; n === lote && sigue(); total += n) n = await paso(fn);
    return total;
  }

  let [versiones, lapidas] = [0, 0];
  for (let tras = ''; sigue(); ) {
    const scopes = await paso((tx) => selectScopeIds(tx, tras, SCOPES));
    while (sigue()) {
      const subieron = await paso((tx) => subePisos(tx, scopes, diasVersion, lote));
      lapidas += await todo((tx) => deleteLapidas(tx, scopes, lote));
      versiones += await todo((tx) => deleteVersiones(tx, scopes, lote));
      if (subieron === 0) break;
    }
    if (scopes.length < SCOPES) break;
    tras = scopes.at(-1)!;
  }
  const mutaciones = await todo((tx) => deleteMutaciones(tx, diasMutacion, lote));
  return { versiones, lapidas, mutaciones };
}

export interface RetencionOpciones {
  /** From the start of the server to the first look, and between two looks. */
  readonly primeraMs?: number;
  readonly cadaMs?: number;
  /** Between two beginnings, over all processes. */
  readonly horas?: number;
  /** Done at each look, by every process. */
  readonly cadaVez?: () => Promise<unknown>;
}

/**
 * Compacts by itself once a day, whichever process looks first, half of the time idle. Returns the function that stops it.
 */
export function iniciaRetencion(
  { db, logger }: Pick<Deps, 'db' | 'logger'>,
  { primeraMs = 600_000, cadaMs = 3_600_000, horas = 22, cadaVez }: RetencionOpciones = {},
): () => Promise<void> {
  const fin = new AbortController();
  const duerme = (ms: number) => sleep(ms, undefined, { ref: false, signal: fin.signal }).catch(() => {});
  const sigue = () => !fin.signal.aborted;

  async function mira(): Promise<void> {
    try {
      await cadaVez?.();
      const plazos = await db.asService((tx) => tomaDia(tx, horas));
      if (plazos === undefined) return;
      const hecho = await compacta(db, plazos, { respira: duerme, sigue });
      logger.info({ ...hecho }, 'what is older than its days was forgotten');
    } catch (error) {
      // Nothing waits for it: the next look, or another day's, goes on.
      if (sigue()) logger.warn({ err: error }, 'the hourly look at what waits and what is old failed');
    }
  }

  const vida = (async () => {
    await duerme(primeraMs);
    while (sigue()) {
      await mira();
      await duerme(cadaMs);
    }
  })();
  return async () => {
    fin.abort();
    await vida;
  };
}
