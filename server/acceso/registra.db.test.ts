import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock, newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { ensureEpoch } from '#server/sync/epoca.ts';
import { RegistraSalida } from '#shared/contracts/sync.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { signAccessToken } from './access-token.ts';
import { type Llaves, llavesOf } from './llaves.ts';
import { registra } from './registra.ts';
import { verifyTurno } from './turno.ts';
import { createOwnVerifier } from './verify.ts';

const HOUR_MS = 3600_000;
let db: Db;
let llaves: Llaves;
let tienda: TestTienda;
let ana: TestUser;
let luis: TestUser;
let clock: ReturnType<typeof fixedClock>;
let epoch: string;

beforeAll(async () => {
  db = await testDb();
  clock = fixedClock(new Date('2026-03-02T16:00:00.400Z'));
  llaves = await llavesOf({ db, clock });
  epoch = await ensureEpoch(db, clock);
  tienda = await testTienda(db);
});

beforeEach(async () => {
  ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  luis = await testUser(db, { rol: 'gerente', tiendas: [tienda], limite: '5000' });
});

function phone() {
  const secret = randomBytes(32).toString('base64url');
  return { deviceId: newId(), secret, nombre: 'Moto de Ana', app: '1.0.0' };
}

const enter = (user: TestUser, equipo: ReturnType<typeof phone>) =>
  registra({ db, clock }, user.claims, equipo);

describe('registering a phone', () => {
  test('makes it known and gives a turno of 14 hours', async () => {
    const equipo = phone();
    const salida = RegistraSalida.parse(await enter(ana, equipo));
    expect(salida).toMatchObject({
      epoch,
      serverTime: clock.now().toISOString(),
      turno: {
        usuarioId: ana.id,
        nombre: ana.nombre,
        rol: 'almacenista',
        tiendaIds: [tienda.id],
        limiteAjuste: null,
      },
    });
    const { emitidoEn, expiraEn, token } = salida.turno;
    expect(Date.parse(expiraEn) - Date.parse(emitidoEn)).toBe(14 * HOUR_MS);
    expect(await verifyTurno(llaves, token)).toMatchObject({
      usuarioId: ana.id,
      deviceId: equipo.deviceId,
      rol: 'almacenista',
      tiendaIds: [tienda.id],
      exp: new Date(expiraEn),
    });
    const { rows } = await db.pool.query(
      'select usuario_id, expira_en from sync.turno where device_id = $1',
      [equipo.deviceId],
    );
    expect(rows).toEqual([{ usuario_id: ana.id, expira_en: new Date(expiraEn) }]);
    const stored = await db.pool.query('select * from sync.device where id = $1', [equipo.deviceId]);
    expect(stored.rows[0]).toMatchObject({ nombre: 'Moto de Ana', app_ver: '1.0.0', usuario_id: ana.id });
    expect(JSON.stringify(stored.rows)).not.toContain(equipo.secret);
  });

  test('serves several people, one after the other, and keeps the name that it has', async () => {
    const equipo = phone();
    await enter(ana, equipo);
    const salida = await enter(luis, { ...equipo, nombre: 'otro nombre' });
    expect(salida.turno).toMatchObject({ usuarioId: luis.id, rol: 'gerente', limiteAjuste: '5000.00' });
    const { rows } = await db.pool.query('select nombre, usuario_id from sync.device where id = $1', [
      equipo.deviceId,
    ]);
    expect(rows).toEqual([{ nombre: 'Moto de Ana', usuario_id: luis.id }]);
  });

  test('gives an admin the turno of all shops', async () => {
    const admin = await testUser(db, { rol: 'admin' });
    expect((await enter(admin, phone())).turno.tiendaIds).toContain(tienda.id);
  });

  test('with the id of another phone is refused', async () => {
    const equipo = phone();
    await enter(ana, equipo);
    await expect(enter(ana, { ...phone(), deviceId: equipo.deviceId })).rejects.toMatchObject({
      code: 'EQUIPO_SECRETO',
    });
  });

  test('after it was put out of use is refused', async () => {
    const equipo = phone();
    await enter(ana, equipo);
    await db.pool.query('update sync.device set revoked_at = now() where id = $1', [equipo.deviceId]);
    await expect(enter(luis, equipo)).rejects.toMatchObject({ code: 'EQUIPO_REVOCADO' });
  });

  test('by somebody unknown here, or put out, is refused and leaves no device', async () => {
    const equipo = phone();
    await expect(registra({ db, clock }, { sub: newId() }, equipo)).rejects.toMatchObject({
      code: 'USUARIO_SIN_ALTA',
    });
    await db.pool.query('update inventario.usuarios set is_active = false where id = $1', [ana.id]);
    await expect(enter(ana, equipo)).rejects.toMatchObject({ code: 'USUARIO_DESACTIVADO' });
    const { rows } = await db.pool.query('select 1 from sync.device where id = $1', [equipo.deviceId]);
    expect(rows).toEqual([]);
  });

  test('from two tabs at once makes one device', async () => {
    const equipo = phone();
    const both = await Promise.all([enter(ana, equipo), enter(ana, equipo)]);
    expect(new Set(both.map(({ turno }) => turno.token)).size).toBe(2);
  });
});

describe('a phone that took a new id, as a clone must', () => {
  const movida = async (quien: TestUser, ...anteriores: [string, ReturnType<typeof phone>][]) => {
    const nuevo = phone();
    const turnosDeAntes = anteriores.map(([token, { deviceId, secret }]) => ({ token, deviceId, secret }));
    const salida = await registra({ db, clock }, quien.claims, { ...nuevo, turnosDeAntes });
    return { nuevo, movidos: RegistraSalida.parse(salida).movidos };
  };

  test('gets the turnos of everybody on it for the new id, with the hours that they had', async () => {
    const viejo = phone();
    const { turno } = await enter(ana, viejo);
    clock.advance(HOUR_MS);
    const { nuevo, movidos } = await movida(luis, [turno.token, viejo]);
    expect(movidos).toHaveLength(1);
    const [{ token, ...dicho }] = movidos as [NonNullable<typeof movidos>[number]];
    expect(dicho).toEqual({ usuarioId: ana.id, emitidoEn: turno.emitidoEn, expiraEn: turno.expiraEn });
    expect(await verifyTurno(llaves, token)).toMatchObject({
      usuarioId: ana.id,
      deviceId: nuevo.deviceId,
      rol: 'almacenista',
      exp: new Date(turno.expiraEn),
    });
  });

  test('gets none without the secret of the former id, of another id, forged, or of a phone put out of use', async () => {
    const viejo = phone();
    const { token } = (await enter(ana, viejo)).turno;
    const otro = phone();
    await enter(luis, otro);
    const pruebas: [string, ReturnType<typeof phone>][] = [
      [token, { ...viejo, secret: otro.secret }],
      [token, otro],
      [`${token}x`, viejo],
    ];
    expect((await movida(luis, ...pruebas)).movidos).toEqual([]);
    await db.pool.query('update sync.device set revoked_at = now() where id = $1', [viejo.deviceId]);
    expect((await movida(luis, [token, viejo])).movidos).toEqual([]);
  });
});

describe('a turno', () => {
  test('is read long after it ended, and after the keys were rotated', async () => {
    const { token } = (await enter(ana, phone())).turno;
    await llaves.rotate();
    const later = createOwnVerifier(llaves, fixedClock(new Date('2026-06-01T00:00:00Z')));
    expect(await verifyTurno(llaves, token)).toMatchObject({ usuarioId: ana.id });
    expect(await later(token)).toBeNull();
  });

  test('is no access token, and an access token is no turno', async () => {
    const { token } = (await enter(ana, phone())).turno;
    expect(await createOwnVerifier(llaves, clock)(token)).toBeNull();
    const access = await signAccessToken(await llaves.signer(), {
      userId: ana.id,
      email: ana.correo,
      sessionId: newId(),
      loggedInAt: clock.now(),
      now: clock.now(),
    });
    await expect(verifyTurno(llaves, access)).rejects.toMatchObject({ code: 'TURNO_INVALIDO' });
  });

  test.each([
    ['of another purpose', { aud: 'authenticated' }],
    ['of another issuer', { iss: 'devcompras/auth' }],
    ['without a device', { device: undefined }],
    ['of a role that does not exist', { rol: 'dueño' }],
    ['without a person', { sub: undefined }],
    ['without an end', { exp: undefined }],
  ])('%s is refused', async (_name, over) => {
    const { kid, key } = await llaves.signer();
    const iat = Math.floor(clock.now().getTime() / 1000);
    const good = {
      iss: 'devcompras',
      aud: 'turno',
      jti: newId(),
      sub: ana.id,
      device: newId(),
      rol: 'almacenista',
      tiendas: [tienda.id],
      iat,
      exp: iat + 14 * 3600,
    };
    const header = { alg: 'ES256', kid, typ: 'turno+jwt' };
    const sign = (payload: object) => new SignJWT({ ...payload }).setProtectedHeader(header).sign(key);
    expect(await verifyTurno(llaves, await sign(good))).toMatchObject({ usuarioId: ana.id });
    await expect(verifyTurno(llaves, await sign({ ...good, ...over }))).rejects.toMatchObject({
      code: 'TURNO_INVALIDO',
    });
  });

  test.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('%j is none', async (text) => {
    await expect(verifyTurno(llaves, text)).rejects.toMatchObject({ code: 'TURNO_INVALIDO' });
  });
});
