import type { Db, Tx } from './db/db.ts';
import { notify } from './db/notify.sql.ts';
import type { Logger } from './logger.ts';

const CHANNEL = 'devcompras_eventos';
/** PostgreSQL refuses payloads of 8000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7_900;
/** A reader that falls this far behind is told to look for itself instead. */
const MAX_BEHIND = 500;

/** Something that happened, said to every open screen of every server process. A hint: the tables are the truth. */
export interface Evento {
  /** What happened, `capability.verb`: `sync.cambio`, `conteo.cerrado`, `importacion.terminada`. */
  readonly tipo: string;
  /** Small and free of secrets: ids, counts. */
  readonly datos?: Readonly<Record<string, unknown>> | undefined;
}

/** `perdido`: the connection to the database was away, or the reader was too slow; look at the tables. */
export type Aviso = Evento | { readonly tipo: 'perdido' };

export interface Events {
  /** Says it when `tx` commits; a rolled back transaction says nothing. */
  publish(tx: Tx, evento: Evento): Promise<void>;
  /** Calls `cb` with everything that is said from now on; returns the function that stops. */
  subscribe(cb: (aviso: Aviso) => void): () => void;
  /** The same as an endless sequence, for subscriptions; ends when `signal` aborts. */
  stream(signal: AbortSignal): AsyncGenerator<Aviso, void>;
  close(): Promise<void>;
}

function parse(payload: string): Aviso {
  if (payload === '') return { tipo: 'perdido' };
  return JSON.parse(payload) as Evento;
}

/** The event bus of this process, over LISTEN/NOTIFY, so that several processes share it. */
export async function createEvents(db: Db, logger: Logger): Promise<Events> {
  const subscribers = new Set<(aviso: Aviso) => void>();
  const stop = await db.listen(CHANNEL, (payload) => {
    try {
      const aviso = parse(payload);
      for (const cb of subscribers) cb(aviso);
    } catch (error) {
      logger.warn({ err: error }, 'an event could not be delivered');
    }
  });

  function subscribe(cb: (aviso: Aviso) => void): () => void {
    subscribers.add(cb);
    return () => subscribers.delete(cb);
  }

  return {
    subscribe,
    async publish(tx, evento) {
      const payload = JSON.stringify(evento);
      if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
        throw new RangeError(`event ${evento.tipo} is larger than ${MAX_PAYLOAD_BYTES} bytes`);
      }
      await notify(tx, CHANNEL, payload);
    },
    async *stream(signal) {
      const waiting: Aviso[] = [];
      let wake: (() => void) | undefined;
      const unsubscribe = subscribe((aviso) => {
        if (waiting.length >= MAX_BEHIND) waiting.splice(0, waiting.length, { tipo: 'perdido' });
        else waiting.push(aviso);
        wake?.();
      });
      const onAbort = (): void => wake?.();
      signal.addEventListener('abort', onAbort);
      try {
        while (!signal.aborted) {
          const next = waiting.shift();
          if (next === undefined) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            wake = undefined;
          } else {
            yield next;
          }
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
        unsubscribe();
      }
    },
    close: stop,
  };
}
