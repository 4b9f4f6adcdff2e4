import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testTienda, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { codeOf, trpc, trpcAs } from '#tests/db/trpc.ts';

const server = await testServer({ env: { TOKEN_PER_MINUTE: '40' } });
const { db } = server;
const tienda = await testTienda(db);
const admin = await testUser(db, { rol: 'admin' });
const jefe = await testUser(db, { rol: 'gerente', tiendas: [tienda] });
const deAdmin = await trpcAs(server, admin);
const deJefe = await trpcAs(server, jefe);

async function con(token: string, camino = '/api/tiendas', init: RequestInit = {}) {
  const answer = await fetch(server.url + camino, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
  });
  const cuerpo = answer.status < 400 ? null : ((await answer.json()) as { code: string }).code;
  return [answer.status, cuerpo] as const;
}

test('only the hash is kept: the token is shown once, in no list, no audit row and no other column', async () => {
  const { token, listado } = await deJefe.tokens.crea.mutate({
    nombre: 'Caja 1',
    alcances: ['inventario:leer'],
    dias: 90,
  });
  expect(token).toMatch(/^dc_[A-Za-z0-9_-]{43}$/);
  expect(listado).toMatchObject({ pista: token.slice(-4), alcances: ['inventario:leer'], usadoEn: null });
  expect(await con(token)).toEqual([200, null]);
  for (const tabla of ['inventario.tokens_personales', 'inventario.auditoria', 'inventario.eventos']) {
    const { rows } = await sql<{ todo: string }>`select x::text as todo from ${sql.raw(tabla)} x`.execute(
      db.kysely,
    );
    expect(JSON.stringify(rows)).not.toContain(token.slice(3));
  }
  const [uno] = await deJefe.tokens.lista.query();
  expect(uno).toMatchObject({ id: listado.id, de: { nombre: jefe.nombre }, usadoEn: expect.any(String) });
  expect(JSON.stringify(uno)).not.toContain(token.slice(3));
});

test('a token never has more than its person’s role, at the making and at each use', async () => {
  expect(
    await codeOf(deJefe.tokens.crea.mutate({ nombre: 'x', alcances: ['webhooks:administrar'], dias: 1 })),
  ).toBe('ALCANCE_AJENO');
  for (const rol of ['almacenista', 'chofer'] as const) {
    const otro = await trpcAs(server, await testUser(db, { rol, tiendas: [tienda] }));
    expect(
      await codeOf(otro.tokens.crea.mutate({ nombre: 'x', alcances: ['inventario:leer'], dias: 1 })),
    ).toBe('PROHIBIDO');
  }
  const { token } = await deJefe.tokens.crea.mutate({
    nombre: 'x',
    alcances: ['movimientos:escribir'],
    dias: 1,
  });
  const registra = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' };
  expect(await con(token, '/api/transacciones', registra)).toEqual([400, 'ENTRADA_INVALIDA']);
  await sql`update inventario.usuarios set rol = 'auditor' where id = ${jefe.id}`.execute(db.kysely);
  expect(await con(token, '/api/transacciones', registra)).toEqual([403, 'PROHIBIDO']);
  await sql`update inventario.usuarios set rol = 'gerente' where id = ${jefe.id}`.execute(db.kysely);
});

test('a token is revoked at once: by its person, by an admin, when the person is put out, when it ends', async () => {
  const crea = () => deJefe.tokens.crea.mutate({ nombre: 'x', alcances: ['inventario:leer'], dias: 1 });
  const [propio, ajeno, fuera, vencido] = [await crea(), await crea(), await crea(), await crea()];
  await deJefe.tokens.revoca.mutate({ id: propio.listado.id });
  expect(await con(propio.token)).toEqual([401, 'TOKEN_MALO']);
  await deAdmin.tokens.revoca.mutate({ id: ajeno.listado.id });
  await deAdmin.tokens.revoca.mutate({ id: ajeno.listado.id });
  expect(await con(ajeno.token)).toEqual([401, 'TOKEN_MALO']);
  await sql`update inventario.tokens_personales set expira_en = now() - interval '1 second' where id = ${vencido.listado.id}`.execute(
    db.kysely,
  );
  expect(await con(vencido.token)).toEqual([401, 'TOKEN_MALO']);

  expect(await con(fuera.token)).toEqual([200, null]);
  await deAdmin.usuarios.edita.mutate({ id: jefe.id, isActive: false });
  expect((await con(fuera.token))[0]).toBe(401);
  await deAdmin.usuarios.edita.mutate({ id: jefe.id, isActive: true });

  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from inventario.auditoria where accion = 'token.revocado'`.execute(db.kysely);
  expect(rows[0]?.n).toBe(2);
  const otro = await trpcAs(server, await testUser(db, { rol: 'gerente', tiendas: [tienda] }));
  expect(await codeOf(otro.tokens.revoca.mutate({ id: fuera.listado.id }))).toBe('NO_ENCONTRADO');
  expect(await otro.tokens.lista.query()).toEqual([]);
});

test('a token cannot make tokens, log in or sync', async () => {
  const { token, listado } = await deAdmin.tokens.crea.mutate({
    nombre: 'todo',
    alcances: ['inventario:leer', 'webhooks:administrar', 'eventos:leer', 'conteos:leer'],
    dias: null,
  });
  const cuerpo = { 'content-type': 'application/json' };
  const nuevo = JSON.stringify({ nombre: 'otro', alcances: ['inventario:leer'], dias: null });
  expect(await con(token, '/api/tokens', { method: 'POST', headers: cuerpo, body: nuevo })).toEqual([
    403,
    'TOKEN_NO_BASTA',
  ]);
  expect(await con(token, '/api/tokens')).toEqual([403, 'TOKEN_NO_BASTA']);
  expect(await con(token, `/api/tokens/${listado.id}`, { method: 'DELETE' })).toEqual([
    403,
    'TOKEN_NO_BASTA',
  ]);
  expect(await con(token, '/api/eventos')).toEqual([403, 'TOKEN_NO_BASTA']);
  expect(await con(token, '/api/sync/snapshot/catalogo/manifest?schema=1')).toEqual([403, 'TOKEN_NO_BASTA']);
  expect(await con(token, `/api/archivos/${'a'.repeat(64)}`, { method: 'PUT', body: 'x' })).toEqual([
    403,
    'TOKEN_NO_BASTA',
  ]);
  // tRPC does not know such tokens at all.
  const robot = trpc(server, token);
  expect(await codeOf(robot.tokens.lista.query())).toBe('SESION_VENCIDA');
  expect(await codeOf(robot.usuarios.lista.query())).toBe('SESION_VENCIDA');
  const renueva = await fetch(`${server.url}/auth/v1/user`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(renueva.status).toBe(403);
  expect(await con(token)).toEqual([200, null]);
});

test('a person has at most twenty tokens that open something; each is rate limited by itself', {
  timeout: 60_000,
}, async () => {
  const otro = await testUser(db, { rol: 'auditor', tiendas: [tienda] });
  const cliente = await trpcAs(server, otro);
  const crea = () => cliente.tokens.crea.mutate({ nombre: 'x', alcances: ['inventario:leer'], dias: 1 });
  const hechos = await Promise.allSettled(Array.from({ length: 24 }, crea));
  const buenos = hechos.flatMap((h) => (h.status === 'fulfilled' ? [h.value] : []));
  expect(buenos).toHaveLength(20);
  expect(await codeOf(crea())).toBe('TOKENS_DEMASIADOS');

  const [uno, dos] = [buenos[0]!, buenos[1]!];
  const salidas: (readonly [number, string | null])[] = [];
  for (let n = 0; n < 50; n++) salidas.push(await con(uno.token));
  const pasan = salidas.filter(([status]) => status === 200).length;
  expect(pasan).toBeGreaterThanOrEqual(40);
  expect(pasan).toBeLessThan(45);
  expect(
    salidas
      .filter(([status]) => status !== 200)
      .every(([s, c]) => s === 429 && c === 'DEMASIADAS_PETICIONES'),
  ).toBe(true);
  const negada = await fetch(`${server.url}/api/tiendas`, {
    headers: { authorization: `Bearer ${uno.token}` },
  });
  expect(Number(negada.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(await con(dos.token)).toEqual([200, null]);
});
