import { loadavg } from 'node:os';
import { sql } from 'kysely';
import type { Db } from '#server/platform/db/db.ts';

const FILAS = 100_000;
const POR_SENTENCIA = 2_000;
const VUELTAS = 3;

/** One import as the server posts it: statements of 2,000 rows, each its own transaction, sales of scattered products. */
async function una(db: Db, almacen: string, semilla: number): Promise<number> {
  const antes = performance.now();
  for (let desde = 0; desde < FILAS; desde += POR_SENTENCIA) {
    await db.asService((tx) =>
      sql`insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, precio, total, impuesto, ocurrida_en, origen, origen_id)
          select gen_random_uuid(), p.id, ${almacen}::uuid, 'venta', 1, 116, 116, 16,
                 now() - ((${semilla}::integer * 7919 + ${desde}::integer + n) % 80) * interval '1 day', 'banco', ${String(semilla)} || '-' || (${desde}::integer + n)
            from generate_series(1, ${POR_SENTENCIA}::integer) n
            join (select id, row_number() over () as k, count(*) over () as t from inventario.productos) p on p.k = 1 + (${desde}::bigint + n * 31) % p.t`.execute(
        tx,
      ),
    );
  }
  return performance.now() - antes;
}

/** With the trigger that keeps the sums by month and without it, in turns, so that a busy machine is busy for both. */
export async function importa(db: Db, dueno: Db, almacen: string): Promise<void> {
  const con: number[] = [];
  const sin: number[] = [];
  const pon = (estado: 'enable' | 'disable') =>
    sql.raw(`alter table inventario.transacciones ${estado} trigger movimientos_mes`).execute(dueno.kysely);
  for (let vez = 0; vez < VUELTAS; vez += 1) {
    await pon('disable');
    sin.push(await una(db, almacen, vez * 2));
    await pon('enable');
    con.push(await una(db, almacen, vez * 2 + 1));
  }
  const dicho = (ms: number[]) => ms.map((uno) => (uno / 1000).toFixed(2)).join(' / ');
  const mejor = (ms: number[]) => Math.min(...ms);
  console.log(
    `import of ${FILAS} rows: without the sums ${dicho(sin)} s, with them ${dicho(con)} s; best of each ${(((mejor(con) - mejor(sin)) / mejor(sin)) * 100).toFixed(1)} % more; load ${loadavg()[0]!.toFixed(1)}`,
  );
}
