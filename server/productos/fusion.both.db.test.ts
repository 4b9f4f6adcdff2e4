import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { deshaceFusion, fusiona, vistaFusion } from './fusion.ts';

const DIA = 86_400_000;
const AHORA = systemClock.now();

let db: Db;
let t1: TestTienda;
let t2: TestTienda;
let gerente: TestUser;
let ana: TestUser;
const puerto = () => ({ db, clock: systemClock });

beforeAll(async () => {
  db = await testDb();
  [t1, t2] = [await testTienda(db), await testTienda(db)];
  gerente = await testUser(db, { rol: 'gerente', tiendas: [t1, t2] });
  ana = await testUser(db, { rol: 'almacenista', tiendas: [t1] });
});

async function producto(campos: { unidad?: string; partes?: unknown } = {}): Promise<string> {
  const id = newId();
  await db.pool.query(
    `insert into inventario.productos (id, codigo, nombre, unidad, partes, es_juego) values ($1, $2, $2, $3, $4, $5)`,
    [
      id,
      `P-${id.slice(-10)}`,
      campos.unidad ?? 'PZA',
      campos.partes ? JSON.stringify(campos.partes) : null,
      campos.partes !== undefined,
    ],
  );
  return id;
}

const mueve = (
  p: string,
  t: TestTienda,
  tipo: string,
  cantidad: number,
  en: number,
  subtipo: string | null = null,
) =>
  db.pool.query(
    `insert into inventario.transacciones (id, producto_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en) values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), p, t.almacenId, tipo, subtipo, cantidad, new Date(en)],
  );

async function teorico(p: string, t: TestTienda, en: number | 'infinity' = 'infinity') {
  const { rows } = await db.pool.query<{ tiene_base: boolean; cantidad: string }>(
    `select * from inventario.teorico($1, $2, $3::timestamptz)`,
    [p, t.almacenId, en === 'infinity' ? en : new Date(en).toISOString()],
  );
  return { n: Number(rows[0]!.cantidad), base: rows[0]!.tiene_base };
}

async function existencia(p: string, t: TestTienda): Promise<number> {
  const { rows } = await db.pool.query(
    `select coalesce(sum(cantidad), 0)::float as n from inventario.existencias where producto_id = $1 and almacen_id = $2`,
    [p, t.almacenId],
  );
  return rows[0].n as number;
}

const une = (
  origenId: string,
  destinoId: string,
  mas: { factores?: Record<string, string>; toma?: string[] } = {},
) => {
  const id = newId();
  return fusiona(puerto(), gerente, { id, origenId, destinoId, factores: {}, toma: [], ...mas });
};
const codigoDe = async (hecho: Promise<unknown>) =>
  hecho.then(
    () => 'hecho',
    (error: { code?: string; data?: unknown }) => error.code,
  );

describe('joining two products: the merge keeps history', () => {
  test('movements stay where they are; the stock passes by a pair of movements, and each book before the join is as it was', async () => {
    const [m, s] = [await producto(), await producto()];
    const t0 = AHORA.getTime() - 30 * DIA;
    await mueve(m, t1, 'inventario', 10, t0);
    await mueve(m, t1, 'venta', 3, t0 + DIA);
    await mueve(s, t1, 'inventario', 20, t0);
    await mueve(s, t1, 'venta', 4, t0 + 2 * DIA);
    await une(m, s);
    expect(await existencia(m, t1)).toBe(0);
    expect(await existencia(s, t1)).toBe(23);
    expect((await teorico(s, t1, t0 + 3 * DIA)).n).toBe(16);
    expect((await teorico(m, t1, t0 + 3 * DIA)).n).toBe(7);
    const { rows } = await db.pool.query(
      `select tipo, count(*)::int as n from inventario.transacciones where producto_id = $1 group by 1 order by 1`,
      [m],
    );
    expect(rows).toEqual([
      { tipo: 'inventario', n: 1 },
      { tipo: 'transferencia', n: 1 },
      { tipo: 'venta', n: 1 },
    ]);
  });

  test('in an almacén where the one that stays never was, what was counted stays counted', async () => {
    const [m, s] = [await producto(), await producto()];
    await mueve(m, t2, 'inventario', 8, AHORA.getTime() - DIA);
    await une(m, s);
    expect(await teorico(s, t2)).toEqual({ n: 8, base: true });
    expect((await teorico(m, t2)).n).toBe(0);
  });

  test('a movement that comes later under the old id goes on to the product that stayed, in its own instant', async () => {
    const [m, s] = [await producto(), await producto()];
    const t0 = AHORA.getTime() - 10 * DIA;
    await mueve(m, t1, 'inventario', 10, t0);
    await mueve(s, t1, 'inventario', 5, t0);
    await une(m, s);
    await mueve(m, t1, 'venta', 2, t0 + DIA); // sold before the join, known after it
    expect(await existencia(m, t1)).toBe(0);
    expect(await existencia(s, t1)).toBe(13);
    await mueve(m, t1, 'venta', 1, AHORA.getTime() + 60_000);
    expect(await existencia(m, t1)).toBe(0);
    expect(await existencia(s, t1)).toBe(12);
    await expect(mueve(m, t1, 'inventario', 9, AHORA.getTime() + 90_000)).rejects.toThrow(/se unió con otro/);
  });

  test('a count that is open when two codes are joined holds the lines of either code, and its expected stock both books', async () => {
    const [m, s] = [await producto(), await producto()];
    const t0 = AHORA.getTime() - DIA;
    await mueve(m, t1, 'inventario', 10, t0);
    await mueve(s, t1, 'inventario', 20, t0);
    const conteo = newId();
    await db.pool.query(
      `insert into inventario.conteos (id, almacen_id, alcance, estado, creado_por) values ($1, $2, 'lista', 'abierto', $3)`,
      [conteo, t1.almacenId, gerente.id],
    );
    await db.pool.query(
      `insert into inventario.conteo_productos (conteo_id, producto_id) values ($1, $2), ($1, $3)`,
      [conteo, m, s],
    );
    const cuenta = (p: string, cuanto: number, en: number) =>
      db.pool.query(
        `insert into inventario.conteo_lineas (id, conteo_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante)
         values ($1, $2, $3, $4, 'suma', $5, $6, $6)`,
        [newId(), conteo, p, cuanto, ana.id, new Date(en)],
      );
    const lee = AHORA.getTime() - 3_600_000;
    await cuenta(m, 9, lee);
    await mueve(m, t1, 'venta', 1, lee + 60_000); // sold between the readings
    await cuenta(s, 20, lee + 120_000);
    const { id } = await une(m, s);
    // At the count's instant, its last line, the book of the one that stays holds both: 20 + 10 − 1.
    expect((await teorico(s, t1, lee + 120_000)).n).toBe(29);
    expect((await teorico(m, t1, lee + 120_000)).n).toBe(0);
    expect((await teorico(s, t1, lee)).n).toBe(30);
    await cuenta(m, 2, lee + 180_000); // a phone that has not heard of it
    const { rows } = await db.pool.query(
      `select sum(l.cantidad * coalesce(g.factor, l.factor))::float as n from inventario.conteo_lineas l
         left join lateral (select q.producto_id, q.factor from inventario.conteo_linea_ligas q
                             where q.linea_id = l.id order by q.en desc, q.id desc limit 1) g on true
        where l.conteo_id = $1 and coalesce(g.producto_id, l.producto_id) = $2`,
      [conteo, s],
    );
    expect(rows[0].n).toBe(31);
    const lista = await db.pool.query(
      'select producto_id from inventario.conteo_productos where conteo_id = $1',
      [conteo],
    );
    expect(lista.rows).toEqual([{ producto_id: s }]);
    expect(await codigoDe(deshaceFusion(puerto(), gerente, id))).toBe('FUSION_CON_HISTORIA');
  });

  test('a count with a base after its first reading has to be decided first, by name', async () => {
    const [m, s] = [await producto(), await producto()];
    const conteo = newId();
    await db.pool.query(
      `insert into inventario.conteos (id, almacen_id, alcance, estado, creado_por) values ($1, $2, 'lista', 'abierto', $3)`,
      [conteo, t1.almacenId, gerente.id],
    );
    await db.pool.query(
      `insert into inventario.conteo_lineas (id, conteo_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante)
       values ($1, $2, $3, 4, 'suma', $4, $5, $5)`,
      [newId(), conteo, m, ana.id, new Date(AHORA.getTime() - DIA)],
    );
    await mueve(s, t1, 'inventario', 5, AHORA.getTime() - 3_600_000);
    expect(await codigoDe(une(m, s))).toBe('FUSION_CONTEO');
    expect(await existencia(s, t1)).toBe(5);
  });

  test('codes move with it, its own code finds the one that stays, and a clash of factors is shown and resolved', async () => {
    const [m, s] = [await producto(), await producto()];
    const codigo = (p: string, texto: string, factor: number) =>
      db.pool.query(
        'insert into inventario.codigos_barras (id, codigo, producto_id, factor) values ($1, $2, $3, $4)',
        [newId(), texto, p, factor],
      );
    const [solo, igual, choca] = [`S${m.slice(-8)}`, `I${m.slice(-8)}`, `C${m.slice(-8)}`];
    await codigo(m, solo, 1);
    await codigo(m, igual, 12);
    await codigo(s, igual, 12);
    await codigo(m, choca, 6);
    await codigo(s, choca, 12);
    const vista = await vistaFusion(puerto(), m, s);
    expect(vista.codigos.map((c) => c.paso).sort()).toEqual(['choca', 'pasa', 'sobra']);
    expect(await codigoDe(une(m, s))).toBe('FUSION_CODIGOS');
    const { id } = await une(m, s, { factores: { [choca]: '6' } });
    const leidos = async (p: string) =>
      (
        await db.pool.query(
          `select codigo, factor::float as factor from inventario.codigos_barras where producto_id = $1 and is_active order by 1`,
          [p],
        )
      ).rows;
    expect(await leidos(m)).toEqual([]);
    expect(await leidos(s)).toEqual(
      [
        { codigo: choca, factor: 6 },
        { codigo: igual, factor: 12 },
        { codigo: `P-${m.slice(-10)}`, factor: 1 },
        { codigo: solo, factor: 1 },
      ].sort((a, b) => (a.codigo < b.codigo ? -1 : 1)),
    );
    await deshaceFusion(puerto(), gerente, id);
    expect(await leidos(m)).toHaveLength(3);
    expect((await leidos(s)).find((c) => c.codigo === choca)).toEqual({ codigo: choca, factor: 12 });
  });

  test('a kit made of it is made of the one that stays, and what was joined with it before follows', async () => {
    const [antes, m, s] = [await producto(), await producto(), await producto()];
    const kit = await producto({
      partes: [
        { productoId: m, cantidad: '2' },
        { productoId: s, cantidad: '1' },
      ],
    });
    await une(antes, m);
    await une(m, s);
    const { rows } = await db.pool.query('select partes from inventario.productos where id = $1', [kit]);
    expect(rows[0].partes).toEqual([{ productoId: s, cantidad: '3' }]);
    const hijo = await db.pool.query('select fusionado_en from inventario.productos where id = $1', [antes]);
    expect(hijo.rows).toEqual([{ fusionado_en: s }]);
  });

  test('units that are not the same are refused with what to correct', async () => {
    expect(await codigoDe(une(await producto({ unidad: 'PZA' }), await producto({ unidad: 'KG' })))).toBe(
      'FUSION_UNIDADES',
    );
    const uno = await producto();
    expect(await codigoDe(une(uno, uno))).toBe('FUSION_MISMO');
  });

  test('undo while nothing depends on it gives back both books at every instant; with history since, it says what', async () => {
    const [m, s] = [await producto(), await producto()];
    const t0 = AHORA.getTime() - 20 * DIA;
    await mueve(m, t1, 'inventario', 10, t0);
    await mueve(s, t1, 'inventario', 4, t0);
    await mueve(m, t2, 'inventario', 3, t0);
    const { id } = await une(m, s);
    await deshaceFusion(puerto(), gerente, id);
    for (const en of [t0 + 1, t0 + DIA, 'infinity'] as const) {
      expect((await teorico(m, t1, en)).n).toBe(10);
      expect((await teorico(s, t1, en)).n).toBe(4);
      expect((await teorico(m, t2, en)).n).toBe(3);
    }
    expect((await teorico(s, t2)).n).toBe(0);
    expect(await codigoDe(deshaceFusion(puerto(), gerente, id))).toBe('FUSION_DESHECHA');
    const { id: otra } = await une(m, s);
    await mueve(s, t1, 'venta', 1, AHORA.getTime() + 1_000);
    expect(await codigoDe(deshaceFusion(puerto(), gerente, otra))).toBe('FUSION_CON_HISTORIA');
  });

  test('the same join sent twice is one, and it is audited on both', async () => {
    const [m, s] = [await producto(), await producto()];
    await mueve(m, t1, 'inventario', 6, AHORA.getTime() - DIA);
    const entrada = { id: newId(), origenId: m, destinoId: s, factores: {}, toma: ['nombre'] };
    await fusiona(puerto(), gerente, entrada);
    await fusiona(puerto(), gerente, entrada);
    expect(await existencia(s, t1)).toBe(6);
    const { rows } = await db.pool.query(
      `select accion, usuario_id from inventario.auditoria where entidad_id in ($1, $2) order by accion`,
      [m, s],
    );
    expect(rows).toEqual([
      { accion: 'producto.recibio', usuario_id: gerente.id },
      { accion: 'producto.unido', usuario_id: gerente.id },
    ]);
  });

  test('property: whatever the histories, a merge keeps the sum of existencias, and so does what comes after it', async () => {
    const movimiento = fc.record({
      de: fc.constantFrom('m', 's'),
      donde: fc.constantFrom(0, 1),
      tipo: fc.constantFrom('venta', 'compra', 'ajuste', 'inventario'),
      cantidad: fc.integer({ min: 1, max: 30 }),
      hace: fc.integer({ min: 1, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(movimiento, { maxLength: 8 }),
        fc.array(movimiento, { maxLength: 3 }),
        async (antes, despues) => {
          const ids = { m: await producto(), s: await producto() };
          const tiendas = [t1, t2] as const;
          const pone = (xs: typeof antes, deBase: string) =>
            db.pool.query(
              `insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en)
               select x.id, x.producto, x.almacen, x.tipo, x.cantidad, x.en
                 from jsonb_to_recordset($1::jsonb) as x(id uuid, producto uuid, almacen uuid, tipo text, cantidad numeric, en timestamptz)`,
              [
                JSON.stringify(
                  xs.map((x) => ({
                    id: newId(),
                    producto: ids[x.de as 'm' | 's'],
                    almacen: tiendas[x.donde]!.almacenId,
                    tipo: x.tipo === 'inventario' ? deBase : x.tipo,
                    cantidad: x.cantidad,
                    en: new Date(AHORA.getTime() - x.hace * DIA),
                  })),
                ),
              ],
            );
          await pone(antes, 'inventario');
          const suma = async (t: TestTienda) => (await existencia(ids.m, t)) + (await existencia(ids.s, t));
          const habia = [await suma(t1), await suma(t2)];
          await une(ids.m, ids.s);
          expect([await suma(t1), await suma(t2)]).toEqual(habia);
          expect([await existencia(ids.m, t1), await existencia(ids.m, t2)]).toEqual([0, 0]);
          await pone(despues, 'compra');
          expect([await existencia(ids.m, t1), await existencia(ids.m, t2)]).toEqual([0, 0]);
          // The kept sums are what the ledger says.
          const { rows } = await sql<{ n: number }>`select inventario.rehace_existencias()::int as n`.execute(
            db.kysely,
          );
          expect(rows[0]!.n).toBe(0);
        },
      ),
      { numRuns: 8 },
    );
  });
});
