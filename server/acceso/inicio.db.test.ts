import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { AppRouter } from '#server/trpc/app-router.ts';
import { relojMovible } from '#tests/db/cuentas.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { codigoInicial } from './codigo-inicial.ts';

const DAY_MS = 24 * 3600_000;
const CONTRASENA = 'una contraseña';

function client(server: TestServer, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/api/trpc`, headers })] });
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => Promise.reject(new Error('was accepted')),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCClientError)) throw error;
  return (error.data as { app: { code: string } }).app.code;
}

async function login(server: TestServer, email: string, password = CONTRASENA): Promise<Response> {
  return server.fetch('/api/auth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
}

const primero = (codigo: string) => ({
  codigo,
  correo: 'Duena@Llantas.MX',
  nombre: ' La Dueña ',
  contrasena: CONTRASENA,
  tienda: { codigo: 'CDMX-01', nombre: 'Centro', zonaHoraria: 'America/Mexico_City' },
});

describe('an empty database', () => {
  let db: Db;
  let server: TestServer;
  let codigo: string;

  beforeAll(async () => {
    db = await testDb();
    server = await testServer({ db });
    codigo = await codigoInicial(server.deps);
  });

  test('says that it has nobody, and its code is the same in every process', async () => {
    expect(await client(server).acceso.estado.query()).toMatchObject({ sinUsuarios: true, supabase: null });
    expect(codigo).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await codigoInicial(server.deps)).toBe(codigo);
  });

  test('refuses a wrong code, a time zone that does not exist, a short password', async () => {
    const { acceso } = client(server);
    expect(await codeOf(acceso.primerAdmin.mutate(primero('0000-0000-0000')))).toBe('CODIGO_INICIAL_MALO');
    const zona = { ...primero(codigo), tienda: { ...primero(codigo).tienda, zonaHoraria: 'America/Nada' } };
    expect(await codeOf(acceso.primerAdmin.mutate(zona))).toBe('ENTRADA_INVALIDA');
    const blank = { ...primero(codigo), tienda: { ...primero(codigo).tienda, codigo: '  ' } };
    for (const wrong of [
      blank,
      { ...primero(codigo), contrasena: 'corta' },
      { ...primero(codigo), nombre: ' ' },
    ]) {
      expect(await codeOf(acceso.primerAdmin.mutate(wrong))).toBe('ENTRADA_INVALIDA');
    }
    expect(await client(server).acceso.estado.query()).toMatchObject({ sinUsuarios: true });
  });

  test('takes exactly one first admin, with a shop and its general almacén, also from two browsers at once', async () => {
    const { acceso } = client(server);
    const both = await Promise.allSettled([
      acceso.primerAdmin.mutate(primero(codigo)),
      acceso.primerAdmin.mutate({ ...primero(codigo), correo: 'otra@llantas.mx' }),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await acceso.estado.query()).toMatchObject({ sinUsuarios: false });
    expect(await codeOf(acceso.primerAdmin.mutate(primero(codigo)))).toBe('ACCESO_YA_INICIADO');
    const { rows } = await db.pool.query(`
      select u.rol, u.nombre, t.codigo, a.tipo, (select count(*)::int from inventario.usuarios) as personas,
             (select count(*)::int from inventario.auditoria where accion = 'usuario.primer_admin') as asientos
        from inventario.usuarios u join inventario.usuario_tiendas ut on ut.usuario_id = u.id
        join inventario.tiendas t on t.id = ut.tienda_id join inventario.almacenes a on a.tienda_id = t.id`);
    expect(rows).toEqual([
      { rol: 'admin', nombre: 'La Dueña', codigo: 'CDMX-01', tipo: 'general', personas: 1, asientos: 1 },
    ]);
  });

  test('limits guesses of the code', async () => {
    const empty = await testServer({ db: await testDb() });
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () =>
        codeOf(client(empty).acceso.primerAdmin.mutate(primero('1111-1111-1111'))),
      ),
    );
    expect(guesses.filter((code) => code === 'CODIGO_INICIAL_MALO')).toHaveLength(5);
    expect(guesses.filter((code) => code === 'DEMASIADAS_PETICIONES')).toHaveLength(3);
  });
});

describe('an invitation', () => {
  let db: Db;
  let server: TestServer;
  let tienda: TestTienda;
  let admin: TestUser;
  const clock = relojMovible();

  beforeAll(async () => {
    db = await testDb();
    server = await testServer({ db, clock });
    tienda = await testTienda(db);
    admin = await testUser(db, { rol: 'admin', tiendas: [tienda] });
  });

  async function invite(over: object = {}) {
    const made = await client(server, await server.token(admin)).usuarios.invita.mutate({
      nombre: 'Ana López',
      correo: null,
      rol: 'almacenista',
      tiendaIds: [tienda.id],
      limiteAjuste: null,
      ...over,
    });
    return { ...made, token: made.ruta.replace('/invitacion/', '') };
  }
  const accept = (token: string, usuario: string) =>
    client(server).acceso.aceptaInvitacion.mutate({ token, usuario, contrasena: CONTRASENA });

  test('shows who is invited to what, and makes the account', async () => {
    const { token, expiraEn } = await invite({ rol: 'gerente', limiteAjuste: '1500.50' });
    expect(Date.parse(expiraEn) - clock.now().getTime()).toBeGreaterThan(6 * DAY_MS);
    expect(await client(server).acceso.invitacion.query({ token })).toEqual({
      nombre: 'Ana López',
      rol: 'gerente',
      correo: null,
      tiendas: [`Tienda ${tienda.codigo}`],
    });
    const { usuarioId } = await accept(token, 'Ana.Lopez');
    const answer = await login(server, 'ANA.lopez');
    expect(answer.status).toBe(200);
    const { access_token } = (await answer.json()) as { access_token: string };
    expect(await client(server, access_token).acceso.yo.query()).toEqual({
      usuarioId,
      nombre: 'Ana López',
      correo: 'ana.lopez',
      rol: 'gerente',
      tiendaIds: [tienda.id],
      limiteAjuste: '1500.50',
    });
    const { rows } = await db.pool.query(
      "select count(*)::int as n from inventario.auditoria where entidad_id = $1 and accion = 'usuario.invitacion_aceptada'",
      [usuarioId],
    );
    expect(rows[0].n).toBe(1);
  });

  test('is good once, also from two phones at once', async () => {
    const { token } = await invite();
    const both = await Promise.allSettled([accept(token, 'uno.solo'), accept(token, 'otro.solo')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await codeOf(accept(token, 'tercera'))).toBe('INVITACION_INVALIDA');
    expect(await codeOf(client(server).acceso.invitacion.query({ token }))).toBe('INVITACION_INVALIDA');
  });

  test('that was cancelled, that expired or that never was, is refused', async () => {
    const cancelled = await invite();
    const { usuarios } = client(server, await server.token(admin));
    await usuarios.cancelaInvitacion.mutate({ id: cancelled.id });
    expect(await codeOf(usuarios.cancelaInvitacion.mutate({ id: cancelled.id }))).toBe('INVITACION_INVALIDA');
    expect(await codeOf(accept(cancelled.token, 'tarde.uno'))).toBe('INVITACION_INVALIDA');
    const old = await invite();
    clock.advance(8 * DAY_MS);
    expect(await codeOf(accept(old.token, 'tarde.dos'))).toBe('INVITACION_INVALIDA');
    expect(await codeOf(accept(randomBytes(32).toString('base64url'), 'nadie'))).toBe('INVITACION_INVALIDA');
  });

  test('does not take a name or an e-mail that somebody has', async () => {
    const { token } = await invite();
    await accept(token, 'repetida');
    const again = await invite();
    expect(await codeOf(accept(again.token, 'Repetida'))).toBe('USUARIO_REPETIDO');
    expect(await codeOf(accept(again.token, admin.correo))).toBe('USUARIO_REPETIDO');
    expect(await codeOf(accept(again.token, 'dos palabras'))).toBe('ENTRADA_INVALIDA');
    // Nothing was used up by the failures.
    await accept(again.token, 'irrepetible');
    expect(await codeOf(invite({ correo: admin.correo }))).toBe('USUARIO_REPETIDO');
  });

  test('is stored only as a hash', async () => {
    const { token } = await invite();
    const { rows } = await db.pool.query('select * from inventario.invitaciones');
    expect(JSON.stringify(rows)).not.toContain(token);
    const audit = await db.pool.query('select * from inventario.auditoria');
    expect(JSON.stringify(audit.rows)).not.toContain(token);
  });

  test('needs a shop that exists, a limit that is not negative, and an admin', async () => {
    expect(await codeOf(invite({ tiendaIds: [newId()] }))).toBe('ENTRADA_INVALIDA');
    expect(await codeOf(invite({ limiteAjuste: '-1' }))).toBe('ENTRADA_INVALIDA');
    const gerente = await testUser(db, { rol: 'gerente', tiendas: [tienda] });
    const { usuarios } = client(server, await server.token(gerente));
    const entrada = { nombre: 'X', correo: null, rol: 'admin' as const, tiendaIds: [], limiteAjuste: null };
    expect(await codeOf(usuarios.invita.mutate(entrada))).toBe('PROHIBIDO');
    expect(await codeOf(usuarios.cancelaInvitacion.mutate({ id: newId() }))).toBe('PROHIBIDO');
    expect(await codeOf(client(server).usuarios.invita.mutate(entrada))).toBe('SESION_VENCIDA');
  });
});

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
    expect(await client(server).acceso.estado.query()).toMatchObject({
      sinUsuarios: true,
      supabase: { anonKey: 'publica' },
    });
    expect(await codeOf(client(server).acceso.primerAdmin.mutate(primero(codigo)))).toBe('SESION_VENCIDA');
    identity = { sub: newId(), email: 'Duena@Supabase.mx' };
    const { usuarioId } = await client(server, 't').acceso.primerAdmin.mutate(primero(codigo));
    expect(usuarioId).toBe(identity.sub);
    expect(await client(server, 't').acceso.yo.query()).toMatchObject({
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
    const { ruta } = await client(server, 't').usuarios.invita.mutate({
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
    client(server, bearer).acceso.aceptaInvitacion.mutate({ token, usuario, contrasena: CONTRASENA });

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
    const { usuarios } = client(server, 't');
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
    const right = await login(server, 'Beto');
    expect(await right.json()).toMatchObject({ access_token: 'a', refresh_token: 'r' });
    expect(calls).toMatchObject([
      {
        url: '/auth/v1/token?grant_type=password',
        apikey: 'publica',
        body: { email: 'beto@usuarios.invalid' },
      },
    ]);
    refusal = { status: 400, body: { code: 400, error_code: 'invalid_credentials', msg: 'x' } };
    const wrong = await Promise.all(Array.from({ length: 6 }, () => login(server, 'Beto')));
    expect(wrong.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(wrong.filter(({ status }) => status === 429)).toHaveLength(1);
    refusal = undefined;
  });
});
