import { Zero } from '@rocicorp/zero';
import { corre } from '../../pista.ts';
import { queries, schema, zql } from './esquema.ts';

/** Rocicorp Zero on IndexedDB: the whole catalogue as one preloaded query. For the initial copy and the cold start. */

const fuera = async () => {
  throw new Error('Zero solo corre la copia inicial');
};
let zero = null;
let copia = null;

async function abre() {
  zero = new Zero({
    schema,
    cacheURL: location.origin,
    userID: 'ana',
    kvStore: 'idb',
    logLevel: 'error',
    context: {},
  });
}

corre({
  prepara: abre,
  async baja() {
    copia = zero.preload(queries.todos(), { ttl: 'forever' });
    await copia.complete;
  },
  async arranca() {
    await abre();
    copia = zero.preload(queries.todos(), { ttl: 'forever' });
  },
  async busca(clave) {
    return (await zero.run(zql.productos.where('clave', clave).one()))?.precio ?? null;
  },
  espera: fuera,
  guarda: fuera,
  guardaUna: fuera,
  sube: fuera,
  nivela: fuera,
});
