import { type AuthChangeEvent, createClient, type SupabaseClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { daContrasena, CONTRASENA_DE_PRUEBA as PASSWORD } from '#tests/db/cuentas.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';

/** The real client against our part of its API: what the phone does. */

let db: Db;
let server: TestServer;
let tienda: TestTienda;

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  tienda = await testTienda(db);
});

async function person(nombreUsuario?: string): Promise<TestUser> {
  const user = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  await daContrasena(db, user, nombreUsuario);
  return user;
}

function phone(): { client: SupabaseClient; events: AuthChangeEvent[] } {
  const items = new Map<string, string>();
  const client = createClient(server.url, 'own-mode-has-no-key', {
    auth: {
      autoRefreshToken: false,
      detectSessionInUrl: false,
      storageKey: newId(),
      storage: {
        getItem: (key) => items.get(key) ?? null,
        setItem: (key, value) => void items.set(key, value),
        removeItem: (key) => void items.delete(key),
      },
    },
  });
  const events: AuthChangeEvent[] = [];
  client.auth.onAuthStateChange((event) => void events.push(event));
  return { client, events };
}

async function signedIn(user: TestUser) {
  const { client, events } = phone();
  const { data, error } = await client.auth.signInWithPassword({ email: user.correo, password: PASSWORD });
  if (error !== null) throw error;
  return { client, events, session: data.session };
}

describe('log-in', () => {
  test('gives a session that the server and the client take', async () => {
    const user = await person();
    const { client, events, session } = await signedIn(user);
    expect(session).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
    expect(session.user).toMatchObject({ id: user.id, email: user.correo, aud: 'authenticated' });
    expect((await client.auth.getUser()).data.user?.user_metadata).toMatchObject({ nombre: user.nombre });
    expect((await client.auth.getSession()).data.session?.access_token).toBe(session.access_token);
    expect(events).toContain('SIGNED_IN');
    const claims = await client.auth.getClaims(session.access_token);
    expect(claims.error).toBeNull();
    expect(claims.data?.claims).toMatchObject({ sub: user.id, role: 'authenticated', aud: 'authenticated' });
    expect(await server.deps.verifyAccessToken(session.access_token)).toMatchObject({ sub: user.id });
  });

  test('takes a user name in the e-mail field, in any case', async () => {
    const user = await person('bodega.norte');
    const { data } = await phone().client.auth.signInWithPassword({
      email: ' Bodega.Norte ',
      password: PASSWORD,
    });
    expect(data.user?.id).toBe(user.id);
  });

  test('does not tell a wrong password from an unknown person', async () => {
    const user = await person();
    const { client } = phone();
    const wrong = await client.auth.signInWithPassword({ email: user.correo, password: 'no es esta' });
    const nobody = await client.auth.signInWithPassword({ email: 'nadie@demo.mx', password: 'no es esta' });
    expect(wrong.error).toMatchObject({ status: 400, code: 'invalid_credentials' });
    expect(wrong.error?.message).toMatch(/no coinciden/);
    expect(nobody.error).toMatchObject({ ...wrong.error });
    expect(JSON.stringify(nobody.error)).toBe(JSON.stringify(wrong.error));
  });

  test('of a person put out is refused with a sentence, but only after the right password', async () => {
    const user = await person();
    await db.asService((tx) =>
      tx.updateTable('inventario.usuarios').set({ is_active: false }).where('id', '=', user.id).execute(),
    );
    const { client } = phone();
    const right = await client.auth.signInWithPassword({ email: user.correo, password: PASSWORD });
    expect(right.error).toMatchObject({ status: 400, code: 'user_banned' });
    expect(right.error?.message).toMatch(/desactivado/);
    const wrong = await client.auth.signInWithPassword({ email: user.correo, password: 'no es esta' });
    expect(wrong.error).toMatchObject({ code: 'invalid_credentials' });
  });

  test('is limited per account: 429 with Retry-After and a sentence', async () => {
    const user = await person();
    const attempt = () =>
      fetch(`${server.url}/auth/v1/token?grant_type=password`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: user.correo, password: 'no es esta' }),
      });
    const answers = await Promise.all(Array.from({ length: 7 }, attempt));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(2);
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await limited[0]?.json()).toMatchObject({
      code: 429,
      error_code: 'over_request_rate_limit',
      msg: expect.stringMatching(/Espera \d+ segundos/),
    });
  });

  test('sign-up is by invitation', async () => {
    const { error } = await phone().client.auth.signUp({ email: 'yo@demo.mx', password: 'demo12345' });
    expect(error).toMatchObject({ status: 422, code: 'signup_disabled' });
    expect(error?.message).toMatch(/invitación/);
  });
});

describe('a session', () => {
  test('is renewed with new tokens', async () => {
    const { client, events, session } = await signedIn(await person());
    const { data, error } = await client.auth.refreshSession();
    expect(error).toBeNull();
    expect(data.session?.refresh_token).not.toBe(session.refresh_token);
    expect(data.session?.user.id).toBe(session.user.id);
    expect(events).toContain('TOKEN_REFRESHED');
    expect((await client.auth.getUser()).error).toBeNull();
  });

  test('changes its password, ends the other sessions and stays itself', async () => {
    const user = await person();
    const here = await signedIn(user);
    const there = await signedIn(user);
    const weak = await here.client.auth.updateUser({ password: 'corta' });
    expect(weak.error).toMatchObject({ code: 'weak_password', status: 422 });
    const same = await here.client.auth.updateUser({ password: PASSWORD });
    expect(same.error).toMatchObject({ code: 'same_password', status: 422 });
    const { data, error } = await here.client.auth.updateUser({ password: 'otra contraseña' });
    expect(error).toBeNull();
    expect(data.user?.id).toBe(user.id);
    expect(here.events).toContain('USER_UPDATED');
    expect((await here.client.auth.refreshSession()).error).toBeNull();
    expect((await there.client.auth.refreshSession()).error).toMatchObject({
      status: 400,
      code: 'refresh_token_not_found',
    });
    const again = phone().client.auth.signInWithPassword({ email: user.correo, password: 'otra contraseña' });
    expect((await again).error).toBeNull();
  });

  test('checks the current password when it is sent, and leaves the e-mail to the admin', async () => {
    const { client } = await signedIn(await person());
    const wrong = await client.auth.updateUser({
      password: 'otra contraseña',
      current_password: 'no es esta',
    });
    expect(wrong.error).toMatchObject({ code: 'invalid_credentials' });
    expect((await client.auth.updateUser({ email: 'otro@demo.mx' })).error).toMatchObject({ status: 400 });
  });

  test('signs out of this phone only, or of all', async () => {
    const user = await person();
    const here = await signedIn(user);
    const there = await signedIn(user);
    expect((await here.client.auth.signOut({ scope: 'local' })).error).toBeNull();
    expect(here.events).toContain('SIGNED_OUT');
    expect(
      (await here.client.auth.refreshSession({ refresh_token: here.session.refresh_token })).error,
    ).toMatchObject({ code: 'refresh_token_not_found', status: 400 });
    expect((await there.client.auth.refreshSession()).error).toBeNull();
    const third = await signedIn(user);
    expect((await third.client.auth.signOut()).error).toBeNull();
    expect((await there.client.auth.refreshSession()).error).toMatchObject({ status: 400 });
    // Its access token still has a signature, but no session.
    const gone = await there.client.auth.getUser(there.session.access_token);
    expect(gone.error?.name).toBe('AuthSessionMissingError');
  });

  test('survives a database that is away: a renewal answers 5xx, which is "try again"', async () => {
    let away = false;
    const flaky: Db = {
      ...db,
      asService: (fn, options) =>
        away
          ? Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
          : db.asService(fn, options),
    };
    const behind = await testServer({ db: flaky });
    const user = await person();
    const post = (grant: string, body: object) =>
      fetch(`${behind.url}/auth/v1/token?grant_type=${grant}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const login = () => post('password', { email: user.correo, password: PASSWORD });
    const { refresh_token } = (await (await login()).json()) as { refresh_token: string };
    away = true;
    for (let time = 1; time <= 8; time++) expect((await login()).status).toBe(503);
    const renewal = await post('refresh_token', { refresh_token });
    expect(renewal.status).toBe(503);
    expect(await renewal.json()).toMatchObject({ error_code: 'unexpected_failure' });
    away = false;
    expect((await post('refresh_token', { refresh_token })).status).toBe(200);
    // The eight log-ins that could not be judged are not failures of the person.
    expect((await login()).status).toBe(200);
  });

  test('an unreadable body is told so', async () => {
    const answer = await fetch(`${server.url}/auth/v1/token?grant_type=refresh_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"refresh_token":',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 400, error_code: 'validation_failed' });
  });
});

test("what our part of the API lacks answers in the API's own words", async () => {
  const { error } = await phone().client.auth.resetPasswordForEmail('ana@demo.mx');
  expect(error).toMatchObject({ status: 404, name: 'AuthApiError' });
});

test('the published keys hold nothing private', async () => {
  const text = await (await fetch(`${server.url}/auth/v1/.well-known/jwks.json`)).text();
  const { keys } = JSON.parse(text) as { keys: Record<string, unknown>[] };
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    expect(key).not.toHaveProperty('d');
  }
});

test('POST /api/auth/token serves scripts, under the same limits', async () => {
  const user = await person();
  const post = (password: string) =>
    fetch(`${server.url}/api/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: user.correo, password }),
    });
  const right = await post(PASSWORD);
  expect(right.status).toBe(200);
  const body = (await right.json()) as Record<string, unknown>;
  expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600, user: { id: user.id } });
  const yo = await fetch(`${server.url}/api/trpc/acceso.yo`, {
    headers: { authorization: `Bearer ${body.access_token}` },
  });
  expect(await yo.json()).toMatchObject({ result: { data: { usuarioId: user.id, rol: 'almacenista' } } });
  const wrong = await Promise.all(Array.from({ length: 6 }, () => post('no es esta')));
  expect(wrong.filter(({ status }) => status === 401)).toHaveLength(5);
  const limited = wrong.find(({ status }) => status === 429);
  expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await limited?.json()).toMatchObject({ code: 'DEMASIADAS_PETICIONES' });
});
