import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { pideToken, primerAdminDePrueba as primero, relojMovible } from '#tests/db/cuentas.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { codeOf, trpc } from '#tests/db/trpc.ts';
import { codigoInicial } from './codigo-inicial.ts';

const DAY_MS = 24 * 3600_000;
const CONTRASENA = 'una contraseña';

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
    expect(await trpc(server).acceso.estado.query()).toMatchObject({ sinUsuarios: true, supabase: null });
    expect(codigo).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await codigoInicial(server.deps)).toBe(codigo);
  });

  test('refuses a wrong code, a time zone that does not exist, a short password', async () => {
    const { acceso } = trpc(server);
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
    expect(await trpc(server).acceso.estado.query()).toMatchObject({ sinUsuarios: true });
  });

  test('takes exactly one first admin, with a shop and its general almacén, also from two browsers at once', async () => {
    const { acceso } = trpc(server);
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
        codeOf(trpc(empty).acceso.primerAdmin.mutate(primero('1111-1111-1111'))),
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
    const made = await trpc(server, await server.token(admin)).usuarios.invita.mutate({
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
    trpc(server).acceso.aceptaInvitacion.mutate({ token, usuario, contrasena: CONTRASENA });

  test('shows who is invited to what, and makes the account', async () => {
    const { token, expiraEn } = await invite({ rol: 'gerente', limiteAjuste: '1500.50' });
    expect(Date.parse(expiraEn) - clock.now().getTime()).toBeGreaterThan(6 * DAY_MS);
    expect(await trpc(server).acceso.invitacion.query({ token })).toEqual({
      nombre: 'Ana López',
      rol: 'gerente',
      correo: null,
      tiendas: [`Tienda ${tienda.codigo}`],
      usuario: null,
    });
    const { usuarioId } = await accept(token, 'Ana.Lopez');
    const answer = await pideToken(server, 'ANA.lopez', CONTRASENA);
    expect(answer.status).toBe(200);
    const { access_token } = (await answer.json()) as { access_token: string };
    expect(await trpc(server, access_token).acceso.yo.query()).toEqual({
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
    expect(await codeOf(trpc(server).acceso.invitacion.query({ token }))).toBe('INVITACION_INVALIDA');
  });

  test('that was cancelled, that expired or that never was, is refused', async () => {
    const cancelled = await invite();
    const { usuarios } = trpc(server, await server.token(admin));
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
    const { usuarios } = trpc(server, await server.token(gerente));
    const entrada = { nombre: 'X', correo: null, rol: 'admin' as const, tiendaIds: [], limiteAjuste: null };
    expect(await codeOf(usuarios.invita.mutate(entrada))).toBe('PROHIBIDO');
    expect(await codeOf(usuarios.cancelaInvitacion.mutate({ id: newId() }))).toBe('PROHIBIDO');
    expect(await codeOf(trpc(server).usuarios.invita.mutate(entrada))).toBe('SESION_VENCIDA');
  });
});
