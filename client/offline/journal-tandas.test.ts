import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { Journal, type NuevaMutacion } from './journal.ts';
import { type EstadoMutacion, JournalDb } from './journal-db.ts';
import { journalPort } from './journal-port.ts';

/** What the journal does with many mutations at once, held to what it would do with each. */

let opened: Journal[] = [];
let next = 0;

function fresh(): Journal {
  next += 1;
  const name = `journal-tandas-${next}`;
  const journal = new Journal({ open: () => new JournalDb(name) });
  opened.push(journal);
  return journal;
}

afterEach(async () => {
  for (const journal of opened) journal.db.close();
  for (const journal of opened) await journal.db.delete();
  opened = [];
});

const nueva = (n: number): NuevaMutacion => ({
  name: 'conteo.linea/1',
  args: JSON.stringify({ n }),
  usuario: 'ana',
  createdAt: '2026-03-02T16:00:00.000Z',
  desfaseGuardarMs: null,
  entidad: null,
  conteo: null,
});

const ESTADOS: EstadoMutacion[] = ['pendiente', 'enviada', 'tardia', 'rechazada', 'cuarentena', 'en_espera'];

test('what is saved twice, before or in the same batch, is there once, with the numbers in the order of saving', async () => {
  const journal = fresh();
  await journal.save([nueva(2)]);
  const rows = await journal.save([nueva(1), nueva(2), nueva(3), nueva(1)]);
  expect(rows.map(({ mid }) => mid)).toEqual([2, 1, 3, 2]);
  expect(rows.map(({ seq }) => seq)).toEqual([2, 1, 3, 2]);
  const otra = await journal.save([{ ...nueva(1), usuario: 'luis' }]);
  expect(otra.map(({ mid }) => mid)).toEqual([4]);
  expect((await journal.device()).nextMid).toBe(5);
  expect(await journal.db.mutations.count()).toBe(4);
});

test('a rewind unsends exactly what was answered from that number on, whatever lies between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...ESTADOS), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 14 }),
      async (estados, desde) => {
        const journal = fresh();
        await journal.save(estados.map((_, i) => nueva(i)));
        for (const [i, state] of estados.entries()) {
          await journal.db.mutations.update(i + 1, { state, enviada_en: state === 'pendiente' ? null : 'x' });
        }
        const { id } = await journal.device();
        const antes = await journal.db.mutations.toArray();
        const vueltas = antes.filter(({ mid, state }) => mid >= desde && state !== 'pendiente');
        expect(await journalPort(journal).rewind(id, desde)).toBe(vueltas.length);
        expect(await journal.db.mutations.toArray()).toEqual(
          antes.map((row) =>
            vueltas.includes(row) ? { ...row, state: 'pendiente', enviada_en: null, last_error: null } : row,
          ),
        );
        expect(await journalPort(journal).rewind('otro', 1)).toBe(0);
      },
    ),
    { numRuns: 25 },
  );
});

test('what follows a batch on its way begins right after it and ends at the first one that is not unsent', async () => {
  const journal = fresh();
  const port = journalPort(journal);
  await journal.save(Array.from({ length: 8 }, (_, i) => nueva(i)));
  const { id } = await journal.device();
  const tras = async (mid: number, max = 100) =>
    (await port.batch(max, 1e6, { device: id, mid })).map((una) => una.mid);
  expect(await tras(3)).toEqual([4, 5, 6, 7, 8]);
  expect(await tras(3, 2)).toEqual([4, 5]);
  expect(await tras(8)).toEqual([]);
  await port.applyResults(id, await port.batch(6, 1e6), [{ mid: 6, status: 'applied' }]);
  expect(await tras(3)).toEqual([4, 5]);
  await port.fork(id);
  expect(await tras(3)).toEqual([]);
});
