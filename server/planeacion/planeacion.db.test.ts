import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { measureAlmacenes } from '#server/estadisticas/mide.ts';
import { fixedClock, newId } from '#server/platform/clock.ts';
import { createLogger } from '#server/platform/logger.ts';
import type { AjustesPlaneacion } from '#shared/contracts/planeacion.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { planDe } from '#tests/db/plan-conteo.ts';
import { testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';
import { createConteosDelDia } from './conteo-del-dia.ts';

/** Eleven in the morning of a Tuesday in Mexico City. */
const reloj = fixedClock(new Date('2026-11-24T17:00:00Z'));
const server = await testServer({ clock: reloj });
const { db } = server;
const e = await escenaConteo(db);
const gerente = await trpcAs(server, e.gerente);
const almacenId = e.tienda.almacenId;
const hace = (dias: number) => new Date(reloj.now().getTime() - dias * 86_400_000);
const logger = createLogger('silent');
const alDia = () => createConteosDelDia({ db, clock: reloj, logger });

const AJUSTES: AjustesPlaneacion = {
  almacenId,
  conteoDelDia: false,
  minutos: 20,
  hora: 8,
  contadores: [],
  dias: { A: 30, B: 90, C: 180 },
  abcPor: 'ventas',
  umbralA: 80,
  umbralB: 95,
};
const p: Record<'caro' | 'lento' | 'vacio' | 'hoy' | 'bajo' | 'abierto', string> = {} as never;

beforeAll(async () => {
  for (const nombre of ['caro', 'lento', 'vacio', 'hoy', 'bajo', 'abierto'] as const) {
    p[nombre] = await e.producto({
      costo: nombre === 'caro' ? '900' : '10',
      bins: nombre === 'caro' ? ['A1', 'B1'] : ['A1'],
    });
    await e.mueve({ producto: p[nombre], tipo: 'inventario', cantidad: '40', en: hace(100) });
    if (nombre !== 'lento')
      await e.mueve({
        producto: p[nombre],
        tipo: 'venta',
        cantidad: nombre === 'vacio' ? '40' : '20',
        en: hace(20),
      });
  }
  await e.mueve({ producto: p.hoy, tipo: 'inventario', cantidad: '20', en: hace(0) });
  await sql`insert into inventario.producto_almacenes (producto_id, almacen_id, minimo) values (${p.bajo}, ${almacenId}, 25)`.execute(
    db.kysely,
  );
  // What sells for most is class A.
  await sql`update inventario.productos set precio = 1500 where id = ${p.caro}`.execute(db.kysely);
  await measureAlmacenes(db, reloj, null);
  await gerente.conteos.crea.mutate(planDe(e, { productoIds: [p.abierto] }));
});

test('a manager gets a proposed list for so many minutes with the reason of each, at the pace of the shop or the usual one', async () => {
  const r = await gerente.planeacion.propone.query({ almacenId, minutos: 20 });
  expect(r).toMatchObject({ lineasPorHora: 60, medido: false, nombre: 'Conteo del 24 nov 2026' });
  expect(r.frase).toMatch(/^En 20 minutos caben \d productos a 60 líneas por hora/);
  const por = new Map(r.renglones.map((f) => [f.productoId, f]));
  expect(por.get(p.caro)).toMatchObject({
    razon: 'periodo',
    porque: 'Clase A: lleva 100 días sin contarse y le toca cada 30.',
  });
  expect(por.get(p.caro)!.ubicaciones).toEqual(['A1', 'B1']);
  expect(por.get(p.bajo)).toMatchObject({ razon: 'por_comprar' });
  expect(por.get(p.vacio)).toMatchObject({ razon: 'vacio', cero: true });
  // Counted today, and being counted elsewhere: not proposed.
  expect([por.has(p.hoy), por.has(p.abierto)]).toEqual([false, false]);
  expect(r.renglones[0]!.puntos).toBeGreaterThan(por.get(p.lento)!.puntos);
  // One zero goes with three that have stock; in a shorter list it has no company.
  const enLista = r.renglones.slice(0, r.caben).map((f) => f.productoId);
  expect(enLista).toContain(p.vacio);
  const corta = await gerente.planeacion.propone.query({ almacenId, minutos: 5 });
  expect(corta.renglones.slice(0, corta.caben).some((f) => f.cero)).toBe(true);
});

test('reasons, scores and settings are never sent to counters: no role of the floor, no other shop, and none in the conteo on the raw bytes', async () => {
  const otro = await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] });
  for (const persona of [
    e.ana,
    await testUser(db, { rol: 'chofer', tiendas: [e.tienda] }),
    await testUser(db, { rol: 'comprador', tiendas: [e.tienda] }),
  ]) {
    const cliente = await trpcAs(server, persona);
    expect(await codeOf(cliente.planeacion.propone.query({ almacenId, minutos: 20 }))).toBe('PROHIBIDO');
    expect(await codeOf(cliente.planeacion.ajustes.query({ almacenId }))).toBe('PROHIBIDO');
    expect(await codeOf(cliente.planeacion.guarda.mutate(AJUSTES))).toBe('PROHIBIDO');
  }
  const ajeno = await trpcAs(server, otro);
  expect(await codeOf(ajeno.planeacion.propone.query({ almacenId, minutos: 20 }))).toBe('NO_ENCONTRADO');
  expect(await codeOf(ajeno.planeacion.guarda.mutate(AJUSTES))).toBe('NO_ENCONTRADO');

  const propuesta = await gerente.planeacion.propone.query({ almacenId, minutos: 20 });
  const productoIds = propuesta.renglones.slice(0, propuesta.caben).map((f) => f.productoId);
  const hecho = await gerente.conteos.crea.mutate(planDe(e, { nombre: propuesta.nombre, productoIds }));
  expect(hecho.productos).toBe(productoIds.length);
  const equipo = { deviceId: newId(), secret: randomBytes(24).toString('hex') };
  const manda = (ruta: string, cuerpo: object) =>
    server.fetch(
      `/api/trpc/${ruta}`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(cuerpo) },
      e.ana,
    );
  await manda('sync.registra', { ...equipo, nombre: 'Moto G', app: '1.2.3' });
  const crudo = await (await manda('sync.pull', { ...equipo, schema: 1, cursors: {}, limit: 5000 })).text();
  expect(crudo).toContain(propuesta.nombre);
  for (const f of propuesta.renglones) expect(crudo).not.toContain(f.porque);
  for (const secreto of [
    'puntos',
    'razon',
    'porque',
    'clase_abc',
    'conteo_del_dia',
    'venta_diaria',
    'minimo',
  ])
    expect([secreto, crudo.includes(`"${secreto}"`)]).toEqual([secreto, false]);
  await gerente.conteos.cancela.mutate({ conteoId: hecho.id, motivo: 'era una prueba' });
});

test('settings per almacén: defaults until somebody changes them, audited, and nonsense is refused', async () => {
  expect(await gerente.planeacion.ajustes.query({ almacenId })).toEqual(AJUSTES);
  expect(await codeOf(gerente.planeacion.guarda.mutate({ ...AJUSTES, umbralA: 95, umbralB: 80 }))).toBe(
    'ENTRADA_INVALIDA',
  );
  expect(await codeOf(gerente.planeacion.guarda.mutate({ ...AJUSTES, dias: { A: 0, B: 90, C: 180 } }))).toBe(
    'ENTRADA_INVALIDA',
  );
  const otros = { ...AJUSTES, dias: { A: 200, B: 300, C: 400 } };
  await gerente.planeacion.guarda.mutate(otros);
  expect(await gerente.planeacion.ajustes.query({ almacenId })).toEqual(otros);
  const r = await gerente.planeacion.propone.query({ almacenId, minutos: 20 });
  expect(r.vencidos).toBe(0);
  expect(r.renglones.some((f) => f.razon === 'periodo')).toBe(false);
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::integer as n from inventario.auditoria where accion = 'planeacion.guardada'`.execute(
    db.kysely,
  );
  expect(rows[0]!.n).toBe(1);
});

test('the count of the day is off by default; turned on it is made once in the morning, blind, for the almacenistas, in the name of who did', async () => {
  await gerente.planeacion.guarda.mutate(AJUSTES);
  reloj.advance(-3 * 3_600_000); // eight in the morning
  expect(await alDia()).toEqual([]);
  await gerente.planeacion.guarda.mutate({ ...AJUSTES, conteoDelDia: true, hora: 9 });
  expect(await alDia()).toEqual([]);
  await gerente.planeacion.guarda.mutate({ ...AJUSTES, conteoDelDia: true });
  const [id] = await alDia();
  expect(await alDia()).toEqual([]);
  const { rows } = await sql<{
    nombre: string;
    ciego: boolean;
    creado_por: string;
    alcance: string;
    productos: number;
    gente: string[];
  }>`
    select nombre, ciego, creado_por, alcance, (select count(*)::integer from inventario.conteo_productos x where x.conteo_id = k.id) as productos,
           (select array_agg(usuario_id::text order by usuario_id) from inventario.conteo_contadores x where x.conteo_id = k.id) as gente
      from inventario.conteos k where id = ${id}`.execute(db.kysely);
  expect(rows).toMatchObject([
    {
      nombre: 'Conteo del 24 nov 2026',
      ciego: true,
      creado_por: e.gerente.id,
      alcance: 'lista',
      gente: [e.ana.id, e.luis.id].sort(),
    },
  ]);
  expect(rows[0]!.productos).toBeGreaterThan(0);
  // In the afternoon of the next day it is no count of the morning any more.
  reloj.advance(33 * 3_600_000);
  expect(await alDia()).toEqual([]);
});
