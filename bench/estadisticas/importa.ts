import { loadavg } from 'node:os';
import { sql } from 'kysely';
import type { Db } from '#server/platform/db/db.ts';

const FILAS = 100_000;
const POR_SENTENCIA = 2_000;
const DIA_MS = 86_400_000;

/** One import as the server posts it: statements of 2,000 rows, each its own transaction, sales of scattered products and days. */
async function una(db: Db, almacen: string, productos: readonly string[], semilla: number): Promise<number> {
  let ms = 0;
  for (let desde = 0; desde < FILAS; desde += POR_SENTENCIA) {
    const filas = Array.from({ length: POR_SENTENCIA }, (_, n) => ({
      p: productos[((desde + n) * 31 + semilla) % productos.length],
      en: new Date(Date.now() - ((semilla * 7919 + desde + n) % 80) * DIA_MS).toISOString(),
      o: `${semilla}-${desde + n}`,
    }));
    const json = JSON.stringify(filas);
    const antes = performance.now();
    await db.asService((tx) =>
      sql`insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, precio, total, impuesto, ocurrida_en, origen, origen_id)
          select gen_random_uuid(), p, ${almacen}::uuid, 'venta', 1, 116, 116, 16, en, 'banco', o
            from jsonb_to_recordset(${json}::jsonb) as x(p uuid, en timestamptz, o text)`.execute(tx),
    );
    ms += performance.now() - antes;
  }
  return ms;
}

/** With the trigger that keeps the sums by month and without it, in turns, so that a busy machine is busy for both. */
export async function importa(
  db: Db,
  dueno: Db,
  almacen: string,
  cpuMs: () => number | undefined,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from inventario.productos order by codigo`.execute(
    dueno.kysely,
  );
  const productos = rows.map(({ id }) => id);
  const con: number[] = [];
  const sin: number[] = [];
  const cpus = { con: 0, sin: 0 };
  const pon = (estado: 'enable' | 'disable') =>
    sql.raw(`alter table inventario.transacciones ${estado} trigger movimientos_mes`).execute(dueno.kysely);
  // Without, with, with, without…: what grows with the table weighs on both.
  for (const [vez, suma] of [false, true, true, false, false, true].entries()) {
    await pon(suma ? 'enable' : 'disable');
    await sql`vacuum inventario.existencias, inventario.movimientos_mes`.execute(dueno.kysely);
    const antes = cpuMs() ?? 0;
    (suma ? con : sin).push(await una(db, almacen, productos, vez));
    cpus[suma ? 'con' : 'sin'] += (cpuMs() ?? 0) - antes;
  }
  const dicho = (ms: number[]) => ms.map((uno) => (uno / 1000).toFixed(2)).join(' / ');
  const mas = (a: number, b: number) => (((a - b) / b) * 100).toFixed(1);
  console.log(
    `import of ${FILAS} rows: without the sums ${dicho(sin)} s, with them ${dicho(con)} s; best of each ${mas(Math.min(...con), Math.min(...sin))} % more; ` +
      `CPU of PostgreSQL ${(cpus.sin / 1000).toFixed(1)} and ${(cpus.con / 1000).toFixed(1)} s, ${mas(cpus.con, cpus.sin)} % more; load ${loadavg()[0]!.toFixed(1)}`,
  );
}
