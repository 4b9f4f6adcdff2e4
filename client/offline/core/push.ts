import { MAX_BYTES_PUSH, MAX_MUTACIONES, type PushSalida } from '#shared/contracts/sync.ts';
import { type DeviceInfo, type EnginePorts, NetFailure, type Pendiente } from './ports.ts';

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
    const { journal, net } = this.#ports;
    let acked = 0;
    let idleGaps = 0;
    for (;;) {
      const batch = await journal.batch(this.#limit, MAX_BYTES_PUSH - ENVELOPE_BYTES);
      const ready = takeWhileTurno(batch);
      if (batch.length === 0 && this.#chance) {
        this.#chance = false;
        if ((await journal.takeBack()) > 0) return { kind: 'retry', acked, afterMs: SECOND_CHANCE_MS };
      }
      if (ready.length === 0) return { kind: batch.length === 0 ? 'drained' : 'sin_turno', acked };
      await this.#dropLevel(device, ready[0]!.mid);
      const stats = await journal.stats();
      let answer: PushSalida;
      try {
        answer = await call((signal) =>
          net.push(
            {
              deviceId: device.id,
              secret: device.secret,
              epoch: state.epoch,
              desfaseEnviarMs: state.offsetMs,
              oldestMid: stats.oldestMid,
              acked: stats.acked,
              pending: stats.pending,
              mutations: ready,
            },
            signal,
          ),
        );
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        if (error.code === 'EQUIPO_SECRETO') {
          await journal.fork(device.id);
          return { kind: 'forked', acked };
        }
        await this.#failed(device, ready, error);
        continue;
      }
      const newly = await journal.applyResults(device.id, ready, answer.results);
      acked += newly;
      if (newly > 0) this.#taken();
      if (answer.kind === 'forked') {
        await journal.fork(device.id);
        return { kind: 'forked', acked };
      }
      if (answer.kind === 'retry') return { kind: 'retry', acked, afterMs: answer.retryAfterMs ?? 1_000 };
      const rewound = await journal.rewind(device.id, answer.expectedMid);
      // As after a hello: what this server says it lacks makes everything before it doubtful too.
      if (rewound > 0) await journal.rewind(device.id, 1);
      idleGaps = newly > 0 || (answer.kind === 'gap' && rewound > 0) ? 0 : idleGaps + 1;
      // The same answer twice without anything moving: wait instead of spinning.
      if (idleGaps >= 2) throw new NetFailure('http', { status: 409, code: 'HUECO' });
    }
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

function takeWhileTurno(batch: readonly Pendiente[]): (Pendiente & { turno: string })[] {
  const ready: (Pendiente & { turno: string })[] = [];
  for (const mutation of batch) {
    if (mutation.turno === null) break;
    ready.push({ ...mutation, turno: mutation.turno });
  }
  return ready;
}
