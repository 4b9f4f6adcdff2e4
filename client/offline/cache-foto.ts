import { applyCatalogo, type Cache } from './cache.ts';
import { type CacheDb, catalogoMeta, type FotoRow } from './cache-db.ts';
import { newId } from './clock.ts';
import type { FotoPort } from './core/ports.ts';
import { sha256Hex } from './sha256.ts';

const CATALOGO = 'catalogo';
/** A snapshot that was begun longer before the one offered now is begun anew: pull would have too much to bring. */
const AVANCE_VIEJO_MS = 24 * 3_600_000;
const VERIFICA_CADA_MS = 24 * 3_600_000;

/** The snapshot's side of a cache (contract: `FotoPort`). */
export function fotoDe(cache: Cache): FotoPort {
  return {
    huella,
    empieza: (manifiesto) =>
      cache.enCatalogo(async (db, cambio) => {
        if ((await db.cursores.get(CATALOGO)) !== undefined) return null;
        const row = await fotoRow(db);
        const sirve =
          row !== null &&
          row.hechos.length > 0 &&
          row.epoch === manifiesto.epoch &&
          Date.parse(manifiesto.creadoEn) - Date.parse(row.creadoEn) < AVANCE_VIEJO_MS;
        if (sirve) return { serie: row.serie, hechos: new Set(row.hechos) };
        const { epoch, creadoEn, cursor } = manifiesto;
        const serie = newId();
        await applyCatalogo(db, { reset: true, upserts: {}, deletes: {}, head: false }, cambio);
        await db.meta.put({ k: 'foto', serie, epoch, creadoEn, cursor, hechos: [] });
        return { serie, hechos: new Set<string>() };
      }),
    guarda: (serie, sha256, tablas) =>
      cache.enCatalogo(async (db, cambio) => {
        const row = await fotoRow(db);
        if (row?.serie !== serie) return false;
        if (row.hechos.includes(sha256)) return true;
        const upserts = Object.fromEntries([...tablas].map(([tabla, filas]) => [tabla, [...filas]]));
        await applyCatalogo(db, { reset: false, upserts, deletes: {}, head: false }, cambio);
        await db.meta.put({ ...row, hechos: [...row.hechos, sha256] });
        return true;
      }),
    termina: (serie) =>
      cache.enCatalogo(async (db) => {
        const row = await fotoRow(db);
        if (row?.serie !== serie) return;
        await db.cursores.put({ scope: CATALOGO, cursor: row.cursor, head: false });
        await db.meta.delete('foto');
      }),
    async alDia(cursor) {
      if ((await cache.db.cursores.get(CATALOGO))?.head !== false) return;
      await cache.enCatalogo(async (db, cambio) => {
        const row = await db.cursores.get(CATALOGO);
        if (row?.cursor !== cursor || row.head) return;
        await applyCatalogo(db, { reset: false, upserts: {}, deletes: {}, head: true }, cambio);
        await db.cursores.put({ ...row, head: true });
      });
    },
    abandona: () =>
      cache.enCatalogo(async (db) => {
        await db.meta.delete('foto');
      }),
    suelta: (cursor) =>
      cache.enCatalogo(async (db) => {
        if ((await db.cursores.get(CATALOGO))?.cursor === cursor) await db.cursores.delete(CATALOGO);
      }),
    async tocaVerificar(ahora) {
      const row = await cache.db.meta.get('verificado');
      const { completo } = await catalogoMeta(cache.db);
      if (row?.k !== 'verificado') {
        // What has just come whole needs no comparison: the first one is due in a day.
        if (completo) await anota(cache, null, ahora);
        return false;
      }
      // The clock may have been set back.
      return completo && Math.abs(ahora - Date.parse(row.en)) >= VERIFICA_CADA_MS;
    },
    resumen: async () => (await import('./cache-resumen.ts')).resumenDelCatalogo(cache.db),
    anota: (igual, ahora) => anota(cache, igual, ahora),
  };
}

async function huella(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  // A page on plain http has none.
  if (!subtle) return sha256Hex(bytes);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function fotoRow(db: CacheDb): Promise<FotoRow | null> {
  const row = await db.meta.get('foto');
  return row?.k === 'foto' ? row : null;
}

async function anota(cache: Cache, igual: boolean | null, ahora: number): Promise<void> {
  const { db } = cache;
  await db.transaction('rw', [db.meta], async () => {
    const antes = await db.meta.get('verificado');
    const en = new Date(ahora).toISOString();
    const reparado = antes?.k === 'verificado' ? antes.reparadoEn : null;
    await db.meta.put({ k: 'verificado', en, igual, reparadoEn: igual === false ? en : reparado });
  });
}
