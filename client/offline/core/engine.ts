import type { Codigo } from '#shared/codes.ts';
import type { HelloSalida } from '#shared/contracts/sync.ts';
import { esCodigo } from '#shared/errores.ts';
import { backoffMs } from './backoff.ts';
import { withDeadline } from './call.ts';
import { type DeviceInfo, type EnginePorts, NetFailure } from './ports.ts';
import { type Adelanto, CacheFailure, type Pagina, Receiver } from './pull.ts';
import { type PushEnd, Sender } from './push.ts';

/** Without a hint the phone asks this often. */
const IDLE_MS = 60_000;
/** Unsent mutations, a network, and nothing moved for this long: the round is dead. */
export const WATCHDOG_MS = 20_000;
const WATCH_EVERY_MS = 2_500;

export type EngineStatus = {
  fase: 'inicio' | 'sincronizando' | 'nivelado' | 'esperando';
  /** null before the first call ended. */
  enLinea: boolean | null;
  /** The person must log in for the rest to go on. */
  sinSesion: boolean;
  problema: Codigo | null;
  /** UTC offset in minutes of each shop, as the server says. */
  zonas: Readonly<Record<string, number>>;
};

/** Why the engine is woken. `guardado` does not cut a backoff short; the others start it over. */
export type PokeReason = 'guardado' | 'online' | 'foco' | 'aviso' | 'persona' | 'manual';

type Saludo = { hello: HelloSalida; offsetMs: number; restaurado: boolean };

type RoundResult = { ok: boolean; holdMs: number; problema: Codigo | null; enLinea: boolean };

/**
 * hello → push and pull, over and over. Pure: storage, network, clock and chance are ports. One round at a time in a
 * tab; between tabs the shell holds a lock, and correctness rests on the server's row lock and on the
 * journal's own transactions.
 */
export class SyncEngine {
  readonly #ports: EnginePorts;
  readonly #sender: Sender;
  readonly #receiver: Receiver;
  readonly #listeners = new Set<() => void>();
  #status: EngineStatus = { fase: 'inicio', enLinea: null, sinSesion: false, problema: null, zonas: {} };
  #failures = 0;
  #holdUntil = 0;
  #woken = false;
  #wake = new AbortController();
  #round: Promise<void> | null = null;
  #progressAt = 0;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    this.#sender = new Sender(ports);
    this.#receiver = new Receiver(ports);
  }

  get status(): EngineStatus {
    return this.#status;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(change: Partial<EngineStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const listener of [...this.#listeners]) listener();
  }

  /** Asks for a round soon. A server's Retry-After is never cut short. */
  poke(reason: PokeReason): void {
    if (reason === 'guardado' && this.#failures > 0) return;
    if (reason !== 'guardado') this.#failures = 0;
    if (reason === 'persona') this.#set({ sinSesion: false });
    this.#woken = true;
    this.#wake.abort();
  }

  /** Rounds until the signal aborts. `exclusive` runs a round under the lock between tabs. */
  async run(
    signal: AbortSignal,
    exclusive: (round: () => Promise<void>) => Promise<void> = (round) => round(),
  ): Promise<void> {
    const { clock, random } = this.#ports;
    signal.addEventListener('abort', () => this.#wake.abort(), { once: true });
    while (!signal.aborted) {
      this.#woken = false;
      await exclusive(() => this.round(signal));
      if (signal.aborted) return;
      const hold = this.#holdUntil - clock.mono();
      if (hold > 0) await clock.sleep(hold, signal);
      if (this.#woken || signal.aborted) continue;
      this.#wake = new AbortController();
      const delay = this.#failures > 0 ? backoffMs(this.#failures, random()) : IDLE_MS * (1 + random() / 4);
      await clock.sleep(delay, this.#wake.signal);
    }
  }

  /** One round; concurrent callers share it. Never rejects: what went wrong is in `status`. */
  round(signal: AbortSignal): Promise<void> {
    this.#round ??= this.#guarded(signal).finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  async #guarded(outer: AbortSignal): Promise<void> {
    const { journal, cache, clock, log } = this.#ports;
    const controller = new AbortController();
    const over = new AbortController();
    const abort = () => {
      controller.abort();
      over.abort();
    };
    outer.addEventListener('abort', abort, { once: true });
    this.#progressAt = clock.mono();
    this.#set({ fase: 'sincronizando' });
    const watchdog = (async (): Promise<RoundResult> => {
      for (;;) {
        await clock.sleep(WATCH_EVERY_MS, over.signal);
        const stuck = clock.mono() - this.#progressAt >= WATCHDOG_MS;
        if (!stuck && !over.signal.aborted && !outer.aborted) continue;
        if (stuck) log('ronda.atorada', { ms: clock.mono() - this.#progressAt });
        controller.abort();
        if (stuck) {
          journal.reopen();
          cache.reopen();
        }
        return { ok: false, holdMs: 0, problema: null, enLinea: this.#status.enLinea ?? false };
      }
    })();
    const result = await Promise.race([this.#work(controller.signal), watchdog]);
    over.abort();
    controller.abort();
    outer.removeEventListener('abort', abort);
    this.#failures = result.ok ? 0 : this.#failures + 1;
    this.#holdUntil = result.holdMs > 0 ? clock.mono() + result.holdMs : 0;
    this.#set({
      fase: result.ok ? 'nivelado' : 'esperando',
      enLinea: result.enLinea,
      problema: result.problema,
    });
  }

  async #work(signal: AbortSignal): Promise<RoundResult> {
    const { journal, cache, auth, clock } = this.#ports;
    const call = <T>(work: (signal: AbortSignal) => Promise<T>) => this.#call(signal, work);
    try {
      const device = await journal.device();
      // Not after a failure: a server that is full, or a phone that has no network, is asked one thing.
      const adelanto =
        this.#failures === 0 && auth.hasSession() ? await this.#receiver.adelanta(device, call) : null;
      const greeted = await this.#greet(device, call);
      if (greeted === null) return { ok: false, holdMs: 0, problema: 'INICIA_SESION', enLinea: true };
      const { hello, offsetMs } = greeted;
      if (!auth.hasSession()) this.#set({ sinSesion: true });
      const mayPull = auth.hasSession() && !hello.revoked && hello.minPullSchema <= cache.schema;
      const pull = async (primera: Pagina | null = null) => {
        if (mayPull) await this.#receiver.level(device, call, primera);
      };
      const primera = async () => pull(mayPull ? await vale(adelanto, device, greeted) : null);
      // Pulls never wait for pushes: a queue that the server refuses must not keep the catalogue away.
      const state = { epoch: hello.epoch, offsetMs };
      const [pushed, pulled] = await Promise.allSettled([this.#send(device, state, call), primera()]);
      if (pushed.status === 'fulfilled' && pulled.status === 'fulfilled') {
        const end = pushed.value;
        if (end.acked > 0) await pull();
        if (end.kind === 'retry') {
          return { ok: false, holdMs: end.afterMs, problema: 'SERVIDOR_OCUPADO', enLinea: true };
        }
        if (end.kind === 'forked') return { ok: false, holdMs: 1, problema: null, enLinea: true };
        if (end.kind === 'sin_turno') this.#set({ sinSesion: true });
        else if (mayPull) await journal.setLevel(new Date(clock.now()).toISOString());
      }
      const failures = [pushed, pulled].flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
      if (failures.length > 0) return this.#explain(failures);
      const problema = hello.revoked
        ? 'EQUIPO_REVOCADO'
        : hello.minPullSchema > cache.schema
          ? 'VERSION_VIEJA'
          : null;
      return { ok: true, holdMs: 0, problema, enLinea: true };
    } catch (error) {
      return this.#explain([error]);
    }
  }

  /**
   * Sends. The server may know this device while the answer that brought its turno was lost: hello says nothing of it, so
   * a queue without a turno registers once more before it waits for a person.
   */
  async #send(
    device: DeviceInfo,
    state: { epoch: string; offsetMs: number },
    call: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>,
  ): Promise<PushEnd> {
    const { auth } = this.#ports;
    const end = await this.#sender.drain(device, state, call);
    if (end.kind !== 'sin_turno' || !auth.hasSession()) return end;
    const outcome = await call((signal) => auth.register(device, signal));
    if (outcome === 'unreachable') throw new NetFailure('sin_red');
    if (outcome === 'refused') return end;
    const rest = await this.#sender.drain(device, state, call);
    return { ...rest, acked: end.acked + rest.acked };
  }

  /**
   * hello, with registration when the server does not know this device (new, or restored from a backup that
   * is older than it). null: that takes a person's log-in. Half the round trip gives the clock offset.
   */
  async #greet(
    device: DeviceInfo,
    call: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>,
  ): Promise<Saludo | null> {
    const { journal, cache, net, auth, clock, app, log } = this.#ports;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const stats = await journal.stats();
        const sentAt = clock.now();
        const hello = await call((signal) =>
          net.hello(
            {
              deviceId: device.id,
              secret: device.secret,
              app,
              schema: cache.schema,
              pending: stats.pending,
              oldestPendingAt: stats.oldestPendingAt,
              acked: stats.acked,
            },
            signal,
          ),
        );
        const offsetMs = Math.round(Date.parse(hello.serverTime) - (sentAt + clock.now()) / 2);
        await journal.setClockOffset(offsetMs);
        if (hello.forked) {
          log('equipo.clonado', { acked: stats.acked?.mid });
          await journal.fork(device.id);
          throw new NetFailure('http', { status: 409, code: 'EQUIPO_DESCONOCIDO' });
        }
        const restaurado = await this.#alignWith(device, hello);
        this.#set({ zonas: hello.zonas });
        return { hello, offsetMs, restaurado };
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        if (error.code === 'EQUIPO_SECRETO') await journal.fork(device.id);
        else if (error.code !== 'EQUIPO_DESCONOCIDO') throw error;
        if (attempt > 0) throw error;
        const current = await journal.device();
        device.id = current.id;
        device.secret = current.secret;
        const outcome = await call((signal) => auth.register(device, signal));
        if (outcome === 'unreachable') throw new NetFailure('sin_red');
        if (outcome === 'refused') {
          this.#set({ sinSesion: true });
          return null;
        }
        this.#set({ sinSesion: false });
      }
    }
  }

  /**
   * A server that was restored from a backup has lost mutations, or keeps others under the same numbers if this phone
   * was cloned too. Then everything kept is sent again: what the server has is answered by its hash, a foreign number
   * shows as `forked`. The new epoch is noted last, so that a crash repeats this. True: it was restored.
   */
  async #alignWith(device: DeviceInfo, hello: HelloSalida): Promise<boolean> {
    const { journal, log } = this.#ports;
    const known = await journal.epoch();
    const lost = await journal.rewind(device.id, hello.expectedMid);
    const otherEpoch = known !== null && known !== hello.epoch;
    if (lost > 0 || otherEpoch) {
      log('servidor.restaurado', { perdidas: lost, epoca: otherEpoch });
      await journal.rewind(device.id, 1);
    }
    if (known !== hello.epoch) await journal.setEpoch(hello.epoch);
    return lost > 0 || otherEpoch;
  }

  /** One call with its deadline; a 401 is refreshed once. Any answer of our server is progress. */
  async #call<T>(outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { auth, clock } = this.#ports;
    try {
      const value = await withDeadline(clock, outer, work);
      this.#progressAt = clock.mono();
      return value;
    } catch (error) {
      if (!(error instanceof NetFailure) || error.kind !== 'http') throw error;
      this.#progressAt = clock.mono();
      if (error.status !== 401) throw error;
      const refreshed = await withDeadline(clock, outer, (signal) => auth.refresh(signal));
      if (refreshed === 'unreachable') throw new NetFailure('sin_red');
      this.#set({ sinSesion: refreshed === 'refused' });
      if (refreshed === 'refused') throw error;
      const value = await withDeadline(clock, outer, work);
      this.#progressAt = clock.mono();
      return value;
    }
  }

  #explain(failures: readonly unknown[]): RoundResult {
    const { log, journal } = this.#ports;
    let holdMs = 0;
    let problema: Codigo | null = null;
    let enLinea = true;
    for (const failure of failures) {
      if (failure instanceof NetFailure) {
        holdMs = Math.max(holdMs, failure.retryAfterMs ?? 0);
        if (failure.kind === 'sin_red' || failure.kind === 'tiempo') enLinea = false;
        else problema = problemOf(failure) ?? problema;
      } else if (failure instanceof CacheFailure) {
        problema = failure.full ? 'SIN_ESPACIO' : problema;
      } else {
        // Not the network and not the cache: the journal's handle is in doubt.
        journal.reopen();
      }
      log('ronda.falla', { error: String(failure) });
    }
    return { ok: false, holdMs, problema, enLinea };
  }
}

/**
 * The page that was asked for beside the greeting, unless that said anything new of who asks or whom: then it is asked for
 * again. Its failure is the pull's, a Retry-After too.
 */
async function vale(
  adelanto: Adelanto | null,
  device: DeviceInfo,
  { hello, restaurado }: Saludo,
): Promise<Pagina | null> {
  if (adelanto === null || adelanto.id !== device.id || restaurado) return null;
  try {
    const pagina = await adelanto.viene;
    return pagina.answer.epoch === hello.epoch ? pagina : null;
  } catch (error) {
    // Asked before the greeting made this device known.
    if (error instanceof NetFailure && error.code !== null && PASAJEROS.includes(error.code)) return null;
    throw error;
  }
}

/** Codes that pass by themselves: the next round registers again or sends from another place. */
const PASAJEROS: readonly string[] = ['EQUIPO_DESCONOCIDO', 'EQUIPO_SECRETO', 'HUECO'];

function problemOf(failure: NetFailure): Codigo | null {
  const { code } = failure;
  if (code !== null && failure.status === 409 && !PASAJEROS.includes(code) && esCodigo(code)) return code;
  if (failure.kind === 'extrana') return 'RESPUESTA_EXTRANA';
  if (failure.status === 401) return 'INICIA_SESION';
  // tRPC has no 426 of its own.
  if (failure.status === 426 || code === 'VERSION_VIEJA') return 'VERSION_VIEJA';
  // The server asks for patience and the phone has it: nothing for whoever counts to know or to do.
  if (failure.status === 429) return null;
  if ([502, 503, 504].includes(failure.status)) return 'SERVIDOR_OCUPADO';
  if (failure.status >= 500) return 'ERROR_INTERNO';
  return null;
}
