import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { Journal, NoGuardado, type NuevaMutacion } from './journal.ts';
import { JournalDb } from './journal-db.ts';
import { journalPort, takeBack } from './journal-port.ts';

const ANA = '01900000-0000-7000-8000-00000000000a';
let opened: Journal[] = [];
let next = 0;

function journalAt(name: string, deadlineMs?: number): Journal {
  const journal = new Journal({ open: () => new JournalDb(name), ...(deadlineMs ? { deadlineMs } : {}) });
  opened.push(journal);
  return journal;
}

function fresh(): Journal {
  next += 1;
  return journalAt(`journal-test-${next}`);
}

afterEach(async () => {
  for (const journal of opened) journal.db.close();
  for (const journal of opened) await journal.db.delete();
  opened = [];
});

function nueva(n: number, usuario = ANA): NuevaMutacion {
  return {
    name: 'conteo.linea/1',
    args: JSON.stringify({ id: `linea-${n}`, n }),
    usuario,
    createdAt: new Date(1_700_000_000_000 + n * 1000).toISOString(),
    desfaseGuardarMs: 12,
    entidad: `linea-${n}`,
    conteo: 'c1',
  };
}

async function mids(journal: Journal): Promise<[number, string][]> {
  const rows = await journal.db.mutations.orderBy('seq').toArray();
  return rows.map((row) => [row.mid, row.state]);
}

test('asks for strict durability', () => {
  expect(fresh().db._options.chromeTransactionDurability).toBe('strict');
});

test('two tabs that save at once take different, contiguous numbers', async () => {
  const one = fresh();
  const two = journalAt(one.db.name);
  await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : two).save([nueva(i)])));
  const rows = await one.db.mutations.toArray();
  expect(rows.map((row) => row.mid).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  expect(new Set(rows.map((row) => row.device)).size).toBe(1);
  expect((await two.device()).nextMid).toBe(21);
});

test('a dead handle is dropped, opened again, and the line is there once', async () => {
  const journal = fresh();
  await journal.save([nueva(1)]);
  journal.db.close();
  await expect(journal.db.mutations.count()).rejects.toThrow();
  const [row] = await journal.save([nueva(2)]);
  expect(row?.mid).toBe(2);
  expect(await mids(journal)).toEqual([
    [1, 'pendiente'],
    [2, 'pendiente'],
  ]);
});

test('a handle that hangs after its commit does not save twice', async () => {
  const base = fresh();
  let hang = true;
  const open = () => {
    const db = new JournalDb(base.db.name);
    const real = db.transaction.bind(db) as (...args: unknown[]) => Promise<unknown>;
    const hanging = async (...args: unknown[]) => {
      const value = await real(...args);
      if (!hang) return value;
      hang = false;
      return new Promise(() => {});
    };
    return Object.assign(db, { transaction: hanging });
  };
  const journal = new Journal({ open, deadlineMs: 300 });
  opened.push(journal);
  const [row] = await journal.save([nueva(1)]);
  expect(row?.mid).toBe(1);
  expect(await base.db.mutations.count()).toBe(1);
});

test('no room: NO_GUARDADO with the payload, and nothing half-kept', async () => {
  const base = fresh();
  await base.save([nueva(1)]);
  class Full extends JournalDb {
    constructor(name: string) {
      super(name);
      this.mutations.hook('creating', () => {
        throw new DOMException('full', 'QuotaExceededError');
      });
    }
  }
  const journal = new Journal({ open: () => new Full(base.db.name) });
  opened.push(journal);
  const failed = await journal.save([nueva(2), nueva(3)]).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(NoGuardado);
  expect((failed as NoGuardado).code).toBe('NO_GUARDADO');
  expect((failed as NoGuardado).payload.map((item) => item.entidad)).toEqual(['linea-2', 'linea-3']);
  expect(await mids(base)).toEqual([[1, 'pendiente']]);
  expect((await base.device()).nextMid).toBe(2);
});

test('results ack only what was sent with the same hash', async () => {
  const journal = fresh();
  await journal.save([nueva(1), nueva(2)]);
  const port = journalPort(journal);
  const { id } = await port.device();
  const sent = await port.batch(500, 1e6);
  const forged = sent.map((mutation) => ({ ...mutation, hash: 'otro' }));
  expect(await port.applyResults(id, forged, [{ mid: 1, status: 'applied' }])).toBe(0);
  expect(
    await port.applyResults(id, sent, [
      { mid: 1, status: 'applied' },
      { mid: 2, status: 'rejected', code: 'X', mensaje: 'No se pudo.' },
    ]),
  ).toBe(2);
  const rows = await journal.db.mutations.toArray();
  expect(rows.map((row) => [row.state, row.last_error])).toEqual([
    ['enviada', null],
    ['rechazada', 'No se pudo.'],
  ]);
  expect(await port.batch(500, 1e6)).toEqual([]);
});

test('a server that lost mutations gets them again from the rewind point', async () => {
  const journal = fresh();
  await journal.save([1, 2, 3, 4].map((n) => nueva(n)));
  const port = journalPort(journal);
  const { id } = await port.device();
  await port.applyResults(
    id,
    await port.batch(500, 1e6),
    [1, 2, 3, 4].map((mid) => ({ mid, status: 'applied' as const })),
  );
  expect(await port.rewind(id, 3)).toBe(2);
  expect((await port.batch(500, 1e6)).map((mutation) => mutation.mid)).toEqual([3, 4]);
  expect(await port.rewind(id, 5)).toBe(0);
});

test('a cloned phone takes a new id and sends again everything it keeps', async () => {
  const journal = fresh();
  await journal.save([1, 2, 3].map((n) => nueva(n)));
  const port = journalPort(journal);
  const before = await port.device();
  await port.applyResults(before.id, await port.batch(1, 1e6), [{ mid: 1, status: 'applied' }]);
  await port.fork('somebody-else');
  expect((await port.device()).id).toBe(before.id);
  await port.fork(before.id);
  const after = await port.device();
  expect(after.id).not.toBe(before.id);
  expect(after.secret).not.toBe(before.secret);
  expect((await port.batch(500, 1e6)).map((mutation) => [mutation.mid, JSON.parse(mutation.args).n])).toEqual(
    [
      [1, 1],
      [2, 2],
      [3, 3],
    ],
  );
  await journal.save([nueva(4)]);
  expect((await port.stats()).pending).toBe(4);
  expect((await journal.device()).nextMid).toBe(5);
});

test('set aside and taken back: numbers stay contiguous and in the order of saving', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(
        fc.oneof(
          fc.record({ aside: fc.nat(7) }),
          fc.record({ back: fc.constant(true) }),
          fc.record({ ack: fc.nat(3) }),
        ),
        {
          maxLength: 8,
        },
      ),
      async (count, steps) => {
        const journal = fresh();
        const port = journalPort(journal);
        await journal.save(Array.from({ length: count }, (_, i) => nueva(i)));
        const { id } = await port.device();
        let acked = 0;
        for (const step of steps) {
          const unsent = await port.batch(500, 1e6);
          if ('aside' in step) await port.setAside(id, unsent[step.aside]?.mid ?? 0, 'veneno');
          else if ('back' in step) await takeBack(journal);
          else {
            const sent = unsent.slice(0, step.ack);
            acked += await port.applyResults(
              id,
              sent,
              sent.map(({ mid }) => ({ mid, status: 'applied' as const })),
            );
          }
          const left = await journal.db.mutations.where('state').equals('pendiente').sortBy('mid');
          expect(left.map((row) => row.mid)).toEqual(left.map((_, i) => acked + 1 + i));
          expect(left.map((row) => row.seq)).toEqual(left.map((row) => row.seq).toSorted((a, b) => a - b));
          expect((await journal.device()).nextMid).toBe(acked + left.length + 1);
          expect(await journal.db.mutations.count()).toBe(count);
        }
        await journal.db.delete();
      },
    ),
    { numRuns: 40 },
  );
});

test('each mutation travels with the newest turno of its own author', async () => {
  const journal = fresh();
  const luis = '01900000-0000-7000-8000-00000000000b';
  const person = (usuarioId: string) => ({
    usuarioId,
    nombre: 'X',
    correo: null,
    rol: 'almacenista' as const,
    tiendaIds: [],
    limiteAjuste: null,
    expiraEn: '2026-01-02T00:00:00.000Z',
  });
  const turno = (usuario: string, token: string, emitido: string) => ({
    usuario,
    token,
    emitido_en: emitido,
    expira_en: emitido,
  });
  await journal.enter(person(ANA), turno(ANA, 'ana-2', '2026-01-02T00:00:00.000Z'));
  await journal.enter(person(ANA), turno(ANA, 'ana-1', '2026-01-01T00:00:00.000Z'));
  await journal.enter(person(luis), turno(luis, 'luis-1', '2026-01-01T00:00:00.000Z'));
  await journal.save([nueva(1, ANA), nueva(2, luis), nueva(3, 'nadie')]);
  expect((await journal.activeIdentity())?.usuarioId).toBe(luis);
  await journal.leave();
  expect(await journal.activeIdentity()).toBeUndefined();
  const batch = await journalPort(journal).batch(500, 1e6);
  expect(batch.map((mutation) => mutation.turno)).toEqual(['ana-2', 'luis-1', null]);
});

test('under a new id nothing is sent with a turno of the former one until a registration has moved it', async () => {
  const journal = fresh();
  const luis = '01900000-0000-7000-8000-00000000000b';
  const person = (usuarioId: string) => ({
    usuarioId,
    nombre: 'X',
    correo: null,
    rol: 'almacenista' as const,
    tiendaIds: [],
    limiteAjuste: null,
    expiraEn: '2026-01-02T00:00:00.000Z',
  });
  const turno = (usuario: string, token: string) => ({
    usuario,
    token,
    emitido_en: '2026-01-01T00:00:00.000Z',
    expira_en: '2026-01-02T00:00:00.000Z',
  });
  const port = journalPort(journal);
  const turnos = async () => (await port.batch(500, 1e6)).map((mutation) => mutation.turno);
  await journal.enter(person(ANA), turno(ANA, 'ana-1'));
  await journal.enter(person(luis), turno(luis, 'luis-1'));
  await journal.save([nueva(1, ANA), nueva(2, luis)]);
  const antes = await port.device();
  await port.fork(antes.id);
  expect(await turnos()).toEqual([null, null]);
  const prueba = { deviceId: antes.id, secret: antes.secret };
  expect(await journal.turnosDeAntes()).toEqual([
    { token: 'ana-1', ...prueba },
    { token: 'luis-1', ...prueba },
  ]);
  // An answer to a registration of the former id, that comes late, gives nothing to send with.
  await journal.enter(person(luis), turno(luis, 'luis-tarde'), { deviceId: antes.id, movidos: [] });
  expect(await turnos()).toEqual([null, null]);

  const otra = await port.device();
  await port.fork(otra.id);
  expect(await journal.turnosDeAntes()).toHaveLength(2);
  expect((await journal.turnosDeAntes())[0]).toMatchObject(prueba);
  const { id: deviceId } = await port.device();
  await journal.enter(person(luis), turno(luis, 'luis-2'), { deviceId, movidos: [turno(ANA, 'ana-2')] });
  expect(await turnos()).toEqual(['ana-2', 'luis-2']);
  expect(await journal.turnosDeAntes()).toEqual([]);

  // A server that moves none: what Ana did goes as it is and waits there for a person; nothing waits here.
  await port.fork(deviceId);
  const { id } = await port.device();
  await journal.enter(person(luis), turno(luis, 'luis-3'), { deviceId: id, movidos: [] });
  expect(await turnos()).toEqual(['ana-2', 'luis-3']);
});

test('a batch keeps under the bytes of a push, but is never empty', async () => {
  const journal = fresh();
  await journal.save([1, 2, 3].map((n) => nueva(n)));
  const port = journalPort(journal);
  const one = JSON.stringify((await port.batch(1, 1))[0]).length;
  expect(await port.batch(500, 1)).toHaveLength(1);
  expect(await port.batch(500, one * 2 + 10)).toHaveLength(2);
  expect(await port.batch(2, 1e6)).toHaveLength(2);
});

test('purging takes a prefix of old acked ones and says so in oldestMid', async () => {
  const journal = fresh();
  await journal.save([1, 2, 3, 4].map((n) => nueva(n)));
  const port = journalPort(journal);
  const { id } = await port.device();
  const sent = await port.batch(500, 1e6);
  await port.applyResults(
    id,
    sent,
    [1, 2, 3].map((mid) => ({ mid, status: 'applied' as const })),
  );
  await journal.db.mutations.toCollection().modify((row) => {
    if (row.mid < 3) row.enviada_en = '2020-01-01T00:00:00.000Z';
  });
  await journal.purge(30, 3);
  expect(await mids(journal)).toEqual([
    [3, 'enviada'],
    [4, 'pendiente'],
  ]);
  expect((await port.stats()).oldestMid).toBe(3);
});

test('what the server answered last lies just before the unsent; rewound, nothing is held for sent', async () => {
  const journal = fresh();
  const port = journalPort(journal);
  expect((await port.stats()).acked).toBe(null);
  await journal.save([1, 2, 3].map((n) => nueva(n)));
  expect((await port.stats()).acked).toBe(null);
  const { id } = await port.device();
  const sent = await port.batch(500, 1e6);
  await port.applyResults(id, sent, [
    { mid: 1, status: 'applied' },
    { mid: 2, status: 'rejected' },
  ]);
  expect((await port.stats()).acked).toEqual({ mid: 2, hash: sent[1]!.hash });
  await port.applyResults(id, sent, [{ mid: 3, status: 'applied' }]);
  expect((await port.stats()).acked).toEqual({ mid: 3, hash: sent[2]!.hash });
  await port.rewind(id, 1);
  expect((await port.stats()).acked).toBe(null);
});
