import { SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import { SumaFilas } from '#shared/domain/suma-filas.ts';
import type { Cache } from './cache.ts';
import { type CacheDb, CLAVES, type CotejosRow, TABLAS_MARCADAS } from './cache-db.ts';
import type { CotejoPort, ResumenScope } from './core/ports.ts';

const CADA_MS = 24 * 3_600_000;
/** Rows read at once: a screen never waits long for the database. */
const FILAS = 2_000;
/** What the cache adds to a row. */
const PROPIOS: readonly string[] = ['_s', '_pk'];

/** The daily comparison of what is outside the catalogue (contract: `CotejoPort`). */
export function cotejoDe(cache: Cache): CotejoPort {
  return {
    async tocan(ahora) {
      const { db } = cache;
      const scopes = (await db.cursores.toArray()).filter((row) => row.head && row.scope !== SCOPE_SNAPSHOT);
      const antes = await cotejosRow(db);
      const en: Record<string, string> = {};
      // What has just come whole is compared in a day.
      for (const { scope } of scopes) en[scope] = antes.en[scope] ?? new Date(ahora).toISOString();
      if (JSON.stringify(en) !== JSON.stringify(antes.en)) await db.meta.put({ ...antes, en });
      return scopes
        .map((row) => row.scope)
        .filter((scope) => Math.abs(ahora - Date.parse(en[scope]!)) >= CADA_MS);
    },
    resumen: (scope) => resumen(cache.db, scope),
    anota: (scope, igual, ahora) =>
      cache.db.transaction('rw', [cache.db.meta], async () => {
        const antes = await cotejosRow(cache.db);
        const en = new Date(ahora).toISOString();
        const distinto = igual === false ? { scope, en } : antes.distinto;
        await cache.db.meta.put({ ...antes, en: { ...antes.en, [scope]: en }, distinto });
      }),
    suelta: (scope, cursor) =>
      cache.db.transaction('rw', [cache.db.cursores], async () => {
        if ((await cache.db.cursores.get(scope))?.cursor === cursor) await cache.db.cursores.delete(scope);
      }),
  };
}

async function cotejosRow(db: CacheDb): Promise<CotejosRow> {
  const row = await db.meta.get('cotejos');
  return row?.k === 'cotejos' ? row : { k: 'cotejos', en: {}, distinto: null };
}

/** null: not at the head, or changed while it was summed. A table without rows counts: the server may have some. */
async function resumen(db: CacheDb, scope: string): Promise<ResumenScope | null> {
  const antes = await db.cursores.get(scope);
  if (!antes?.head) return null;
  const total = new SumaFilas();
  const campos: Record<string, string[]> = {};
  for (const tabla of TABLAS_MARCADAS) {
    for (let desde = 0; ; desde += FILAS) {
      const filas = await db
        .table<Record<string, unknown>>(tabla)
        .where('_s')
        .equals(scope)
        .offset(desde)
        .limit(FILAS)
        .toArray();
      campos[tabla] ??= camposDe(filas, CLAVES[tabla]);
      const suyos = campos[tabla];
      for (const fila of filas) total.agrega(tabla, JSON.stringify(suyos.map((campo) => fila[campo])));
      if (filas.length < FILAS) break;
    }
  }
  if ((await db.cursores.get(scope))?.cursor !== antes.cursor) return null;
  return { cursor: antes.cursor, cuenta: total.cuenta, suma: total.suma, campos };
}

/** Every field that any of them has: a row from before the server told one differs, and comes again with it. */
function camposDe(filas: readonly Record<string, unknown>[], clave: readonly string[]): string[] {
  const todos = new Set(clave);
  for (const fila of filas) for (const campo of Object.keys(fila)) todos.add(campo);
  return [...todos].filter((campo) => !PROPIOS.includes(campo));
}
