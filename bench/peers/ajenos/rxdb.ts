import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { corre } from '../pista.ts';

/**
 * RxDB on its Dexie storage, with its replication over plain HTTP. The primary key is the code itself, so that a look-up
 * needs no second index. Production build (no dev-mode), one tab, batches of `LOTE` (its default is 100).
 */

const LOTE = Number(new URL(location.href).searchParams.get('lote') ?? 1_000);
const texto = { type: 'string' };
const nulo = { type: ['string', 'null'] };
const si = { type: 'boolean' };
const PRODUCTO = {
  version: 0,
  primaryKey: 'clave',
  type: 'object',
  properties: {
    clave: { type: 'string', maxLength: 40 },
    id: texto,
    codigo: texto,
    nombre: texto,
    categoriaId: nulo,
    precio: texto,
    unidad: texto,
    decimales: { type: 'number' },
    marca: nulo,
    modelo: nulo,
    sku: nulo,
    upc: nulo,
    imagenUrl: nulo,
    pideLote: si,
    pideCaducidad: si,
    esServicio: si,
    esJuego: si,
    fusionadoEn: nulo,
    isActive: si,
  },
  required: ['clave', 'id', 'nombre', 'precio'],
};
const LINEA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 36 },
    conteoId: texto,
    intento: { type: 'number' },
    ubicacionId: nulo,
    codigoCrudo: texto,
    simbologia: texto,
    fuente: texto,
    productoId: nulo,
    cantidad: texto,
    factor: texto,
    tipo: texto,
    condicion: texto,
    contadoEn: texto,
  },
  required: ['id', 'conteoId', 'cantidad'],
};

/** Opened by `abre`. */
let db = null;
/** The replication of the catalogue. */
let bajada = null;

async function abre() {
  db = await createRxDatabase({ name: 'carrera', storage: getRxStorageDexie(), multiInstance: false });
  await db.addCollections({ productos: { schema: PRODUCTO }, lineas: { schema: LINEA } });
}

async function pide(ruta, cuerpo) {
  const response = await fetch(ruta, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(cuerpo),
  });
  if (!response.ok) throw new Error(`${ruta}: ${response.status}`);
  return response.json();
}

function empieza() {
  bajada = replicateRxCollection({
    collection: db.productos,
    replicationIdentifier: 'carrera-productos',
    live: true,
    waitForLeadership: false,
    pull: { batchSize: LOTE, handler: (desde, lote) => pide('/rival/pull', { desde: desde ?? null, lote }) },
  });
}

function linea(producto) {
  return {
    id: crypto.randomUUID(),
    conteoId: '01900000-0000-7000-8000-000000000003',
    intento: 1,
    ubicacionId: null,
    codigoCrudo: producto.clave,
    simbologia: 'EAN_13',
    fuente: 'pistola',
    productoId: producto.id,
    cantidad: '1',
    factor: '1',
    tipo: 'suma',
    condicion: 'vendible',
    contadoEn: new Date().toISOString(),
  };
}

const deClave = async (clave) => (await db.productos.findOne(clave).exec())?.toJSON() ?? null;

corre({
  prepara: abre,
  async baja() {
    empieza();
    await bajada.awaitInitialReplication();
  },
  async arranca() {
    await abre();
    empieza();
  },
  async busca(clave) {
    return (await deClave(clave))?.precio ?? null;
  },
  async guarda(cuantas, claves) {
    const productos = await Promise.all(claves.map(deClave));
    for (let desde = 0; desde < cuantas; desde += 500) {
      const de = Math.min(500, cuantas - desde);
      const { error } = await db.lineas.bulkInsert(
        Array.from({ length: de }, (_, i) => linea(productos[(desde + i) % productos.length])),
      );
      if (error.length > 0) throw new Error(`${error.length} sin guardar`);
    }
  },
  async guardaUna(clave) {
    await db.lineas.insert(linea(await deClave(clave)));
  },
  async espera() {
    await bajada.awaitInSync();
  },
  async sube() {
    const subida = replicateRxCollection({
      collection: db.lineas,
      replicationIdentifier: 'carrera-lineas',
      live: false,
      waitForLeadership: false,
      push: { batchSize: LOTE, handler: (filas) => pide('/rival/push', filas) },
    });
    await subida.awaitInitialReplication();
  },
  async nivela() {
    bajada.reSync();
    await bajada.awaitInSync();
  },
});
