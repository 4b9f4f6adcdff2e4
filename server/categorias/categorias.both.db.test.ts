import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { isAppError } from '#shared/errores.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testUser } from '#tests/db/people.ts';
import { selectCategorias } from './categorias.sql.ts';
import { cambiaCategoriaActiva, guardaCategoria, mueveCategoria, uneCategorias } from './categorias.ts';

let db: Db;
let jefe: TestUser;
const p = () => ({ db, clock: systemClock });

beforeAll(async () => {
  db = await testDb();
  jefe = await testUser(db, { rol: 'comprador' });
});

async function nueva(nombre: string, parentId: string | null = null): Promise<string> {
  const id = newId();
  await guardaCategoria(p(), jefe, { id, nuevo: true, nombre, descripcion: null, parentId });
  return id;
}
const leida = async (id: string) =>
  (await db.asService(selectCategorias, { readOnly: true })).find((c) => c.id === id)!;
const falla = async (hecho: Promise<unknown>) =>
  hecho.then(
    () => 'hecho',
    (error: unknown) => (isAppError(error) ? error.code : Promise.reject(error)),
  );

describe('categories as a tree', () => {
  test('level and path are kept through renames and moves, for all below', async () => {
    const [a, b] = [await nueva('Refacciones Ñandú'), await nueva('Llantas y rines')];
    const hija = await nueva('Rin 16', b);
    const nieta = await nueva('Rin 16 de lujo', hija);
    expect(await leida(nieta)).toMatchObject({ nivel: 2, path: '/llantas-y-rines/rin-16/rin-16-de-lujo/' });
    await mueveCategoria(p(), jefe, { id: b, a });
    expect(await leida(nieta)).toMatchObject({
      nivel: 3,
      path: '/refacciones-nandu/llantas-y-rines/rin-16/rin-16-de-lujo/',
    });
    await guardaCategoria(p(), jefe, {
      id: a,
      nuevo: false,
      nombre: 'Motor',
      descripcion: null,
      parentId: null,
    });
    expect((await leida(nieta)).path).toBe('/motor/llantas-y-rines/rin-16/rin-16-de-lujo/');
  });

  test('no circles: not by the app, and not by anybody’s SQL', async () => {
    const a = await nueva('Círculo A');
    const b = await nueva('Círculo B', a);
    expect(await falla(mueveCategoria(p(), jefe, { id: a, a: b }))).toBe('CATEGORIA_CIRCULO');
    expect(await falla(uneCategorias(p(), jefe, { de: a, a: b }))).toBe('CATEGORIA_CIRCULO');
    await expect(
      db.pool.query('update inventario.categorias set parent_id = $1 where id = $2', [b, a]),
    ).rejects.toThrow(/dentro de sí misma/);
  });

  test('two people who move at once cannot close a circle between them', async () => {
    const [a, b] = [await nueva('Cruce A'), await nueva('Cruce B')];
    const hechos = await Promise.all([
      falla(mueveCategoria(p(), jefe, { id: a, a: b })),
      falla(mueveCategoria(p(), jefe, { id: b, a })),
    ]);
    expect(hechos.sort()).toEqual(['CATEGORIA_CIRCULO', 'hecho']);
  });

  test('a merge passes products and daughters on; one with products is not put out of use', async () => {
    const [a, b] = [await nueva('Unida A'), await nueva('Unida B')];
    const hija = await nueva('Unida hija', a);
    const producto = newId();
    await db.pool.query(
      `insert into inventario.productos (id, codigo, nombre, categoria_id) values ($1, 'UN-1', 'Unido', $2)`,
      [producto, a],
    );
    expect(await falla(cambiaCategoriaActiva(p(), jefe, { id: a, activa: false }))).toBe(
      'CATEGORIA_CON_PRODUCTOS',
    );
    expect(await uneCategorias(p(), jefe, { de: a, a: b })).toEqual({ productos: 1 });
    expect(await leida(a)).toMatchObject({ isActive: false, productos: 0 });
    expect(await leida(hija)).toMatchObject({ parentId: b, path: '/unida-b/unida-hija/' });
    expect((await leida(b)).productos).toBe(1);
    expect(await falla(nueva('UNIDA b'))).toBe('CATEGORIA_REPETIDA');
  });

  test('property: any sequence of moves and merges keeps the tree acyclic and every product reachable', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) ids.push(await nueva(`Azar ${i}`));
    await db.pool.query(
      `insert into inventario.productos (id, codigo, nombre, categoria_id)
       select gen_random_uuid(), 'AZ-' || n, 'Azar', ($1::uuid[])[n] from generate_series(1, 7) n`,
      [ids],
    );
    const cual = fc.integer({ min: 0, max: 6 });
    const paso = fc.record({ que: fc.constantFrom('mueve', 'une', 'arriba'), x: cual, y: cual });
    await fc.assert(
      fc.asyncProperty(fc.array(paso, { minLength: 1, maxLength: 8 }), async (pasos) => {
        for (const { que, x, y } of pasos) {
          const [de, a] = [ids[x]!, ids[y]!];
          await falla(
            que === 'une'
              ? uneCategorias(p(), jefe, { de, a })
              : mueveCategoria(p(), jefe, { id: de, a: que === 'arriba' ? null : a }),
          );
        }
        const filas = await db.asService(selectCategorias, { readOnly: true });
        const porId = new Map(filas.map((f) => [f.id, f]));
        for (const fila of filas) {
          let pasosArriba = 0;
          let padre: string | null = fila.parentId;
          for (; padre !== null; pasosArriba += 1) {
            expect(pasosArriba).toBeLessThan(20);
            padre = porId.get(padre)!.parentId;
          }
          expect(fila.nivel).toBe(pasosArriba);
        }
        const { rows } = await db.pool.query(
          `select count(*)::int as n from inventario.productos q
            where q.codigo like 'AZ-%' and exists (
              select from inventario.categorias r where r.parent_id is null and q.categoria_id in (select inventario.rama(r.id)))`,
        );
        expect(rows[0].n).toBe(7);
      }),
      { numRuns: 10 },
    );
  });
});
