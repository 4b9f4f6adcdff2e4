import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { newId } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { checkDigit } from '#shared/domain/codigos.ts';
import { startCluster } from '#tests/db/cluster.ts';
import { ProcesoServidor } from '../../tests/e2e/support/proceso-servidor.ts';

export type Banco = { url: string; cierra(): Promise<void> };

const POR_TRANSACCION = 2_000;

/** EAN-13 of the n-th product that the bench adds. */
export function eanDe(n: number): string {
  const doce = `7509${String(n).padStart(8, '0')}`;
  return doce + checkDigit(doce);
}

/**
 * Products named after the demo's, with a code each, in commits of 2,000 as an import makes them. `primero`: how many there
 * are already from an earlier call.
 */
export async function agrega(db: Db, total: number, primero = 0): Promise<void> {
  for (let desde = primero; desde < total; desde += POR_TRANSACCION) {
    const ns = Array.from({ length: Math.min(POR_TRANSACCION, total - desde) }, (_, i) => desde + i);
    const ids = ns.map(() => newId());
    await db.asService(async (tx) => {
      await sql`
        with modelo as (select row_number() over (order by codigo) - 1 as i, nombre, marca, precio
                          from inventario.productos where codigo not like 'G%-BANCO')
        insert into inventario.productos (id, codigo, nombre, marca, precio)
        select x.id, 'G' || x.n || '-BANCO', m.nombre || ' serie ' || x.n, m.marca, m.precio
          from unnest(${ids}::uuid[], ${ns}::int[]) as x (id, n) join modelo m on m.i = x.n % (select count(*) from modelo)`.execute(
        tx,
      );
      await sql`
        insert into inventario.codigos_barras (id, codigo, clave_gtin, producto_id)
        select * from unnest(${ns.map(() => newId())}::uuid[], ${ns.map(eanDe)}::text[],
                             ${ns.map((n) => `0${eanDe(n)}`)}::text[], ${ids}::uuid[])`.execute(tx);
    });
  }
  await db.pool.query('analyze');
}

/** Waits until the server's snapshot lacks next to nothing, and says how long; null: not after four minutes. */
export async function esperaFoto(db: Db, filas: number): Promise<number | null> {
  const inicio = Date.now();
  while (Date.now() - inicio < 240_000) {
    const { rows } = await sql<{ listo: boolean }>`
      select s.filas >= ${filas} and 1000 > (
               select count(*) from sync.change c where c.scope = s.scope and c.ver > s.ver) as listo
        from sync.snapshot s where s.ver is not null`.execute(db.kysely);
    if (rows[0]?.listo) return Date.now() - inicio;
    await sleep(250);
  }
  return null;
}

/** The real server over a throw-away PostgreSQL with the demo company and this many products more. */
export async function abreServidor(productos: number, siembra?: (db: Db) => Promise<void>): Promise<Banco> {
  const cluster = await startCluster();
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query('create database banco owner devcompras');
  await admin.end();
  const url = cluster.ownerUrl('banco');
  const proceso = await ProcesoServidor.arranca({ DATABASE_URL: url, DEMO: '1' });
  if (productos > 0 || siembra) {
    const db = await createDb({ kind: 'postgres', url, max: 2 });
    if (productos > 0) await agrega(db, productos);
    await siembra?.(db);
    await db.close();
  }
  return {
    url: proceso.url,
    async cierra() {
      await proceso.mata();
      await cluster.stop();
    },
  };
}
