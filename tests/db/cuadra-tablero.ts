import { sql } from 'kysely';
import { expect } from 'vitest';
import { measureGrupos } from '#server/estadisticas/productos.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import { lookAhora } from '#server/tablero/ahora.ts';
import { findCurva } from '#server/tablero/curva.sql.ts';
import { valueAl } from '#server/tablero/valor.ts';
import { masDias } from '#shared/domain/instante.ts';
import { haceUnAnio, lunesDe, semanasHasta } from '#shared/domain/tablero/calendario.ts';
import { valorDeAlmacenes } from '#shared/domain/tablero/valor.ts';

/** The dashboard's figures of the demo company once more, in plain JS from the raw rows. All days are those of Mexico City. */
export interface Demo {
  db: Db;
  /** Of an admin. */
  claims: Claims;
  clock: Clock;
  /** `YYYY-MM-DD`. */
  hoy: string;
}

interface Movimiento {
  producto_id: string;
  almacen_id: string;
  tipo: string;
  cantidad: string;
  total: string | null;
  impuesto: string;
  costo_unitario: string | null;
  en: number;
  orden: number;
  fecha: string;
}

async function leeLibro(db: Db): Promise<Movimiento[]> {
  const { rows } = await sql<Movimiento>`
    select producto_id, almacen_id, tipo, cantidad, total, impuesto, costo_unitario, fecha::text as fecha, orden,
           extract(epoch from ocurrida_en)::float8 * 1000 as en
      from inventario.transacciones order by ocurrida_en, orden, created_at, id`.execute(db.kysely);
  return rows;
}

/** Stock of each product in each almacén up to an instant, in thousandths, and whether it has a base: replayed row by row. */
function existencias(libro: readonly Movimiento[], hasta: number) {
  const hay = new Map<string, { milesimas: number; base: boolean; compradas: number; gastado: number }>();
  for (const m of libro) {
    if (m.en > hasta) break;
    const clave = `${m.producto_id} ${m.almacen_id}`;
    const e = hay.get(clave) ?? { milesimas: 0, base: false, compradas: 0, gastado: 0 };
    const n = Math.round(Number(m.cantidad) * 1000);
    if (m.tipo === 'inventario') Object.assign(e, { milesimas: n, base: true });
    else e.milesimas += m.tipo === 'venta' ? -n : n;
    if (m.tipo === 'compra' && m.costo_unitario !== null && m.en > hasta - 365 * 86_400_000) {
      e.compradas += n;
      e.gastado += n * Number(m.costo_unitario);
    }
    hay.set(clave, e);
  }
  return hay;
}

export async function cuadraAhora({ db, claims, clock }: Demo): Promise<void> {
  const quien = { id: claims.sub, nombre: '', rol: 'admin' as const, tiendaIds: [], limiteAjuste: null };
  const { existencias: dichas } = await lookAhora({ db, clock, quien, claims });
  const todas = [...existencias(await leeLibro(db), Number.POSITIVE_INFINITY).values()];
  expect(dichas).toEqual({
    negativas: todas.filter(({ milesimas }) => milesimas < 0).length,
    sinBase: todas.filter(({ milesimas, base }) => !base && milesimas !== 0).length,
  });
  expect(dichas?.sinBase).toBeGreaterThan(50);
}

export async function cuadraValor({ db, claims, hoy }: Demo): Promise<void> {
  const libro = await leeLibro(db);
  const { rows } = await sql<{ id: string; costo: string | null }>`
    select id, costo from inventario.productos`.execute(db.kysely);
  const costos = new Map(rows.map(({ id, costo }) => [id, costo]));
  for (const [al, hasta] of [
    [hoy, Date.parse(`${masDias(hoy, 1)}T06:00:00Z`)],
    [masDias(hoy, -177), Date.parse(`${masDias(hoy, -176)}T06:00:00Z`)],
  ] as const) {
    const dicho = valorDeAlmacenes(await valueAl(db, claims, al), null);
    let pesos = 0;
    // Average of what this almacén bought in the year up to then; else the last cost anywhere; else the catalogue's.
    const ultimo = new Map<string, number>();
    for (const m of libro) {
      if (m.en < hasta && m.tipo === 'compra' && m.costo_unitario !== null)
        ultimo.set(m.producto_id, Number(m.costo_unitario));
    }
    for (const [clave, e] of existencias(libro, hasta - 1)) {
      const [producto] = clave.split(' ') as [string];
      if (e.milesimas <= 0) continue;
      const costo =
        e.compradas > 0
          ? e.gastado / e.compradas
          : (ultimo.get(producto) ?? Number(costos.get(producto) ?? 0));
      pesos += Math.round((e.milesimas / 1000) * costo * 100) / 100;
    }
    // Each product is rounded to the centavo: theirs half to even, mine as floats do.
    expect(Math.abs(Number(dicho) / 100 - pesos)).toBeLessThan(5);
  }
}

export async function cuadraVentas({ db, claims, hoy }: Demo): Promise<void> {
  const libro = await leeLibro(db);
  const semanas = semanasHasta(hoy, 13);
  for (const [desde, hasta] of [
    [semanas[0]!, hoy],
    [haceUnAnio(semanas[0]!), masDias(haceUnAnio(semanas.at(-1)!), 6)],
  ] as const) {
    const { filas } = await measureGrupos(db, claims, {
      tiendaIds: [],
      almacenId: null,
      categoriaId: null,
      desde,
      hasta,
      tipo: 'venta',
      por: 'semana',
    });
    const centavos = new Map<string, number>();
    for (const m of libro) {
      if (m.tipo !== 'venta' || m.fecha < desde || m.fecha > hasta) continue;
      const semana = lunesDe(m.fecha);
      const [total, impuesto] = [Number(m.total) * 100, Number(m.impuesto) * 100];
      // Where the till wrote no tax, the price holds it: every demo product is sold with 16 %.
      const neto = impuesto === 0 ? total / 1.16 : total - impuesto;
      centavos.set(semana, (centavos.get(semana) ?? 0) + neto);
    }
    expect(filas.length).toBeGreaterThan(11);
    expect(filas.map(({ clave }) => clave)).toEqual([...centavos.keys()].sort());
    for (const { clave, neto } of filas)
      expect(Math.abs(Number(neto) * 100 - centavos.get(clave)!)).toBeLessThan(2);
  }
}

export async function cuadraCurva({ db, claims }: Demo): Promise<void> {
  const curva = await db.withUser(claims, (tx) => findCurva(tx, []));
  const { rows } = await sql<{ venta_neta: string; abc_ventas: string }>`
    select venta_neta, abc_ventas from inventario.producto_medidas where abc_ventas is not null`.execute(
    db.kysely,
  );
  const orden = rows
    .map((r) => ({ clase: r.abc_ventas, centavos: Math.max(0, Math.round(Number(r.venta_neta) * 100)) }))
    .sort((a, b) => (a.clase === b.clase ? b.centavos - a.centavos : a.clase < b.clase ? -1 : 1));
  let suma = 0;
  const acumulada = orden.map(({ centavos }) => {
    suma += centavos;
    return suma;
  });
  expect(curva.length).toBeGreaterThan(40);
  expect(curva.length).toBeLessThan(90);
  expect(curva.map(({ valor }) => Math.round(Number(valor) * 100))).toEqual(
    curva.map(({ n }) => acumulada[n - 1]),
  );
  expect(curva.at(-1)!.n).toBe(orden.length);
}
