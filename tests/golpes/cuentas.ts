import { sql } from 'kysely';
import type { Db } from '#server/platform/db/db.ts';
import type { TelefonoReal } from './telefono.ts';

/** What a run ends with. Everything but `lineas` must be 0. */
export interface Cuentas {
  /** Shown as saved. */
  lineas: number;
  /** Shown as saved and not in the database. */
  perdidas: number;
  /** In the database more than once, or never shown as saved. */
  dobladas: number;
  /** Still waiting on a phone after the faults ended. */
  atoradas: number;
  /** Devices whose last number and kept mutations don't agree with the phone, and stocks that don't with the movements. */
  descuadres: number;
}

export const CERO: Readonly<Cuentas> = { lineas: 0, perdidas: 0, dobladas: 0, atoradas: 0, descuadres: 0 };

export function suma(a: Readonly<Cuentas>, b: Readonly<Cuentas>): Cuentas {
  return {
    lineas: a.lineas + b.lineas,
    perdidas: a.perdidas + b.perdidas,
    dobladas: a.dobladas + b.dobladas,
    atoradas: a.atoradas + b.atoradas,
    descuadres: a.descuadres + b.descuadres,
  };
}

export const estaBien = (c: Readonly<Cuentas>): boolean =>
  c.perdidas + c.dobladas + c.atoradas + c.descuadres === 0;

/** How long a queue may take to drain after the faults end. */
export const VACIADO_MS = 30_000;

/** Waits until no phone has anything unsent. Resolves with what is left when the time is over, and the ms it took. */
export async function espera(
  telefonos: readonly TelefonoReal[],
  plazoMs = VACIADO_MS,
): Promise<{ quedan: number; ms: number }> {
  const desde = performance.now();
  for (;;) {
    let quedan = 0;
    for (const telefono of telefonos) quedan += await telefono.pendientes();
    const ms = performance.now() - desde;
    if (quedan === 0 || ms > plazoMs) return { quedan, ms };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Compares what phones showed as saved with the database. `clones`: phones that were copied share their lines, and their
 * numbers are not compared (a fork sends everything once more under another device).
 */
export async function compara(
  db: Db,
  telefonos: readonly TelefonoReal[],
  { clones = false } = {},
): Promise<{ cuentas: Cuentas; detalle: string[] }> {
  const detalle: string[] = [];
  const cuentas = { ...CERO };
  const esperadas = new Set(telefonos.flatMap((telefono) => [...telefono.lineas]));
  const movimientos = new Set(telefonos.flatMap((telefono) => [...telefono.movimientos]));
  cuentas.lineas = esperadas.size + movimientos.size;
  for (const telefono of telefonos) {
    const raras = await telefono.noAplicadas();
    if (raras.length > 0) detalle.push(`no aplicadas: ${raras.length}, ${raras[0]}`);
    cuentas.atoradas += await telefono.pendientes();
  }
  const conteos = [...new Set(telefonos.map((telefono) => telefono.conteo ?? ''))];
  const { rows: hay } = await sql<{ id: string; n: number; piezas: string }>`
    select id, count(*)::int as n, sum(cantidad)::text as piezas from inventario.conteo_lineas
     where conteo_id = any(${conteos}::uuid[]) group by id`.execute(db.kysely);
  const { rows: hechos } = await sql<{ id: string; n: number }>`
    select id, count(*)::int as n from inventario.transacciones
     where id = any(${[...movimientos]}::uuid[]) group by id`.execute(db.kysely);
  const enBase = new Set([...hay, ...hechos].map((row) => row.id));
  for (const id of [...esperadas, ...movimientos]) if (!enBase.has(id)) cuentas.perdidas += 1;
  for (const row of hay) {
    cuentas.dobladas += row.n - 1 + (esperadas.has(row.id) ? 0 : 1) + (Number(row.piezas) === 1 ? 0 : 1);
  }
  for (const row of hechos) cuentas.dobladas += row.n - 1;
  cuentas.descuadres += await stocks(db, detalle, [...movimientos]);
  if (!clones) cuentas.descuadres += await numeros(db, telefonos, detalle);
  return { cuentas, detalle };
}

/** Stock of each product that was moved: as many pieces as movements, each of one piece. */
async function stocks(db: Db, detalle: string[], movimientos: string[]): Promise<number> {
  const { rows } = await sql<{ producto_id: string; n: number; cantidad: string | null }>`
    select t.producto_id, count(*)::int as n, max(e.cantidad)::text as cantidad
      from inventario.transacciones t
      left join inventario.existencias e on e.producto_id = t.producto_id and e.almacen_id = t.almacen_id
     where t.producto_id in (select producto_id from inventario.transacciones where id = any(${movimientos}::uuid[]))
     group by t.producto_id`.execute(db.kysely);
  const mal = rows.filter((row) => Number(row.cantidad) !== row.n);
  for (const row of mal) detalle.push(`existencia ${row.cantidad} con ${row.n} movimientos`);
  return mal.length;
}

/** Last number of each device = mutations kept = numbers that its phone gave. */
async function numeros(db: Db, telefonos: readonly TelefonoReal[], detalle: string[]): Promise<number> {
  let mal = 0;
  for (const telefono of telefonos) {
    const { id, nextMid } = await telefono.journal.device();
    const { rows } = await sql<{ last: string; n: string; distintas: string }>`
      select d.last_mid::text as last, count(m.mid)::text as n, count(distinct m.args_hash)::text as distintas
        from sync.device d left join sync.mutation m on m.device_id = d.id
       where d.id = ${id} group by d.last_mid`.execute(db.kysely);
    const row = rows[0] ?? { last: 'nada', n: '0', distintas: '0' };
    if ([row.last, row.n, row.distintas].every((texto) => texto === String(nextMid - 1))) continue;
    mal += 1;
    detalle.push(
      `equipo: último ${row.last}, guardadas ${row.n}, distintas ${row.distintas}, el teléfono dio ${nextMid - 1}`,
    );
  }
  return mal;
}
