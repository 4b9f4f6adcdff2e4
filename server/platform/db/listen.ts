import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

type Callback = (payload: string) => void;

/** Who wants to hear which channel; shared by both kinds of database. */
export interface Listeners {
  readonly channels: ReadonlySet<string>;
  add(channel: string, cb: Callback): void;
  /** True when nobody listens to the channel any more. */
  remove(channel: string, cb: Callback): boolean;
  deliver(channel: string, payload: string): void;
  /** Tells everybody that something may have been missed. */
  missed(): void;
}

export function createListeners(): Listeners {
  const byChannel = new Map<string, Set<Callback>>();
  return {
    get channels() {
      return new Set(byChannel.keys());
    },
    add(channel, cb) {
      const callbacks = byChannel.get(channel) ?? new Set();
      callbacks.add(cb);
      byChannel.set(channel, callbacks);
    },
    remove(channel, cb) {
      const callbacks = byChannel.get(channel);
      callbacks?.delete(cb);
      if (callbacks === undefined || callbacks.size > 0) return false;
      byChannel.delete(channel);
      return true;
    },
    deliver(channel, payload) {
      for (const cb of byChannel.get(channel) ?? []) cb(payload);
    },
    missed() {
      for (const callbacks of byChannel.values()) for (const cb of callbacks) cb('');
    },
  };
}

/** LISTEN takes no parameter, so the name is quoted here. */
export function listenStatement(verb: 'LISTEN' | 'UNLISTEN', channel: string): string {
  return `${verb} ${pg.escapeIdentifier(channel)}`;
}

const PING_MS = 30_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * One dedicated connection for LISTEN on a real PostgreSQL. It is opened with the first channel, pinged
 * every 30 s (a dead NAT entry never closes a socket by itself) and reopened with growing pauses.
 */
export function createPostgresListener(config: pg.ClientConfig, onProblem: (error: Error) => void) {
  const listeners = createListeners();
  let client: pg.Client | undefined;
  let connecting: Promise<void> | undefined;
  let closed = false;

  async function open(): Promise<void> {
    const next = new pg.Client({ ...config, keepAlive: true });
    next.on('notification', ({ channel, payload }) => listeners.deliver(channel, payload ?? ''));
    next.on('error', onProblem);
    await next.connect();
    for (const channel of listeners.channels) await next.query(listenStatement('LISTEN', channel));
    const ping = setInterval(() => {
      next.query('select 1').catch(() => next.end().catch(onProblem));
    }, PING_MS);
    ping.unref();
    next.on('end', () => {
      clearInterval(ping);
      client = undefined;
      if (!closed) void reopen();
    });
    client = next;
  }

  async function reopen(): Promise<void> {
    for (let pause = 100; !closed; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { ref: false });
      try {
        await open();
        listeners.missed();
        return;
      } catch (error) {
        onProblem(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  return {
    async listen(channel: string, cb: Callback): Promise<() => Promise<void>> {
      listeners.add(channel, cb);
      if (client === undefined) {
        connecting ??= open().finally(() => {
          connecting = undefined;
        });
        await connecting;
      }
      // A second LISTEN on the same channel is a no-op for PostgreSQL.
      await client?.query(listenStatement('LISTEN', channel));
      return async () => {
        if (listeners.remove(channel, cb) && !closed)
          await client?.query(listenStatement('UNLISTEN', channel));
      };
    },
    async close(): Promise<void> {
      closed = true;
      await client?.end();
    },
  };
}
