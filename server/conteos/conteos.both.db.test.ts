import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { approveProductos } from './aprueba.ts';
import { createConteo } from './crea.ts';
import * as decisiones from './decisiones.ts';
import { reviewConteo } from './revision.ts';

const db = await testDb();
const e = await escenaConteo(db);
const clock = systemClock;
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);
const gerente = e.quien(e.gerente);

async function planea(cambios: Partial<CreaConteo> = {}): Promise<string> {
  const id = newId();
  await createConteo(db, clock, gerente, {
    id,
    nombre: 'Zona A',
    almacenId: e.tienda.almacenId,
    alcance: 'ubicaciones',
    zonas: ['A'],
    ubicacionIds: [],
    categoriaId: null,
    claseAbc: null,
    productoIds: [],
    ciego: true,
    reparto: 'repartido',
    contadores: [e.ana.id, e.luis.id],
    vence: null,
    tolUnidades: null,
    tolPorcentaje: null,
    tolPesos: null,
    ...cambios,
  });
  return id;
}

const revisa = async (conteo: string, producto: string) =>
  (await reviewConteo(db, gerente, conteo)).productos.find((p) => p.productoId === producto)!;

const aprueba = (conteo: string, productos: string[], motivo: string | null = 'prueba', quien = gerente) =>
  approveProductos(db, clock, quien, { conteoId: conteo, productoIds: productos, motivo });

describe('planning', () => {
  it('freezes the products of the zone, whatever their stock, and gives a folio; twice is once', async () => {
    const enA = await e.producto({ bins: ['A2'] });
    const enB = await e.producto({ bins: ['B1'] });
    const id = await planea();
    const { sinContar, conteo } = await reviewConteo(db, gerente, id);
    expect(sinContar.map((p) => p.productoId)).toContain(enA);
    expect(sinContar.map((p) => p.productoId)).not.toContain(enB);
    expect(conteo.folio).toMatch(new RegExp(`^${e.tienda.codigo}-\\d{4}-\\d{4}$`));
    await planea({ id });
    const { rows } = await sql`select 1 from inventario.conteos where id = ${id}`.execute(db.kysely);
    expect(rows).toHaveLength(1);
  });

  it('refuses a stock-seeing role in a blind conteo', async () => {
    await expect(planea({ contadores: [e.gerente.id] })).rejects.toMatchObject({
      code: 'CONTADOR_VE_EXISTENCIAS',
    });
    await expect(planea({ contadores: [e.gerente.id], ciego: false })).resolves.toBeTypeOf('string');
  });

  it("refuses another shop's almacén and another shop's people", async () => {
    const otra = await testTienda(db);
    const ajeno = await testUser(db, { rol: 'almacenista', tiendas: [otra] });
    await expect(planea({ almacenId: otra.almacenId })).rejects.toMatchObject({ code: 'NO_ENCONTRADO' });
    await expect(planea({ contadores: [ajeno.id] })).rejects.toMatchObject({ code: 'CONTADOR_NO_ASIGNABLE' });
  });

  it('refuses a scope with nothing in it', async () => {
    await expect(planea({ zonas: ['Z'] })).rejects.toMatchObject({ code: 'ALCANCE_VACIO' });
  });
});

describe('expected stock at the instant of the scan', () => {
  it('a sale before the scan that is known only later leaves no variance', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '40', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '38', en: hace(60) });
    expect(await revisa(conteo, p)).toMatchObject({ estado: 'variacion', variacion: '-2' });
    await e.mueve({ producto: p, tipo: 'venta', cantidad: '2', en: hace(90), registrada: new Date() });
    expect(await revisa(conteo, p)).toMatchObject({ estado: 'cuadra', teorico: '38', variacion: '0' });
  });

  it('a movement inside the window widens the interval; inside it there is no ajuste', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '20', en: hace(600) });
    await e.mueve({ producto: p, tipo: 'venta', cantidad: '3', en: hace(50) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '10', en: hace(60) });
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '9', en: hace(40) });
    const visto = await revisa(conteo, p);
    expect(visto).toMatchObject({ estado: 'movimiento_durante', lo: '17', hi: '20', efecto: 'sin_ajuste' });
    expect(visto.movimientos).toHaveLength(1);
    const hecho = await aprueba(conteo, [p]);
    expect(hecho.aprobados).toMatchObject([{ ajusteId: null }]);
    expect(await e.ajustes(conteo)).toEqual([]);
  });

  it('a difference of more than 2 minutes of the clock is flagged to the reviewer', async () => {
    const [p, q] = [await e.producto(), await e.producto()];
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '1', en: hace(30), relojDudoso: true });
    await e.linea({ conteo, por: e.ana, producto: q, cantidad: '1', en: hace(30) });
    expect(await revisa(conteo, p)).toMatchObject({ relojDudoso: true });
    expect(await revisa(conteo, q)).toMatchObject({ relojDudoso: false });
  });

  it('cartons count their factor, voids take out, a cero is a real count', async () => {
    const [p, q] = [await e.producto(), await e.producto()];
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '26', en: hace(600) });
    await e.mueve({ producto: q, tipo: 'inventario', cantidad: '4', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '2', factor: '12', en: hace(30) });
    const mala = await e.linea({ conteo, por: e.luis, producto: p, cantidad: '5', en: hace(29) });
    await e.linea({ conteo, por: e.luis, cantidad: '0', tipo: 'anula', anula: mala, en: hace(28) });
    await e.linea({ conteo, por: e.luis, producto: q, cantidad: '0', tipo: 'cero', en: hace(28) });
    expect(await revisa(conteo, p)).toMatchObject({ contado: '24', variacion: '-2' });
    expect(await revisa(conteo, q)).toMatchObject({ contado: '0', variacion: '-4' });
  });
});

describe('approval', () => {
  it('posts one ajuste per variance at the instant and frozen cost, and nothing the second time', async () => {
    const p = await e.producto({ costo: '99' });
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '10', en: hace(900) });
    await e.mueve({ producto: p, tipo: 'compra', cantidad: '10', en: hace(800), costo: '12.5' });
    const conteo = await planea();
    const t = hace(30);
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '17', en: t });
    await e.parte(conteo, e.ana, 1);
    await decisiones.closePartes(db, clock, gerente, { conteoId: conteo, motivo: null });
    await e.mueve({ producto: p, tipo: 'venta', cantidad: '1', en: hace(10) });

    const primero = await aprueba(conteo, [p]);
    expect(primero).toMatchObject({ aprobados: [{ variacion: '-3', yaEstaba: false }], conteoCerrado: true });
    const ajustes = await e.ajustes(conteo);
    expect(ajustes).toMatchObject([
      {
        tipo: 'ajuste',
        cantidad: '-3.00000',
        costo_unitario: '12.500000',
        costo_fuente: 'promedio',
        ocurrida_en: t,
      },
    ]);
    expect(Number(await e.existencia(p))).toBe(16);

    const segundo = await aprueba(conteo, [p]);
    expect(segundo.aprobados).toMatchObject([{ ajusteId: ajustes[0]!.id, yaEstaba: true }]);
    expect(await e.ajustes(conteo)).toHaveLength(1);
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from inventario.auditoria
       where entidad_id = ${conteo} and accion = 'conteo.aprobado'`.execute(db.kysely);
    expect(rows[0]!.n).toBe(1);
  });

  it('two tabs at once post once', async () => {
    const productos = await Promise.all(Array.from({ length: 5 }, () => e.producto()));
    const conteo = await planea();
    for (const p of productos) {
      await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
      await e.linea({ conteo, por: e.ana, producto: p, cantidad: '7', en: hace(20) });
    }
    const respuestas = await Promise.all([1, 2, 3].map(() => aprueba(conteo, productos)));
    expect(respuestas.flatMap((r) => r.aprobados).filter((a) => !a.yaEstaba)).toHaveLength(5);
    expect(await e.ajustes(conteo)).toHaveLength(5);
    for (const p of productos) expect(Number(await e.existencia(p))).toBe(7);
  });

  it('no base: approving sets one and never pretends that the stock was 0', async () => {
    const p = await e.producto();
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '6', en: hace(20) });
    expect(await revisa(conteo, p)).toMatchObject({
      estado: 'sin_base',
      teorico: null,
      variacion: null,
      efecto: 'base',
    });
    await aprueba(conteo, [p]);
    expect(await e.ajustes(conteo)).toMatchObject([{ tipo: 'inventario', cantidad: '6.00000' }]);
    expect(Number(await e.existencia(p))).toBe(6);
  });

  it('nobody approves a product where they counted any line', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
    const conteo = await planea({ ciego: false, contadores: [e.ana.id, e.gerente.id] });
    await e.linea({ conteo, por: e.gerente, producto: p, cantidad: '1', en: hace(20) });
    expect((await aprueba(conteo, [p])).omitidos).toMatchObject([{ code: 'APROBACION_CONTASTE' }]);
  });

  it('nobody approves a product whose past they edited while the conteo was open', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '1', en: hace(20) });
    await e.mueve({
      producto: p,
      tipo: 'venta',
      cantidad: '4',
      en: hace(40),
      registrada: new Date(Date.now() + 1000),
      origen: 'manual',
      por: e.gerente.id,
    });
    expect((await aprueba(conteo, [p])).omitidos).toMatchObject([{ code: 'APROBACION_MOVISTE' }]);
  });

  it('above the limit in pesos it takes an admin', async () => {
    const p = await e.producto({ costo: '1000' });
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '50', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '20', en: hace(20) });
    const conLimite = e.quien(e.gerente, '20000.00');
    expect((await aprueba(conteo, [p], 'x', conLimite)).omitidos).toMatchObject([
      { code: 'APROBACION_LIMITE' },
    ]);
    const admin = e.quien(await testUser(db, { rol: 'admin' }));
    expect((await aprueba(conteo, [p], 'x', admin)).aprobados).toHaveLength(1);
  });

  it('a known bin outside the scope leaves the product incomplete until a manager says that it is empty', async () => {
    const p = await e.producto({ bins: ['A1', 'B1'] });
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '4', en: hace(20) });
    expect((await aprueba(conteo, [p])).omitidos).toMatchObject([{ code: 'APROBACION_INCOMPLETO' }]);
    expect((await revisa(conteo, p)).ubicacionesFaltantes).toMatchObject([{ codigo: 'B1' }]);
    await decisiones.declareVacia(db, clock, gerente, {
      conteoId: conteo,
      productoId: p,
      ubicacionId: e.bins.B1,
      motivo: 'la vi vacía',
    });
    expect((await aprueba(conteo, [p])).aprobados).toMatchObject([{ variacion: '-1' }]);
  });

  it('parts not sent ask for a reason, and the reason is logged', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '4', en: hace(20) });
    await expect(aprueba(conteo, [p], null)).rejects.toMatchObject({ code: 'MOTIVO_REQUERIDO' });
    expect(await e.ajustes(conteo)).toEqual([]);
    await aprueba(conteo, [p], 'el teléfono de Luis se quedó sin pila');
    const { rows } = await sql<{ datos: { motivo: string } }>`
      select datos from inventario.auditoria
       where entidad_id = ${conteo} and accion = 'conteo.aprobado'`.execute(db.kysely);
    expect(rows[0]!.datos.motivo).toContain('Luis');
  });

  it('a product adjusted by a later conteo cannot be adjusted by this one any more', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
    const [viejo, nuevo] = [await planea(), await planea()];
    await e.linea({ conteo: viejo, por: e.ana, producto: p, cantidad: '4', en: hace(50) });
    await e.linea({ conteo: nuevo, por: e.luis, producto: p, cantidad: '3', en: hace(20) });
    await aprueba(nuevo, [p]);
    expect((await aprueba(viejo, [p])).omitidos).toMatchObject([{ code: 'APROBACION_CONTEO_POSTERIOR' }]);
    expect(Number(await e.existencia(p))).toBe(3);
  });

  it('a figure that changed since it was shown is not approved unseen', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '4', en: hace(20) });
    const visto = await revisa(conteo, p);
    await e.linea({ conteo, por: e.luis, producto: p, cantidad: '1', en: hace(19) });
    const respuesta = await approveProductos(db, clock, gerente, {
      conteoId: conteo,
      productoIds: [p],
      motivo: 'x',
      vistos: { [p]: { contado: visto.contado, variacion: visto.variacion } },
    });
    expect(respuesta.omitidos).toMatchObject([{ code: 'CAMBIO_MIENTRAS_REVISABAS' }]);
  });

  it('lines after the approval are late: shown, never summed into the result', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '4', en: hace(20) });
    await aprueba(conteo, [p]);
    await e.linea({
      conteo,
      por: e.luis,
      producto: p,
      cantidad: '9',
      en: hace(20),
      recibido: new Date(Date.now() + 1000),
    });
    const revision = await reviewConteo(db, gerente, conteo);
    expect(revision.tardias).toBe(1);
    expect(revision.productos.find((x) => x.productoId === p)).toMatchObject({
      contado: '4.00000',
      variacion: '-1.00000',
    });
    await aprueba(conteo, [p]);
    expect(Number(await e.existencia(p))).toBe(4);
  });
});

describe('decisions', () => {
  it('an unknown code holds back the approval until it is linked, and can be learned', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '15', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '3', en: hace(20) });
    const linea = await e.linea({ conteo, por: e.ana, codigo: 'XK-991', cantidad: '1', en: hace(19) });
    expect((await aprueba(conteo, [p])).omitidos).toMatchObject([{ code: 'APROBACION_SIN_LIGAR' }]);
    const ligar = { conteoId: conteo, lineaIds: [linea], productoId: p, factor: '12', motivo: null };
    await decisiones.linkCodigos(db, clock, gerente, { ...ligar, estado: 'ligada', aprender: true });
    expect(await revisa(conteo, p)).toMatchObject({ contado: '15', estado: 'cuadra' });
    const { rows } = await sql`
      select factor from inventario.codigos_barras where codigo = 'XK-991' and producto_id = ${p}`.execute(
      db.kysely,
    );
    expect(rows).toMatchObject([{ factor: '12.00000' }]);
    await aprueba(conteo, [p]);
    await expect(
      decisiones.linkCodigos(db, clock, gerente, { ...ligar, estado: 'ajena', aprender: false }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/CONTEO_(YA_APROBADO|NO_ABIERTO)/) });
  });

  it('two different totals of one bin wait for a decision when they check each other', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '24', en: hace(600) });
    const conteo = await planea({ reparto: 'doble' });
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '24', en: hace(20) });
    await e.linea({ conteo, por: e.luis, producto: p, cantidad: '23', en: hace(19) });
    expect((await aprueba(conteo, [p])).omitidos).toMatchObject([{ code: 'APROBACION_TRASLAPE' }]);
    await decisiones.resolveTraslape(db, clock, gerente, {
      conteoId: conteo,
      productoId: p,
      decision: 'uno',
      usuarioId: e.ana.id,
    });
    expect(await revisa(conteo, p)).toMatchObject({ contado: '24', estado: 'cuadra' });
  });

  it('a recount is done by another person and its result stands', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '24', en: hace(600) });
    const conteo = await planea({ contadores: [e.ana.id] });
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '20', en: hace(20) });
    const pide = (contadores: string[]) =>
      decisiones.requestRecuento(db, clock, gerente, {
        conteoId: conteo,
        productoIds: [p],
        contadores,
        motivo: null,
      });
    await expect(pide([e.ana.id])).rejects.toMatchObject({ code: 'RECUENTO_MISMA_PERSONA' });
    const control = await e.producto();
    await e.mueve({ producto: control, tipo: 'inventario', cantidad: '3', en: hace(600) });
    await e.linea({ conteo, por: e.ana, producto: control, cantidad: '3', en: hace(20) });
    expect(await pide([e.luis.id])).toEqual({ intento: 2 });
    const { rows: lista } = await sql<{ producto_id: string }>`
      select producto_id from inventario.conteo_intento_productos where conteo_id = ${conteo}`.execute(
      db.kysely,
    );
    expect(new Set(lista.map((row) => row.producto_id))).toEqual(new Set([p, control]));
    expect((await aprueba(conteo, [p])).omitidos).toMatchObject([{ code: 'APROBACION_RECUENTO' }]);
    await e.linea({ conteo, por: e.luis, producto: p, cantidad: '24', en: hace(5), intento: 2 });
    expect(await revisa(conteo, p)).toMatchObject({ intento: 2, contado: '24', estado: 'cuadra' });
    const { partes } = await reviewConteo(db, gerente, conteo);
    expect(partes.filter((x) => x.terminadaEn === null).map((x) => [x.usuarioId, x.intento])).toEqual([
      [e.ana.id, 1],
      [e.luis.id, 2],
    ]);
  });

  it('cancelling keeps the lines and stops approvals', async () => {
    const p = await e.producto();
    await e.mueve({ producto: p, tipo: 'inventario', cantidad: '5', en: hace(600) });
    const conteo = await planea();
    await e.linea({ conteo, por: e.ana, producto: p, cantidad: '4', en: hace(20) });
    await decisiones.cancelConteo(db, clock, gerente, { conteoId: conteo, motivo: 'zona equivocada' });
    expect((await aprueba(conteo, [p])).omitidos).toMatchObject([{ code: 'APROBACION_CANCELADO' }]);
    const { rows } = await sql`select 1 from inventario.conteo_lineas where conteo_id = ${conteo}`.execute(
      db.kysely,
    );
    expect(rows).toHaveLength(1);
  });

  it("another shop's gerente sees and decides nothing; a counter never reviews", async () => {
    const conteo = await planea();
    const otra = await testTienda(db);
    const ajeno = e.quien(await testUser(db, { rol: 'gerente', tiendas: [otra] }));
    await expect(reviewConteo(db, ajeno, conteo)).rejects.toMatchObject({ code: 'NO_ENCONTRADO' });
    await expect(reviewConteo(db, e.quien(e.ana), conteo)).rejects.toMatchObject({ code: 'PROHIBIDO' });
    await expect(
      decisiones.cancelConteo(db, clock, ajeno, { conteoId: conteo, motivo: 'x' }),
    ).rejects.toMatchObject({ code: 'NO_ENCONTRADO' });
  });
});
