import { MAX_BYTES_PUSH, MAX_MUTACIONES, type PushSalida } from '#shared/contracts/sync.ts';
import { type DeviceInfo, type EnginePorts, type JournalStats, NetFailure, type Pendiente } from './ports.ts';

/** Room in the body for everything that is not mutations: ids, secret, field names. */
const ENVELOPE_BYTES = 4_096;
/** A batch of one that fails this often is set aside. */
const POISON_FAILURES = 3;
/** This many set aside in a row without one success between them: it is the server, not the mutations. */
const POISON_STREAK = 5;
/** After such a server, nothing is set aside for this long or until something is taken. */
const POISON_TRUCE_MS = 10 * 60_000;

/** Before what was set aside gets its second chance. */
const SECOND_CHANCE_MS = 5_000;

/** What a push loop ended with. `forked`: the device has a new identity; register it and push again. */
export type PushEnd =
  | { kind: 'drained' | 'forked' | 'sin_turno'; acked: number }
  | { kind: 'retry'; acked: number; afterMs: number };

const BATCH_BYTES = MAX_BYTES_PUSH - ENVELOPE_BYTES;

type Listas = (Pendiente & { turno: string })[];
/** A batch on its way, and what the journal said of itself when it left. */
type Vuelo = { ready: Listas; stats: JournalStats; answer: Promise<PushSalida> };

type Call = <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** Memory of the sender between rounds: batch size, poison, truce. Losing it costs time, never data. */
export class Sender {
  readonly #ports: EnginePorts;
  #limit = MAX_MUTACIONES;
  #suspect: { hash: string; failures: number } | null = null;
  #streak = 0;
  #truceUntil = 0;
  /** Hashes that were set aside in this life of the app. */
  readonly #aside = new Set<string>();
  /** Something is aside that was tried only once: a server that was ill for a moment is no reason to wait for a person. */
  #chance = true;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /** Sends until nothing is left, the server says to wait, or a call fails (throws `NetFailure`). */
  async drain(device: DeviceInfo, state: { epoch: string; offsetMs: number }, call: Call): Promise<PushEnd> {
    const { journal } = this.#ports;
    let acked = 0;
    let idleGaps = 0;
    let next: Vuelo | null = null;
    for (;;) {
      const flight: Vuelo | 'retry' | 'drained' | 'sin_turno' =
        next ?? (await this.#first(device, state, call));
      if (flight === 'retry') return { kind: 'retry', acked, afterMs: SECOND_CHANCE_MS };
      if (typeof flight === 'string') return { kind: flight, acked };
      const { ready, stats } = flight;
      const last = ready.at(-1)!;
      // Read while this one is on its way.
      const rest = takeWhileTurno(
        await journal.batch(this.#limit, BATCH_BYTES, { device: device.id, mid: last.mid }),
      ).filter(({ mid }) => mid > last.mid);
      next = null;
      let answer: PushSalida;
      try {
        answer = await flight.answer;
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        if (error.code === 'EQUIPO_SECRETO') {
          await journal.fork(device.id);
          return { kind: 'forked', acked };
        }
        await this.#failed(device, ready, error);
        continue;
      }
      // Only behind an answer that leaves no doubt: then the rest travels while this answer is written down. A crash in
      // between sends this batch again, as after an answer that was lost.
      if (answer.kind === 'ok' && answer.expectedMid === last.mid + 1 && rest.length > 0) {
        const pending = Math.max(rest.length, stats.pending - ready.length);
        const tras = { ...stats, pending, acked: { mid: last.mid, hash: last.hash } };
        next = await this.#send(device, state, rest, tras, call);
      }
      const newly = await journal.applyResults(device.id, ready, answer.results);
      acked += newly;
      if (newly > 0) this.#taken();
      if (answer.kind === 'forked') {
        await journal.fork(device.id);
        return { kind: 'forked', acked };
      }
      if (answer.kind === 'retry') return { kind: 'retry', acked, afterMs: answer.retryAfterMs ?? 1_000 };
      // With the rest on its way, the server itself says so if it lacks what comes before.
      const rewound = next === null ? await journal.rewind(device.id, answer.expectedMid) : 0;
      // As after a hello: what this server says it lacks makes everything before it doubtful too.
      if (rewound > 0) await journal.rewind(device.id, 1);
      idleGaps = newly > 0 || (answer.kind === 'gap' && rewound > 0) ? 0 : idleGaps + 1;
      // The same answer twice without anything moving: wait instead of spinning.
      if (idleGaps >= 2) throw new NetFailure('http', { status: 409, code: 'HUECO' });
    }
  }

  /** The beginning of the queue on its way; else how the round ends. */
  async #first(
    device: DeviceInfo,
    state: { epoch: string; offsetMs: number },
    call: Call,
  ): Promise<Vuelo | 'retry' | 'drained' | 'sin_turno'> {
    const { journal } = this.#ports;
    const batch = await journal.batch(this.#limit, BATCH_BYTES);
    const ready = takeWhileTurno(batch);
    if (batch.length === 0 && this.#chance) {
      this.#chance = false;
      if ((await journal.takeBack()) > 0) return 'retry';
    }
    if (ready.length === 0) return batch.length === 0 ? 'drained' : 'sin_turno';
    return this.#send(device, state, ready, await journal.stats(), call);
  }

  async #send(
    device: DeviceInfo,
    { epoch, offsetMs }: { epoch: string; offsetMs: number },
    ready: Listas,
    stats: JournalStats,
    call: Call,
  ): Promise<Vuelo> {
    await this.#dropLevel(device, ready[0]!.mid);
    const answer = call((signal) =>
      this.#ports.net.push(
        {
          deviceId: device.id,
          secret: device.secret,
          epoch,
          desfaseEnviarMs: offsetMs,
          oldestMid: stats.oldestMid,
          acked: stats.acked,
          pending: stats.pending,
          mutations: ready,
        },
        signal,
      ),
    );
    // why: when what is written meanwhile fails, nobody waits for this answer any more
    answer.catch(() => {});
    return { ready, stats, answer };
  }

  /** Before it is sent, so that a crash hides nothing. A broken cache never holds a push back. */
  async #dropLevel(device: DeviceInfo, mid: number): Promise<void> {
    const { cache, log } = this.#ports;
    try {
      await cache.dropLevel(device.id, mid);
    } catch (error) {
      log('push.nivel', { error: String(error) });
    }
  }

  #taken(): void {
    this.#limit = Math.min(MAX_MUTACIONES, this.#limit * 2);
    this.#suspect = null;
    this.#streak = 0;
    this.#truceUntil = 0;
  }

  /** Returns when the loop may go on at once; throws the failure when it must wait. */
  async #failed(device: DeviceInfo, sent: readonly Pendiente[], error: NetFailure): Promise<void> {
    const { journal, clock, log } = this.#ports;
    await journal.noteFailure(
      device.id,
      sent.map((mutation) => mutation.mid),
      error.message,
    );
    const refusesData = error.kind === 'http' && [400, 413, 422].includes(error.status);
    const broke = error.kind === 'http' && error.status === 500;
    if (!refusesData && !broke) throw error;
    const [first] = sent;
    if (sent.length > 1 || !first) {
      this.#limit = Math.max(1, Math.ceil(sent.length / 2));
      if (broke) throw error;
      return;
    }
    this.#limit = 1;
    const failures = this.#suspect?.hash === first.hash ? this.#suspect.failures + 1 : 1;
    this.#suspect = { hash: first.hash, failures };
    if (failures < POISON_FAILURES || clock.mono() < this.#truceUntil) throw error;
    this.#suspect = null;
    if (this.#streak >= POISON_STREAK) {
      this.#streak = 0;
      this.#truceUntil = clock.mono() + POISON_TRUCE_MS;
      log('push.tregua', { devueltas: await journal.takeBack() });
      throw error;
    }
    this.#streak += 1;
    if (!this.#aside.has(first.hash)) this.#chance = true;
    this.#aside.add(first.hash);
    log('push.apartada', { mid: first.mid, name: first.name, error: error.message });
    await journal.setAside(device.id, first.mid, error.message);
  }
}

function takeWhileTurno(batch: readonly Pendiente[]): Listas {
  const ready: Listas = [];
  for (const mutation of batch) {
    if (mutation.turno === null) break;
    ready.push({ ...mutation, turno: mutation.turno });
  }
  return ready;
}
