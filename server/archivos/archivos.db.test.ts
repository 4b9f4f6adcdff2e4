import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { registra } from '#server/acceso/registra.ts';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { ensureEpoch } from '#server/sync/epoca.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { MAX_BYTES } from './imagen.ts';

let db: Db;
let server: TestServer;
let tienda: TestTienda;
let otra: TestTienda;
let ana: TestUser;

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  await ensureEpoch(db, server.deps.clock);
  tienda = await testTienda(db);
  otra = await testTienda(db);
  ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
});

function photo(size = 2_000): { bytes: Buffer<ArrayBuffer>; path: string; sha256: string } {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(size - 4)]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, sha256, path: `/api/archivos/${sha256}` };
}

function put(path: string, body: Buffer<ArrayBuffer>, user?: TestUser, headers: Record<string, string> = {}) {
  return server.fetch(
    path,
    { method: 'PUT', body, headers: { 'content-type': 'image/jpeg', ...headers } },
    user,
  );
}

async function codeOf(sending: Promise<Response>): Promise<[number, unknown]> {
  const answer = await sending;
  return [answer.status, ((await answer.json()) as { code: unknown }).code];
}

async function phoneOf(user: TestUser): Promise<Record<string, string>> {
  const deviceId = newId();
  const secret = randomBytes(32).toString('base64url');
  await registra(server.deps, user.claims, { deviceId, secret, nombre: 'Moto', app: '1.0.0' });
  return { 'x-device-id': deviceId, 'x-device-secret': secret };
}

describe('sending a photo', () => {
  test('twice keeps it once, and the sender can see it again', async () => {
    const { bytes, path, sha256 } = photo();
    const first = await put(path, bytes, ana);
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ sha256 });
    expect((await put(path, bytes, ana)).status).toBe(200);
    const back = await server.fetch(path, {}, ana);
    expect(back.status).toBe(200);
    expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
    expect(back.headers.get('content-type')).toBe('image/jpeg');
    expect(back.headers.get('x-content-type-options')).toBe('nosniff');
    expect(back.headers.get('content-disposition')).toBe(`inline; filename="${sha256.slice(0, 12)}.jpg"`);
    expect(back.headers.get('cache-control')).toMatch(/^private/);
    const { rows } = await db.pool.query(
      'select subido_por, tamano from inventario.archivos where sha256 = $1',
      [sha256],
    );
    expect(rows).toEqual([{ subido_por: ana.id, tamano: 2000 }]);
  });

  test('at once from two tabs keeps it once', async () => {
    const { bytes, path } = photo();
    const both = await Promise.all([put(path, bytes, ana), put(path, bytes, ana)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
  });

  test('works with the secret of the phone when no access token is left, also of a phone put out of use', async () => {
    const equipo = await phoneOf(ana);
    const one = photo();
    expect((await put(one.path, one.bytes, undefined, equipo)).status).toBe(201);
    expect((await server.fetch(one.path, {}, ana)).status).toBe(200);
    await db.pool.query('update sync.device set revoked_at = now() where id = $1', [equipo['x-device-id']]);
    const two = photo();
    expect((await put(two.path, two.bytes, undefined, equipo)).status).toBe(201);
  });

  test('without a session, or with the secret of another phone, is refused', async () => {
    const { bytes, path } = photo();
    const [one, two] = [await phoneOf(ana), await phoneOf(ana)];
    expect(await codeOf(put(path, bytes))).toEqual([401, 'SESION_VENCIDA']);
    expect(
      await codeOf(put(path, bytes, undefined, { ...one, 'x-device-id': two['x-device-id'] ?? '' })),
    ).toEqual([403, 'EQUIPO_SECRETO']);
    expect(await codeOf(put(path, bytes, undefined, { ...one, 'x-device-secret': 'corto' }))).toEqual([
      403,
      'EQUIPO_SECRETO',
    ]);
    const put_out = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
    await db.pool.query('update inventario.usuarios set is_active = false where id = $1', [put_out.id]);
    expect(await codeOf(put(path, bytes, put_out))).toEqual([401, 'SESION_VENCIDA']);
  });

  test('that arrived altered, is no photo, or is too large, is refused and not kept', async () => {
    const { path } = photo();
    expect(await codeOf(put(path, photo().bytes, ana))).toEqual([400, 'ARCHIVO_ALTERADO']);
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const page = createHash('sha256').update(html).digest('hex');
    expect(await codeOf(put(`/api/archivos/${page}`, html, ana))).toEqual([415, 'ARCHIVO_TIPO']);
    const most = photo(MAX_BYTES);
    expect((await put(most.path, most.bytes, ana)).status).toBe(201);
    const large = photo(MAX_BYTES + 1);
    expect(await codeOf(put(large.path, large.bytes, ana))).toEqual([413, 'ARCHIVO_GRANDE']);
    expect(await codeOf(put('/api/archivos/no-es-huella', most.bytes, ana))).toEqual([
      400,
      'ENTRADA_INVALIDA',
    ]);
    expect(await codeOf(put(path, Buffer.alloc(0), ana))).toEqual([400, 'ARCHIVO_ALTERADO']);
    const { rows } = await db.pool.query(
      'select count(*)::int as n from inventario.archivos where sha256 = any ($1)',
      [[path.slice(-64), page, large.sha256]],
    );
    expect(rows[0].n).toBe(0);
  });

  test('whatever the content type says, the bytes decide', async () => {
    const { bytes, path } = photo();
    expect((await put(path, bytes, ana, { 'content-type': 'text/html' })).status).toBe(201);
    expect((await server.fetch(path, {}, ana)).headers.get('content-type')).toBe('image/jpeg');
  });

  test('a stranger is refused before the body is read', async () => {
    const { path } = photo();
    const status = await new Promise<number>((resolve, reject) => {
      const url = new URL(server.url + path);
      const headers = { 'content-type': 'image/jpeg', 'content-length': '300000' };
      const sent = httpRequest(url, { method: 'PUT', headers }, (answer) => {
        resolve(answer.statusCode ?? 0);
        sent.destroy();
      });
      sent.on('error', reject);
      // The head only: an answer can come only if the server does not wait for the rest.
      sent.flushHeaders();
    });
    expect(status).toBe(401);
  });
});

describe('seeing a photo', () => {
  test('is for the sender, for who wrote its line, and for who reviews its conteo', async () => {
    const { bytes, path, sha256 } = photo();
    const luis = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
    const gerente = await testUser(db, { rol: 'gerente', tiendas: [tienda] });
    const gerenteDeOtra = await testUser(db, { rol: 'gerente', tiendas: [otra] });
    const admin = await testUser(db, { rol: 'admin' });
    const comprador = await testUser(db, { rol: 'comprador', tiendas: [tienda] });
    await put(path, bytes, ana);
    const see = async (user: TestUser) => (await server.fetch(path, {}, user)).status;
    // Nobody else knows of it until a line says whose it is.
    expect(await see(gerente)).toBe(404);
    const conteoId = newId();
    await db.asService(async (tx) => {
      await tx
        .insertInto('inventario.conteos')
        .values({
          id: conteoId,
          folio: conteoId,
          tienda_id: tienda.id,
          almacen_id: tienda.almacenId,
          alcance: 'libre',
          creado_por: ana.id,
        })
        .execute();
      await tx
        .insertInto('inventario.conteo_linea_fotos')
        .values({ linea_id: newId(), sha256, conteo_id: conteoId, por: luis.id })
        .execute();
    });
    expect(await see(ana)).toBe(200);
    expect(await see(luis)).toBe(200);
    expect(await see(gerente)).toBe(200);
    expect(await see(admin)).toBe(200);
    expect(await see(gerenteDeOtra)).toBe(404);
    expect(await see(comprador)).toBe(404);
    expect((await server.fetch(path)).status).toBe(401);
    expect((await server.fetch(photo().path, {}, admin)).status).toBe(404);
  });

  test('the secret of a phone does not show photos', async () => {
    const { bytes, path } = photo();
    await put(path, bytes, ana);
    expect((await server.fetch(path, { headers: await phoneOf(ana) })).status).toBe(401);
  });
});
