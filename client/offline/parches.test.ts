import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { usaBases } from './bases.ts';
import { Cache } from './cache.ts';
import { CacheDb } from './cache-db.ts';
import { Journal } from './journal.ts';
import { JournalDb } from './journal-db.ts';
import { conParches, leeParches, proponerParche } from './parches.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [ANA, BALATA, OTRO] = [id(1), id(20), id(21)];
let n = 0;
let journal: Journal;

beforeEach(async () => {
  n += 1;
  const de = n;
  journal = new Journal({ open: () => new JournalDb(`journal-parches-${de}`) });
  usaBases({ journal, cache: new Cache(() => new CacheDb(`cache-parches-${de}`)) });
  const at = '2026-03-02T15:00:00.000Z';
  await journal.enter(
    {
      usuarioId: ANA,
      nombre: 'Ana',
      correo: null,
      rol: 'gerente',
      tiendaIds: [],
      limiteAjuste: null,
      expiraEn: at,
    },
    { usuario: ANA, token: 'turno', emitido_en: at, expira_en: at },
  );
});

const precio = (base: string, valor: string) => ({
  campos: { precio: { base, valor } },
  codigos: [],
  ubicaciones: [],
});

test('a product changed without signal is on disk with what was seen, and the phone shows its own pending patch', async () => {
  await proponerParche({ productoId: BALATA, ...precio('100.00', '110') });
  await proponerParche({ productoId: BALATA, ...precio('110', '120') });
  await proponerParche({ productoId: OTRO, ...precio('1', '2') });
  const parches = await leeParches(BALATA);
  expect(parches.map((p) => p.parche.campos.precio)).toEqual([
    { base: '100.00', valor: '110' },
    { base: '110', valor: '120' },
  ]);
  const bajado = { nombre: 'Balata', precio: '100.00', unidad: 'PZA', categoriaId: null };
  expect(conParches(bajado, parches)).toEqual({ ...bajado, precio: '120' });
  const [row] = await journal.db.mutations.toArray();
  expect(row).toMatchObject({ name: 'producto.parche/1', usuario: ANA, state: 'pendiente' });
});

test('once the server has it, what came down is what counts', async () => {
  await proponerParche({ productoId: BALATA, ...precio('100.00', '110') });
  await journal.db.mutations.toCollection().modify({ state: 'enviada' });
  expect(await leeParches(BALATA)).toEqual([]);
});

test('what cannot be a patch is refused before anything is written', async () => {
  await expect(proponerParche({ productoId: 'x', ...precio('1', '2') })).rejects.toMatchObject({
    code: 'ENTRADA_INVALIDA',
  });
  expect(await journal.db.mutations.count()).toBe(0);
});
