import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testUser } from '#tests/db/people.ts';
import { planDe } from '#tests/db/plan-conteo.ts';
import { approveProductos } from './aprueba.ts';
import { createConteo } from './crea.ts';
import * as decisiones from './decisiones.ts';
import { reviewConteo } from './revision.ts';

const db = await testDb();
const e = await escenaConteo(db);
const eva = await testUser(db, { rol: 'almacenista', tiendas: [e.tienda] });
const clock = systemClock;
const gerente = e.quien(e.gerente);
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);

async function planea(cambios: Partial<CreaConteo> = {}): Promise<string> {
  const id = newId();
  await createConteo(
    db,
    clock,
    gerente,
    planDe(e, { id, nombre: 'Zona A', alcance: 'ubicaciones', zonas: ['A'], ...cambios }),
  );
  return id;
}

const revisa = async (conteo: string, producto: string) =>
  (await reviewConteo(db, gerente, conteo)).productos.find((p) => p.productoId === producto)!;

const recuenta = (conteo: string, producto: string, quien: string) =>
  decisiones.requestRecuento(db, clock, gerente, {
    conteoId: conteo,
    productoIds: [producto],
    contadores: [quien],
    motivo: null,
  });

const aprueba = (conteo: string, producto: string, motivo: string | null) =>
  approveProductos(db, clock, gerente, { conteoId: conteo, productoIds: [producto], motivo });

async function conBase(cantidad: string, clase?: 'A' | 'B' | 'C') {
  const p = await e.producto();
  await e.mueve({ producto: p, tipo: 'inventario', cantidad, en: hace(600) });
  if (clase !== undefined) {
    await db.asService((tx) =>
      sql`insert into inventario.producto_almacenes (producto_id, almacen_id, clase_abc)
          values (${p}, ${e.tienda.almacenId}, ${clase})
          on conflict (producto_id, almacen_id) do update set clase_abc = excluded.clase_abc`.execute(tx),
    );
  }
  return p;
}

describe('recount', () => {
  it('two attempts that agree within tolerance stand: the later one, each against the book at its own instant', async () => {
    const p = await conBase('24');
    const conteo = await planea({ tolUnidades: '1' });
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '20', en: hace(60) });
    await recuenta(conteo, p, e.luis.id);
    await e.mueve({ producto: p, tipo: 'venta', cantidad: '5', en: hace(30) });
    await e.linea({ conteo, por: e.luis, producto: p, cantidad: '16', en: hace(5), intento: 2 });
    const visto = await revisa(conteo, p);
    expect(visto).toMatchObject({
      intento: 2,
      contado: '16',
      teorico: '19',
      variacion: '-3',
      intentosDifieren: false,
    });
    expect(visto.intentos).toMatchObject([
      { intento: 1, contado: '20', variacion: '-4', contaron: [e.ana.nombre] },
      { intento: 2, contado: '16', variacion: '-3', contaron: [e.luis.nombre] },
    ]);
    expect((await aprueba(conteo, p, 'faltan partes')).aprobados).toMatchObject([{ variacion: '-3' }]);
  });

  it('attempts that differ ask for a third by a third person: who counted in any attempt is refused', async () => {
    const p = await conBase('24');
    const conteo = await planea({ tolUnidades: '1' });
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '20', en: hace(60) });
    await recuenta(conteo, p, e.luis.id);
    await e.linea({ conteo, por: e.luis, producto: p, cantidad: '27', en: hace(30), intento: 2 });
    expect(await revisa(conteo, p)).toMatchObject({ intento: 2, intentosDifieren: true });
    await expect(aprueba(conteo, p, null)).rejects.toMatchObject({ code: 'MOTIVO_REQUERIDO' });
    for (const conto of [e.ana, e.luis]) {
      await expect(recuenta(conteo, p, conto.id)).rejects.toMatchObject({ code: 'RECUENTO_MISMA_PERSONA' });
    }
    expect(await recuenta(conteo, p, eva.id)).toEqual({ intento: 3 });
    await e.linea({ conteo, por: eva, producto: p, cantidad: '20', en: hace(5), intento: 3 });
    expect(await revisa(conteo, p)).toMatchObject({ intento: 3, variacion: '-4', intentosDifieren: false });
  });

  it('the latest agreement stands, though a later attempt agrees with none', async () => {
    const p = await conBase('24');
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '22', en: hace(60) });
    await recuenta(conteo, p, e.luis.id);
    await e.linea({ conteo, por: e.luis, producto: p, cantidad: '22', en: hace(40), intento: 2 });
    await recuenta(conteo, p, eva.id);
    await e.linea({ conteo, por: eva, producto: p, cantidad: '30', en: hace(5), intento: 3 });
    const visto = await revisa(conteo, p);
    expect(visto).toMatchObject({ intento: 2, contado: '22', variacion: '-2', intentosDifieren: false });
    expect(visto.bloqueos).toEqual([]);
    expect((await aprueba(conteo, p, 'faltan partes')).aprobados).toMatchObject([{ variacion: '-2' }]);
    expect(await e.existencia(p)).toBe('22.00000');
  });

  it("a code linked later also makes its counter one who counted: the recount is another person's", async () => {
    const p = await conBase('5');
    const conteo = await planea();
    const linea = await e.linea({ conteo, por: e.ana, codigo: 'SIN-FICHA', cantidad: '5', en: hace(20) });
    await decisiones.linkCodigos(db, clock, gerente, {
      conteoId: conteo,
      lineaIds: [linea],
      estado: 'ligada',
      productoId: p,
      factor: null,
      motivo: null,
      aprender: false,
    });
    await expect(recuenta(conteo, p, e.ana.id)).rejects.toMatchObject({ code: 'RECUENTO_MISMA_PERSONA' });
  });

  it('the variance of a recount is against the book, not against the first count (never a false 0)', async () => {
    const p = await conBase('24');
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '20', en: hace(60) });
    await recuenta(conteo, p, e.luis.id);
    await e.linea({ conteo, por: e.luis, producto: p, cantidad: '20', en: hace(5), intento: 2 });
    expect(await revisa(conteo, p)).toMatchObject({
      intento: 2,
      teorico: '24',
      variacion: '-4',
      estado: 'variacion',
    });
  });

  it('lines of the first attempt that arrive after the recount was asked for stay in their attempt', async () => {
    const p = await conBase('24');
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '20', en: hace(60) });
    await Promise.all([
      recuenta(conteo, p, e.luis.id),
      e.linea({ conteo, por: e.ana, producto: p, cantidad: '4', en: hace(59), recibido: new Date() }),
    ]);
    const antes = await revisa(conteo, p);
    expect(antes).toMatchObject({ intento: 1, contado: '24' });
    expect(antes.bloqueos).toMatchObject([{ code: 'APROBACION_RECUENTO' }]);
    await e.linea({ conteo, por: e.luis, producto: p, cantidad: '24', en: hace(5), intento: 2 });
    expect(await revisa(conteo, p)).toMatchObject({ intento: 2, contado: '24', estado: 'cuadra' });
  });
});

describe('tolerances', () => {
  it("a product goes by its class's tolerance; without class, or without a row of it, by the conteo's own", async () => {
    const limites = (unidades: string) => ({ unidades, porcentaje: null, pesos: null });
    const [a, c, sin] = [await conBase('24', 'A'), await conBase('24', 'C'), await conBase('24')];
    const b = await conBase('24', 'B');
    const conteo = await planea({ tolUnidades: '2', tolerancias: { A: limites('0'), C: limites('5') } });
    for (const p of [a, b, c, sin]) {
      await e.linea({ conteo, por: e.ana, producto: p, cantidad: '22', en: hace(20) });
    }
    const dentro = async (p: string) => (await revisa(conteo, p)).dentroTolerancia;
    expect([await dentro(a), await dentro(b), await dentro(c), await dentro(sin)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
    await recuenta(conteo, c, e.luis.id);
    await e.linea({ conteo, por: e.luis, producto: c, cantidad: '27', en: hace(5), intento: 2 });
    expect(await revisa(conteo, c)).toMatchObject({ intentosDifieren: false });
  });

  it('inside the interval there is no ajuste; in class A a movement during the count suggests a recount', async () => {
    const [a, b] = [await conBase('20', 'A'), await conBase('20', 'B')];
    const conteo = await planea();
    for (const p of [a, b]) {
      await e.mueve({ producto: p, tipo: 'venta', cantidad: '3', en: hace(50) });
      await e.linea({ conteo, por: e.ana, producto: p, cantidad: '10', en: hace(60) });
      await e.linea({ conteo, por: e.ana, producto: p, cantidad: '9', en: hace(40) });
    }
    expect(await revisa(conteo, a)).toMatchObject({
      efecto: 'sin_ajuste',
      claseAbc: 'A',
      recuentoSugerido: true,
    });
    expect(await revisa(conteo, b)).toMatchObject({ efecto: 'sin_ajuste', recuentoSugerido: false });
  });
});

describe('conditions, lotes', () => {
  it('sold goods waiting for their customer count for the book only where the shop discharges on delivery', async () => {
    const p = await conBase('10');
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '8', en: hace(20) });
    await e.linea({
      conteo,
      por: e.ana,
      producto: p,
      cantidad: '2',
      en: hace(19),
      condicion: 'por_entregar',
    });
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '7', en: hace(18), condicion: 'ajeno' });
    const porCondicion = { vendible: '8', por_entregar: '2', ajeno: '7' };
    expect(await revisa(conteo, p)).toMatchObject({ contado: '8', variacion: '-2', porCondicion });
    const descarga = (si: boolean) =>
      db.asService((tx) =>
        sql`update inventario.tiendas set descarga_al_entregar = ${si} where id = ${e.tienda.id}`.execute(tx),
      );
    await descarga(true);
    try {
      expect(await revisa(conteo, p)).toMatchObject({ contado: '10', estado: 'cuadra', porCondicion });
    } finally {
      await descarga(false);
    }
  });

  it('lote, caducidad and DOT are shown apart and summed for the variance', async () => {
    const p = await conBase('10');
    const conteo = await planea();
    const en = hace(20);
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '4', en, lote: 'L1', caduca: '2027-01-31' });
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '3', en, lote: 'L1', caduca: '2027-01-31' });
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '3', en });
    const visto = await revisa(conteo, p);
    expect(visto).toMatchObject({ contado: '10', estado: 'cuadra' });
    expect(visto.lotes).toHaveLength(2);
    expect(visto.lotes).toEqual(
      expect.arrayContaining([
        { lote: 'L1', caduca: '2027-01-31', dot: null, unidades: '7' },
        { lote: null, caduca: null, dot: null, unidades: '3' },
      ]),
    );
  });
});

it('traslape and tardia are derived, not stored: no line has a column for them', async () => {
  const { rows } = await sql<{ columna: string }>`
    select column_name as columna from information_schema.columns
     where table_schema = 'inventario' and table_name = 'conteo_lineas'`.execute(db.kysely);
  const columnas = rows.map(({ columna }) => columna);
  expect(columnas).toContain('recibido_en');
  expect(columnas.filter((columna) => /traslap|tard/.test(columna))).toEqual([]);
});
