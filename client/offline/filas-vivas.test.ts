import 'fake-indexeddb/auto';
import { Dexie, type Table } from 'dexie';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filasVivas } from './filas-vivas.ts';

type Fila = { id: number; grupo: string; valor: number };

let next = 0;
function base(): Dexie & { filas: Table<Fila, number> } {
  const db = new Dexie(`vivas-${++next}`);
  db.version(1).stores({ filas: '++id, grupo' });
  return db as Dexie & { filas: Table<Fila, number> };
}

const grupo = fc.constantFrom('a', 'b');
const id = fc.integer({ min: 1, max: 12 });
const paso = fc.oneof(
  fc.record({ t: fc.constant('put' as const), id, grupo, valor: fc.nat(9) }),
  fc.record({ t: fc.constant('muchas' as const), grupo, valor: fc.nat(9) }),
  fc.record({ t: fc.constant('quita' as const), id }),
  fc.record({ t: fc.constant('cambia' as const), grupo, valor: fc.nat(9) }),
  fc.record({ t: fc.constant('vacia' as const) }),
);

test('rows in memory are those of the table after any writes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(paso, { maxLength: 10 }), async (pasos) => {
      const db = base();
      const vivas = filasVivas(db.filas, 'grupo');
      for (const p of pasos) {
        if (p.t === 'put') await db.filas.put({ id: p.id, grupo: p.grupo, valor: p.valor });
        if (p.t === 'muchas') {
          await db.filas.bulkPut(
            Array.from({ length: 60 }, (_, i) => ({ id: i + 1, grupo: p.grupo, valor: p.valor })),
          );
        }
        if (p.t === 'quita') await db.filas.delete(p.id);
        if (p.t === 'cambia') await db.filas.where('grupo').equals(p.grupo).modify({ valor: p.valor });
        if (p.t === 'vacia') await db.filas.clear();
        for (const valor of ['a', 'b']) {
          const read = await vivas.lee(valor);
          const there = await db.filas.where('grupo').equals(valor).toArray();
          expect(read.sort((x, y) => x.id - y.id)).toEqual(there);
        }
      }
      await db.delete();
    }),
    { numRuns: 40 },
  );
});

test('a write during a read is seen by the next one, and a row without a key of its own too', async () => {
  const db = base();
  const vivas = filasVivas(db.filas, 'grupo');
  expect(await vivas.lee('a')).toEqual([]);
  const reading = vivas.lee('a');
  await db.filas.add({ grupo: 'a', valor: 1 } as Fila);
  await reading;
  expect(await vivas.lee('a')).toEqual([{ id: 1, grupo: 'a', valor: 1 }]);
  await db.delete();
});

test('a failed read is made again, and another handle starts over', async () => {
  const db = base();
  const vivas = filasVivas(db.filas, 'grupo');
  await db.filas.add({ grupo: 'a', valor: 1 } as Fila);
  expect(await vivas.lee('a')).toHaveLength(1);
  db.close();
  const otra = new Dexie(db.name);
  otra.version(1).stores({ filas: '++id, grupo' });
  await otra.table('filas').add({ grupo: 'a', valor: 2 });
  expect(await filasVivas(otra.table<Fila, number>('filas'), 'grupo').lee('a')).toHaveLength(2);
  await expect(vivas.lee('a')).rejects.toThrow();
  await otra.delete();
});
