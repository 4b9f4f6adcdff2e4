import PouchDB from 'pouchdb-browser';
import { corre } from '../pista.ts';

/**
 * PouchDB on its default IndexedDB adapter against express-pouchdb. The code is the `_id`, as its authors advise instead
 * of a secondary index. Batches of `LOTE` (its default is 100).
 */

const LOTE = Number(new URL(location.href).searchParams.get('lote') ?? 1_000);
const remoto = (nombre) => new PouchDB(`${location.origin}/rival/db/${nombre}`, { skip_setup: true });

/** Opened by `abre`. */
let productos = null;
let lineas = null;
/** The live replication of an open app; stopped before the measured one, which would do the work twice. */
let viva = null;

async function abre() {
  productos = new PouchDB('productos');
  lineas = new PouchDB('lineas');
}

async function deClave(clave) {
  try {
    return await productos.get(clave);
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

function linea(producto) {
  return {
    _id: crypto.randomUUID(),
    conteoId: '01900000-0000-7000-8000-000000000003',
    intento: 1,
    ubicacionId: null,
    codigoCrudo: producto._id,
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

/** Its errors are objects that say nothing outside the page. */
async function replica(replicacion) {
  const fin = await replicacion.catch((error) => ({ ok: false, errors: [error, error.result] }));
  if (!fin.ok || fin.errors.length > 0) throw new Error(`replicación: ${JSON.stringify(fin)}`);
}

const baja = () => replica(productos.replicate.from(remoto('productos'), { batch_size: LOTE }));

corre({
  prepara: abre,
  baja,
  async arranca() {
    await abre();
    viva = productos.replicate.from(remoto('productos'), { live: true, retry: true, batch_size: LOTE });
    viva.catch(() => {});
  },
  async busca(clave) {
    return (await deClave(clave))?.precio ?? null;
  },
  async guarda(cuantas, claves) {
    const de = await Promise.all(claves.map(deClave));
    for (let desde = 0; desde < cuantas; desde += 500) {
      const lote = Array.from({ length: Math.min(500, cuantas - desde) }, (_, i) =>
        linea(de[(desde + i) % de.length]),
      );
      const mal = (await lineas.bulkDocs(lote)).filter((fila) => fila.error);
      if (mal.length > 0) throw new Error(`${mal.length} sin guardar`);
    }
  },
  async guardaUna(clave) {
    await lineas.put(linea(await deClave(clave)));
  },
  async espera() {
    await viva?.cancel();
  },
  sube: () => replica(lineas.replicate.to(remoto('lineas'), { batch_size: LOTE })),
  nivela: baja,
});
