import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';

/** The procedures as a screen calls them: their roles, and answers that fit the contract. */
const db = await testDb();
const e = await escenaConteo(db);
const server = await testServer({ db });
const gerente = await trpcAs(server, e.gerente);
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);

async function planea(cambios: object = {}): Promise<string> {
  const id = newId();
  await gerente.conteos.crea.mutate({
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
    reparto: 'doble',
    contadores: [e.ana.id, e.luis.id],
    vence: null,
    tolUnidades: null,
    tolPorcentaje: null,
    tolPesos: null,
    ...cambios,
  });
  return id;
}

const historial = async (user: TestUser, cambios: object = {}) =>
  (await trpcAs(server, user)).conteos.historial.query({
    estados: null,
    antesDe: null,
    limite: 200,
    ...cambios,
  });

describe('a whole count through the procedures', () => {
  test('planned, counted by two, linked, decided, recounted, approved; then it is closed for good', async () => {
    const [roto, doble, fuera, ligado] = [
      await e.producto({ costo: '10' }),
      await e.producto({ costo: '10' }),
      await e.producto({ bins: ['A1', 'B1'], costo: '10' }),
      await e.producto({ bins: ['B1'], costo: '10' }),
    ];
    for (const producto of [roto, doble, fuera, ligado]) {
      await e.mueve({ producto, tipo: 'inventario', cantidad: '10', en: hace(600) });
    }
    const asignables = await gerente.conteos.asignables.query({ almacenId: e.tienda.almacenId });
    expect(asignables.map((persona) => persona.id)).toEqual(expect.arrayContaining([e.ana.id, e.luis.id]));

    const conteoId = await planea();
    await e.linea({ conteo: conteoId, por: e.ana, producto: roto, cantidad: '8', en: hace(30) });
    await e.linea({ conteo: conteoId, por: e.ana, producto: doble, cantidad: '10', en: hace(29) });
    await e.linea({ conteo: conteoId, por: e.luis, producto: doble, cantidad: '11', en: hace(28) });
    await e.linea({ conteo: conteoId, por: e.ana, producto: fuera, cantidad: '10', en: hace(27) });
    const lineaId = await e.linea({
      conteo: conteoId,
      por: e.ana,
      codigo: 'QUIEN-SABE',
      cantidad: '10',
      en: hace(26),
    });

    await gerente.conteos.cierraPartes.mutate({ conteoId, motivo: 'se fueron a su casa' });
    const antes = await gerente.conteos.revision.query({ conteoId });
    expect(antes.codigosSinLigar).toHaveLength(1);
    await gerente.conteos.liga.mutate({
      conteoId,
      lineaIds: [lineaId],
      estado: 'ligada',
      productoId: ligado,
      factor: null,
      motivo: null,
      aprender: true,
    });
    for (const productoId of [fuera, ligado]) {
      const vacia = { conteoId, productoId, ubicacionId: e.bins.B1, motivo: 'la vi vacía' };
      await gerente.conteos.declaraVacia.mutate(vacia);
    }
    await gerente.conteos.resuelveTraslape.mutate({
      conteoId,
      productoId: doble,
      decision: 'uno',
      usuarioId: e.ana.id,
    });
    const rosa = await testUser(db, { rol: 'almacenista', tiendas: [e.tienda] });
    await gerente.conteos.pideRecuento.mutate({
      conteoId,
      productoIds: [roto],
      contadores: [rosa.id],
      motivo: 'faltan dos',
    });
    // With it come control products that had no variance: whoever recounts learns nothing from being asked.
    const { rows: pedidos } = await sql<{ producto_id: string }>`
      select producto_id from inventario.conteo_intento_productos
       where conteo_id = ${conteoId} and intento = 2`.execute(db.kysely);
    expect(pedidos.length).toBeGreaterThan(1);
    for (const { producto_id: producto } of pedidos) {
      const cantidad = producto === roto ? '8' : '10';
      await e.linea({ conteo: conteoId, por: rosa, producto, cantidad, en: hace(5), intento: 2 });
    }
    await e.parte(conteoId, rosa, pedidos.length, 2);
    await gerente.conteos.cierraPartes.mutate({ conteoId, motivo: null });

    const revision = await gerente.conteos.revision.query({ conteoId });
    const de = (id: string) => revision.productos.find((producto) => producto.productoId === id)!;
    expect(Number(de(roto).contado)).toBe(8);
    expect(Number(de(doble).contado)).toBe(10);
    expect(Number(de(ligado).contado)).toBe(10);
    const hecho = await gerente.conteos.aprueba.mutate({
      conteoId,
      productoIds: [roto, doble, fuera, ligado],
      motivo: 'así es',
    });
    expect(hecho).toMatchObject({ omitidos: [], conteoCerrado: true });
    expect(hecho.aprobados.filter((aprobado) => aprobado.ajusteId !== null).map((a) => a.productoId)).toEqual(
      [roto],
    );
    expect(await e.existencia(roto)).toBe('8.00000');
    expect(await codeOf(gerente.conteos.cancela.mutate({ conteoId, motivo: 'ya no' }))).toBe(
      'CONTEO_NO_ABIERTO',
    );
  });
});

describe('the list of conteos', () => {
  test('a reviewer reads figures, without what was voided; a counter none', async () => {
    const [contado, anulado, suelto] = [await e.producto(), await e.producto(), await e.producto()];
    const conteo = await planea({ nombre: 'Con cifras' });
    await e.linea({ conteo, por: e.ana, producto: contado, cantidad: '1', en: hace(9) });
    await e.linea({ conteo, por: e.luis, producto: contado, cantidad: '1', en: hace(8) });
    const mal = await e.linea({ conteo, por: e.ana, producto: anulado, cantidad: '1', en: hace(7) });
    await e.linea({ conteo, por: e.ana, cantidad: '0', en: hace(6), tipo: 'anula', anula: mal });
    const linea = await e.linea({ conteo, por: e.ana, codigo: 'SUELTO', cantidad: '1', en: hace(5) });
    const deConteo = async (user: TestUser) => (await historial(user)).find((fila) => fila.id === conteo);
    expect(await deConteo(e.gerente)).toMatchObject({
      nombre: 'Con cifras',
      estado: 'abierto',
      ciego: true,
      contadores: [e.ana.nombre, e.luis.nombre].sort(),
      partes: 0,
      partesTotal: 2,
      productosContados: 1,
      aprobados: 0,
    });
    await gerente.conteos.liga.mutate({
      conteoId: conteo,
      lineaIds: [linea],
      estado: 'ligada',
      productoId: suelto,
      factor: null,
      motivo: null,
      aprender: false,
    });
    expect(await deConteo(e.gerente)).toMatchObject({ productosContados: 2 });
    expect(await deConteo(e.ana)).toMatchObject({ productosContados: null, aprobados: null });
  });

  test('newest first, by state, page by page, and never of another shop', async () => {
    const otra = await testTienda(db);
    const sola = await testUser(db, { rol: 'gerente', tiendas: [otra] });
    expect(await historial(sola)).toEqual([]);
    const ids = [await planea(), await planea(), await planea()];
    for (const [n, id] of ids.entries()) {
      await sql`update inventario.conteos set abierto_en = now() + ${`${n + 1} minutes`}::interval where id = ${id}`.execute(
        db.kysely,
      );
    }
    await gerente.conteos.cancela.mutate({ conteoId: ids[0]!, motivo: 'repetido' });
    const [ultimo] = await historial(e.gerente, { limite: 1 });
    expect(ultimo!.id).toBe(ids[2]);
    const siguientes = await historial(e.gerente, { antesDe: ultimo!.abiertoEn, limite: 2 });
    expect(siguientes.map((fila) => fila.id)).toEqual([ids[1], ids[0]]);
    const cancelados = await historial(e.gerente, { estados: ['cancelado'] });
    expect(cancelados[0]!.id).toBe(ids[0]);
    expect(new Set(cancelados.map((fila) => fila.estado))).toEqual(new Set(['cancelado']));
  });
});

describe('who may call what', () => {
  const llamadasA = (conteoId: string) => ({
    asignables: (c: typeof gerente) => c.conteos.asignables.query({ almacenId: e.tienda.almacenId }),
    revision: (c: typeof gerente) => c.conteos.revision.query({ conteoId }),
    aprueba: (c: typeof gerente) =>
      c.conteos.aprueba.mutate({ conteoId, productoIds: [newId()], motivo: null }),
    cierraPartes: (c: typeof gerente) => c.conteos.cierraPartes.mutate({ conteoId, motivo: null }),
    declaraVacia: (c: typeof gerente) =>
      c.conteos.declaraVacia.mutate({ conteoId, productoId: newId(), ubicacionId: newId(), motivo: 'x' }),
    resuelveTraslape: (c: typeof gerente) =>
      c.conteos.resuelveTraslape.mutate({ conteoId, productoId: newId(), decision: 'suma', usuarioId: null }),
    liga: (c: typeof gerente) =>
      c.conteos.liga.mutate({
        conteoId,
        lineaIds: [newId()],
        estado: 'ajena',
        productoId: null,
        factor: null,
        motivo: null,
        aprender: false,
      }),
    pideRecuento: (c: typeof gerente) =>
      c.conteos.pideRecuento.mutate({
        conteoId,
        productoIds: [newId()],
        contadores: [newId()],
        motivo: null,
      }),
    cancela: (c: typeof gerente) => c.conteos.cancela.mutate({ conteoId, motivo: 'x' }),
  });
  const llamadas = llamadasA(newId());

  test.each(['almacenista', 'chofer', 'comprador'] as const)('%s plans and decides nothing', async (rol) => {
    const cliente = await trpcAs(server, await testUser(db, { rol, tiendas: [e.tienda] }));
    for (const [nombre, llama] of Object.entries(llamadas)) {
      expect([nombre, await codeOf(llama(cliente))]).toEqual([nombre, 'PROHIBIDO']);
    }
  });

  test('an auditor reads the review of a real conteo and decides nothing in it', async () => {
    const cliente = await trpcAs(server, await testUser(db, { rol: 'auditor', tiendas: [e.tienda] }));
    const { revision, ...decisiones } = llamadasA(await e.conteo([e.ana]));
    expect(await revision(cliente)).toMatchObject({ conteo: { proposito: 'conteo' } });
    for (const [nombre, llama] of Object.entries(decisiones)) {
      expect([nombre, await codeOf(llama(cliente))]).toEqual([nombre, 'PROHIBIDO']);
    }
  });

  test('of a conteo or an almacén that is not there, a gerente hears so', async () => {
    for (const [nombre, llama] of Object.entries(llamadas)) {
      if (nombre === 'asignables') continue;
      expect([nombre, await codeOf(llama(gerente))]).toEqual([nombre, 'NO_ENCONTRADO']);
    }
    expect(await codeOf(gerente.conteos.asignables.query({ almacenId: newId() }))).toBe('NO_ENCONTRADO');
  });
});
