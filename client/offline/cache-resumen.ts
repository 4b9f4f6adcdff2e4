import { SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import { SumaFilas } from '#shared/domain/suma-filas.ts';
import { type CacheDb, CLAVES, catalogoMeta, ladoDe, TABLAS_MARCADAS } from './cache-db.ts';
import { conCatalogo } from './catalogo.ts';
import type { ResumenCatalogo, ResumenScope } from './core/ports.ts';

/** What the phone holds, summed as `sync.verify` compares it: once a day, so no part of the first JavaScript. */

/** Blocks summed in one transaction, 4,096 rows: a look-up by code never waits long for the database. */
const BLOQUES = 32;
/** Rows read at once: a screen never waits long for the database. */
const FILAS = 2_000;
/** What the cache adds to a row. */
const PROPIOS: readonly string[] = ['_s', '_pk'];

/** Sum of the visible side, some blocks at a time. null: not complete, being filled anew, or changed meanwhile. */
export async function resumenDelCatalogo(db: CacheDb): Promise<ResumenCatalogo | null> {
  const cursor = await db.cursores.get(SCOPE_SNAPSHOT);
  const meta = await catalogoMeta(db);
  if (cursor === undefined || !meta.completo || meta.llenando !== null) return null;
  const total = new SumaFilas();
  const campos: Record<string, string[]> = {};
  const suma = (tabla: string, filas: readonly object[]) => {
    campos[tabla] ??= camposDe(filas.at(-1));
    const suyos = campos[tabla];
    for (const fila of filas as readonly Record<string, unknown>[]) {
      total.agrega(tabla, JSON.stringify(suyos.map((campo) => fila[campo])));
    }
  };
  suma('categorias', await ladoDe(db, meta.activa).categorias.toArray());
  for (const tabla of ['productos', 'codigos_barras'] as const) {
    // From the newest block on, whose fields are those of today's server.
    for (let from = Number.POSITIVE_INFINITY; ; ) {
      const { filas, last } = await conCatalogo(db, async (lectura) => {
        const ns = lectura.numeros(tabla).filter((n) => n < from);
        const parte = ns.slice(-BLOQUES);
        return { filas: await lectura.filas(tabla, parte), last: parte[0] };
      });
      suma(tabla, filas);
      if (last === undefined) break;
      from = last;
    }
  }
  const despues = await db.cursores.get(SCOPE_SNAPSHOT);
  if (despues?.cursor !== cursor.cursor) return null;
  return { cursor: cursor.cursor, cuenta: total.cuenta, suma: total.suma, campos };
}

function camposDe(fila: object | undefined): string[] {
  return ['id', ...Object.keys(fila ?? {}).filter((campo) => campo !== 'id')];
}

/** null: not at the head, or changed while it was summed. A table without rows counts: the server may have some. */
export async function resumenDe(db: CacheDb, scope: string): Promise<ResumenScope | null> {
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
      campos[tabla] ??= todosLosCampos(filas, CLAVES[tabla]);
      const suyos = campos[tabla];
      for (const fila of filas) total.agrega(tabla, JSON.stringify(suyos.map((campo) => fila[campo])));
      if (filas.length < FILAS) break;
    }
  }
  if ((await db.cursores.get(scope))?.cursor !== antes.cursor) return null;
  return { cursor: antes.cursor, cuenta: total.cuenta, suma: total.suma, campos };
}

/** Every field that any of them has: a row from before the server told one differs, and comes again with it. */
function todosLosCampos(filas: readonly Record<string, unknown>[], clave: readonly string[]): string[] {
  const todos = new Set(clave);
  for (const fila of filas) for (const campo of Object.keys(fila)) todos.add(campo);
  return [...todos].filter((campo) => !PROPIOS.includes(campo));
}
