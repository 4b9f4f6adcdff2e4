import type { Deps } from '#server/platform/deps.ts';
import { selectMembresiasDe } from './hello.sql.ts';
import { lectorPorTandas } from './lector-por-tandas.ts';

const CHANNEL = 'devcompras_sync';
/** Scopes that changed, or that everything may have. */
const TODO = '*';
/** Changes that can give or take scopes: of the person, of a conteo's people. */
const MUEVE = /^(usuario:|conteo:|\*)/;
/** Commits that follow each other closely make one hint. */
const JUNTA_MS = 250;
const PING_MS = 20_000;
/** One person's open screens; one more closes the oldest, which is most often a connection that nobody reads. */
export const MAX_POR_USUARIO = 6;
/** setTimeout takes no more than 2^31 − 1 ms. */
const MAX_TIMER_MS = 2_147_483_647;

/** Where the hints of one screen go. */
export interface Salida {
  write(text: string): void;
  end(): void;
}

export interface Suscripcion {
  readonly usuarioId: string;
  /** When the access token ends; the screen comes back with a new one. */
  readonly expiraEn: Date;
  readonly salida: Salida;
}

export interface Eventos {
  /** Streams that are open now. */
  readonly abiertas: number;
  /** Begins to send; returns the function that stops. */
  abre(suscripcion: Suscripcion): Promise<() => void>;
  close(): Promise<void>;
}

interface Abierta extends Suscripcion {
  scopes: ReadonlySet<string>;
  esperan: Set<string>;
  timer: NodeJS.Timeout | undefined;
  cierra(): void;
}

/** `event: cambio`, `data: {"scopes":[…]}`; null: anything may have changed. Only ever the reader's own scopes. */
function evento(id: string, scopes: readonly string[] | null): string {
  return `id: ${id}\nevent: cambio\ndata: ${JSON.stringify({ scopes })}\n\n`;
}

/**
 * "Pull now": tells open screens which of their scopes changed, from the NOTIFY that every commit sends. Only a hint:
 * one that is lost costs the time until the next pull, so a resumed stream simply begins with one.
 */
export async function createEventos({
  db,
  clock,
  logger,
}: Pick<Deps, 'db' | 'clock' | 'logger'>): Promise<Eventos> {
  const abiertas = new Set<Abierta>();

  // A conteo that begins concerns every open stream: one by one they would fill the pool of connections.
  const lee = lectorPorTandas((usuarioIds) =>
    db.asService((tx) => selectMembresiasDe(tx, usuarioIds), { readOnly: true }),
  );

  async function reparte(abierta: Abierta): Promise<void> {
    const { esperan } = abierta;
    abierta.esperan = new Set();
    abierta.timer = undefined;
    if ([...esperan].some((scope) => MUEVE.test(scope))) abierta.scopes = await lee(abierta.usuarioId);
    if (abierta.scopes.size === 0) {
      abierta.cierra();
      return;
    }
    if (esperan.has(TODO)) {
      abierta.salida.write(evento(clock.newId(), null));
      return;
    }
    const suyos = [...esperan].filter((scope) => abierta.scopes.has(scope));
    if (suyos.length > 0) abierta.salida.write(evento(clock.newId(), suyos));
  }

  function programa(abierta: Abierta): void {
    abierta.timer ??= setTimeout(() => {
      reparte(abierta).catch((error: unknown) => logger.warn({ err: error }, 'a sync hint was lost'));
    }, JUNTA_MS);
  }

  /** Only what can concern the person wakes their stream: their scopes, and a conteo they may have just been given. */
  function puedeTocar(abierta: Abierta, scope: string): boolean {
    return scope === TODO || abierta.scopes.has(scope) || scope.startsWith('conteo:');
  }

  const deja = await db.listen(CHANNEL, (payload) => {
    const scopes = payload === '' ? [TODO] : payload.split(',');
    for (const abierta of abiertas) {
      const tocan = scopes.filter((scope) => puedeTocar(abierta, scope));
      for (const scope of tocan) abierta.esperan.add(scope);
      if (tocan.length > 0) programa(abierta);
    }
  });

  return {
    get abiertas() {
      return abiertas.size;
    },
    async abre(suscripcion) {
      const { usuarioId, expiraEn, salida } = suscripcion;
      const propias = [...abiertas].filter((otra) => otra.usuarioId === usuarioId);
      for (const otra of propias.slice(0, Math.max(0, propias.length - MAX_POR_USUARIO + 1))) otra.cierra();

      const ping = setInterval(() => salida.write(': ping\n\n'), PING_MS);
      const queda = Math.max(0, Math.min(expiraEn.getTime() - clock.now().getTime(), MAX_TIMER_MS));
      const fin = setTimeout(() => abierta.cierra(), queda);
      const abierta: Abierta = {
        ...suscripcion,
        scopes: new Set(),
        esperan: new Set(),
        timer: undefined,
        cierra() {
          if (!abiertas.delete(abierta)) return;
          clearInterval(ping);
          clearTimeout(fin);
          clearTimeout(abierta.timer);
          salida.end();
        },
      };
      // Before the scopes are read, so that a change in between is not missed.
      abiertas.add(abierta);
      try {
        abierta.scopes = await lee(usuarioId);
      } catch (error) {
        abierta.cierra();
        throw error;
      }
      if (abiertas.has(abierta)) salida.write(evento(clock.newId(), null));
      return () => abierta.cierra();
    },
    async close() {
      for (const abierta of [...abiertas]) abierta.cierra();
      await deja();
    },
  };
}
