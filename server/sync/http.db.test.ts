import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { HelloSalida, PullSalida, PushSalida, RegistraSalida } from '#shared/contracts/sync.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import type { TestUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { linea } from '#tests/sync/telefono.ts';
import { MAX_POR_USUARIO } from './eventos.ts';
import { sha256Hex } from './huella.ts';

const server = await testServer();
const { db } = server;
const e = await escenaConteo(db);

interface Respuesta<T> {
  status: number;
  data: T;
  error: { code: string; mensaje: string } | undefined;
}

async function llama<T>(name: string, input: unknown, user?: TestUser): Promise<Respuesta<T>> {
  const body = JSON.stringify(input);
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const response = await server.fetch(`/api/trpc/sync.${name}`, init, user);
  const json = (await response.json()) as {
    result?: { data: T };
    error?: { data: { app: Respuesta<T>['error'] } };
  };
  return { status: response.status, data: json.result?.data as T, error: json.error?.data.app };
}

const equipo = () => ({ deviceId: newId(), secret: randomBytes(24).toString('hex') });
type Equipo = ReturnType<typeof equipo>;
const hola = (tel: Equipo, user?: TestUser, pending = 0) =>
  llama<HelloSalida>(
    'hello',
    {
      ...tel,
      app: '1.2.3',
      schema: 1,
      pending,
      oldestPendingAt: pending > 0 ? new Date().toISOString() : null,
    },
    user,
  );
const baja = (tel: Equipo, user?: TestUser) =>
  llama<PullSalida>('pull', { ...tel, schema: 1, cursors: {}, limit: 5000 }, user);

function sobre(mid: number, turno: string, args: unknown) {
  const texto = JSON.stringify(args);
  const createdAt = new Date().toISOString();
  return { mid, name: 'conteo.linea/1', args: texto, hash: sha256Hex(texto), createdAt, turno };
}
const manda = (tel: Equipo, mutations: unknown[]) =>
  llama<PushSalida>('push', { ...tel, epoch: null, desfaseEnviarMs: 0, oldestMid: 1, pending: 3, mutations });

async function conteoDe(persona: TestUser): Promise<string> {
  const id = newId();
  await db.asService(async (tx) => {
    await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por)
              values (${id}, ${e.tienda.id}, ${e.tienda.almacenId}, 'almacen', ${e.gerente.id})`.execute(tx);
    await sql`insert into inventario.conteo_contadores values (${id}, ${persona.id}, ${persona.nombre})`.execute(
      tx,
    );
  });
  return id;
}

describe('the way of a phone', () => {
  test('unknown, registered, greeted, lines sent without a session, rows received with one', async () => {
    const tel = equipo();
    expect((await hola(tel)).error).toMatchObject({ code: 'EQUIPO_DESCONOCIDO' });
    const alta = { ...tel, nombre: 'Moto G', app: '1.2.3' };
    expect((await llama('registra', alta)).error).toMatchObject({ code: 'SESION_VENCIDA' });
    const { data: registro } = await llama<RegistraSalida>('registra', alta, e.ana);
    expect(registro.turno).toMatchObject({ usuarioId: e.ana.id, rol: 'almacenista' });

    const saludo = await hola(tel, e.ana, 3);
    expect(saludo.data).toMatchObject({
      epoch: registro.epoch,
      expectedMid: 1,
      minPullSchema: 1,
      revoked: false,
    });
    expect(saludo.data.scopes).toEqual(expect.arrayContaining(['catalogo', `tienda:${e.tienda.id}`]));
    expect(saludo.data.scopes.filter((s) => /^(stock|costos|revision)/.test(s))).toEqual([]);
    expect(saludo.data.zonas).toEqual({ [e.tienda.id]: -360 });
    const { rows } = await sql<Record<string, unknown>>`
      select app_ver, schema_ver, pending_reported, oldest_pending_at, last_seen from sync.device
       where id = ${tel.deviceId}`.execute(db.kysely);
    expect(rows).toMatchObject([
      { app_ver: '1.2.3', schema_ver: 1, pending_reported: 3, last_seen: expect.any(Date) },
    ]);
    const sinPersona = await hola(tel);
    expect(sinPersona.data).toMatchObject({ scopes: [], zonas: { [e.tienda.id]: -360 } });

    const conteo = await conteoDe(e.ana);
    const envio = await manda(
      tel,
      [1, 2, 3].map((mid) => sobre(mid, registro.turno.token, linea(conteo))),
    );
    expect(envio.data).toMatchObject({ kind: 'ok', expectedMid: 4, epoch: registro.epoch });
    expect((await baja(tel)).error).toMatchObject({ code: 'SESION_VENCIDA' });
    const bajada = await baja(tel, e.ana);
    expect(bajada.data).toMatchObject({ done: true, lastMid: 3 });
    const lineas = bajada.data.pages.flatMap((p) => p.upserts.conteo_lineas ?? []);
    expect(lineas).toHaveLength(3);
    expect((await hola(tel, e.ana)).data.expectedMid).toBe(4);
  });

  test('bodies that are too large answer 413 with their code, at the door and in the handler', async () => {
    const tel = equipo();
    await llama('registra', { ...tel, nombre: '', app: '1' }, e.ana);
    const grande = { mid: 1, relleno: 'x'.repeat(300 * 1024) };
    const enManos = await manda(tel, [grande]);
    expect([enManos.status, enManos.error?.code]).toEqual([413, 'CUERPO_MUY_GRANDE']);
    const enLaPuerta = await manda(tel, [{ mid: 1, relleno: 'x'.repeat(3 * 1024 * 1024) }]);
    expect([enLaPuerta.status, enLaPuerta.error?.code]).toEqual([413, 'CUERPO_MUY_GRANDE']);
  });

  test('each turno once, or one with each mutation as phones of before send it: the same is taken and kept', async () => {
    const tel = equipo();
    const { data } = await llama<RegistraSalida>('registra', { ...tel, nombre: '', app: '1' }, e.ana);
    const conteo = await conteoDe(e.ana);
    const cruda = (mid: number) => sobre(mid, data.turno.token, linea(conteo));
    const [a, b] = [cruda(1), cruda(2)];
    const cabeza = { ...tel, epoch: null, desfaseEnviarMs: 0, oldestMid: 1, pending: 2 };
    expect((await llama<PushSalida>('push', { ...cabeza, mutations: [a] })).data.expectedMid).toBe(2);
    const lote = {
      turnos: [data.turno.token],
      mutations: [
        { ...a, turno: 0 },
        { ...b, turno: 0 },
      ],
    };
    const envio = await llama<PushSalida>('push', { ...cabeza, lote });
    expect(envio.data).toMatchObject({
      expectedMid: 3,
      results: [
        { mid: 1, status: 'applied' },
        { mid: 2, status: 'applied' },
      ],
    });
    // Once more the old way: nothing of it depends on how it travelled.
    const otra = await llama<PushSalida>('push', { ...cabeza, mutations: [a, b] });
    expect(otra.data).toMatchObject({ kind: 'ok', results: envio.data.results });
  });

  test('a compressed push is inflated to the limit of bodies and no further; what cannot be inflated has its code', async () => {
    const tel = equipo();
    const { data } = await llama<RegistraSalida>('registra', { ...tel, nombre: '', app: '1' }, e.ana);
    const conteo = await conteoDe(e.ana);
    const cabeza = { ...tel, epoch: null, desfaseEnviarMs: 0, oldestMid: 1, pending: 1 };
    const empuja = async (body: Uint8Array<ArrayBuffer>, codificado = 'gzip') => {
      const headers = { 'content-type': 'application/json', 'content-encoding': codificado };
      const response = await server.fetch('/api/trpc/sync.push', { method: 'POST', headers, body });
      const json = (await response.json()) as {
        result?: { data: PushSalida };
        error?: { data: { app: { code: string } } };
      };
      return [response.status, json.error?.data.app.code ?? json.result?.data.kind];
    };
    const lote = {
      turnos: [data.turno.token],
      mutations: [{ ...sobre(1, data.turno.token, linea(conteo)), turno: 0 }],
    };
    expect(await empuja(gzipSync(JSON.stringify({ ...cabeza, lote })))).toEqual([200, 'ok']);
    const conRelleno = (bytes: number) =>
      gzipSync(JSON.stringify({ ...cabeza, lote: { ...lote, turnos: ['x'] }, x: 'x'.repeat(bytes) }));
    const gorda = gzipSync(JSON.stringify({ ...cabeza, mutations: [{ mid: 1, x: 'x'.repeat(300 * 1024) }] }));
    expect(gorda.length).toBeLessThan(2_000);
    expect(await empuja(gorda)).toEqual([413, 'CUERPO_MUY_GRANDE']);
    const bomba = conRelleno(8 * 1024 * 1024);
    expect(bomba.length).toBeLessThan(16 * 1024);
    expect(await empuja(bomba)).toEqual([413, 'CUERPO_MUY_GRANDE']);
    expect(await empuja(new TextEncoder().encode('{"no es": "gzip"}'))).toEqual([400, 'ENTRADA_INVALIDA']);
    expect(await empuja(gorda, 'zipi')).toEqual([400, 'ENTRADA_INVALIDA']);
  });

  test('a dead letter is listed to its author and settled by the gerente', async () => {
    const tel = equipo();
    const { data: registro } = await llama<RegistraSalida>(
      'registra',
      { ...tel, nombre: '', app: '1' },
      e.luis,
    );
    await manda(tel, [sobre(1, registro.turno.token, linea(newId()))]);
    const lista = async (user: TestUser) => {
      const response = await server.fetch('/api/trpc/sync.rechazos', {}, user);
      return ((await response.json()) as { result: { data: { id: string; code: string }[] } }).result.data;
    };
    const [carta] = await lista(e.luis);
    expect(carta).toMatchObject({ code: 'CONTEO_DESCONOCIDO' });
    expect(await lista(e.ana)).toEqual([]);
    const descarta = { id: carta!.id, accion: 'descartar', nota: 'prueba' };
    expect((await llama('resuelveRechazo', descarta, e.luis)).status).toBe(403);
    expect((await llama('resuelveRechazo', descarta, e.gerente)).data).toMatchObject({ state: 'descartada' });
  });
});

describe('hints', () => {
  const abiertos: AbortController[] = [];
  afterEach(() => {
    for (const abierto of abiertos.splice(0)) abierto.abort();
  });

  /** An open stream; `oido` grows with the scopes of each event, `fin` resolves when the server ends it. */
  async function escucha(user?: TestUser) {
    const corta = new AbortController();
    abiertos.push(corta);
    const response = await server.fetch('/api/eventos', { signal: corta.signal }, user);
    const oido: (string[] | null)[] = [];
    const ids: string[] = [];
    const fin = (async () => {
      if (response.status !== 200 || response.body === null) return;
      const lector = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let resto = '';
      for (;;) {
        const { done, value } = await lector.read();
        if (done) return;
        const bloques = (resto + value).split('\n\n');
        resto = bloques.pop() ?? '';
        for (const bloque of bloques) {
          const data = /^data: (.*)$/m.exec(bloque)?.[1];
          if (data === undefined) continue;
          oido.push((JSON.parse(data) as { scopes: string[] | null }).scopes);
          ids.push(/^id: (.*)$/m.exec(bloque)?.[1] ?? '');
        }
      }
    })().catch(() => undefined);
    return { status: response.status, type: response.headers.get('content-type'), oido, ids, fin };
  }
  const planas = (oido: (string[] | null)[]) => oido.flatMap((scopes) => scopes ?? []);

  test('a stream begins with a hint and then names only what is the reader’s', async () => {
    expect((await escucha()).status).toBe(401);
    const [ana, gerente] = [await escucha(e.ana), await escucha(e.gerente)];
    expect(ana.type).toContain('text/event-stream');
    await expect.poll(() => [ana.oido, gerente.oido]).toEqual([[null], [null]]);
    const producto = await e.producto({ costo: '5' });
    await e.mueve({ producto, tipo: 'compra', cantidad: '1', en: new Date() });
    await expect
      .poll(() => planas(gerente.oido))
      .toEqual(expect.arrayContaining(['catalogo', 'costos', `stock:${e.tienda.almacenId}`]));
    await expect.poll(() => planas(ana.oido)).toContain('catalogo');
    expect(planas(ana.oido).filter((s) => /^(stock|costos)/.test(s))).toEqual([]);
    expect(new Set(ana.ids).size).toBe(ana.ids.length);
  });

  test('a conteo that was just given is hinted at; of somebody else’s lines nothing is heard', async () => {
    const [ana, luis] = [await escucha(e.ana), await escucha(e.luis)];
    await expect.poll(() => [ana.oido.length, luis.oido.length]).toEqual([1, 1]);
    const conteo = await conteoDe(e.ana);
    await expect.poll(() => planas(ana.oido)).toContain(`conteo:${conteo}`);
    await e.linea({ conteo, por: e.ana, codigo: 'x', cantidad: '1', en: new Date() });
    await expect.poll(() => planas(ana.oido)).toContain(`lineas:${conteo}:${e.ana.id}`);
    expect(planas(luis.oido).filter((s) => s.includes(conteo))).toEqual([]);
  });

  test('one more screen than allowed closes the oldest, and a person put out hears no more', async () => {
    const pantallas = [];
    for (let i = 0; i <= MAX_POR_USUARIO; i++) {
      const pantalla = await escucha(e.luis);
      await expect.poll(() => pantalla.oido.length).toBe(1);
      pantallas.push(pantalla);
    }
    await pantallas[0]!.fin;
    await sql`update inventario.usuarios set is_active = false where id = ${e.luis.id}`.execute(db.kysely);
    await Promise.all(pantallas.map((p) => p.fin));
    await sql`update inventario.usuarios set is_active = true where id = ${e.luis.id}`.execute(db.kysely);
  });
});
