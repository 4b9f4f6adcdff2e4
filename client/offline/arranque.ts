import { ESQUEMA_PULL } from '#shared/contracts/sync.ts';
import type { MandaApartada } from './apartadas.ts';
import { enviaFotos, hayApartadas } from './aparte.ts';
import { elCacheReal, elJournalReal } from './bases.ts';
import { vigilaCatalogo } from './busqueda.ts';
import { deleteOldCaches } from './cache.ts';
import { cotejoDe } from './cache-cotejo.ts';
import { fotoDe } from './cache-foto.ts';
import { type PokeReason, SyncEngine } from './core/engine.ts';
import type { AuthPort, NetPort } from './core/ports.ts';
import { plazo } from './core/senales.ts';
import { despierta, escuchaDespertador } from './despertador.ts';
import { estadoEnvio } from './estado.ts';
import type { SubeArchivo } from './fotos.ts';
import { journalPort } from './journal-port.ts';

/** Acked mutations are kept this long: a server restored from a backup gets them again. */
const RETENCION_DIAS = 30;
const RETENCION_FOTOS_DIAS = 3;
const CANDADO = 'devcompras-sync';
/** A background tab may be frozen with the lock in its hand; after this the round runs without it. */
const CANDADO_ESPERA_MS = 25_000;

export type Puertos = {
  net: NetPort;
  auth: AuthPort;
  sube: SubeArchivo;
  /** Version of the app, for the server's list of devices. */
  app: string;
  log?: (event: string, data?: Record<string, unknown>) => void;
};

/**
 * Starts the engine of this tab and everything around it: lock between tabs, photos, search index, clean-up. Needs
 * no network and no person. Returns the function that stops it all.
 */
export function iniciarOffline(puertos: Puertos): () => void {
  const stop = new AbortController();
  const cache = elCacheReal();
  const journal = journalPort(elJournalReal());
  let serie = '';
  const engine = new SyncEngine({
    journal,
    cache: {
      schema: ESQUEMA_PULL,
      async cursors() {
        // Before the cursors: a change of person in between makes the answer one that nobody stores.
        serie = (await cache.dueno()).serie;
        return cache.cursors();
      },
      applyPull: (answer, sent, device) => cache.applyPull(answer, sent, device, serie),
      dropLevel: (device, mid) => cache.dropLevel(device, mid),
      reopen: () => cache.reopen(),
      rebuild: () => cache.rebuild(),
      foto: fotoDe(cache),
      cotejo: cotejoDe(cache),
    },
    net: puertos.net,
    auth: puertos.auth,
    clock: relojDelNavegador,
    random: Math.random,
    app: puertos.app,
    log: puertos.log ?? (() => {}),
  });
  estadoEnvio.connect(engine);
  const unlisten = [
    escuchaDespertador((reason) => engine.poke(reason)),
    engine.subscribe(() => {
      if (engine.status.fase !== 'nivelado') return;
      void fotos(puertos.sube, stop.signal);
      const { quarantine } = puertos.net;
      if (quarantine) void apartadas(quarantine, stop.signal).catch(() => 0);
    }),
    vigilaCatalogo(),
    recogeDeOtrasPestanas(engine, () => journal.stats()),
    escuchaNavegador(),
  ];
  void engine.run(stop.signal, conCandado);
  void elJournalReal()
    .purge(RETENCION_DIAS, RETENCION_FOTOS_DIAS)
    .catch(() => {
      // why: a purge that fails only keeps more; the next start tries again
    });
  void deleteOldCaches().catch(() => {
    // why: another tab may hold an old cache open; the next start tries again
  });
  return () => {
    stop.abort();
    for (const off of unlisten) off();
    estadoEnvio.connect(null);
  };
}

/** How soon a tab takes over what another one saved and could not send, because it was closed. */
const RECOGE_MS = 5_000;

/** A tab that believes itself level, while the journal that all tabs share has something unsent, starts a round. */
export function recogeDeOtrasPestanas(
  engine: Pick<SyncEngine, 'status' | 'poke'>,
  stats: () => Promise<{ pending: number }>,
): () => void {
  const timer = setInterval(async () => {
    if (engine.status.fase !== 'nivelado' || engine.status.sinSesion || engine.status.problema !== null)
      return;
    try {
      if ((await stats()).pending > 0) engine.poke('guardado');
    } catch {
      // why: a dead handle is reopened by whoever writes next; the next look tries again
    }
  }, RECOGE_MS);
  return () => clearInterval(timer);
}

let enviandoFotos: Promise<unknown> | null = null;

function fotos(sube: SubeArchivo, signal: AbortSignal): Promise<unknown> {
  enviandoFotos ??= enviaFotos(sube, signal)
    .catch(() => 0)
    .finally(() => {
      enviandoFotos = null;
    });
  return enviandoFotos;
}

async function apartadas(manda: MandaApartada, signal: AbortSignal): Promise<number> {
  return (await hayApartadas()) ? (await import('./apartadas.ts')).mandaApartadas(manda, signal) : 0;
}

const relojDelNavegador = {
  now: () => Date.now(),
  mono: () => performance.now(),
  sleep: (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
    }),
};

/** One tab at a time: saves traffic. Without Web Locks, or behind a frozen tab, the server's row lock is enough. */
async function conCandado(round: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) {
    await round();
    return;
  }
  let ran = false;
  const once = async () => {
    ran = true;
    await round();
  };
  try {
    await locks.request(CANDADO, { signal: plazo(CANDADO_ESPERA_MS) }, once);
  } catch {
    if (!ran) await once();
  }
}

function escuchaNavegador(): () => void {
  const off = new AbortController();
  const on = (target: EventTarget | undefined, type: string, reason: PokeReason) =>
    target?.addEventListener(type, () => despierta(reason), { signal: off.signal });
  on(globalThis.window, 'online', 'online');
  on(globalThis.window, 'focus', 'foco');
  on(globalThis.window, 'pageshow', 'foco');
  globalThis.document?.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'visible' && despierta('foco'),
    { signal: off.signal },
  );
  return () => off.abort();
}
