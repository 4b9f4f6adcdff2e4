import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { registra } from '#server/acceso/registra.ts';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { ensureEpoch } from '#server/sync/epoca.ts';
import { CONTRASENA_DE_PRUEBA, daContrasena, pideToken } from '#tests/db/cuentas.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { codeOf, trpc, trpcAs } from '#tests/db/trpc.ts';

let db: Db;
let server: TestServer;
let centro: TestTienda;
let norte: TestTienda;
let admin: TestUser;
let gerente: TestUser;

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  await ensureEpoch(db, server.deps.clock);
  centro = await testTienda(db);
  norte = await testTienda(db);
  admin = await testUser(db, { rol: 'admin' });
  gerente = await testUser(db, { rol: 'gerente', tiendas: [centro], limite: '5000' });
});

function as(user: TestUser) {
  return trpcAs(server, user);
}

async function auditOf(entidadId: string) {
  const { rows } = await db.pool.query(
    'select usuario_id, accion, datos from inventario.auditoria where entidad_id = $1 order by en, id',
    [entidadId],
  );
  return rows as { usuario_id: string; accion: string; datos: Record<string, unknown> }[];
}

describe('the list of people', () => {
  test('is whole for an admin; of their shops and without limits for a gerente', async () => {
    const lejana = await testUser(db, { rol: 'almacenista', tiendas: [norte] });
    const cercana = await testUser(db, { rol: 'almacenista', tiendas: [centro, norte] });
    const all = await (await as(admin)).usuarios.lista.query();
    expect(all.usuarios.map(({ id }) => id)).toEqual(
      expect.arrayContaining([admin.id, gerente.id, lejana.id, cercana.id]),
    );
    expect(all.usuarios.find(({ id }) => id === gerente.id)).toMatchObject({ limiteAjuste: '5000.00' });
    const some = (await (await as(gerente)).usuarios.lista.query()).usuarios;
    expect(some.map(({ id }) => id)).toEqual(expect.arrayContaining([gerente.id, cercana.id]));
    expect(some.map(({ id }) => id)).not.toContain(lejana.id);
    expect(some.every(({ limiteAjuste }) => limiteAjuste === null)).toBe(true);
  });

  test.each(['almacenista', 'comprador', 'chofer', 'auditor'] as const)('is not for %s', async (rol) => {
    const user = await testUser(db, { rol, tiendas: [centro] });
    const { usuarios, dispositivos } = await as(user);
    expect(await codeOf(usuarios.lista.query())).toBe('PROHIBIDO');
    expect(await codeOf(usuarios.edita.mutate({ id: user.id, rol: 'admin' }))).toBe('PROHIBIDO');
    expect(await codeOf(dispositivos.lista.query())).toBe('PROHIBIDO');
    expect(await codeOf(dispositivos.revoca.mutate({ id: newId() }))).toBe('PROHIBIDO');
  });
});

describe('changing a person', () => {
  test('changes what is sent, leaves the rest, and says so in the audit', async () => {
    const user = await testUser(db, { rol: 'almacenista', tiendas: [centro] });
    const { usuarios } = await as(admin);
    const after = await usuarios.edita.mutate({
      id: user.id,
      nombre: ' Ana ',
      rol: 'gerente',
      tiendaIds: [norte.id, centro.id, norte.id],
      limiteAjuste: '1200.50',
    });
    expect(after).toMatchObject({ nombre: 'Ana', rol: 'gerente', isActive: true, correo: user.correo });
    expect(new Set(after.tiendaIds)).toEqual(new Set([centro.id, norte.id]));
    await usuarios.edita.mutate({ id: user.id, limiteAjuste: null, tiendaIds: [norte.id] });
    const listed = (await usuarios.lista.query()).usuarios.find(({ id }) => id === user.id);
    expect(listed).toMatchObject({
      nombre: 'Ana',
      rol: 'gerente',
      limiteAjuste: null,
      tiendaIds: [norte.id],
    });
    const [first, second] = await auditOf(user.id);
    expect(first).toMatchObject({
      usuario_id: admin.id,
      accion: 'usuario.editado',
      datos: { rol: { antes: 'almacenista', despues: 'gerente' }, nombre: { despues: 'Ana' } },
    });
    expect(Object.keys(second?.datos ?? {}).sort()).toEqual(['limiteAjuste', 'tiendaIds']);
  });

  test('nothing to change leaves no trace', async () => {
    const user = await testUser(db, { rol: 'almacenista', tiendas: [centro] });
    await (await as(admin)).usuarios.edita.mutate({
      id: user.id,
      rol: 'almacenista',
      tiendaIds: [centro.id],
    });
    expect(await auditOf(user.id)).toEqual([]);
  });

  test('to what cannot be is refused whole', async () => {
    const user = await testUser(db, { rol: 'almacenista', tiendas: [centro] });
    const { usuarios } = await as(admin);
    const bad = [
      { nombre: '  ' },
      { nombre: 'x'.repeat(201) },
      { limiteAjuste: '-5' },
      { limiteAjuste: '1.234' },
      { tiendaIds: [centro.id, newId()] },
    ];
    for (const cambio of bad) {
      expect(await codeOf(usuarios.edita.mutate({ id: user.id, rol: 'gerente', ...cambio }))).toBe(
        'ENTRADA_INVALIDA',
      );
    }
    expect(await codeOf(usuarios.edita.mutate({ id: newId(), rol: 'gerente' }))).toBe('NO_ENCONTRADO');
    expect(await auditOf(user.id)).toEqual([]);
  });

  test('putting somebody out ends their sessions and their access at once', async () => {
    const user = await testUser(db, { rol: 'almacenista', tiendas: [centro] });
    await daContrasena(db, user);
    const post = (grant: string, body: object) =>
      fetch(`${server.url}/auth/v1/token?grant_type=${grant}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const login = { email: user.correo, password: CONTRASENA_DE_PRUEBA };
    const { refresh_token } = (await (await post('password', login)).json()) as { refresh_token: string };
    const theirs = await as(user);
    expect(await theirs.acceso.yo.query()).toMatchObject({ usuarioId: user.id });
    const { usuarios } = await as(admin);
    await usuarios.edita.mutate({ id: user.id, isActive: false });
    expect(await codeOf(theirs.acceso.yo.query())).toBe('SESION_VENCIDA');
    expect(await (await post('refresh_token', { refresh_token })).json()).toMatchObject({
      error_code: 'user_banned',
    });
    expect(await (await post('password', login)).json()).toMatchObject({ error_code: 'user_banned' });
    // Back again: a new log-in is needed.
    await usuarios.edita.mutate({ id: user.id, isActive: true });
    expect((await post('refresh_token', { refresh_token })).status).toBe(400);
    expect((await post('password', login)).status).toBe(200);
  });
});

describe('the last active admin', () => {
  test('stays, also when two admins put each other out at once', async () => {
    const alone = await testDb();
    const there = await testServer({ db: alone });
    const one = await testUser(alone, { rol: 'admin' });
    const two = await testUser(alone, { rol: 'admin' });
    await testUser(alone, { rol: 'gerente' });
    const edit = async (by: TestUser, cambio: { id: string; rol?: 'auditor'; isActive?: false }) =>
      (await trpcAs(there, by)).usuarios.edita.mutate(cambio);
    const both = await Promise.allSettled([
      edit(one, { id: two.id, isActive: false }),
      edit(two, { id: one.id, rol: 'auditor' }),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { rows } = await alone.pool.query(
      "select id from inventario.usuarios where rol = 'admin' and is_active",
    );
    expect(rows).toHaveLength(1);
    const last = rows[0].id === one.id ? one : two;
    expect(await codeOf(edit(last, { id: last.id, isActive: false }))).toBe('USUARIO_ULTIMO_ADMIN');
    expect(await codeOf(edit(last, { id: last.id, rol: 'auditor' }))).toBe('USUARIO_ULTIMO_ADMIN');
  });
});

describe('phones', () => {
  async function phoneOf(user: TestUser): Promise<string> {
    const deviceId = newId();
    const secret = randomBytes(32).toString('base64url');
    await registra(server.deps, user.claims, { deviceId, secret, nombre: 'Moto', app: '1.0.0' });
    return deviceId;
  }

  test('are seen by the admin; by a gerente those of their shops, never those of an admin', async () => {
    const cerca = await phoneOf(await testUser(db, { rol: 'almacenista', tiendas: [centro] }));
    const lejos = await phoneOf(await testUser(db, { rol: 'almacenista', tiendas: [norte] }));
    const otroAdmin = await phoneOf(await testUser(db, { rol: 'admin', tiendas: [centro] }));
    const seen = async (user: TestUser) =>
      (await (await as(user)).dispositivos.lista.query()).map(({ id }) => id);
    expect(await seen(admin)).toEqual(expect.arrayContaining([cerca, lejos, otroAdmin]));
    const mine = await seen(gerente);
    expect(mine).toContain(cerca);
    expect(mine).not.toContain(lejos);
    expect(mine).not.toContain(otroAdmin);
    const { dispositivos } = await as(gerente);
    for (const id of [lejos, otroAdmin, newId()]) {
      expect(await codeOf(dispositivos.revoca.mutate({ id }))).toBe('NO_ENCONTRADO');
      expect(await codeOf(dispositivos.renombra.mutate({ id, nombre: 'mío' }))).toBe('NO_ENCONTRADO');
    }
  });

  test('with unsent lines come first', async () => {
    const user = await testUser(db, { rol: 'almacenista', tiendas: [centro] });
    await phoneOf(user);
    const waiting = await phoneOf(user);
    await db.pool.query(
      "update sync.device set pending_reported = 7, oldest_pending_at = '2026-03-01T10:00:00Z' where id = $1",
      [waiting],
    );
    const [first] = await (await as(admin)).dispositivos.lista.query();
    expect(first).toMatchObject({
      id: waiting,
      usuario: user.nombre,
      appVer: '1.0.0',
      sinEnviar: 7,
      masViejo: '2026-03-01T10:00:00.000Z',
      revocadoEn: null,
    });
  });

  test('are renamed and put out of use once, with who did it', async () => {
    const id = await phoneOf(await testUser(db, { rol: 'almacenista', tiendas: [centro] }));
    const { dispositivos } = await as(gerente);
    await dispositivos.renombra.mutate({ id, nombre: ' Zebra 3 ' });
    await dispositivos.revoca.mutate({ id });
    await dispositivos.revoca.mutate({ id });
    const listed = (await dispositivos.lista.query()).find((device) => device.id === id);
    expect(listed).toMatchObject({ nombre: 'Zebra 3', revocadoEn: expect.any(String) });
    expect((await auditOf(id)).map(({ accion, usuario_id }) => [accion, usuario_id])).toEqual([
      ['dispositivo.renombrado', gerente.id],
      ['dispositivo.revocado', gerente.id],
    ]);
  });
});

describe('a forgotten password', () => {
  test('an admin gives a link; it sets the password once, and the sessions of the old one end', async () => {
    const ana = await testUser(db, { rol: 'almacenista', tiendas: [centro] });
    await daContrasena(db, ana);
    const antes = await pideToken(server, ana.correo, CONTRASENA_DE_PRUEBA);
    const { refresh_token } = (await antes.json()) as { refresh_token: string };

    const usuarios = await trpcAs(server, admin);
    const { ruta } = await usuarios.usuarios.restablece.mutate({ id: ana.id });
    const token = ruta.replace('/invitacion/', '');
    expect(await trpc(server).acceso.invitacion.query({ token })).toMatchObject({ usuario: ana.correo });
    const acepta = () =>
      trpc(server).acceso.aceptaInvitacion.mutate({
        token,
        usuario: ana.correo,
        contrasena: 'otra contraseña',
      });
    expect(await acepta()).toEqual({ usuarioId: ana.id });
    expect(await codeOf(acepta())).toBe('INVITACION_INVALIDA');

    expect((await pideToken(server, ana.correo, CONTRASENA_DE_PRUEBA)).status).not.toBe(200);
    expect((await pideToken(server, ana.correo, 'otra contraseña')).status).toBe(200);
    const renueva = await server.fetch('/auth/v1/token?grant_type=refresh_token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token }),
    });
    expect(renueva.status).toBe(400);
    expect((await auditOf(ana.id)).map(({ accion }) => accion)).toEqual(
      expect.arrayContaining(['usuario.enlace_contrasena', 'usuario.restablecio_contrasena']),
    );
    const { usuarios: _, invitaciones } = await usuarios.usuarios.lista.query();
    expect(invitaciones.filter(({ nombre }) => nombre === ana.nombre)).toEqual([]);
  });

  test('nobody but an admin gives it, and not to who is out', async () => {
    const luis = await testUser(db, { rol: 'almacenista', tiendas: [centro] });
    const jefe = await trpcAs(server, gerente);
    expect(await codeOf(jefe.usuarios.restablece.mutate({ id: luis.id }))).toBe('PROHIBIDO');
    const jefa = await trpcAs(server, admin);
    await jefa.usuarios.edita.mutate({ id: luis.id, isActive: false });
    expect(await codeOf(jefa.usuarios.restablece.mutate({ id: luis.id }))).toBe('USUARIO_DESACTIVADO');
  });
});
