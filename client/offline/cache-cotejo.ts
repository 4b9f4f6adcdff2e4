import { SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import type { Cache } from './cache.ts';
import type { CacheDb, CotejosRow } from './cache-db.ts';
import type { CotejoPort } from './core/ports.ts';

const CADA_MS = 24 * 3_600_000;

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
    resumen: async (scope) => (await import('./cache-resumen.ts')).resumenDe(cache.db, scope),
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
