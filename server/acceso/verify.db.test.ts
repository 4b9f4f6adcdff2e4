import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEnv } from '#server/env.ts';
import { fixedClock, newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { testDb } from '#tests/db/harness.ts';
import { ACCESS_SECONDS, signAccessToken } from './access-token.ts';
import { type Llaves, openLlaves } from './llaves.ts';
import {
  createOwnVerifier,
  createSupabaseVerifier,
  createVerifyAccess,
  type VerifyAccess,
} from './verify.ts';

const NOW = new Date('2026-03-02T16:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const USER = newId();
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that nobody signed. */
function unsigned(payload: object): string {
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.`;
}

function claims(over: JWTPayload = {}): JWTPayload {
  return {
    iss: 'devcompras/auth',
    aud: 'authenticated',
    role: 'authenticated',
    sub: USER,
    iat: SECONDS,
    exp: SECONDS + 3600,
    session_id: newId(),
    ...over,
  };
}

describe('our own tokens', () => {
  let db: Db;
  let llaves: Llaves;
  let verify: VerifyAccess;
  const clock = fixedClock(NOW);

  beforeAll(async () => {
    db = await testDb();
    llaves = await openLlaves(db, clock);
    verify = createOwnVerifier(llaves, clock);
  });

  async function sign(payload: JWTPayload, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const { kid, key } = await llaves.signer();
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(key);
  }

  function access(at: Date = NOW): Promise<string> {
    return llaves.signer().then((signer) =>
      signAccessToken(signer, {
        userId: USER,
        email: 'ana@demo.mx',
        sessionId: newId(),
        loggedInAt: at,
        now: at,
      }),
    );
  }

  test('are taken for their hour', async () => {
    expect(await verify(await access())).toMatchObject({
      sub: USER,
      email: 'ana@demo.mx',
      role: 'authenticated',
    });
    const old = await access(new Date(NOW.getTime() - (ACCESS_SECONDS + 6) * 1000));
    expect(await verify(old)).toBeNull();
  });

  test.each<[string, JWTPayload]>([
    ['another audience', { aud: 'turno' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://x.supabase.co/auth/v1' }],
    ["a turno's issuer", { iss: 'devcompras' }],
    ['the public key of Supabase', { role: 'anon' }],
    ['its service key', { role: 'service_role' }],
    ['no person', { sub: undefined }],
    ['a person that is no id', { sub: 'ana' }],
    ['no end', { exp: undefined }],
    ['its end behind it', { exp: SECONDS - 10 }],
    ['its beginning ahead', { nbf: SECONDS + 600 }],
  ])('with %s are refused', async (_name, over) => {
    expect(await verify(await sign(claims(over)))).toBeNull();
  });

  test('unsigned, or signed by somebody else, are refused', async () => {
    expect(await verify(unsigned(claims()))).toBeNull();
    const stranger = await generateKeyPair('ES256');
    const { kid } = await llaves.signer();
    const forged = new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid }).sign(stranger.privateKey);
    expect(await verify(await forged)).toBeNull();
    const { keys } = await llaves.jwks();
    // The public key as an HMAC secret: the classic confusion of algorithms.
    const secret = new TextEncoder().encode(JSON.stringify(keys[0]));
    const confused = new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid }).sign(secret);
    expect(await verify(await confused)).toBeNull();
    expect(await verify(await sign(claims(), { kid: newId() }))).toBeNull();
  });

  test.each(['', 'x', 'a.b.c', '..', `${encode({ alg: 'ES256' })}.${encode({})}.AAAA`])(
    '%j is no token',
    async (text) => {
      expect(await verify(text)).toBeNull();
    },
  );

  test('with its payload exchanged is refused', async () => {
    const [head, , signature] = (await access()).split('.');
    expect(await verify(`${head}.${encode(claims({ sub: newId() }))}.${signature}`)).toBeNull();
  });

  test('outlive the rotation of the keys, in every process, and only for a while', async () => {
    const here = fixedClock(NOW);
    const two = await openLlaves(db, here);
    const before = await access();
    const kid = await two.rotate();
    expect((await two.signer()).kid).toBe(kid);
    const verifyTwo = createOwnVerifier(two, here);
    expect(await verifyTwo(before)).toMatchObject({ sub: USER });
    const after = await signAccessToken(await two.signer(), {
      userId: USER,
      email: null,
      sessionId: newId(),
      loggedInAt: NOW,
      now: NOW,
    });
    // The other process has not heard of the new key: it looks once.
    clock.advance(6_000);
    expect(await verify(after)).toMatchObject({ sub: USER });
    expect((await two.jwks()).keys).toHaveLength(2);
    here.advance(2 * 3600_000);
    expect((await two.jwks()).keys).toHaveLength(1);
    const { rows } = await db.pool.query('select privada from sync.llaves where retirada_en is not null');
    expect(rows).toEqual([{ privada: {} }]);
  });

  test('processes that start at once make one key', async () => {
    const empty = await testDb();
    const many = await Promise.all(Array.from({ length: 4 }, () => openLlaves(empty, clock)));
    const kids = await Promise.all(many.map(async (one) => (await one.signer()).kid));
    expect(new Set(kids).size).toBe(1);
    const secrets = await Promise.all(many.map((one) => one.derive('prueba')));
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
  });
});

test("a database that brings Supabase's accounts needs SUPABASE_URL", async () => {
  const db = await testDb();
  const clock = fixedClock(NOW);
  const start = (source: Record<string, string>) => createVerifyAccess({ db, clock, env: readEnv(source) });
  await start({});
  await db.asService((tx) =>
    sql`alter table auth.refresh_tokens rename column token_hash to token`.execute(tx),
  );
  await expect(start({})).rejects.toThrow(/SUPABASE_URL/);
  await start({ SUPABASE_URL: 'https://x.supabase.co', SUPABASE_ANON_KEY: 'publica' });
});

describe("Supabase's tokens", () => {
  const clock = fixedClock(NOW);
  const secret = 'un secreto de los proyectos viejos, de 32 letras o más';
  let issuer: string;
  let url: string;
  let key: CryptoKey;
  let asked = 0;
  let answer: { status: number; body: string };

  const server = createServer((request, response) => {
    asked += 1;
    const known = request.url === '/auth/v1/.well-known/jwks.json';
    response.writeHead(known ? answer.status : 404, { 'content-type': 'application/json' }).end(answer.body);
  });

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    key = pair.privateKey;
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    answer = { status: 200, body: JSON.stringify({ keys: [jwk] }) };
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    issuer = `${url}/auth/v1`;
  });
  afterAll(() => {
    server.close();
  });

  function sign(over: JWTPayload = {}, kid = 'k1'): Promise<string> {
    return new SignJWT(claims({ iss: issuer, ...over })).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
  }
  const legacy = async (over: JWTPayload = {}, text = secret): Promise<string> =>
    new SignJWT(claims({ iss: issuer, ...over }))
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(text));

  test('are verified by its published keys, which are fetched once', async () => {
    const verify = createSupabaseVerifier({ url }, clock);
    asked = 0;
    for (let time = 0; time < 5; time++) expect(await verify(await sign())).toMatchObject({ sub: USER });
    expect(asked).toBe(1);
  });

  test.each<[string, JWTPayload]>([
    ['of another project', { iss: 'https://otro.supabase.co/auth/v1' }],
    ['of our own mode', { iss: 'devcompras/auth' }],
    ['for another audience', { aud: 'turno' }],
    ['of the service', { role: 'service_role' }],
    ['that ended', { exp: SECONDS - 10 }],
  ])('%s are refused', async (_name, over) => {
    expect(await createSupabaseVerifier({ url }, clock)(await sign(over))).toBeNull();
  });

  test('unsigned, of an unknown key, or HS256 without its secret, are refused', async () => {
    const verify = createSupabaseVerifier({ url }, clock);
    expect(await verify(unsigned(claims({ iss: issuer })))).toBeNull();
    expect(await verify(await sign({}, 'k2'))).toBeNull();
    expect(await verify(await legacy())).toBeNull();
  });

  test('of projects that still sign with HS256 are taken when the secret is given', async () => {
    const verify = createSupabaseVerifier({ url, jwtSecret: secret }, clock);
    expect(await verify(await legacy())).toMatchObject({ sub: USER });
    expect(await verify(await sign())).toMatchObject({ sub: USER });
    expect(await verify(await legacy({ role: 'anon', sub: undefined }))).toBeNull();
    expect(await verify(await legacy({}, 'otro secreto de 32 letras o más, pero otro'))).toBeNull();
  });

  test('can not be judged while its keys are out of reach: that is no verdict', async () => {
    const before = answer;
    answer = { status: 503, body: 'upstream' };
    const verify = createSupabaseVerifier({ url }, clock);
    await expect(verify(await sign())).rejects.toMatchObject({ code: 'SERVIDOR_OCUPADO' });
    answer = before;
    const nowhere = createSupabaseVerifier({ url: 'http://127.0.0.1:9' }, clock);
    await expect(nowhere(await sign())).rejects.toMatchObject({ code: 'SERVIDOR_OCUPADO' });
  });
});
