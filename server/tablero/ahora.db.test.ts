import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { approveProductos } from '#server/conteos/aprueba.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Ahora } from '#shared/contracts/tablero.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { countFirmas, listMinimos, lookAhora, reviewBreves } from './ahora.ts';

const db = await testDb();
const e = await escenaConteo(db);
const otra = await escenaConteo(db);
const server = await testServer({ db });
const DIA = 86_400_000;
const hace = (dias: number) => new Date(Date.now() - dias * DIA);
const [admin, comprador, auditor, chofer, gerenteOtra] = [
  await testUser(db, { rol: 'admin' }),
  await testUser(db, { rol: 'comprador', tiendas: [e.tienda] }),
  await testUser(db, { rol: 'auditor', tiendas: [e.tienda, otra.tienda] }),
  await testUser(db, { rol: 'chofer', tiendas: [e.tienda] }),
  otra.gerente,
];
const mira = (quien: TestUser): Promise<Ahora> =>
  lookAhora({ db, clock: systemClock, quien: e.quien(quien), claims: quien.claims });
const filas = async <T>(texto: ReturnType<typeof sql>): Promise<T[]> =>
  (await texto.execute(db.kysely)).rows as T[];

const ids = { revision: '', atrasado: '', tardio: '', ajena: '', pedida: '', minimo: '' };

async function aRevision(escena: typeof e, contado: string): Promise<string> {
  const producto = await escena.producto({ costo: '10' });
  await escena.mueve({ producto, tipo: 'inventario', cantidad: '100', en: hace(3) });
  const conteo = await escena.conteo([escena.ana]);
  await escena.linea({ conteo, por: escena.ana, producto, cantidad: contado, en: hace(1) });
  await escena.parte(conteo, escena.ana, 1);
  await sql`update inventario.conteos set estado = 'en_revision', en_revision_en = ${hace(1)}, tol_pesos = 50
             where id = ${conteo}`.execute(db.kysely);
  return conteo;
}

async function equipo(de: TestUser, pendientes: number, visto: Date, baja = false): Promise<string> {
  const id = newId();
  await sql`insert into sync.device (id, secret_hash, pending_reported, oldest_pending_at, usuario_id, last_seen, revoked_at)
            values (${id}, 'x', ${pendientes}, ${pendientes > 0 ? visto : null}, ${de.id}, ${visto}, ${baja ? visto : null})`.execute(
    db.kysely,
  );
  return id;
}

async function rechazo(deviceId: string, de: TestUser, result: string, state = 'abierta'): Promise<void> {
  await sql`insert into sync.rejection (id, device_id, mid, usuario_id, name, args, code, message, result, state, at)
            values (${newId()}, ${deviceId}, ${Math.trunc(performance.now() * 1000)}, ${de.id}, 'conteo.linea/1', '{}', 'X', 'x',
                    ${result}, ${state}, ${hace(2)})`.execute(db.kysely);
}

async function conMinimo(existencia: string, minimo: string, maximo: string | null = null): Promise<string> {
  const producto = await e.producto();
  await e.mueve({ producto, tipo: 'inventario', cantidad: existencia, en: hace(9) });
  await sql`insert into inventario.producto_almacenes (producto_id, almacen_id, minimo, maximo)
            values (${producto}, ${e.tienda.almacenId}, ${minimo}, ${maximo})`.execute(db.kysely);
  return producto;
}

beforeAll(async () => {
  ids.revision = await aRevision(e, '93');
  await aRevision(e, '100');
  ids.ajena = await aRevision(otra, '90');
  ids.pedida = await aRevision(otra, '80');
  await sql`insert into inventario.conteo_firmantes (conteo_id, usuario_id, pedido_por)
            values (${ids.pedida}, ${e.gerente.id}, ${otra.gerente.id})`.execute(db.kysely);
  ids.atrasado = await e.conteo([e.ana]);
  const aTiempo = await e.conteo([e.ana]);
  await sql`update inventario.conteos set vence = ${hace(1)} where id = ${ids.atrasado}`.execute(db.kysely);
  await sql`update inventario.conteos set vence = ${hace(-1)} where id = ${aTiempo}`.execute(db.kysely);

  const producto = await e.producto({ costo: '10' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '5', en: hace(3) });
  ids.tardio = await e.conteo([e.ana]);
  await e.linea({ conteo: ids.tardio, por: e.ana, producto, cantidad: '4', en: hace(0.1) });
  await e.parte(ids.tardio, e.ana, 1);
  await approveProductos(db, systemClock, e.quien(e.gerente), {
    conteoId: ids.tardio,
    productoIds: [producto],
    motivo: 'revisado',
  } as never);
  await sql`update inventario.conteos set estado = 'cerrado', cerrado_en = now() where id = ${ids.tardio}`.execute(
    db.kysely,
  );
  for (const tarde of ['1', '2'])
    await e.linea({
      conteo: ids.tardio,
      por: e.ana,
      producto,
      cantidad: tarde,
      en: hace(0.1),
      recibido: hace(-0.001),
    });

  await sql`insert into inventario.ajustes_propuestos (id, producto_id, almacen_id, cantidad, motivo, ocurrida_en, propuesto_por)
            values (${newId()}, ${producto}, ${e.tienda.almacenId}, -3, 'se rompió', ${hace(1)}, ${e.gerente.id})`.execute(
    db.kysely,
  );
  const deAna = await equipo(e.ana, 12, hace(2));
  await equipo(e.luis, 0, hace(10));
  await equipo(e.luis, 4, hace(30), true);
  const deOtra = await equipo(otra.ana, 5, hace(1));
  await rechazo(deAna, e.ana, 'rejected');
  await rechazo(deAna, e.ana, 'quarantined');
  await rechazo(deAna, e.ana, 'rejected', 'descartada');
  await rechazo(deOtra, otra.ana, 'en_espera');

  for (const escena of [e, otra]) {
    const negativo = await escena.producto();
    await escena.mueve({ producto: negativo, tipo: 'inventario', cantidad: '1', en: hace(9) });
    await escena.mueve({ producto: negativo, tipo: 'venta', cantidad: '3', en: hace(8) });
  }
  await e.mueve({ producto: await e.producto(), tipo: 'compra', cantidad: '3', en: hace(8) });
  ids.minimo = await conMinimo('2', '10', '24.5');
  await conMinimo('0', '4');
  await conMinimo('10', '10');
  for (const [archivo, status, dias, tienda] of [
    ['ventas.xlsx', 'failed', 3, e.tienda.id],
    ['ventas.xlsx', 'completed', 2, e.tienda.id],
    ['rota.xlsx', 'failed', 1, e.tienda.id],
    ['vieja.xlsx', 'failed', 40, e.tienda.id],
    ['lista.xlsx', 'ready', 1, e.tienda.id],
    ['ajena.xlsx', 'failed', 1, otra.tienda.id],
  ] as const)
    await sql`insert into inventario.uploads (id, filename, file_type, status, tienda_id, user_id, created_at)
              values (${newId()}, ${archivo}, 'ventas', ${status}, ${tienda}, ${admin.id}, ${hace(dias)})`.execute(
      db.kysely,
    );
  await sql`update inventario.tiendas set cerrado_hasta = ${hace(80)} where id = ${e.tienda.id}`.execute(
    db.kysely,
  );
});

describe('what needs me now', () => {
  test('counts to review, overdue counts and late lines of my shops, and the one whose signature was asked of me', async () => {
    const { conteos } = await mira(e.gerente);
    expect(conteos?.enRevisionTotal).toBe(3);
    expect(conteos?.enRevision.map(({ id, pedida }) => [id, pedida])).toEqual(
      expect.arrayContaining([
        [ids.revision, false],
        [ids.pedida, true],
      ]),
    );
    expect(conteos?.enRevision.map(({ id }) => id)).not.toContain(ids.ajena);
    expect(conteos?.enRevision.find(({ pedida }) => pedida)?.lugar).toBe(`Almacén ${otra.tienda.codigo}`);
    expect(conteos?.atrasados.map(({ id }) => id)).toEqual([ids.atrasado]);
    expect(conteos?.tardios.map(({ id, lineas }) => [id, lineas])).toEqual([[ids.tardio, 2]]);
    const deOtra = (await mira(gerenteOtra)).conteos;
    expect(deOtra?.enRevision.map(({ id }) => id).sort()).toEqual([ids.ajena, ids.pedida].sort());
    expect((await mira(admin)).conteos?.enRevisionTotal).toBe(4);
    expect((await mira(auditor)).conteos?.enRevisionTotal).toBe(4);
  });

  test('late lines that got their complementary conteo wait no more', async () => {
    const complemento = await e.conteo([e.ana]);
    await sql`update inventario.conteos set complementa_a = ${ids.tardio}, abierto_en = ${hace(-0.01)}
               where id = ${complemento}`.execute(db.kysely);
    expect((await mira(e.gerente)).conteos?.tardios).toEqual([]);
    await sql`update inventario.conteos set estado = 'cancelado', cancelado_en = now() where id = ${complemento}`.execute(
      db.kysely,
    );
    expect((await mira(e.gerente)).conteos?.tardios).toHaveLength(1);
  });

  test('over tolerance in pesos, by the review’s own reckoning', async () => {
    expect(await reviewBreves(db, e.quien(e.gerente), [ids.revision, ids.ajena])).toEqual([
      { id: ids.revision, porDecidir: 1, fuera: 1, pesosFuera: '70.00', sinLigar: 0, tardias: 0 },
    ]);
  });

  test('signatures: how many, for how many pesos, and which of them are mine to give', async () => {
    expect(await countFirmas(db, e.quien(e.gerente))).toEqual({
      total: 1,
      mias: 0,
      pesos: '30.00',
      sinCosto: 0,
      manuales: 1,
    });
    expect(await countFirmas(db, e.quien(admin))).toMatchObject({ total: 1, mias: 1 });
    expect(await countFirmas(db, e.quien(auditor))).toMatchObject({ total: 1, mias: 0 });
    expect((await countFirmas(db, e.quien(gerenteOtra))).total).toBe(0);
  });

  test('devices with unsent lines or not seen for days equal a plain sum over the rows', async () => {
    const todos = await filas<{ pending_reported: number; last_seen: Date; usuario_id: string }>(
      sql`select * from sync.device where revoked_at is null`,
    );
    const esperado = (deQuien: readonly string[] | null) => {
      const suyos = todos.filter((d) => deQuien === null || deQuien.includes(d.usuario_id));
      const deben = suyos.filter((d) => d.pending_reported > 0);
      return {
        conPendientes: deben.length,
        pendientes: deben.reduce((n, d) => n + d.pending_reported, 0),
        masViejo: new Date(Math.min(...deben.map((d) => d.last_seen.getTime()))).toISOString(),
        callados: suyos.filter((d) => Date.now() - d.last_seen.getTime() >= 7 * DIA).length,
      };
    };
    expect((await mira(admin)).equipos).toEqual(esperado(null));
    expect((await mira(e.gerente)).equipos).toEqual(esperado([e.ana.id, e.luis.id]));
    expect((await mira(e.gerente)).equipos).toMatchObject({ conPendientes: 1, pendientes: 12, callados: 1 });
  });

  test('rejected and quarantined lines that are open', async () => {
    const viejo = hace(2).toISOString().slice(0, 16);
    expect((await mira(e.gerente)).rechazos).toMatchObject({ rechazados: 1, cuarentena: 1, enEspera: 0 });
    expect((await mira(admin)).rechazos).toMatchObject({ rechazados: 1, cuarentena: 1, enEspera: 1 });
    expect((await mira(e.gerente)).rechazos?.masViejo?.slice(0, 16)).toBe(viejo);
    expect((await mira(gerenteOtra)).rechazos).toMatchObject({ rechazados: 0, cuarentena: 0, enEspera: 1 });
  });

  test('negative stock, what has no first stock, products below minimum equal a plain count over the rows', async () => {
    const existencias = await filas<{
      producto_id: string;
      almacen_id: string;
      cantidad: string | null;
      tiene_base: boolean;
    }>(sql`select * from inventario.existencias`);
    const minimos = await filas<{ producto_id: string; minimo: string }>(
      sql`select * from inventario.producto_almacenes`,
    );
    const esperado = (almacenes: readonly string[]) => {
      const suyas = existencias.filter((x) => almacenes.includes(x.almacen_id));
      const debajo = suyas.filter((x) => {
        const minimo = minimos.find((m) => m.producto_id === x.producto_id)?.minimo;
        return minimo !== undefined && Number(x.cantidad) < Number(minimo);
      });
      return {
        existencias: {
          negativas: suyas.filter((x) => Number(x.cantidad) < 0).length,
          sinBase: suyas.filter((x) => !x.tiene_base && Number(x.cantidad) !== 0).length,
        },
        minimos: {
          debajo: debajo.length,
          agotados: debajo.filter((x) => Number(x.cantidad) <= 0).length,
          con: suyas.filter((x) => minimos.some((m) => m.producto_id === x.producto_id)).length,
        },
      };
    };
    const ambos = [e.tienda.almacenId, otra.tienda.almacenId];
    for (const [quien, almacenes] of [
      [admin, ambos],
      [auditor, ambos],
      [e.gerente, [e.tienda.almacenId]],
      [comprador, [e.tienda.almacenId]],
      [gerenteOtra, [otra.tienda.almacenId]],
    ] as const) {
      expect(await mira(quien)).toMatchObject(esperado(almacenes));
    }
    expect((await mira(comprador)).minimos).toEqual({ debajo: 2, agotados: 1, con: 3 });
    expect((await mira(comprador)).existencias).toEqual({ negativas: 1, sinBase: 1 });
    expect(await listMinimos(db, comprador.claims, { tiendaId: e.tienda.id, limite: 10 })).toMatchObject([
      { existencia: '0.00000', minimo: '4.00000', falta: '4' },
      { productoId: ids.minimo, existencia: '2.00000', falta: '22.5' },
    ]);
    expect(await listMinimos(db, gerenteOtra.claims, { tiendaId: e.tienda.id, limite: 10 })).toEqual([]);
  });

  test('failed imports that nobody tried again, and those that wait to be applied', async () => {
    const { importaciones } = await mira(e.gerente);
    expect(importaciones?.fallidas.map(({ archivo }) => archivo)).toEqual(['rota.xlsx']);
    expect(importaciones?.porAplicar).toBe(1);
    expect((await mira(admin)).importaciones?.fallidas.map(({ archivo }) => archivo).sort()).toEqual([
      'ajena.xlsx',
      'rota.xlsx',
    ]);
  });

  test('periods to close: of shops that close theirs, for who closes', async () => {
    const { periodos } = await mira(admin);
    expect(periodos?.map(({ tiendaId }) => tiendaId)).toEqual([e.tienda.id]);
    expect(periodos?.[0]?.mes).toMatch(/^\d{4}-\d{2}$/);
    expect((await mira(e.gerente)).periodos).toBeNull();
  });
});

describe('what a role may not see never reaches its phone', () => {
  const pide = async (quien: TestUser, ruta: string) => {
    const response = await server.fetch(`/api/trpc/${ruta}`, {}, quien);
    return { status: response.status, texto: await response.text() };
  };
  const revisiones = `tablero.revisiones?input=${encodeURIComponent(JSON.stringify({ ids: ['019a0000-0000-7000-8000-000000000001'] }))}`;
  const minimos = `tablero.minimos?input=${encodeURIComponent(JSON.stringify({ tiendaId: null, limite: 10 }))}`;

  test('counters and drivers get nothing of it: no expected stock, no costs, no counts of them', async () => {
    for (const quien of [e.ana, chofer]) {
      for (const ruta of ['tablero.ahora', 'tablero.firmas', revisiones, minimos]) {
        const { status, texto } = await pide(quien, ruta);
        expect(status).toBe(403);
        expect(texto).toContain('PROHIBIDO');
        expect(texto).not.toMatch(/negativas|debajo|pesos/);
      }
    }
    expect((await server.fetch('/api/trpc/tablero.ahora')).status).toBe(401);
  });

  test('a buyer sees stock, minimums and imports, and nothing of reviews, signatures, phones or dead letters', async () => {
    const suyo = await mira(comprador);
    expect(suyo).toMatchObject({
      conteos: null,

      equipos: null,
      rechazos: null,
      periodos: null,
    });
    expect(suyo.minimos).not.toBeNull();
    expect((await pide(comprador, revisiones)).status).toBe(403);
    expect((await pide(comprador, 'tablero.firmas')).status).toBe(403);
    expect((await pide(comprador, minimos)).status).toBe(200);
  });

  test('an auditor reads and is asked to mend nothing on phones', async () => {
    expect(await mira(auditor)).toMatchObject({ equipos: null, rechazos: null, periodos: null });
    expect((await pide(auditor, 'tablero.ahora')).status).toBe(200);
  });
});
