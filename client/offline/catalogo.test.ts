import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { PaginaScope } from '#shared/contracts/sync.ts';
import { Cache } from './cache.ts';
import { CacheDb, catalogoMeta } from './cache-db.ts';
import { conCatalogo } from './catalogo.ts';
import { desempaca, empaca, FILAS_POR_BLOQUE, filaConId, filasConTexto, huella } from './catalogo-bloques.ts';
import { EscrituraCatalogo } from './catalogo-escribe.ts';
import { conHallazgo } from './catalogo-hallazgo.ts';
import { CatalogoIndice } from './indice-catalogo.ts';

type Fila = {
  id: string;
  codigo: string;
  nombre: string;
  isActive: boolean;
  fusionadoEn: null;
  sku: null;
  upc: null;
};
type Codigo = { id: string; codigo: string; claveGtin: string | null; productoId: string; isActive: boolean };

let opened: Cache[] = [];
let next = 0;

function fresh(name = `cache-bloques-${++next}`): Cache {
  const cache = new Cache(() => new CacheDb(name));
  opened.push(cache);
  return cache;
}

afterEach(async () => {
  for (const cache of opened) cache.db.close();
  for (const cache of opened) await cache.db.delete();
  opened = [];
});

const producto = (id: string, codigo = `C-${id}`, nombre = `Balata ${id}`): Fila => ({
  id,
  codigo,
  nombre,
  isActive: true,
  fusionadoEn: null,
  sku: null,
  upc: null,
});
const codigo = (id: string, texto: string, productoId: string): Codigo => ({
  id,
  codigo: texto,
  claveGtin: `0${texto}`,
  productoId,
  isActive: true,
});

async function pull(cache: Cache, change: Partial<PaginaScope>): Promise<void> {
  const page = { scope: 'catalogo', reset: false, upserts: {}, deletes: {}, head: true, ...change };
  await cache.applyPull(
    {
      epoch: 'e',
      pages: [{ cursor: `${Math.random()}`, ...page }],
      lastMid: null,
      scopesAdded: [],
      scopesRemoved: [],
      done: true,
    },
    await cache.cursors(),
    'd',
  );
}

async function todo(cache: Cache): Promise<{ productos: Fila[]; codigos: Codigo[] }> {
  return conCatalogo(cache.db, async (lectura) => ({
    productos: (await lectura.filas('productos')) as unknown as Fila[],
    codigos: (await lectura.filas('codigos_barras')) as unknown as Codigo[],
  }));
}

const porId = <T extends { id: string }>(rows: Iterable<T>): T[] =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

test('rows come out of a block as they went in, whatever their text', () => {
  const raro = fc.oneof(fc.constantFrom('\n', '["', '"', ' ', '\\', 'ñ', 'x\n["a"'), fc.string());
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ id: raro, codigo: raro, upc: fc.option(raro) }), {
        selector: (fila) => fila.id,
        maxLength: 12,
      }),
      (filas) => {
        const { bloques, fichas } = empaca('productos', filas, 5);
        const leidas = bloques.flatMap((bloque) => desempaca<'productos'>(bloque.filas));
        expect(leidas).toEqual(filas);
        expect(fichas.flatMap((ficha) => [...ficha.ids])).toEqual(filas.map((fila) => huella(fila.id)));
        for (const fila of filas) {
          const texto = bloques[0]!.filas;
          expect(filaConId(texto, fila.id)).toEqual(fila);
          expect(filasConTexto(texto, [fila.codigo])).toContainEqual(fila);
        }
      },
    ),
  );
});

test('rows with other fields lie in another block', () => {
  const filas = [{ id: 'a', x: 1 }, { id: 'b', x: 2 }, { id: 'c' }, { id: 'd', x: 3, y: null }];
  const { bloques } = empaca('productos', filas, 0);
  expect(bloques.map((bloque) => bloque.n)).toEqual([0, 1, 2]);
  expect(bloques.flatMap((bloque) => desempaca(bloque.filas))).toEqual(filas);
});

type Paso =
  | { t: 'pon'; productos: [number, string][]; codigos: [number, number, string][] }
  | { t: 'quita'; productos: number[]; codigos: number[] }
  | { t: 'reset'; productos: number[] }
  /** The index written anew whatever its age, and blocks merged however few are scarce. */
  | { t: 'indexa'; repasa: boolean };

async function reindexa(cache: Cache, repasa: boolean): Promise<void> {
  await cache.enCatalogo(async (db) => {
    const meta = await catalogoMeta(db);
    const escritura = new EscrituraCatalogo(db, meta.activa, meta);
    if (repasa) await escritura.repasa(0);
    await escritura.indexa(0);
    await db.meta.put(meta);
  });
}

test('after any pulls the blocks hold what a table of rows would, and the index of a cold start finds as much', async () => {
  const id = fc.nat(30);
  const texto = fc.constantFrom('A', 'B', 'C', 'D');
  const paso = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        t: fc.constant('pon' as const),
        productos: fc.array(fc.tuple(id, texto), { maxLength: 8 }),
        codigos: fc.array(fc.tuple(id, id, texto), { maxLength: 8 }),
      }),
    },
    fc.record({ t: fc.constant('quita' as const), productos: fc.array(id), codigos: fc.array(id) }),
    fc.record({ t: fc.constant('reset' as const), productos: fc.array(id, { maxLength: 5 }) }),
    { weight: 2, arbitrary: fc.record({ t: fc.constant('indexa' as const), repasa: fc.boolean() }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(paso as fc.Arbitrary<Paso>, { maxLength: 12 }), async (pasos) => {
      const nombre = `cache-bloques-${++next}`;
      const cache = fresh(nombre);
      // Another tab, which looks codes up and never needs all the cards.
      const otra = fresh(nombre);
      const productos = new Map<string, Fila>();
      const codigos = new Map<string, Codigo>();
      for (const p of pasos) {
        if (p.t === 'pon') {
          const filas = new Map(p.productos.map(([n, c]) => [`p${n}`, producto(`p${n}`, c)] as const));
          const claves = new Map(
            p.codigos.map(([n, q, c]) => [`k${n}`, codigo(`k${n}`, c, `p${q}`)] as const),
          );
          for (const [key, fila] of filas) productos.set(key, fila);
          for (const [key, fila] of claves) codigos.set(key, fila);
          await pull(cache, {
            upserts: { productos: [...filas.values()], codigos_barras: [...claves.values()] },
          });
        } else if (p.t === 'quita') {
          for (const n of p.productos) productos.delete(`p${n}`);
          for (const n of p.codigos) codigos.delete(`k${n}`);
          await pull(cache, {
            deletes: {
              productos: p.productos.map((n) => `p${n}`),
              codigos_barras: p.codigos.map((n) => `k${n}`),
            },
          });
        } else if (p.t === 'indexa') {
          await reindexa(cache, p.repasa);
        } else {
          productos.clear();
          codigos.clear();
          const filas = [...new Set(p.productos)].map((n) => producto(`p${n}`));
          for (const fila of filas) productos.set(fila.id, fila);
          await pull(cache, { reset: true, upserts: { productos: filas } });
        }
        const leido = await todo(cache);
        expect(porId(leido.productos)).toEqual(porId(productos.values()));
        expect(porId(leido.codigos)).toEqual(porId(codigos.values()));
        const meta = await catalogoMeta(cache.db);
        expect(meta.lados[meta.activa].productos).toBe(productos.size);
        const { hallados, deP1, vistos } = await conCatalogo(cache.db, async (lectura) => ({
          hallados: await lectura.conTexto('productos', ['A']),
          deP1: await lectura.codigosDe(['p1']),
          vistos: await lectura.productos(['p0', 'p1', 'p2']),
        }));
        expect(porId(hallados.map((row) => row as unknown as Fila))).toEqual(
          porId([...productos.values()].filter((row) => row.codigo === 'A')),
        );
        expect(deP1.map((row) => row.id).sort()).toEqual(
          [...codigos.values()].flatMap((row) => (row.productoId === 'p1' ? row.id : [])).sort(),
        );
        expect([...vistos.keys()].sort()).toEqual(['p0', 'p1', 'p2'].filter((key) => productos.has(key)));
        const nueva = new Cache(() => new CacheDb(nombre));
        for (const abierta of [otra, nueva]) {
          const frio = await conHallazgo(abierta.db, async (lectura) => ({
            productos: await lectura.conTexto('productos', ['A', 'B', 'NO']),
            codigos: await lectura.conTexto('codigos_barras', ['A', '0B']),
            vistos: await lectura.productos([...productos.keys(), 'p31']),
          }));
          expect(porId(frio.productos as unknown as Fila[])).toEqual(
            porId([...productos.values()].filter((row) => row.codigo === 'A' || row.codigo === 'B')),
          );
          expect(porId(frio.codigos as unknown as Codigo[])).toEqual(
            porId([...codigos.values()].filter((row) => row.codigo === 'A' || row.codigo === 'B')),
          );
          expect(porId(frio.vistos.values() as Iterable<unknown> as Iterable<Fila>)).toEqual(
            porId(productos.values()),
          );
        }
        nueva.db.close();
      }
      otra.db.close();
      await cache.db.delete();
    }),
    { numRuns: 60 },
  );
});

test('many small pulls end in few blocks, and another tab reads on through the rewriting', async () => {
  const cache = fresh('cache-bloques-dos');
  const otra = fresh('cache-bloques-dos');
  await pull(cache, {
    reset: true,
    upserts: { productos: Array.from({ length: FILAS_POR_BLOQUE }, (_, i) => producto(`p${i}`)) },
  });
  for (let i = 0; i < 70; i += 1) {
    await pull(cache, { upserts: { productos: [producto(`p${i}`, `N-${i}`), producto(`q${i}`)] } });
    if (i % 10 === 0) expect((await todo(otra)).productos).toHaveLength(FILAS_POR_BLOQUE + i + 1);
  }
  expect(await cache.db.bloques_a.count()).toBeLessThan(20);
  const fichas = await cache.db.fichas_a.where('n').aboveOrEqual(0).count();
  expect(fichas).toBe(await cache.db.bloques_a.count());
  const found = await conCatalogo(otra.db, (lectura) => lectura.conTexto('productos', ['N-3', 'C-p3']));
  expect(found.map((row) => row.codigo)).toEqual(['N-3']);
});

test('a cold start reads six pieces of the index and its blocks, not the cards, through small changes and a flip', async () => {
  const nombre = 'cache-bloques-indice';
  const cache = fresh(nombre);
  const todos = (serie: string) => {
    const filas = Array.from({ length: 70 * FILAS_POR_BLOQUE }, (_, i) => producto(`p${i}`, `${serie}-${i}`));
    return { productos: filas, codigos_barras: [codigo('k', `750${serie}`, 'p4000')] };
  };
  const frio = async (...textos: string[]) => {
    const abierta = fresh(nombre);
    let cards = 0;
    abierta.db.fichas_a.hook('reading', (row) => {
      if (row && row.n >= 0) cards += 1;
      return row;
    });
    const rows = await conHallazgo(abierta.db, async (lectura) => [
      ...(await lectura.conTexto('productos', textos)),
      ...(
        await lectura.productos(
          (await lectura.conTexto('codigos_barras', textos)).map((row) => row.productoId),
        )
      ).values(),
    ]);
    return { hallados: rows.map((row) => row.codigo), cards };
  };
  await pull(cache, { reset: true, upserts: todos('A') });
  expect(await frio('A-5000', '750A', 'NO')).toEqual({ hallados: ['A-5000', 'A-4000'], cards: 0 });
  await pull(cache, {
    upserts: { productos: [producto('p4000', 'A-NUEVO')] },
    deletes: { productos: ['p1'] },
  });
  expect(await frio('A-4000', 'A-1', '750A', 'A-2')).toEqual({ hallados: ['A-2', 'A-NUEVO'], cards: 1 });
  // The next catalogue fills the idle side: until it is whole, nothing of it is seen.
  await pull(cache, { reset: true, head: false, upserts: todos('B') });
  expect((await frio('B-7', 'A-7', '750A', '750B')).hallados).toEqual(['A-7', 'A-NUEVO']);
  await pull(cache, {});
  expect(await frio('B-7', 'A-7', '750A', '750B')).toEqual({ hallados: ['B-7', 'B-4000'], cards: 0 });
  expect(await cache.db.fichas_a.count()).toBe(0);
});

test('a pull that fails half way leaves no trace in memory', async () => {
  const cache = fresh();
  await pull(cache, { upserts: { productos: [producto('a')] } });
  cache.db.categorias_a.hook('creating', () => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await expect(
    pull(cache, {
      upserts: { productos: [producto('a', 'OTRO'), producto('b')], categorias: [{ id: 'c' }] },
      deletes: { productos: ['a'] },
    }),
  ).rejects.toThrow();
  expect((await todo(cache)).productos).toEqual([producto('a')]);
});

test('the index follows small pulls at once and large ones soon, and answers meanwhile', async () => {
  const cache = fresh();
  const indice = new CatalogoIndice(cache);
  cache.onCatalogo((cambio) => indice.change(cambio));
  await pull(cache, { upserts: { productos: [producto('a', 'A-1', 'Balata')] } });
  expect(await indice.search('balata', 5)).toEqual(['a']);
  await pull(cache, {
    upserts: { productos: [producto('b', 'B-1', 'Bujía')], codigos_barras: [codigo('k', '750', 'b')] },
  });
  expect(await indice.search('bujia', 5)).toEqual(['b']);
  expect(await indice.search('750', 5)).toEqual(['b']);
  await pull(cache, { deletes: { productos: ['a'] } });
  expect(await indice.search('balata', 5)).toEqual([]);
  await pull(cache, {
    reset: true,
    upserts: { productos: Array.from({ length: 600 }, (_, i) => producto(`n${i}`, `N${i}`, 'Rótula')) },
  });
  expect(await indice.search('bujia', 5)).toEqual(['b']);
  await expect.poll(() => indice.search('rotula', 1), { timeout: 5_000 }).toHaveLength(1);
});
