import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { pideToken, primerAdminDePrueba as primero } from '#tests/db/cuentas.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { codeOf, trpc } from '#tests/db/trpc.ts';
import { codigoInicial } from './codigo-inicial.ts';

const CONTRASENA = 'una contraseña';

describe('with Supabase (its admin API played by a local server)', () => {
  const calls: { method: string; url: string; apikey: unknown; body: Record<string, unknown> }[] = [];
  let refusal: { status: number; body: object } | undefined;
  let created = '';
  const supabase = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      const { method = '', url = '', headers } = request;
      calls.push({ method, url, apikey: headers.apikey, body });
      response.setHeader('content-type', 'application/json');
      if (refusal !== undefined) {
        response.writeHead(refusal.status).end(JSON.stringify(refusal.body));
        return;
      }
      created = newId();
      const token = {
        access_token: 'a',
        token_type: 'bearer',
        expires_in: 3600,
        refresh_token: 'r',
        user: {},
      };
      response.writeHead(200).end(JSON.stringify(url.startsWith('/auth/v1/token') ? token : { id: created }));
    });
  });
  let db: Db;
  let server: TestServer;
  let tienda: TestTienda;
  let admin: TestUser;
  let identity: { sub: string; email: string } | null = null;

  beforeAll(async () => {
    await new Promise<void>((resolve) => supabase.listen(0, '127.0.0.1', resolve));
    db = await testDb();
    server = await testServer({
      db,
      env: {
        SUPABASE_URL: `http://127.0.0.1:${(supabase.address() as AddressInfo).port}`,
        SUPABASE_ANON_KEY: 'publica',
        SUPABASE_SERVICE_ROLE_KEY: 'sb_secret_de_prueba',
      },
      deps: { verifyAccessToken: async () => identity },
    });
  });
  afterAll(() => {
    supabase.close();
  });

  test('the first admin is who is logged in there', async () => {
    const codigo = await codigoInicial(server.deps);
    expect(await trpc(server).acceso.estado.query()).toMatchObject({
      sinUsuarios: true,
      supabase: { anonKey: 'publica' },
    });
    expect(await codeOf(trpc(server).acceso.primerAdmin.mutate(primero(codigo)))).toBe('SESION_VENCIDA');
    identity = { sub: newId(), email: 'Duena@Supabase.mx' };
    const { usuarioId } = await trpc(server, 't').acceso.primerAdmin.mutate(primero(codigo));
    expect(usuarioId).toBe(identity.sub);
    expect(await trpc(server, 't').acceso.yo.query()).toMatchObject({
      correo: 'duena@supabase.mx',
      rol: 'admin',
    });
    expect(calls).toEqual([]);
  });

  test('our own auth API is not there', async () => {
    const answer = await server.fetch('/auth/v1/token?grant_type=password', { method: 'POST' });
    expect(answer.status).toBe(404);
  });

  async function invitation(): Promise<string> {
    tienda ??= await testTienda(db);
    admin ??= await testUser(db, { rol: 'admin', tiendas: [tienda] });
    identity = { sub: admin.id, email: admin.correo };
    const { ruta } = await trpc(server, 't').usuarios.invita.mutate({
      nombre: 'Beto',
      correo: null,
      rol: 'chofer',
      tiendaIds: [tienda.id],
      limiteAjuste: null,
    });
    identity = null;
    calls.length = 0;
    return ruta.replace('/invitacion/', '');
  }
  const accept = (token: string, usuario: string, bearer?: string) =>
    trpc(server, bearer).acceso.aceptaInvitacion.mutate({ token, usuario, contrasena: CONTRASENA });

  test('an invited person gets an account there, made with the service key', async () => {
    const { usuarioId } = await accept(await invitation(), 'Beto');
    expect(usuarioId).toBe(created);
    expect(calls).toMatchObject([
      {
        method: 'POST',
        url: '/auth/v1/admin/users',
        apikey: 'sb_secret_de_prueba',
        body: { email: 'beto@usuarios.invalid', email_confirm: true, password: CONTRASENA },
      },
    ]);
  });

  test('who has an account there accepts with it', async () => {
    const token = await invitation();
    identity = { sub: newId(), email: 'carla@supabase.mx' };
    expect(await accept(token, 'no se usa', 't')).toEqual({ usuarioId: identity.sub });
    expect(calls).toEqual([]);
  });

  test('what Supabase refuses leaves the invitation as it was', async () => {
    const token = await invitation();
    refusal = { status: 422, body: { code: 422, error_code: 'email_exists', msg: 'x' } };
    expect(await codeOf(accept(token, 'dora@supabase.mx'))).toBe('USUARIO_REPETIDO');
    refusal = { status: 500, body: {} };
    expect(await codeOf(accept(token, 'dora@supabase.mx'))).toBe('SERVIDOR_OCUPADO');
    refusal = undefined;
    expect(await accept(token, 'dora@supabase.mx')).toEqual({ usuarioId: created });
  });

  test('putting somebody out bans them there', async () => {
    const { usuarioId } = await accept(await invitation(), 'despedido');
    identity = { sub: admin.id, email: admin.correo };
    calls.length = 0;
    const { usuarios } = trpc(server, 't');
    expect(await usuarios.edita.mutate({ id: usuarioId, isActive: false })).toMatchObject({
      isActive: false,
    });
    await usuarios.edita.mutate({ id: usuarioId, isActive: true });
    expect(calls.map(({ method, url, body }) => [method, url, body.ban_duration])).toEqual([
      ['PUT', `/auth/v1/admin/users/${usuarioId}`, '876000h'],
      ['PUT', `/auth/v1/admin/users/${usuarioId}`, 'none'],
    ]);
  });

  test('scripts get its token through our endpoint, under our limits', async () => {
    calls.length = 0;
    const right = await pideToken(server, 'Beto', CONTRASENA);
    expect(await right.json()).toMatchObject({ access_token: 'a', refresh_token: 'r' });
    expect(calls).toMatchObject([
      {
        url: '/auth/v1/token?grant_type=password',
        apikey: 'publica',
        body: { email: 'beto@usuarios.invalid' },
      },
    ]);
    refusal = { status: 400, body: { code: 400, error_code: 'invalid_credentials', msg: 'x' } };
    const wrong = await Promise.all(Array.from({ length: 6 }, () => pideToken(server, 'Beto', CONTRASENA)));
    expect(wrong.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(wrong.filter(({ status }) => status === 429)).toHaveLength(1);
    refusal = undefined;
  });
});
