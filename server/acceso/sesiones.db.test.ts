import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Codigo } from '#shared/codes.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testUser } from '#tests/db/people.ts';
import { revokeSessionsOf } from './sesiones.sql.ts';
import { abreSesion, renueva } from './sesiones.ts';

const DAY_MS = 24 * 3600_000;
let db: Db;
let user: TestUser;
let clock: ReturnType<typeof fixedClock>;
let first: string;

beforeAll(async () => {
  db = await testDb();
});

beforeEach(async () => {
  clock = fixedClock(new Date('2026-03-02T16:00:00Z'));
  user = await testUser(db, { rol: 'almacenista' });
  first = (await abreSesion({ db, clock }, user.id, 'prueba')).refreshToken;
});

async function renew(token: string): Promise<string> {
  return (await renueva({ db, clock }, token)).refreshToken;
}

async function refused(token: string): Promise<Codigo> {
  return renueva({ db, clock }, token).then(
    () => Promise.reject(new Error('was renewed')),
    (error: { code: Codigo }) => error.code,
  );
}

describe('lost answers on bad Wi-Fi', () => {
  test('a repeated request within 10 s gets the same successor, however often', async () => {
    const second = await renew(first);
    clock.advance(9_000);
    expect(await renew(first)).toBe(second);
    expect(await renew(first)).toBe(second);
  });

  test('two tabs at once get the same successor', async () => {
    const answers = await Promise.all([renew(first), renew(first), renew(first)]);
    expect(new Set(answers).size).toBe(1);
  });

  test('hours later the parent is still good while its successor was never used', async () => {
    const second = await renew(first);
    clock.advance(5 * 3600_000);
    expect(await renew(first)).toBe(second);
    const third = await renew(second);
    expect(await renew(third)).not.toBe(third);
  });

  test('within 10 s the parent is good even after its successor moved on', async () => {
    const second = await renew(first);
    await renew(second);
    clock.advance(9_000);
    expect(await renew(first)).toBe(second);
  });
});

describe('a copied token', () => {
  test('used after its successor ends the session for both', async () => {
    const second = await renew(first);
    const third = await renew(second);
    clock.advance(10_001);
    expect(await refused(first)).toBe('SESION_REUSADA');
    expect(await refused(third)).toBe('SESION_TERMINADA');
  });

  test('of another session harms nobody else', async () => {
    const other = (await abreSesion({ db, clock }, user.id, null)).refreshToken;
    await renew(await renew(first));
    clock.advance(60_000);
    expect(await refused(first)).toBe('SESION_REUSADA');
    expect(await renew(other)).not.toBe(other);
  });

  test('is in the database only as a hash', async () => {
    const second = await renew(first);
    const { rows } = await db.pool.query('select * from auth.refresh_tokens');
    expect(JSON.stringify(rows)).not.toContain(first);
    expect(JSON.stringify(rows)).not.toContain(second);
  });
});

describe('the end', () => {
  test('comes 60 days after the last renewal', async () => {
    clock.advance(59 * DAY_MS);
    const second = await renew(first);
    clock.advance(59 * DAY_MS);
    const third = await renew(second);
    clock.advance(60 * DAY_MS);
    expect(await refused(third)).toBe('SESION_TERMINADA');
  });

  test('an invented token is no session', async () => {
    expect(await refused('x'.repeat(43))).toBe('SESION_TERMINADA');
    expect(await refused('')).toBe('SESION_TERMINADA');
  });

  test('a person put out hears why, also when the session was revoked with them', async () => {
    await db.asService(async (tx) => {
      await tx
        .updateTable('inventario.usuarios')
        .set({ is_active: false })
        .where('id', '=', user.id)
        .execute();
      await revokeSessionsOf(tx, user.id, clock.now());
    });
    expect(await refused(first)).toBe('USUARIO_DESACTIVADO');
  });

  test('a ban holds until it ends', async () => {
    const until = new Date(clock.now().getTime() + DAY_MS);
    await db.asService((tx) =>
      tx.updateTable('auth.users').set({ banned_until: until }).where('id', '=', user.id).execute(),
    );
    expect(await refused(first)).toBe('USUARIO_DESACTIVADO');
    clock.advance(DAY_MS);
    expect(await renew(first)).not.toBe(first);
  });

  test('used tokens are forgotten after a week, the living chain never', async () => {
    let token = first;
    for (let week = 0; week < 5; week++) {
      clock.advance(8 * DAY_MS);
      token = await renew(token);
    }
    const { rows } = await db.pool.query(
      `select count(*)::int as n from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id where s.user_id = $1`,
      [user.id],
    );
    expect(rows[0].n).toBe(2);
  });

  test('dead sessions are swept at the next log-in', async () => {
    clock.advance(61 * DAY_MS);
    await abreSesion({ db, clock }, user.id, null);
    const { rows } = await db.pool.query('select count(*)::int as n from auth.sessions where user_id = $1', [
      user.id,
    ]);
    expect(rows[0].n).toBe(1);
  });
});
