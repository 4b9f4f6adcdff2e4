import 'fake-indexeddb/auto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { syncPort } from '#server/sync/port.ts';
import { pull } from '#server/sync/pull.ts';
import { armaSnapshot, convieneArmar } from '#server/sync/snapshot.ts';
import { iniciaObrero } from '#server/sync/snapshot-obrero.ts';
import type { ManifiestoSnapshot } from '#shared/contracts/snapshot.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { TelefonoFoto } from './telefono-foto.ts';

const server = await testServer();
const { db } = server;
const tienda = await testTienda(db);
const ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
const TAMANO = { filas: 30, productos: 10, productosMax: 15, productosMin: 3 };
const arma = () => armaSnapshot(db, { tamano: TAMANO });

const telefonos: TelefonoFoto[] = [];
async function telefono(): Promise<TelefonoFoto> {
  const tel = await new TelefonoFoto(server, ana).registra();
  telefonos.push(tel);
  return tel;
}
afterEach(async () => {
  for (const tel of telefonos.splice(0)) await tel.tira();
});

async function siembra(n: number): Promise<string[]> {
  const ids = Array.from({ length: n }, () => newId());
  await db.asService(async (tx) => {
    await sql`insert into inventario.productos (id, codigo, nombre, precio, costo)
              select id, 'P-' || id, 'Balata ' || id, 10, 77.77 from unnest(${ids}::uuid[]) id`.execute(tx);
    await sql`insert into inventario.codigos_barras (id, codigo, producto_id)
              select gen_random_uuid(), 'C-' || id, id from unnest(${ids}::uuid[]) id`.execute(tx);
  });
  return ids;
}

async function verdad() {
  const productos = await sql<{ id: string; nombre: string }>`
    select id::text as id, nombre from inventario.productos`.execute(db.kysely);
  const codigos = await sql<{ id: string; de: string }>`
    select id::text as id, producto_id::text as de from inventario.codigos_barras`.execute(db.kysely);
  return {
    productos: new Map(productos.rows.map(({ id, nombre }) => [id, nombre])),
    codigos: new Map(codigos.rows.map(({ id, de }) => [id, de])),
  };
}

async function cabal(tel: TelefonoFoto): Promise<void> {
  const { productos, codigos, completo, cuenta } = await tel.catalogo();
  expect({ productos, codigos }).toEqual(await verdad());
  expect([completo, cuenta]).toEqual([true, productos.size]);
}

const quita = (id: string) => sql`delete from inventario.productos where id = ${id}`.execute(db.kysely);
const cambia = (parte: number) =>
  sql`update inventario.productos set nombre = 'N' || md5(random()::text) where random() < ${parte}`.execute(
    db.kysely,
  );

await siembra(60);

test('an empty phone takes the chunks in order, looks up in the first one, and pulls from their version', async () => {
  expect(await arma()).toBe(true);
  await cambia(0.1);
  const tel = await telefono();
  const vistos: number[] = [];
  tel.alTrozo = async (bytes) => {
    vistos.push((await tel.catalogo()).productos.size);
    return bytes;
  };
  await tel.nivela();
  await cabal(tel);
  expect(tel.trozos).toHaveLength(6);
  // The one after next is asked for while the next is stored.
  expect(vistos.at(-1)).toBeGreaterThanOrEqual(40);
  expect(tel.pedidos.slice(0, 2)).toEqual(['manifest', 'pull']);
  expect(tel.pedidos.at(-1)).toBe('pull');
  // Level, it asks for no snapshot any more.
  tel.pedidos = [];
  await tel.nivela();
  expect(tel.pedidos).toEqual(['pull']);
});

test('a phone that is killed while it takes a snapshot goes on at the next chunk, not from zero', async () => {
  const tel = await telefono();
  const bajados: string[] = [];
  for (const hasta of [3, 5, 99]) {
    tel.pedidos = [];
    const muere = Promise.withResolvers<void>();
    tel.alTrozo = (bytes) => {
      if (tel.trozos.length < hasta) return bytes;
      muere.resolve();
      return new Promise(() => {});
    };
    await Promise.race([tel.nivela(), muere.promise]);
    // What was stored when it died; the one that it was storing may end a moment later.
    await sleep(50);
    bajados.push(...tel.trozos);
  }
  await cabal(tel);
  // Each death costs at most the chunk on its way.
  expect(new Set(bajados).size).toBe(6);
  expect(bajados.length).toBeLessThanOrEqual(8);
});

test('a chunk that comes damaged or cut is fetched again; one that stays so leaves the catalogue to pull', async () => {
  const tel = await telefono();
  tel.alTrozo = (bytes, n) =>
    n === 1 ? bytes.slice(0, -9) : n === 4 ? bytes.map((b, i) => (i === 9 ? b ^ 1 : b)) : bytes;
  await tel.nivela();
  await cabal(tel);
  expect(tel.trozos).toHaveLength(8);
  expect(tel.dicho).toEqual(['foto.trozo', 'foto.trozo']);

  const otro = await telefono();
  otro.alTrozo = (bytes, n) => (n >= 2 ? bytes.slice(1) : bytes);
  await otro.nivela();
  await cabal(otro);
  expect(otro.dicho.at(-1)).toBe('foto.falla');
});

test('a snapshot that vanished goes on with the new one: same chunks are kept, and what was deleted does not stay', async () => {
  expect(await arma()).toBe(true);
  const tel = await telefono();
  const muere = Promise.withResolvers<void>();
  tel.alTrozo = (bytes) => {
    if (tel.trozos.length < 4) return bytes;
    muere.resolve();
    return new Promise(() => {});
  };
  await Promise.race([tel.nivela(), muere.promise]);
  await sleep(50);
  // A product that the phone has in its first chunk goes, and one is new.
  const [primero] = [...(await tel.catalogo()).productos.keys()].sort();
  await sql`delete from inventario.codigos_barras where producto_id = ${primero}`.execute(db.kysely);
  await quita(primero!);
  await siembra(2);
  expect(await arma()).toBe(true);
  await sql`delete from sync.snapshot_trozo where sha256 not in (
              select jsonb_array_elements(trozos) ->> 'sha256' from sync.snapshot)`.execute(db.kysely);
  tel.alTrozo = (bytes) => bytes;
  tel.pedidos = [];
  await tel.nivela();
  await cabal(tel);
  expect((await tel.catalogo()).productos.has(primero!)).toBe(false);
  // Of six only the first, which lost a product, the last ones, and the one that was on its way.
  expect(tel.trozos.length).toBeLessThan(6);
});

test('a chunk that vanishes under way sends the phone to the new manifest within the same round', async () => {
  const tel = await telefono();
  tel.alTrozo = async (bytes, n) => {
    if (n === 1) {
      await cambia(0.9);
      await arma();
      await sql`delete from sync.snapshot_trozo where sha256 not in (
                  select jsonb_array_elements(trozos) ->> 'sha256' from sync.snapshot)`.execute(db.kysely);
    }
    return bytes;
  };
  await tel.nivela();
  await cabal(tel);
  expect(tel.pedidos.filter((pedido) => pedido === 'manifest')).toHaveLength(2);
});

test('a snapshot that nothing changed after is whole without a page more', async () => {
  expect(await arma()).toBe(true);
  const tel = await telefono();
  await tel.nivela();
  await cabal(tel);
  expect(tel.pedidos.slice(-2).slice(0, 2)).toEqual([tel.trozos.at(-1), 'pull']);
});

test('an old server without snapshots gives the catalogue to a new phone by pull, and a new server to an old phone', async () => {
  for (const viejo of ['servidor', 'cliente'] as const) {
    const tel = await telefono();
    tel.sinFoto = viejo;
    await tel.nivela();
    await cabal(tel);
    expect(tel.trozos).toEqual([]);
  }
});

test('a catalogue that the server starts anew comes as a snapshot into the idle side, and the old one answers meanwhile', async () => {
  const tel = await telefono();
  await tel.nivela();
  await sql`select sync.rebuild()`.execute(db.kysely);
  // Its version is of another history: no snapshot until a new one is built.
  expect((await tel.pide('catalogo/manifest?schema=1')).status).toBe(404);
  expect(await convieneArmar(db, 10)).toBe(true);
  expect(await arma()).toBe(true);
  const vistos: number[] = [];
  tel.alTrozo = async (bytes) => {
    vistos.push((await tel.catalogo()).productos.size);
    return bytes;
  };
  tel.pedidos = [];
  const { size } = (await verdad()).productos;
  tel.limite = 20;
  await tel.nivela();
  await cabal(tel);
  expect(tel.trozos.length).toBeGreaterThanOrEqual(6);
  expect(vistos.every((n) => n === size)).toBe(true);
});

test('a snapshot is for a person on a registered device, has no cost in it, and never changes', async () => {
  const tel = await telefono();
  const manifiesto = (await (await tel.pide('catalogo/manifest?schema=1')).json()) as ManifiestoSnapshot;
  expect(manifiesto.filas).toBe(2 * (await verdad()).productos.size);
  const { sha256, bytes } = manifiesto.trozos[0]!;
  const response = await tel.pide(`catalogo/${sha256}`);
  expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(Number(response.headers.get('content-length'))).toBe(bytes);
  const texto = await response.text();
  expect(texto).toContain('"P-');
  expect(texto).not.toMatch(/77\.77|costo/);
  const estado = async (path: string, cambios = {}) => (await tel.pide(path, cambios)).status;
  expect(await estado(`catalogo/${sha256}`, { sinSesion: true })).toBe(401);
  expect(await estado(`catalogo/${sha256}`, { secret: 'x'.repeat(40) })).toBe(403);
  expect(await estado(`catalogo/${'0'.repeat(64)}`)).toBe(404);
  expect(await estado('costos/manifest?schema=1')).toBe(404);
  expect(await estado(`costos/${sha256}`)).toBe(404);
  await sql`update sync.device set revoked_at = now() where id = ${tel.device.id}`.execute(db.kysely);
  expect(await estado(`catalogo/${sha256}`)).toBe(403);
});

test('a stale snapshot and the pull of the difference are the head, whoever writes while it is built and taken', async () => {
  const escritura = fc.constantFrom('cambia', 'siembra', 'quita', 'mueve');
  await fc.assert(
    fc.asyncProperty(fc.array(escritura, { minLength: 4, maxLength: 10 }), async (escrituras) => {
      let sigue = true;
      const escritores = [0, 1].map(async (quien) => {
        for (let i = quien; i < escrituras.length || (sigue && i < 80); i += 2) {
          await escribe(escrituras[i % escrituras.length]!);
          await sleep(5);
        }
      });
      const tel = await telefono();
      try {
        await arma();
        await tel.nivela();
      } finally {
        sigue = false;
        await Promise.all(escritores);
      }
      await tel.nivela();
      await cabal(tel);
      expect(tel.trozos.length).toBeGreaterThan(0);
    }),
    { numRuns: 4 },
  );
});

async function escribe(que: string): Promise<void> {
  if (que === 'cambia') await cambia(0.3);
  else if (que === 'siembra') await siembra(1);
  else if (que === 'mueve') {
    // A code goes to another product: to another chunk, maybe read before or after. The product is held, or the
    // other writer could delete it in between.
    await sql`with destino as (select id from inventario.productos order by random() limit 1 for key share skip locked)
              update inventario.codigos_barras set producto_id = destino.id from destino
               where codigos_barras.id = (select id from inventario.codigos_barras order by random() limit 1)`.execute(
      db.kysely,
    );
  } else {
    await db.asService(async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select id from inventario.productos order by random() limit 1 for update skip locked`.execute(tx);
      const id = rows[0]?.id;
      await sql`delete from inventario.codigos_barras where producto_id = ${id}`.execute(tx);
      await sql`delete from inventario.productos where id = ${id}`.execute(tx);
    });
  }
}

test('once a day a level phone compares its catalogue with the server, and a damaged row is found and mended', async () => {
  const tel = await telefono();
  await tel.nivela();
  // What has just come needs no comparison, nor does a day later what is the same.
  expect(tel.pedidos).not.toContain('verify');
  const dia = 24 * 3_600_000;
  tel.ahora += dia;
  tel.pedidos = [];
  await tel.nivela();
  expect(tel.pedidos).toEqual(['pull', 'verify']);
  expect(await tel.cache.db.meta.get('verificado')).toMatchObject({ igual: true, reparadoEn: null });
  await tel.nivela();
  expect(tel.pedidos).toEqual(['pull', 'verify', 'pull']);

  const { bloques_a, bloques_b } = tel.cache.db;
  const tabla = (await bloques_a.count()) > 0 ? bloques_a : bloques_b;
  // The newest block with products: all its rows are living ones.
  const bloque = (await tabla.toArray()).findLast(({ filas }) => filas.includes('"P-'))!;
  await tabla.put({ ...bloque, filas: bloque.filas.replace('"P-', '"Q-') });
  tel.ahora += dia;
  tel.pedidos = [];
  tel.mono += 3_600_000;
  await tel.nivela();
  expect(tel.pedidos.slice(0, 3)).toEqual(['pull', 'verify', 'manifest']);
  await cabal(tel);
  expect(tel.dicho).toContain('catalogo.distinto');
  expect(await tel.cache.db.meta.get('verificado')).toMatchObject({
    igual: false,
    reparadoEn: new Date(tel.ahora).toISOString(),
  });
  // Mended, the next day it is the same.
  tel.ahora += dia;
  tel.mono += 3_600_000;
  tel.pedidos = [];
  await tel.nivela();
  expect(tel.pedidos).toEqual(['pull', 'verify']);
  expect(await tel.cache.db.meta.get('verificado')).toMatchObject({ igual: true });
});

test('what a phone takes as a snapshot is left out of its pull, which then promises nothing about its own lines', async () => {
  const tel = await telefono();
  const entrada = {
    deviceId: tel.device.id,
    secret: tel.device.secret,
    schema: 1,
    cursors: {},
    limit: 5_000,
  };
  const salida = await pull(syncPort(server.deps), ana.id, { ...entrada, omite: ['catalogo'] });
  expect(salida.pages.map((page) => page.scope)).not.toContain('catalogo');
  expect(salida.pages.length).toBeGreaterThan(0);
  expect([salida.done, salida.lastMid, salida.scopesRemoved]).toEqual([true, null, []]);
  expect((await pull(syncPort(server.deps), ana.id, entrada)).lastMid).toBe(0);
});

test('verify answers only at the head', async () => {
  const tel = await telefono();
  await tel.nivela();
  tel.ahora += 25 * 3_600_000;
  // A commit between the pull and the question.
  tel.alPull = () => cambia(0.5);
  tel.pedidos = [];
  await tel.nivela();
  expect(tel.pedidos).toEqual(['pull', 'verify']);
  tel.alPull = async () => {};
  const row = await tel.cache.db.meta.get('verificado');
  expect(row).toMatchObject({ igual: null });
  tel.mono += 3_600_000;
  await tel.nivela();
  await cabal(tel);
});

test('a snapshot is built ahead once the changes have settled, and not for a few more', async () => {
  await sql`delete from sync.snapshot`.execute(db.kysely);
  const detiene = await iniciaObrero(server.deps, { asientaMs: 30, minFilas: 50 });
  try {
    const ver = async () =>
      (await sql<{ ver: string | null }>`select ver from sync.snapshot`.execute(db.kysely)).rows[0]?.ver ??
      null;
    await expect.poll(ver, { timeout: 5_000 }).not.toBeNull();
    const primera = await ver();
    await cambia(0.5);
    await sleep(300);
    expect(await ver()).toBe(primera);
  } finally {
    await detiene();
  }
});
