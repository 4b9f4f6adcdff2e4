import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { fixedClock } from '#server/platform/clock.ts';
import type { Claims } from '#server/platform/db/db.ts';
import { cuadraAhora, cuadraCurva, cuadraValor, cuadraVentas } from '#tests/db/cuadra-tablero.ts';
import { testDb } from '#tests/db/harness.ts';
import { testUser } from '#tests/db/people.ts';
import { seedDemo } from '../../database/seed/demo.ts';
import {
  measureAbc,
  measureCobertura,
  measureSinConteo,
  measureSinVenta,
  measureValor,
  measureValorGrupos,
} from './medidas.ts';
import { measureAlmacenes } from './mide.ts';
import { measureGrupos, measureProductos } from './productos.ts';

/** The demo company, and every statistic of it again in plain JS from the raw rows. */
const AHORA = new Date('2026-11-24T18:00:00Z');
const HOY = '2026-11-24';
const reloj = fixedClock(AHORA);
const db = await testDb();

interface Movimiento {
  producto: string;
  almacen: string;
  tipo: string;
  cantidad: number;
  total: number | null;
  impuesto: number;
  costo: number | null;
  fecha: string;
  en: number;
}
interface Producto {
  id: string;
  categoria: string | null;
  costo: number | null;
  con_iva: boolean;
  tasa: string;
}
let movimientos: Movimiento[] = [];
let productos = new Map<string, Producto>();
let padres = new Map<string, string | null>();
let claims: Claims;

const dia = (fecha: string): number => Date.parse(fecha) / 86_400_000;
const hace = (dias: number): string => new Date((dia(HOY) - dias) * 86_400_000).toISOString().slice(0, 10);
const par = (m: { producto: string; almacen: string }): string => `${m.producto} ${m.almacen}`;
const suma = <T>(de: Iterable<T>, f: (uno: T) => number): number => {
  let total = 0;
  for (const uno of de) total += f(uno);
  return total;
};
function agrupa<T>(de: Iterable<T>, clave: (uno: T) => string): Map<string, T[]> {
  const grupos = new Map<string, T[]>();
  for (const uno of de) {
    const k = clave(uno);
    const grupo = grupos.get(k);
    if (grupo === undefined) grupos.set(k, [uno]);
    else grupo.push(uno);
  }
  return grupos;
}
/** Pesos without IVA of a sale: its own tax, else by the product's rate. */
function netoDe(m: Movimiento): number {
  const p = productos.get(m.producto)!;
  const total = m.total ?? 0;
  if (m.impuesto !== 0) return total - m.impuesto;
  return p.con_iva && (p.tasa === '16' || p.tasa === '8') ? total / (1 + Number(p.tasa) / 100) : total;
}
/** The rule of the valued stock: average of the almacén's purchases of 365 days, else the last purchase anywhere, else the catalogue. */
function costoDe(producto: string, almacen: string): number | null {
  const compras = (porProducto.get(producto) ?? []).filter((m) => m.tipo === 'compra' && m.costo !== null);
  const propias = compras.filter(
    (m) => m.almacen === almacen && m.en > AHORA.getTime() - 365 * 86_400_000 && m.en <= AHORA.getTime(),
  );
  const cuantas = suma(propias, (m) => m.cantidad);
  if (cuantas > 0) return suma(propias, (m) => m.cantidad * m.costo!) / cuantas;
  const ultima = compras.toSorted((a, b) => b.en - a.en)[0];
  return ultima?.costo ?? productos.get(producto)!.costo;
}
let porProducto = new Map<string, Movimiento[]>();
let porPar = new Map<string, Movimiento[]>();
/** Stock: the last inventory and what moved after it. */
function existenciaDe(suyos: readonly Movimiento[]): number {
  let hay = 0;
  for (const m of suyos.toSorted((a, b) => a.en - b.en)) {
    if (m.tipo === 'inventario') hay = m.cantidad;
    else hay += m.tipo === 'venta' ? -m.cantidad : m.cantidad;
  }
  return hay;
}
/** Is it that category, or one under it? */
function esDe(categoria: string | null, raiz: string): boolean {
  for (let c = categoria; c !== null; c = padres.get(c) ?? null) if (c === raiz) return true;
  return false;
}

const donde = { tiendaIds: [], almacenId: null, categoriaId: null };
const pagina = { cursor: null, limite: 500 };
const medida = { ...pagina, orden: 'valor' as const, dir: 'desc' as const };

beforeAll(async () => {
  await seedDemo(db, { now: AHORA, hashPassword: async () => 'x' });
  claims = (await testUser(db, { rol: 'admin' })).claims;
  await measureAlmacenes(db, reloj, null);
  const raw = await sql<Record<string, string | null>>`
    select producto_id, almacen_id, tipo, cantidad, total, impuesto, costo_unitario, fecha::text as fecha,
           extract(epoch from ocurrida_en)::text as en from inventario.transacciones`.execute(db.kysely);
  movimientos = raw.rows.map((r) => ({
    producto: r.producto_id!,
    almacen: r.almacen_id!,
    tipo: r.tipo!,
    cantidad: Number(r.cantidad),
    total: r.total === null ? null : Number(r.total),
    impuesto: Number(r.impuesto),
    costo: r.costo_unitario === null ? null : Number(r.costo_unitario),
    fecha: r.fecha!,
    en: Number(r.en) * 1000,
  }));
  const ps =
    await sql<Producto>`select id, categoria_id as categoria, costo::double precision as costo, precio_con_iva as con_iva, iva_tasa as tasa
    from inventario.productos`.execute(db.kysely);
  productos = new Map(ps.rows.map((p) => [p.id, p]));
  const cs = await sql<{
    id: string;
    parent_id: string | null;
  }>`select id, parent_id from inventario.categorias`.execute(db.kysely);
  padres = new Map(cs.rows.map((c) => [c.id, c.parent_id]));
  porProducto = agrupa(movimientos, (m) => m.producto);
  porPar = agrupa(movimientos, par);
}, 120_000);

test('units, importe, net of IVA, cost and margin by producto, for whole and broken months', async () => {
  for (const [desde, hasta] of [
    [null, null],
    ['2026-08-10', '2026-11-20'],
    ['2026-09-01', '2026-10-31'],
    ['2026-10-05', '2026-10-05'],
  ] as const) {
    const dentro = movimientos.filter(
      (m) =>
        m.tipo === 'venta' && (desde === null || m.fecha >= desde) && (hasta === null || m.fecha <= hasta),
    );
    const r = await measureProductos(db, claims, {
      ...donde,
      desde,
      hasta,
      tipo: 'venta',
      orden: 'importe',
      dir: 'desc',
      ...pagina,
    });
    const cuanto = agrupa(dentro, (m) => m.producto);
    expect(r.total.productos).toBe(cuanto.size);
    expect(r.total.movimientos).toBe(dentro.length);
    expect(Number(r.total.unidades)).toBeCloseTo(
      suma(dentro, (m) => m.cantidad),
      4,
    );
    expect(Number(r.total.importe)).toBeCloseTo(
      suma(dentro, (m) => m.total!),
      2,
    );
    // Each product is rounded once, so the sum of thousands may differ from the exact one by some centavos.
    expect(Math.abs(Number(r.total.neto) - suma(dentro, netoDe))).toBeLessThan(cuanto.size * 0.006);
    const costo = suma(dentro, (m) => m.cantidad * (costoDe(m.producto, m.almacen) ?? 0));
    expect(Math.abs(Number(r.total.costo) - costo)).toBeLessThan(cuanto.size * 0.01);
    expect(Number(r.total.margen)).toBeCloseTo(Number(r.total.neto) - Number(r.total.costo), 2);
    for (const fila of r.filas) {
      const suyos = cuanto.get(fila.productoId)!;
      expect(fila.movimientos).toBe(suyos.length);
      expect(Number(fila.importe)).toBeCloseTo(
        suma(suyos, (m) => m.total!),
        2,
      );
      expect(Math.abs(Number(fila.neto) - suma(suyos, netoDe))).toBeLessThan(0.006);
      expect(fila.tiendas).toBe(new Set(suyos.map((m) => m.almacen)).size);
      expect([fila.primera, fila.ultima]).toEqual([
        suyos.map((m) => m.fecha).sort()[0],
        suyos
          .map((m) => m.fecha)
          .sort()
          .at(-1),
      ]);
    }
  }
});

test('pages by keyset give every product once, in order, also by code', async () => {
  const pide = { ...donde, desde: '2026-09-10', hasta: '2026-11-20', tipo: 'venta' as const, limite: 500 };
  for (const [orden, dir] of [
    ['neto', 'desc'],
    ['codigo', 'asc'],
  ] as const) {
    const vistos: string[] = [];
    const claves: (number | string)[] = [];
    let cursor: string | null = null;
    let total = 0;
    do {
      const r = await measureProductos(db, claims, { ...pide, orden, dir, cursor });
      vistos.push(...r.filas.map((f) => f.productoId));
      claves.push(...r.filas.map((f) => (orden === 'codigo' ? f.codigo : -Number(f.neto))));
      cursor = r.siguiente;
      total = r.total.productos;
    } while (cursor !== null);
    expect(new Set(vistos).size).toBe(total);
    expect(vistos.length).toBe(total);
    if (orden === 'neto') expect(claves).toEqual(claves.toSorted((a, b) => Number(a) - Number(b)));
  }
});

test('by shop, category with its subtree, kind, month and week the rows add up to the raw ones', async () => {
  const [desde, hasta] = ['2026-08-10', '2026-11-20'];
  const dentro = movimientos.filter((m) => m.fecha >= desde && m.fecha <= hasta);
  const ventas = dentro.filter((m) => m.tipo === 'venta');
  const pide = { ...donde, desde, hasta, tipo: 'venta' as const };
  const lunes = (m: Movimiento) => {
    const d = dia(m.fecha);
    return new Date((d - ((d + 3) % 7)) * 86_400_000).toISOString().slice(0, 10);
  };
  for (const [por, clave] of [
    ['almacen', (m: Movimiento) => m.almacen],
    ['categoria', (m: Movimiento) => productos.get(m.producto)!.categoria ?? ''],
    ['mes', (m: Movimiento) => `${m.fecha.slice(0, 7)}-01`],
    ['semana', lunes],
    ['dia', (m: Movimiento) => m.fecha],
  ] as const) {
    const { filas } = await measureGrupos(db, claims, { ...pide, por });
    const grupos = agrupa(ventas, clave);
    expect(new Set(filas.map((f) => f.clave))).toEqual(new Set(grupos.keys()));
    for (const f of filas) {
      const suyos = grupos.get(f.clave)!;
      expect([f.movimientos, Number(f.importe)]).toEqual([
        suyos.length,
        expect.closeTo(
          suma(suyos, (m) => m.total!),
          2,
        ),
      ]);
      expect(Number(f.neto)).toBeCloseTo(suma(suyos, netoDe), 1);
    }
  }
  const tipos = await measureGrupos(db, claims, { ...pide, tipo: null, por: 'tipo' });
  const compras = dentro.filter((m) => m.tipo === 'compra');
  expect(Number(tipos.filas.find((f) => f.clave === 'compra')!.importe)).toBeCloseTo(
    suma(compras, (m) => m.cantidad * m.costo!),
    0,
  );
  // A category that has others under it.
  const raiz = [...padres].find(([, padre]) => padre !== null && [...padres.values()].includes(padre))![1]!;
  const deRama = await measureProductos(db, claims, {
    ...pide,
    categoriaId: raiz,
    orden: 'neto',
    dir: 'desc',
    ...pagina,
  });
  const suyas = ventas.filter((m) => esDe(productos.get(m.producto)!.categoria, raiz));
  expect(suyas.length).toBeGreaterThan(100);
  expect(deRama.total.movimientos).toBe(suyas.length);
});

test('stock value by the existing valuation rules, days of cover and dead stock', async () => {
  const hay = [...porPar].map(([clave, suyos]) => {
    const [producto, almacen] = clave.split(' ') as [string, string];
    return { producto, almacen, suyos, existencia: existenciaDe(suyos), costo: costoDe(producto, almacen) };
  });
  const con = hay.filter((h) => h.existencia > 0);
  const valor = await measureValor(db, reloj, claims, { ...donde, ...medida });
  expect(valor.total.productos).toBe(hay.filter((h) => h.existencia !== 0).length);
  expect(Math.abs(Number(valor.total.valor) - suma(con, (h) => h.existencia * (h.costo ?? 0)))).toBeLessThan(
    con.length * 0.01,
  );
  const grupos = await measureValorGrupos(db, reloj, claims, { ...donde, por: 'almacen' });
  for (const g of grupos.filas) {
    const suyos = con.filter((h) => h.almacen === g.clave);
    expect(g.productos).toBe(hay.filter((h) => h.almacen === g.clave && h.existencia !== 0).length);
    expect(Math.abs(Number(g.valor) - suma(suyos, (h) => h.existencia * (h.costo ?? 0)))).toBeLessThan(
      suyos.length * 0.01,
    );
  }

  const ritmo = (h: (typeof hay)[number]) => {
    const primera = h.suyos.map((m) => m.fecha).sort()[0]!;
    const ventas = h.suyos.filter((m) => m.tipo === 'venta' && m.fecha > hace(90) && m.fecha <= HOY);
    return suma(ventas, (m) => m.cantidad) / Math.min(90, dia(HOY) - dia(primera) + 1);
  };
  const cobertura = await measureCobertura(db, reloj, claims, {
    ...donde,
    ...medida,
    orden: 'cobertura',
    dir: 'asc',
    hasta: null,
  });
  const enLista = hay.filter((h) => h.existencia > 0 || ritmo(h) > 0);
  expect(cobertura.total.productos).toBe(enLista.length);
  expect(cobertura.total.agotados).toBe(hay.filter((h) => h.existencia <= 0 && ritmo(h) > 0).length);
  expect(cobertura.total.sinVenta).toBe(con.filter((h) => ritmo(h) === 0).length);
  const deFila = new Map(hay.map((h) => [`${h.producto} ${h.almacen}`, h]));
  for (const f of cobertura.filas.filter((f) => f.cobertura !== null)) {
    const h = deFila.get(`${f.productoId} ${f.almacenId}`)!;
    expect(Math.abs(Number(f.cobertura) - Math.max(0, h.existencia) / ritmo(h))).toBeLessThan(
      0.06 + Number(f.cobertura) * 0.001,
    );
  }

  for (const dias of [90, 180]) {
    const muertos = con.filter((h) => {
      const ventas = h.suyos.filter((m) => m.tipo === 'venta').map((m) => m.fecha);
      const desde = ventas.sort().at(-1) ?? h.suyos.map((m) => m.fecha).sort()[0]!;
      return dia(HOY) - dia(desde) >= dias;
    });
    const r = await measureSinVenta(db, reloj, claims, { ...donde, ...medida, dias });
    expect(r.total.productos).toBe(muertos.length);
    expect(
      Math.abs(Number(r.total.valor) - suma(muertos, (h) => h.existencia * (h.costo ?? 0))),
    ).toBeLessThan(muertos.length * 0.01);
  }
});

test('ABC by sales per almacén, XYZ by the variation of weekly demand, and days since the last count', async () => {
  const abc = await measureAbc(db, reloj, claims, {
    ...donde,
    ...medida,
    por: 'ventas',
    clase: null,
    xyz: null,
  });
  const lunes = dia(HOY) - ((dia(HOY) + 3) % 7);
  const esperada = new Map<string, { clase: string; cv: number | null }>();
  for (const [, pares] of agrupa(porPar, ([clave]) => clave.split(' ')[1]!)) {
    const ventas = pares.map(([clave, suyos]) => ({
      clave,
      suyos,
      neto: Math.round(
        suma(
          suyos.filter((m) => m.tipo === 'venta' && m.fecha > hace(365)),
          netoDe,
        ) * 100,
      ),
    }));
    const todo = suma(ventas, (v) => Math.max(0, v.neto));
    let antes = 0;
    for (const v of ventas.sort((a, b) => b.neto - a.neto || (a.clave < b.clave ? -1 : 1))) {
      const clase = v.neto <= 0 ? 'C' : antes < todo * 0.8 ? 'A' : antes < todo * 0.95 ? 'B' : 'C';
      antes += Math.max(0, v.neto);
      const primera = dia(v.suyos.map((m) => m.fecha).sort()[0]!);
      const semanas = Math.min(26, (lunes - (primera - ((primera + 3) % 7))) / 7);
      const demanda = new Array<number>(semanas).fill(0);
      for (const m of v.suyos) {
        const n = Math.floor((lunes - 1 - dia(m.fecha)) / 7);
        if (m.tipo === 'venta' && n >= 0 && n < semanas) demanda[n]! += m.cantidad;
      }
      const media = suma(demanda, (d) => d) / semanas;
      const cv =
        semanas < 8 || media <= 0
          ? null
          : Math.sqrt(suma(demanda, (d) => (d - media) ** 2) / semanas) / media;
      esperada.set(v.clave, { clase, cv });
    }
  }
  expect(abc.total.productos).toBe(esperada.size);
  let cursor: string | null = null;
  let vistos = 0;
  let distintas = 0;
  do {
    const r = await measureAbc(db, reloj, claims, {
      ...donde,
      ...medida,
      por: 'ventas',
      clase: null,
      xyz: null,
      limite: 4000,
      cursor,
    });
    for (const f of r.filas) {
      const e = esperada.get(`${f.productoId} ${f.almacenId}`)!;
      // Products of the very same pesos at a threshold may stand on either side of it: a float is no centavo.
      if (f.abcVentas !== e.clase) distintas += 1;
      expect(f.claseAbc).toBe(f.abcVentas);
      if (e.cv === null) expect(f.xyz).toBeNull();
      else {
        expect(Number(f.variabilidad)).toBeCloseTo(e.cv, 1);
        if (Math.abs(e.cv - 0.5) > 1e-6 && Math.abs(e.cv - 1) > 1e-6)
          expect(f.xyz).toBe(e.cv <= 0.5 ? 'X' : e.cv <= 1 ? 'Y' : 'Z');
      }
    }
    vistos += r.filas.length;
    cursor = r.siguiente;
  } while (cursor !== null);
  expect(vistos).toBe(esperada.size);
  expect(distintas).toBeLessThanOrEqual(3);

  const sinConteo = await measureSinConteo(db, reloj, claims, { ...donde, ...medida, dias: 0 });
  const dias = [...porPar.values()].map((suyos) => {
    const bases = suyos
      .filter((m) => m.tipo === 'inventario')
      .map((m) => m.fecha)
      .sort();
    return bases.length === 0 ? null : dia(HOY) - dia(bases.at(-1)!);
  });
  const contados = dias.filter((d) => d !== null).sort((a, b) => a - b);
  expect(sinConteo.total.nunca).toBe(dias.filter((d) => d === null).length);
  expect(sinConteo.total.mediana).toBe(contados[Math.ceil(contados.length / 2) - 1]);
});

// The dashboard's, here because the demo company takes seconds to make.
const demo = () => ({ db, claims, clock: reloj, hoy: HOY });
test('dashboard: negative stock and what has no first stock', () => cuadraAhora(demo()));
test('dashboard: stock value over time, now and half a year ago, at the cost that held then', () =>
  cuadraValor(demo()));
test('dashboard: sales by week, with the former year where known', () => cuadraVentas(demo()));
test('dashboard: ABC curve, class after class, from the product that sold most up to all that was sold', () =>
  cuadraCurva(demo()));
