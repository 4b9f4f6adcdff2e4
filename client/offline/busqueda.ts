import type { FilaProducto } from '#shared/contracts/filas.ts';
import { elCache, elCacheReal, practicando } from './bases.ts';
import type { PedidoBuscador, RespuestaBuscador } from './buscador.worker.ts';
import type { Cache, CambioCatalogo } from './cache.ts';
import { leeProductos } from './vista-conteos.ts';

/** Who searches: a worker in the browser; in a place without workers, this thread. */
type Buscador = {
  search(consulta: string, limite: number): Promise<string[]>;
  change(cambio: CambioCatalogo): void;
  warm(): void;
};

let buscador: Buscador | null = null;
/** Of the dozen products of one practice, on this thread. */
let dePractica: { cache: Cache; buscador: Buscador } | null = null;

function enWorker(): Buscador {
  const worker = new Worker(new URL('./buscador.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (ids: string[]) => void; reject: (error: Error) => void }>();
  let n = 0;
  const send = (pedido: PedidoBuscador) => worker.postMessage(pedido);
  worker.addEventListener('message', (event: MessageEvent<RespuestaBuscador>) => {
    const { n: answered, ids } = event.data;
    const waiter = waiting.get(answered);
    waiting.delete(answered);
    if (ids === null) waiter?.reject(new Error('BUSCADOR'));
    else waiter?.resolve(ids);
  });
  worker.addEventListener('error', () => {
    for (const waiter of waiting.values()) waiter.reject(new Error('BUSCADOR'));
    waiting.clear();
    worker.terminate();
    buscador = null;
  });
  return {
    search: (consulta, limite) =>
      new Promise((resolve, reject) => {
        n += 1;
        waiting.set(n, { resolve, reject });
        send({ t: 'busca', n, consulta, limite });
      }),
    change: (cambio) => send({ t: 'cambio', cambio }),
    warm: () => send({ t: 'prepara' }),
  };
}

/** The index comes when somebody searches: on the phones there are, the worker brings one of its own. */
function enEsteHilo(cache: Cache): Buscador {
  const indice = import('./indice-catalogo.ts').then(({ CatalogoIndice }) => new CatalogoIndice(cache));
  // why: a search says itself that it failed
  indice.catch(() => {});
  return {
    search: async (consulta, limite) => (await indice).search(consulta, limite),
    change: (cambio) => void indice.then((ready) => ready.change(cambio)).catch(() => {}),
    warm: () => void indice.then((ready) => ready.warm()).catch(() => {}),
  };
}

function elBuscador(): Buscador {
  if (practicando()) {
    const cache = elCache();
    if (dePractica?.cache !== cache) dePractica = { cache, buscador: enEsteHilo(cache) };
    return dePractica.buscador;
  }
  dePractica = null;
  buscador ??= typeof Worker === 'undefined' ? enEsteHilo(elCacheReal()) : enWorker();
  return buscador;
}

/**
 * Up to `limite` products by code or words, best first, without network. The index is built at the first call
 * (about 1 s for 100,000 products, off the main thread).
 */
export async function buscarTexto(consulta: string, limite = 30): Promise<FilaProducto[]> {
  if (consulta.trim() === '') return [];
  const ids = await elBuscador().search(consulta, limite);
  const rows = await leeProductos(ids);
  return ids.flatMap((id) => rows.get(id) ?? []);
}

const CANAL = 'devcompras-catalogo';
/** Building the index reads the whole catalogue: the first look-ups of the day have the database to themselves before. */
const PREPARA_MS = 2_000;

/**
 * Keeps the index in step with what this tab and the other ones pull, and builds it at idle. Returns the function
 * that stops it.
 */
export function vigilaCatalogo(): () => void {
  const canal = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CANAL);
  const stop = elCacheReal().onCatalogo((cambio) => {
    buscador?.change(cambio);
    canal?.postMessage(cambio);
  });
  canal?.addEventListener('message', (event: MessageEvent<CambioCatalogo>) => buscador?.change(event.data));
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1_000));
  const timer = setTimeout(() => idle(() => elBuscador().warm()), PREPARA_MS);
  return () => {
    clearTimeout(timer);
    stop();
    canal?.close();
  };
}

/** Forgets the index: other databases are in use (tests, bench). */
export function olvidaBuscador(): void {
  buscador = null;
}
