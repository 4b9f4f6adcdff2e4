import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { Webhook as Oraculo } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { createJobs } from '#server/platform/jobs/jobs.ts';
import { createLogger } from '#server/platform/logger.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';
import { type EntregaDeps, ESPERAS_S, tipoEntrega } from './entrega.ts';
import { iniciaReparto, reparteLote } from './reparte.ts';

interface Recibido {
  readonly cuerpo: string;
  readonly encabezados: IncomingHttpHeaders;
  readonly camino: string;
}
const recibidos: Recibido[] = [];
/** Status of the next answers of a path, then 200. */
const respuestas = new Map<string, number[]>();
const receptor = createServer((request, response) => {
  let cuerpo = '';
  request.setEncoding('utf8');
  request.on('data', (trozo: string) => {
    cuerpo += trozo;
  });
  request.on('end', () => {
    const camino = request.url ?? '';
    recibidos.push({ cuerpo, encabezados: request.headers, camino });
    response.writeHead(respuestas.get(camino)?.shift() ?? 200).end();
  });
});
await new Promise<void>((listo) => receptor.listen(0, '127.0.0.1', listo));
closeAtEnd(async () => void receptor.close());
const base = `http://127.0.0.1:${(receptor.address() as AddressInfo).port}`;

const db = await testDb({ max: 10 });
const jobs = createJobs(db, createLogger('silent'), 0.5);
const server = await testServer({ db, env: { WEBHOOKS_RED_PRIVADA: '1' }, deps: { jobs } });
closeAtEnd(() => jobs.close());
const [t1, t2] = [await testTienda(db), await testTienda(db)];
const admin = await testUser(db, { rol: 'admin' });
const jefe = await testUser(db, { rol: 'gerente', tiendas: [t1] });
const api = await trpcAs(server, admin);
/** Eight tries as ever, without their hours between. */
const deps: EntregaDeps = { ...server.deps, esperasS: ESPERAS_S.map(() => 0) };
await deps.jobs.work(tipoEntrega(deps));
const termina = await iniciaReparto(deps);
closeAtEnd(termina);

async function conteo(almacenId = t1.almacenId): Promise<string> {
  const id = newId();
  await db.asService((tx) =>
    sql`insert into inventario.conteos (id, almacen_id, alcance, creado_por) values (${id}, ${almacenId}, 'lista', ${admin.id})`.execute(
      tx,
    ),
  );
  return id;
}
const en = (camino: string) => recibidos.filter((r) => r.camino === camino);
const entregas = async (id: string) => (await api.webhooks.entregas.query({ id })).entregas;
const ESPERA = { timeout: 20_000, interval: 100 };

describe('webhooks', () => {
  test('a committed event arrives once, signed so that the independent implementation takes it, with its data', async () => {
    const { secreto, webhook } = await api.webhooks.crea.mutate({
      nombre: 'Uno',
      url: `${base}/uno`,
      tipos: ['conteo.*'],
    });
    expect(secreto).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const id = await conteo();
    await db.asService((tx) =>
      sql`update inventario.uploads set status = 'completed' where false`.execute(tx),
    );
    await expect.poll(() => en('/uno').length, ESPERA).toBe(1);
    const [{ cuerpo, encabezados }] = en('/uno') as [Recibido];
    const dicho = new Oraculo(secreto).verify(cuerpo, encabezados as Record<string, string>) as {
      type: string;
      data: Record<string, unknown>;
    };
    expect(dicho).toMatchObject({
      type: 'conteo.creado',
      data: { conteoId: id, tiendaId: t1.id, estado: 'abierto' },
    });
    expect(encabezados['webhook-id']).toBe(`evt_${String(dicho.data.id)}`);
    await expect.poll(async () => (await entregas(webhook.id))[0]?.estado, ESPERA).toBe('entregada');
    expect(await entregas(webhook.id)).toMatchObject([
      { tipo: 'conteo.creado', intentos: 1, bitacora: [{ status: 200, error: null }] },
    ]);
    await api.webhooks.quita.mutate({ id: webhook.id });
  });

  test('the secret is kept enciphered: in no column as it is, shown once, and bound to its own row', async () => {
    const { secreto, webhook } = await api.webhooks.crea.mutate({
      nombre: 'Cifrado',
      url: `${base}/cifrado`,
      tipos: ['periodo.cerrado'],
    });
    const bytes = Buffer.from(secreto.slice('whsec_'.length), 'base64');
    const { rows } = await sql<{ s: Buffer; todo: string }>`
      select w.secreto_cifrado as s, w::text as todo from inventario.webhooks w where w.id = ${webhook.id}`.execute(
      db.kysely,
    );
    for (const forma of [secreto, bytes.toString('hex'), secreto.slice(6)])
      expect(rows[0]?.todo).not.toContain(forma);
    expect(rows[0]?.s.includes(bytes)).toBe(false);
    expect(JSON.stringify(await api.webhooks.lista.query())).not.toContain(secreto.slice(6));
    const otro = await api.webhooks.crea.mutate({
      nombre: 'Otro',
      url: `${base}/otro`,
      tipos: ['periodo.cerrado'],
    });
    await sql`update inventario.webhooks set secreto_cifrado = ${rows[0]!.s} where id = ${otro.webhook.id}`.execute(
      db.kysely,
    );
    expect(await codeOf(api.webhooks.prueba.mutate({ id: otro.webhook.id }))).toBe('ERROR_INTERNO');
    const nuevo = await api.webhooks.renuevaSecreto.mutate({ id: webhook.id });
    expect(nuevo.secreto).not.toBe(secreto);
    expect((await api.webhooks.prueba.mutate({ id: webhook.id })).error).toBeNull();
    const [ultimo] = en('/cifrado').slice(-1) as [Recibido];
    expect(() =>
      new Oraculo(secreto).verify(ultimo.cuerpo, ultimo.encabezados as Record<string, string>),
    ).toThrow();
    expect(
      new Oraculo(nuevo.secreto).verify(ultimo.cuerpo, ultimo.encabezados as Record<string, string>),
    ).toMatchObject({ type: 'webhook.prueba' });
    for (const id of [webhook.id, otro.webhook.id]) await api.webhooks.quita.mutate({ id });
  });

  test('types and shops choose what is sent', async () => {
    const ids = await Promise.all(
      [
        { url: `${base}/t1`, tipos: [], tiendaIds: [t1.id] },
        { url: `${base}/t2`, tipos: ['conteo.creado'], tiendaIds: [t2.id] },
        { url: `${base}/otros`, tipos: ['periodo.*'], tiendaIds: [] },
      ].map(async (w) => (await api.webhooks.crea.mutate({ nombre: 'x', ...w })).webhook.id),
    );
    const [suyo, ajeno] = [await conteo(t1.almacenId), await conteo(t2.almacenId)];
    await db.asService((tx) =>
      sql`insert into inventario.cierres (id, tienda_id, accion, motivo, por) values (${newId()}, ${t2.id}, 'abre', 'x', ${admin.id})`.execute(
        tx,
      ),
    );
    await expect.poll(() => ['/t1', '/t2', '/otros'].map((c) => en(c).length), ESPERA).toEqual([1, 1, 1]);
    expect(
      [en('/t1'), en('/t2')].map(
        ([r]) => (JSON.parse(r!.cuerpo) as { data: { conteoId: string } }).data.conteoId,
      ),
    ).toEqual([suyo, ajeno]);
    expect((JSON.parse(en('/otros')[0]!.cuerpo) as { type: string }).type).toBe('periodo.abierto');
    for (const id of ids) await api.webhooks.quita.mutate({ id });
  });

  test('a receiver that fails is tried again with the same webhook-id until it is well', {
    timeout: 60_000,
  }, async () => {
    respuestas.set('/terco', [500, 503]);
    const { webhook } = await api.webhooks.crea.mutate({
      nombre: 'Terco',
      url: `${base}/terco`,
      tipos: ['conteo.creado'],
    });
    await conteo();
    await expect.poll(() => en('/terco').length, { timeout: 40_000, interval: 200 }).toBe(3);
    expect(new Set(en('/terco').map((r) => r.encabezados['webhook-id'])).size).toBe(1);
    await expect.poll(async () => (await entregas(webhook.id))[0]?.estado, ESPERA).toBe('entregada');
    expect((await entregas(webhook.id))[0]?.bitacora.map(({ status }) => status)).toEqual([500, 503, 200]);
    expect((await api.webhooks.lista.query()).find(({ id }) => id === webhook.id)?.fallandoDesde).toBeNull();
    await api.webhooks.quita.mutate({ id: webhook.id });
  });

  test('the waits grow: eight tries over about a day', () => {
    expect(ESPERAS_S).toHaveLength(7);
    expect([...ESPERAS_S]).toEqual([...ESPERAS_S].sort((a, b) => a - b));
    const horas = ESPERAS_S.reduce((suma, s) => suma + s, 0) / 3600;
    expect(horas).toBeGreaterThan(20);
    expect(horas).toBeLessThan(28);
  });

  test('after eight tries it is given up; after days of nothing it is switched off with a notice; replay by hand sends it again', async () => {
    const { webhook } = await api.webhooks.crea.mutate({
      nombre: 'Muerto',
      url: `${base}/muerto`,
      tipos: ['conteo.creado'],
    });
    respuestas.set('/muerto', Array(8).fill(500));
    const kind = tipoEntrega(deps);
    const evento = newId();
    const entregaId = newId();
    // Run by hand, one try after the other, so that the test does not wait for the queue's own rhythm.
    await sql`insert into inventario.webhook_entregas (id, webhook_id, mensaje_id, evento_id, tipo, cuerpo)
              values (${entregaId}, ${webhook.id}, ${`evt_${evento}`}, ${evento}, 'conteo.creado', '{}')`.execute(
      db.kysely,
    );
    await sql`update inventario.webhooks set fallando_desde = now() - interval '6 days' where id = ${webhook.id}`.execute(
      db.kysely,
    );
    // why: the queue would do the later tries at the same time
    const aMano: EntregaDeps = { ...deps, jobs: { ...deps.jobs, enqueue: async () => null } };
    const signal = new AbortController().signal;
    for (let intento = 0; intento < 8; intento++) {
      await tipoEntrega(aMano).run({ entregaId, intento }, { id: newId(), retry: 0, signal });
      // The job again, after a process died: the try is not repeated once it is written down.
      await tipoEntrega(aMano).run({ entregaId, intento }, { id: newId(), retry: 1, signal });
    }
    expect(en('/muerto')).toHaveLength(8);
    const [fallida] = await entregas(webhook.id);
    expect(fallida).toMatchObject({ estado: 'fallida', intentos: 8, siguienteEn: null });
    const apagado = (await api.webhooks.lista.query()).find(({ id }) => id === webhook.id)!;
    expect(apagado).toMatchObject({ activo: false, motivo: 'En 6 días no recibió nada: contestó 500.' });
    const avisos = await api.eventos.lee.query({ desde: 'inicio', tipos: 'webhook.desactivado' });
    expect(avisos.eventos.at(-1)?.datos).toMatchObject({
      webhookId: webhook.id,
      nombre: 'Muerto',
      motivo: apagado.motivo,
    });

    expect(await codeOf(api.webhooks.reenvia.mutate({ entregaId }))).toBe('WEBHOOK_DESACTIVADO');
    await api.webhooks.cambia.mutate({ id: webhook.id, version: apagado.version, activo: true });
    await api.webhooks.reenvia.mutate({ entregaId });
    await expect
      .poll(async () => (await entregas(webhook.id)).find(({ id }) => id === entregaId)?.estado, ESPERA)
      .toBe('entregada');
    expect(en('/muerto').at(-1)?.encabezados['webhook-id']).toBe(`evt_${evento}`);
    expect(kind.name).toBe('webhooks.entrega');
    await api.webhooks.quita.mutate({ id: webhook.id });
  });

  test('410 switches it off at once', async () => {
    respuestas.set('/adios', [410]);
    const { webhook } = await api.webhooks.crea.mutate({
      nombre: 'Adiós',
      url: `${base}/adios`,
      tipos: ['conteo.creado'],
    });
    await conteo();
    await expect
      .poll(
        async () => (await api.webhooks.lista.query()).find(({ id }) => id === webhook.id)?.activo,
        ESPERA,
      )
      .toBe(false);
    expect(await entregas(webhook.id)).toMatchObject([{ estado: 'fallida', intentos: 1 }]);
    await api.webhooks.quita.mutate({ id: webhook.id });
  });

  test('two processes that distribute at once make each delivery once, and none is forgotten', async () => {
    const { webhook } = await api.webhooks.crea.mutate({
      nombre: 'Muchos',
      url: `${base}/muchos`,
      tipos: ['conteo.creado'],
    });
    await db.asService((tx) =>
      sql`insert into inventario.conteos (id, folio, almacen_id, alcance, creado_por)
          select gen_random_uuid(), 'W-' || n, ${t2.almacenId}, 'lista', ${admin.id} from generate_series(1, 110) n`.execute(
        tx,
      ),
    );
    const kind = tipoEntrega(deps);
    await Promise.all(Array.from({ length: 4 }, () => reparteLote(deps, kind)));
    const cuenta = async () =>
      (
        await sql<{
          n: number;
        }>`select count(*)::int as n from inventario.webhook_entregas where webhook_id = ${webhook.id}`.execute(
          db.kysely,
        )
      ).rows[0]?.n;
    await expect.poll(cuenta, ESPERA).toBe(110);
    await api.webhooks.quita.mutate({ id: webhook.id });
  });

  test('are an admin’s; If-Match keeps two of them from overwriting each other', async () => {
    const deJefe = await trpcAs(server, jefe);
    expect(await codeOf(deJefe.webhooks.lista.query())).toBe('PROHIBIDO');
    expect(await codeOf(deJefe.webhooks.crea.mutate({ nombre: 'x', url: `${base}/x` }))).toBe('PROHIBIDO');
    const { webhook } = await api.webhooks.crea.mutate({
      nombre: 'Dos',
      url: `${base}/dos`,
      tipos: ['periodo.cerrado'],
    });
    const camino = `/api/webhooks/${webhook.id}`;
    const cambia = (etag: string, nombre: string) =>
      server.fetch(
        camino,
        {
          method: 'PATCH',
          headers: { 'content-type': 'application/json', 'if-match': etag },
          body: JSON.stringify({ nombre }),
        },
        admin,
      );
    const etag = (await server.fetch(camino, {}, admin)).headers.get('etag')!;
    const primero = await cambia(etag, 'De uno');
    expect([primero.status, primero.headers.get('etag')]).toEqual([200, '"v2"']);
    expect([(await cambia(etag, 'De otro')).status, (await cambia('"otra"', 'x')).status]).toEqual([
      412, 412,
    ]);
    expect((await api.webhooks.lista.query()).find(({ id }) => id === webhook.id)?.nombre).toBe('De uno');
    await api.webhooks.quita.mutate({ id: webhook.id });
    const cerrada = await testServer({ db, env: {} });
    expect(
      await codeOf((await trpcAs(cerrada, admin)).webhooks.crea.mutate({ nombre: 'x', url: `${base}/x` })),
    ).toBe('WEBHOOK_RED_PRIVADA');
  });
});
