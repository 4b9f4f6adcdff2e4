import { Cache, type CambioCatalogo } from './cache.ts';
import { CatalogoIndice } from './indice-catalogo.ts';

/** Page → worker. */
export type PedidoBuscador =
  | { t: 'prepara' }
  | { t: 'cambio'; cambio: CambioCatalogo }
  | { t: 'busca'; n: number; consulta: string; limite: number };
/** Worker → page: the answer to search `n`; null: it failed. */
export type RespuestaBuscador = { n: number; ids: string[] | null };

const scope = self as unknown as DedicatedWorkerGlobalScope;
const indice = new CatalogoIndice(new Cache());

scope.addEventListener('message', (event: MessageEvent<PedidoBuscador>) => {
  const pedido = event.data;
  if (pedido.t === 'cambio') {
    indice.change(pedido.cambio);
    return;
  }
  if (pedido.t === 'prepara') {
    indice.warm().catch(() => {
      // why: warming is a favour; the search itself says when it fails
    });
    return;
  }
  indice.search(pedido.consulta, pedido.limite).then(
    (ids) => scope.postMessage({ n: pedido.n, ids } satisfies RespuestaBuscador),
    () => scope.postMessage({ n: pedido.n, ids: null } satisfies RespuestaBuscador),
  );
});
