import { newId, newSecret, now } from './clock.ts';
import type { JournalPort, Pendiente, Resultado } from './core/ports.ts';
import { ensureDevice, type Journal } from './journal.ts';
import type { EstadoMutacion, JournalDb, MutationRow } from './journal-db.ts';

const STATE_OF: Record<Resultado['status'], EstadoMutacion> = {
  applied: 'enviada',
  late: 'tardia',
  rejected: 'rechazada',
  quarantined: 'cuarentena',
  en_espera: 'en_espera',
};

/** The clock offset is known to half a round trip: less than this is no news, and not worth a strict write. */
const DESFASE_MIN_MS = 100;

/** What the engine needs of the journal. Every method is one transaction; order of `seq` is order of `mid`. */
export function journalPort(journal: Journal): JournalPort {
  if (journal.db.esDePractica) throw new Error('the journal of practice is never sent');
  const write = <T>(work: (db: JournalDb) => Promise<T>): Promise<T> =>
    journal.durable((db) => db.transaction('rw', db.device, db.mutations, () => work(db)));

  return {
    async device() {
      const { id, secret } = await journal.device();
      return { id, secret };
    },

    stats: () =>
      journal.durable((db) =>
        db.transaction('r', db.device, db.mutations, async () => {
          const device = await db.device.get('este');
          const pending = await db.mutations.where('state').equals('pendiente').count();
          const oldest = await db.mutations.where('state').equals('pendiente').first();
          const lowest = device
            ? await db.mutations
                .where('[device+mid]')
                .between([device.id, 1], [device.id, Number.MAX_SAFE_INTEGER])
                .first()
            : undefined;
          // The unsent are the end of the stream: what lies just before them was answered last.
          const acked = device
            ? await db.mutations
                .where('[device+mid]')
                .between([device.id, 1], [device.id, oldest?.mid ?? device.nextMid], true, false)
                .last()
            : undefined;
          return {
            pending,
            oldestPendingAt: oldest?.created_at ?? null,
            oldestMid: lowest?.mid ?? device?.nextMid ?? 1,
            acked:
              acked === undefined || acked.state === 'pendiente'
                ? null
                : { mid: acked.mid, hash: acked.hash },
          };
        }),
      ),

    batch: (maxCount, maxBytes, after) =>
      journal.durable((db) =>
        db.transaction('r', db.mutations, db.turnos, async () => {
          const turnos = new Map(
            // One of a former id vouches for nothing under this one until a registration has moved it.
            (await db.turnos.toArray()).flatMap((row) =>
              row.de === undefined ? [[row.usuario, row.token]] : [],
            ),
          );
          const rows = await (after === undefined
            ? db.mutations.where('state').equals('pendiente').limit(maxCount).toArray()
            : following(db, after, maxCount));
          return cut(
            rows.map((row) => pendiente(row, turnos.get(row.usuario) ?? null)),
            maxBytes,
          );
        }),
      ),

    applyResults: (device, sent, results) =>
      write(async (db) => {
        const hashes = new Map(sent.map((mutation) => [mutation.mid, mutation.hash]));
        const said = new Map(results.map((result) => [result.mid, result]));
        const mids = [...said.keys()];
        if (mids.length === 0) return 0;
        // One read and one write: asked line by line, the browser's database takes longer than the network.
        const rows = await db.mutations
          .where('[device+mid]')
          .between([device, Math.min(...mids)], [device, Math.max(...mids)], true, true)
          .toArray();
        const at = now().toISOString();
        const answered: MutationRow[] = [];
        let acked = 0;
        for (const row of rows) {
          const result = said.get(row.mid);
          // Another tab may have renumbered meanwhile: a result belongs to what was sent, not to a number.
          if (!result || row.hash !== hashes.get(row.mid) || row.state === 'apartada') continue;
          if (row.state === 'pendiente') acked += 1;
          answered.push({
            ...row,
            state: STATE_OF[result.status],
            enviada_en: at,
            last_error: result.mensaje ?? result.code ?? null,
          });
        }
        await db.mutations.bulkPut(answered);
        return acked;
      }),

    async rewind(device, expectedMid) {
      // Nearly always there is nothing: that is seen without waiting for a strict transaction.
      const look = (db: JournalDb) =>
        db.transaction('r', db.mutations, () => answeredFrom(db, device, expectedMid));
      if ((await journal.durable(look)).length === 0) return 0;
      return write(async (db) => {
        const rows = await db.mutations.bulkGet(await answeredFrom(db, device, expectedMid));
        await db.mutations.bulkPut(
          rows.flatMap((row) =>
            row ? [{ ...row, state: 'pendiente' as const, enviada_en: null, last_error: null }] : [],
          ),
        );
        return rows.length;
      });
    },

    fork: (device) =>
      journal.durable((db) =>
        db.transaction('rw', db.device, db.mutations, db.turnos, async () => {
          const current = await ensureDevice(db);
          if (current.id !== device) return;
          // Sent or not: under the former id nobody would notice any more that a restored server lacks it.
          const kept = await db.mutations
            .orderBy('seq')
            .filter((row) => row.state !== 'apartada')
            .toArray();
          const id = newId();
          await db.device.put({ ...current, id, secret: newSecret(), nextMid: kept.length + 1 });
          await renumber(db, kept, id, 1);
          await db.turnos.toCollection().modify((row) => {
            row.de ??= { deviceId: current.id, secret: current.secret };
          });
        }),
      ),

    setAside: (device, mid, error) =>
      write(async (db) => {
        const row = await db.mutations.where('[device+mid]').equals([device, mid]).first();
        if (row?.state !== 'pendiente') return;
        await db.mutations.update(row.seq, { mid: -row.seq, state: 'apartada', last_error: error });
        const later = await db.mutations
          .where('[device+mid]')
          .between([device, mid + 1], [device, Number.MAX_SAFE_INTEGER])
          .toArray();
        await renumber(db, later, device, mid);
        await db.device.update('este', { nextMid: mid + later.length });
      }),

    takeBack: () => takeBack(journal),

    noteFailure: (device, mids, error) =>
      write(async (db) => {
        await db.mutations
          .where('[device+mid]')
          .anyOf(mids.map((mid) => [device, mid]))
          .modify((row) => {
            row.attempts += 1;
            row.last_error = error;
          });
      }),

    epoch: () => journal.measured('epoch'),
    setEpoch: (epoch) => journal.measure('epoch', epoch),
    async setClockOffset(ms) {
      const known = await journal.measured('desfase');
      if (known !== null && Math.abs(Number(known) - ms) < DESFASE_MIN_MS) return;
      await journal.measure('desfase', String(ms));
    },
    setLevel: (at) => journal.measure('ultimaSync', at),
    reopen: () => journal.reopen(),
  };
}

/** Puts set-aside mutations (all, or one by `seq`) back into the stream, in the order of saving. */
export function takeBack(journal: Journal, seq?: number): Promise<number> {
  return journal.durable((db) =>
    db.transaction('rw', db.device, db.mutations, async () => {
      const device = await ensureDevice(db);
      const aside = await db.mutations
        .where('state')
        .equals('apartada')
        .and((row) => seq === undefined || row.seq === seq)
        .toArray();
      if (aside.length === 0) return 0;
      const unsent = await db.mutations.where('state').equals('pendiente').toArray();
      const first = unsent.reduce((least, row) => Math.min(least, row.mid), device.nextMid);
      // Also what a server answered ahead of them: its number is wanted, and sent again it changes nothing.
      const later = await db.mutations
        .where('[device+mid]')
        .between([device.id, first], [device.id, Number.MAX_SAFE_INTEGER])
        .toArray();
      const rows = [...later, ...aside].sort((a, b) => a.seq - b.seq);
      await renumber(db, rows, device.id, first);
      await db.device.update('este', { nextMid: first + rows.length });
      return aside.length;
    }),
  );
}

/** Gives rows the numbers from `first` on and makes them unsent; two passes, because (device, mid) is unique. */
async function renumber(
  db: JournalDb,
  rows: readonly MutationRow[],
  device: string,
  first: number,
): Promise<void> {
  for (const row of rows) await db.mutations.update(row.seq, { mid: -row.seq });
  for (const [i, row] of rows.entries()) {
    await db.mutations.update(row.seq, {
      device,
      mid: first + i,
      state: 'pendiente',
      enviada_en: null,
      last_error: null,
    });
  }
}

function pendiente(row: MutationRow, turno: string | null): Pendiente {
  return {
    mid: row.mid,
    name: row.name,
    args: row.args,
    hash: row.hash,
    createdAt: row.created_at,
    turno,
  };
}

/** Keys of what was answered from this number on; by keys alone, since a cursor would walk through the whole queue. */
async function answeredFrom(db: JournalDb, device: string, mid: number): Promise<number[]> {
  const later = await db.mutations
    .where('[device+mid]')
    .between([device, Math.max(1, mid)], [device, Number.MAX_SAFE_INTEGER])
    .primaryKeys();
  if (later.length === 0) return [];
  const unsent = new Set(await db.mutations.where('state').equals('pendiente').primaryKeys());
  return later.filter((seq) => !unsent.has(seq));
}

/** Unsent mutations that come right after this one in its device's stream. */
async function following(
  db: JournalDb,
  { device, mid }: { device: string; mid: number },
  maxCount: number,
): Promise<MutationRow[]> {
  const rows = await db.mutations
    .where('[device+mid]')
    .between([device, mid + 1], [device, Number.MAX_SAFE_INTEGER])
    .limit(maxCount)
    .toArray();
  const end = rows.findIndex((row, i) => row.state !== 'pendiente' || row.mid !== mid + 1 + i);
  return end < 0 ? rows : rows.slice(0, end);
}

/** The longest prefix within `maxBytes` on the wire, where each turno goes once; at least one. */
function cut(rows: readonly Pendiente[], maxBytes: number): Pendiente[] {
  const encoder = new TextEncoder();
  const turnos = new Set<string | null>();
  let bytes = 0;
  let count = 0;
  for (const row of rows) {
    if (row.turno !== null && !turnos.has(row.turno)) bytes += row.turno.length + 3;
    turnos.add(row.turno);
    // Four digits of its place among the turnos.
    bytes += encoder.encode(JSON.stringify({ ...row, turno: null })).length + 1;
    if (count > 0 && bytes > maxBytes) break;
    count += 1;
  }
  return rows.slice(0, count);
}
