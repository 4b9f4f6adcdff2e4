import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { agregarNota, contar, crearConteoLibre, deshacer } from './acciones.ts';
import { usaBases } from './bases.ts';
import { Cache } from './cache.ts';
import { CacheDb } from './cache-db.ts';
import { Journal } from './journal.ts';
import { JournalDb } from './journal-db.ts';
import { corrigeLote } from './lotes.ts';
import type { Contar } from './modelo.ts';
import { leeContado, leeConteo } from './vista-conteos.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ANA = id(1);
const ALMACEN = id(11);
const BIN = id(12);
const ACEITE = id(21);
let next = 0;
let journal: Journal;
let conteoId = '';

beforeEach(async () => {
  next += 1;
  const n = next;
  journal = new Journal({ open: () => new JournalDb(`journal-lotes-${n}`) });
  usaBases({ journal, cache: new Cache(() => new CacheDb(`cache-lotes-${n}`)) });
  const at = '2026-03-02T15:00:00.000Z';
  await journal.enter(
    {
      usuarioId: ANA,
      nombre: 'Ana',
      correo: null,
      rol: 'almacenista',
      tiendaIds: [],
      limiteAjuste: null,
      expiraEn: at,
    },
    { usuario: ANA, token: 'turno', emitido_en: at, expira_en: at },
  );
  conteoId = await crearConteoLibre({ almacenId: ALMACEN });
});

const lugar = (ubicacionId: string | null = null) => ({
  conteoId,
  intento: 1,
  productoId: ACEITE,
  ubicacionId,
});
const lee = (extra: Partial<Contar> = {}) =>
  contar({
    ...lugar(),
    codigoCrudo: '7501031311309',
    simbologia: 'EAN_13',
    fuente: 'pistola',
    cantidad: '1',
    factor: '12',
    ...extra,
  });
const vivas = async () =>
  (await leeContado(conteoId, ANA)).flatMap((row) =>
    row.lineas.map(({ lote, caduca, dot, nota, cantidad, factor, codigoCrudo, ubicacionId }) => ({
      lote,
      caduca,
      dot,
      nota,
      unidades: Number((cantidad * factor) / 10_000_000_000n),
      codigoCrudo,
      ubicacionId,
    })),
  );
const SIN = { lote: null, caduca: null, dot: null };

test('correcting a lot is a void and a new line with the same quantity, in one action, and the list tells the pair', async () => {
  await lee({ lote: 'L-2O31', nota: 'mojada' });
  const antes = (await journal.db.mutations.toArray()).length;
  expect(await corrigeLote(lugar(), { ...SIN, lote: 'L-2031' }, (l) => l.lote === 'L-2O31')).toBe(1);
  const nuevas = (await journal.db.mutations.toArray()).slice(antes);
  expect(nuevas.map((m) => JSON.parse(m.args).tipo)).toEqual(['anula', 'suma']);
  expect(await vivas()).toEqual([
    {
      ...SIN,
      lote: 'L-2031',
      nota: 'mojada · Antes decía lote L-2O31',
      unidades: 12,
      codigoCrudo: '7501031311309',
      ubicacionId: null,
    },
  ]);
});

test('lines left "sin lote" get the lot that is said later; those of other lots and bins stay as they are', async () => {
  await lee();
  await lee({ lote: 'A1' });
  await lee();
  await lee({ ubicacionId: BIN });
  expect(
    await corrigeLote(lugar(), { ...SIN, lote: 'L-1', caduca: '2026-12-31' }, (l) => l.lote === null),
  ).toBe(2);
  const [aqui, alla] = await leeContado(conteoId, ANA);
  expect(aqui?.unidades).toBe('36');
  expect(aqui?.lineas.map((l) => l.lote).sort()).toEqual(['A1', 'L-1', 'L-1']);
  expect(alla?.lineas.map((l) => l.lote)).toEqual([null]);
  expect((await vivas()).every((l) => l.nota === null)).toBe(true);
});

test('an expiry said later leaves the lot alone; a DOT takes the place of a lot', async () => {
  await lee({ lote: 'A1' });
  await corrigeLote(lugar(), { ...SIN, caduca: '2027-01-31' }, () => true);
  expect(await vivas()).toMatchObject([{ lote: 'A1', caduca: '2027-01-31', nota: null }]);
  await corrigeLote(lugar(), { ...SIN, dot: '2319' }, () => true);
  expect(await vivas()).toMatchObject([
    { lote: null, dot: '2319', caduca: '2027-01-31', nota: 'Antes decía lote A1' },
  ]);
});

test('saying the same lot again writes nothing, and a voided line is never brought back', async () => {
  await lee({ lote: 'A1' });
  await lee({ lote: 'B2' });
  await deshacer(conteoId, 1);
  const antes = (await journal.db.mutations.toArray()).length;
  expect(await corrigeLote(lugar(), { ...SIN, lote: 'A1' }, () => true)).toBe(0);
  expect((await journal.db.mutations.toArray()).length).toBe(antes);
  expect(await vivas()).toMatchObject([{ lote: 'A1' }]);
});

test('a note written after the line goes on with the corrected one', async () => {
  const { id: lineaId } = await lee({ lote: 'A1' });
  await agregarNota(lineaId, conteoId, 'caja rota');
  await corrigeLote(lugar(), { ...SIN, lote: 'A2' }, () => true);
  expect((await vivas())[0]?.nota).toBe('caja rota · Antes decía lote A1');
  // The lines of a correction count as lines of my part.
  expect((await leeConteo(conteoId, ANA))?.lineas).toHaveLength(3);
});
