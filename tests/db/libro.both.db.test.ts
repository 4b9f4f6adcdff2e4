import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { formatDecimal } from '#shared/domain/decimal.ts';
import { type Movimiento, type TipoMovimiento, teorico } from '#shared/domain/ledger.ts';
import { testDb } from './harness.ts';
import { testTienda, testUser } from './people.ts';

const db = await testDb();
const tienda = await testTienda(db, { codigo: 'LIB-01' });
const tijuana = await testTienda(db, { codigo: 'TIJ-01', zona: 'America/Tijuana' });

async function producto(costo: string | null = null): Promise<string> {
  const id = newId();
  await db.asService((tx) =>
    sql`insert into inventario.productos (id, codigo, nombre, costo) values (${id}, ${id}, 'Balatas', ${costo})`.execute(
      tx,
    ),
  );
  return id;
}

interface Alta {
  id?: string;
  producto: string;
  almacen?: string;
  tipo?: TipoMovimiento;
  subtipo?: string | null;
  cantidad: string;
  en: string;
  orden?: number;
  creado?: string;
  costo?: string | null;
  reversaDe?: string | null;
}
async function mueve(alta: Alta): Promise<string> {
  const id = alta.id ?? newId();
  const {
    producto: p,
    almacen = tienda.almacenId,
    tipo = 'venta',
    subtipo = null,
    cantidad,
    en,
    orden = 0,
  } = alta;
  await db.asService((tx) =>
    sql`
      insert into inventario.transacciones
        (id, producto_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en, orden, created_at, costo_unitario, reversa_de)
      values (${id}, ${p}, ${almacen}, ${tipo}, ${subtipo}, ${cantidad}, ${en}, ${orden},
        coalesce(${alta.creado ?? null}::timestamptz, now()), ${alta.costo ?? null}, ${alta.reversaDe ?? null})`.execute(
      tx,
    ),
  );
  return id;
}
async function teoricoSql(p: string, t: string): Promise<{ tiene_base: boolean; cantidad: string }> {
  const { rows } = await sql<{ tiene_base: boolean; cantidad: string }>`
    select * from inventario.teorico(${p}, ${tienda.almacenId}, ${t}::timestamptz)`.execute(db.kysely);
  return rows[0]!;
}
async function existencia(p: string): Promise<{ cantidad: string | null; tiene_base: boolean } | undefined> {
  const { rows } = await sql<{ cantidad: string | null; tiene_base: boolean }>`
    select cantidad, tiene_base from inventario.existencias
     where producto_id = ${p} and almacen_id = ${tienda.almacenId}`.execute(db.kysely);
  return rows[0];
}

describe('a movement', () => {
  it('gets its shop from the almacén and its date from the shop’s zone', async () => {
    const p = await producto();
    const a = await mueve({ producto: p, tipo: 'compra', cantidad: '1', en: '2026-03-02T07:30:00Z' });
    const b = await mueve({
      producto: p,
      almacen: tijuana.almacenId,
      tipo: 'compra',
      cantidad: '1',
      en: '2026-03-02T07:30:00Z',
    });
    const { rows } = await sql<{ id: string; tienda_id: string; fecha: string }>`
      select id, tienda_id, fecha::text from inventario.transacciones where producto_id = ${p}`.execute(
      db.kysely,
    );
    expect(rows.find((r) => r.id === a)).toMatchObject({ tienda_id: tienda.id, fecha: '2026-03-02' });
    expect(rows.find((r) => r.id === b)).toMatchObject({ tienda_id: tijuana.id, fecha: '2026-03-01' });
  });

  it('cannot be changed, deleted or emptied, not even by the owner; notes can be completed', async () => {
    const p = await producto();
    const id = await mueve({ producto: p, tipo: 'compra', cantidad: '5', en: '2026-03-02T12:00:00Z' });
    const intenta = (consulta: string) => db.asService((tx) => sql.raw(consulta).execute(tx));
    for (const cambio of [
      'cantidad = 6',
      'ocurrida_en = now()',
      "tipo = 'ajuste'",
      'costo_unitario = 3',
      'orden = 1',
    ]) {
      await expect(
        intenta(`update inventario.transacciones set ${cambio} where id = '${id}'`),
      ).rejects.toThrow('se corrige con su reversa');
    }
    await expect(intenta(`delete from inventario.transacciones where id = '${id}'`)).rejects.toThrow(
      'no se borra',
    );
    await expect(intenta('truncate inventario.transacciones cascade')).rejects.toThrow('no se vacía');
    await intenta(`update inventario.transacciones set notas = 'caja mojada' where id = '${id}'`);
    expect((await existencia(p))?.cantidad).toBe('5.00000');
  });

  it('is reversed by its exact opposite, once; a base is not reversed', async () => {
    const p = await producto();
    const base = await mueve({ producto: p, tipo: 'inventario', cantidad: '10', en: '2026-03-01T12:00:00Z' });
    const venta = await mueve({ producto: p, cantidad: '4', en: '2026-03-02T12:00:00Z' });
    const reversa = { producto: p, en: '2026-03-03T12:00:00Z', reversaDe: venta };
    await expect(mueve({ ...reversa, cantidad: '-3' })).rejects.toThrow('la cantidad contraria');
    await expect(mueve({ ...reversa, tipo: 'ajuste', cantidad: '-4' })).rejects.toThrow(
      'la cantidad contraria',
    );
    const r = await mueve({ ...reversa, cantidad: '-4' });
    expect(await existencia(p)).toEqual({ cantidad: '10.00000', tiene_base: true });
    await expect(mueve({ ...reversa, cantidad: '-4' })).rejects.toMatchObject({ code: '23505' });
    await expect(mueve({ ...reversa, cantidad: '4', reversaDe: r })).rejects.toThrow('la cantidad contraria');
    await expect(
      mueve({
        producto: p,
        tipo: 'inventario',
        cantidad: '-10',
        en: '2026-03-03T12:00:00Z',
        reversaDe: base,
      }),
    ).rejects.toThrow('se corrige con otra');
  });

  it('refuses a devolucion that does not say to whom, and a negative sale', async () => {
    const p = await producto();
    await expect(
      mueve({ producto: p, tipo: 'devolucion', cantidad: '1', en: '2026-03-02T12:00:00Z' }),
    ).rejects.toMatchObject({ code: '23514' });
    await expect(mueve({ producto: p, cantidad: '-1', en: '2026-03-02T12:00:00Z' })).rejects.toMatchObject({
      code: '23514',
    });
  });
});

describe('teorico', () => {
  it('stands on the last base at or before t and says when there is none', async () => {
    const p = await producto();
    await mueve({ producto: p, cantidad: '2', en: '2026-03-02T10:00:00Z' });
    expect(await teoricoSql(p, '2026-03-02T11:00:00Z')).toEqual({ tiene_base: false, cantidad: '-2.00000' });
    await mueve({ producto: p, tipo: 'inventario', cantidad: '20', en: '2026-03-02T12:00:00Z' });
    await mueve({ producto: p, cantidad: '3', en: '2026-03-02T12:00:00Z', orden: 1 });
    await mueve({ producto: p, cantidad: '5', en: '2026-03-02T12:00:00Z', orden: -1 });
    expect(await teoricoSql(p, '2026-03-02T11:59:59.999Z')).toEqual({
      tiene_base: false,
      cantidad: '-2.00000',
    });
    expect(await teoricoSql(p, '2026-03-02T12:00:00Z')).toEqual({ tiene_base: true, cantidad: '17.00000' });
    expect(await existencia(p)).toEqual({ cantidad: '17.00000', tiene_base: true });
  });

  it('equals the domain’s for any history, with ties, reversals of order and back-dated bases; so do existencias', async () => {
    const instante = fc.integer({ min: 0, max: 12 }).map((h) => Date.UTC(2026, 2, 2, h));
    const movimiento = fc.record({
      tipo: fc.constantFrom<TipoMovimiento>(
        'inventario',
        'venta',
        'compra',
        'ajuste',
        'transferencia',
        'devolucion',
      ),
      proveedor: fc.boolean(),
      cantidad: fc.bigInt({ min: 0n, max: 5_000_000n }),
      negativa: fc.boolean(),
      ocurridaEn: instante,
      orden: fc.integer({ min: -1, max: 1 }),
      createdAt: instante,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(movimiento, { maxLength: 14 }),
        fc.array(instante, { minLength: 1, maxLength: 4 }),
        async (cosas, ts) => {
          const p = await producto();
          const historia: Movimiento[] = cosas.map((c) => ({
            id: newId(),
            tipo: c.tipo,
            subtipo: c.tipo === 'devolucion' ? (c.proveedor ? 'a_proveedor' : 'de_cliente') : null,
            cantidad:
              c.negativa && ['ajuste', 'transferencia', 'inventario'].includes(c.tipo)
                ? -c.cantidad
                : c.cantidad,
            ocurridaEn: c.ocurridaEn,
            precision: 'instante',
            orden: c.orden,
            createdAt: c.createdAt,
          }));
          await db.asService(async (tx) => {
            for (const m of historia) {
              await sql`
              insert into inventario.transacciones (id, producto_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en, orden, created_at)
              values (${m.id}, ${p}, ${tienda.almacenId}, ${m.tipo}, ${m.subtipo}, ${formatDecimal(m.cantidad, 5)},
                ${new Date(m.ocurridaEn)}, ${m.orden}, ${new Date(m.createdAt)})`.execute(tx);
            }
          });
          const { rows } = await sql<{ tiene_base: boolean; cantidad: string }>`
          select tiene_base, trim_scale(cantidad)::text as cantidad from inventario.teoricos(
            ${ts.map(() => p)}::uuid[], ${ts.map(() => tienda.almacenId)}::uuid[], ${ts.map((t) => new Date(t).toISOString())}::timestamptz[]
          ) order by n`.execute(db.kysely);
          const esperado = ts.map((t) => {
            const { base, cantidad } = teorico(historia, t);
            return { tiene_base: base, cantidad: formatDecimal(cantidad, 5) };
          });
          expect(rows).toEqual(esperado);
          const final = teorico(historia, Number.POSITIVE_INFINITY);
          const e = await existencia(p);
          if (historia.length === 0) expect(e).toBeUndefined();
          else
            expect([e?.tiene_base, Number(e?.cantidad)]).toEqual([
              final.base,
              Number(formatDecimal(final.cantidad, 5)),
            ]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('gives a person nothing of shops that are not theirs, and a counter nothing at all', async () => {
    const p = await producto();
    await mueve({ producto: p, tipo: 'inventario', cantidad: '9', en: '2026-03-01T12:00:00Z' });
    const cuenta = async (rol: 'gerente' | 'almacenista', donde: typeof tienda) => {
      const user = await testUser(db, { rol, tiendas: [donde] });
      return db.withUser(user.claims, async (tx) => {
        const { rows } = await sql<{ tiene_base: boolean; cantidad: string }>`
          select * from inventario.teorico(${p}, ${tienda.almacenId}, now())`.execute(tx);
        return rows[0];
      });
    };
    expect(await cuenta('gerente', tienda)).toEqual({ tiene_base: true, cantidad: '9.00000' });
    expect(await cuenta('gerente', tijuana)).toEqual({ tiene_base: false, cantidad: '0' });
    expect(await cuenta('almacenista', tienda)).toEqual({ tiene_base: false, cantidad: '0' });
  });
});

describe('costo_vigente', () => {
  const costo = async (p: string, t: string, almacen = tienda.almacenId) => {
    const { rows } = await sql<{ costo_unitario: string | null; fuente: string }>`
      select * from inventario.costo_vigente(${p}, ${almacen}, ${t}::timestamptz)`.execute(db.kysely);
    return rows[0];
  };

  it('goes from the almacén’s average to the last purchase anywhere, the catalogue, and says when there is none', async () => {
    const p = await producto('7');
    expect(await costo(p, '2026-03-05T00:00:00Z')).toEqual({
      costo_unitario: '7.000000',
      fuente: 'catalogo',
    });
    await mueve({
      producto: p,
      almacen: tijuana.almacenId,
      tipo: 'compra',
      cantidad: '1',
      en: '2026-03-01T12:00:00Z',
      costo: '9.5',
    });
    expect(await costo(p, '2026-03-05T00:00:00Z')).toEqual({ costo_unitario: '9.500000', fuente: 'ultimo' });
    await mueve({ producto: p, tipo: 'compra', cantidad: '10', en: '2026-03-02T12:00:00Z', costo: '10' });
    await mueve({ producto: p, tipo: 'compra', cantidad: '30', en: '2026-03-03T12:00:00Z', costo: '12' });
    const errada = await mueve({
      producto: p,
      tipo: 'compra',
      cantidad: '5',
      en: '2026-03-04T12:00:00Z',
      costo: '900',
    });
    await mueve({
      producto: p,
      tipo: 'compra',
      cantidad: '-5',
      en: '2026-03-04T13:00:00Z',
      costo: '900',
      reversaDe: errada,
    });
    expect(await costo(p, '2026-03-05T00:00:00Z')).toEqual({
      costo_unitario: '11.500000',
      fuente: 'promedio',
    });
    expect(await costo(p, '2026-03-02T13:00:00Z')).toEqual({
      costo_unitario: '10.000000',
      fuente: 'promedio',
    });
    // After a year the average is stale: the last purchase stands.
    expect(await costo(p, '2027-04-01T00:00:00Z')).toEqual({ costo_unitario: '12.000000', fuente: 'ultimo' });
    expect(await costo(await producto(), '2026-03-05T00:00:00Z')).toEqual({
      costo_unitario: null,
      fuente: 'sin_costo',
    });
  });

  it('is refused to a counter', async () => {
    const ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
    const p = await producto('7');
    await expect(
      db.withUser(ana.claims, (tx) =>
        sql`select * from inventario.costo_vigente(${p}, ${tienda.almacenId}, now())`.execute(tx),
      ),
    ).rejects.toThrow('no puede ver costos');
  });
});

describe('a conteo', () => {
  const nuevo = (id: string, por: string, en = '2026-01-01T04:00:00Z') =>
    db.asService(async (tx) => {
      const { rows } = await sql<{ folio: string; tienda_id: string }>`
        insert into inventario.conteos (id, almacen_id, alcance, creado_por, abierto_en)
        values (${id}, ${tienda.almacenId}, 'libre', ${por}, ${en})
        on conflict do nothing returning folio, tienda_id`.execute(tx);
      return rows[0];
    });

  it('gets its shop and the next folio of the shop’s own year, and a resent one takes no second number', async () => {
    const ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
    const id = newId();
    // 22:00 of 31 December in the shop
    expect(await nuevo(id, ana.id)).toEqual({ folio: 'LIB-01-2025-0001', tienda_id: tienda.id });
    expect(await nuevo(id, ana.id)).toBeUndefined();
    expect((await nuevo(newId(), ana.id))?.folio).toBe('LIB-01-2025-0002');
    expect((await nuevo(newId(), ana.id, '2026-01-01T06:00:00Z'))?.folio).toBe('LIB-01-2026-0001');
  });

  it('keeps its lines, links and results as they were written, and once ended does not open again', async () => {
    const ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
    const [conteo, linea, p] = [newId(), newId(), await producto()];
    await nuevo(conteo, ana.id);
    const haz = (consulta: string) => db.asService((tx) => sql.raw(consulta).execute(tx));
    await haz(`insert into inventario.conteo_lineas (id, conteo_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante)
               values ('${linea}', '${conteo}', '${p}', 3, 'suma', '${ana.id}', now(), now())`);
    await haz(`insert into inventario.conteo_linea_ligas (id, linea_id, conteo_id, estado, por, en)
               values ('${newId()}', '${linea}', '${conteo}', 'ajena', '${ana.id}', now())`);
    await haz(`insert into inventario.conteo_resultados (conteo_id, producto_id, intento, contado, instante, variacion, decision, aprobado_por)
               values ('${conteo}', '${p}', 1, 3, now(), 0, 'sin_ajuste', '${ana.id}')`);
    for (const [tabla, frase] of [
      ['conteo_lineas', 'se anulan con otra línea'],
      ['conteo_linea_ligas', 'cuenta la última'],
      ['conteo_resultados', 'no se reescribe'],
    ]) {
      await expect(haz(`delete from inventario.${tabla}`)).rejects.toThrow(frase);
      await expect(haz(`update inventario.${tabla} set conteo_id = conteo_id`)).rejects.toThrow(frase);
      await expect(haz(`truncate inventario.${tabla} cascade`)).rejects.toThrow(frase);
    }
    await haz(`update inventario.conteos set estado = 'cerrado', cerrado_en = now() where id = '${conteo}'`);
    await expect(
      haz(`update inventario.conteos set estado = 'abierto' where id = '${conteo}'`),
    ).rejects.toThrow('no se vuelve a abrir');
    await expect(haz(`update inventario.conteos set folio = 'X' where id = '${conteo}'`)).rejects.toThrow(
      'no cambia de almacén',
    );
  });
});
