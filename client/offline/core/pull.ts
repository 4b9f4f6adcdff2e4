import type { DeviceInfo, EnginePorts } from './ports.ts';

/** Rows asked for per answer: about 300 kB of products, one transaction of 150 ms on a cheap phone. */
const PULL_LIMIT = 2_000;
/** Storage failures in a row after which the cache is thrown away and filled again. */
const CACHE_STRIKES = 3;

type Call = <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** A cache that cannot be written. `full`: the phone has no room, so filling it again would not help. */
export class CacheFailure extends Error {
  readonly full: boolean;

  constructor(cause: unknown) {
    super('CACHE_FALLA', { cause });
    this.name = 'CacheFailure';
    this.full = names(cause).includes('QuotaExceededError');
  }
}

/** Names along the chain of causes; Dexie wraps the browser's error as `inner`. */
function names(error: unknown): string[] {
  const found: string[] = [];
  let at = error as { name?: string; inner?: unknown; cause?: unknown } | null | undefined;
  for (let depth = 0; at && depth < 6; depth += 1) {
    if (at.name) found.push(at.name);
    at = (at.inner ?? at.cause) as typeof at;
  }
  return found;
}

/** Memory of the receiver between rounds. */
export class Receiver {
  readonly #ports: EnginePorts;
  #strikes = 0;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /**
   * Asks and applies until every scope is at its head. A page's rows and its cursor are stored together, before the
   * next one is asked for: a crash repeats at most one page.
   */
  async level(device: DeviceInfo, call: Call): Promise<void> {
    const { cache, net } = this.#ports;
    for (;;) {
      const sent = await cache.cursors();
      const answer = await call((signal) =>
        net.pull(
          {
            deviceId: device.id,
            secret: device.secret,
            schema: cache.schema,
            cursors: sent,
            limit: PULL_LIMIT,
          },
          signal,
        ),
      );
      await this.#store(() => cache.applyPull(answer, sent, device.id));
      if (answer.done) return;
    }
  }

  async #store(work: () => Promise<void>): Promise<void> {
    const { cache, log } = this.#ports;
    try {
      await work();
      this.#strikes = 0;
    } catch (cause) {
      const failure = new CacheFailure(cause);
      this.#strikes += 1;
      log('pull.cache', { intento: this.#strikes, error: String(cause) });
      cache.reopen();
      if (!failure.full && this.#strikes >= CACHE_STRIKES) {
        this.#strikes = 0;
        await cache.rebuild();
      }
      throw failure;
    }
  }
}
