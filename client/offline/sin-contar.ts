import { toCantidad } from '#shared/domain/cantidad.ts';
import { type Liga, lineasVivas, sinContar } from '#shared/domain/conteo.ts';
import type { PartesDe } from '#shared/domain/juegos.ts';
import { elCache } from './bases.ts';
import { catalogoMeta } from './cache-db.ts';
import { conHallazgo } from './catalogo-hallazgo.ts';
import type { FilaProducto, LineaVista } from './modelo.ts';

const ordenNatural = new Intl.Collator('es-MX', { numeric: true, sensitivity: 'base' });

/** A-2 before A-10. */
export function comparaCodigo(a: string, b: string): number {
  return ordenNatural.compare(a, b);
}

/** Products of the catalogue by id; those that the cache lacks are absent. */
export function leeProductos(ids: Iterable<string>): Promise<Map<string, FilaProducto>> {
  const pedidos = [...ids];
  return conHallazgo(elCache().db, (lectura) => lectura.productos(pedidos), pedidos.length);
}

/** How the catalogue of this phone counts a kit (by its parts) and a service (never). */
function partesEn(productos: ReadonlyMap<string, FilaProducto>): PartesDe {
  return (productoId) => {
    const producto = productos.get(productoId);
    if (producto?.esServicio) return [];
    if (!producto?.esJuego) return null;
    return (producto.partes ?? []).map((parte) => ({
      productoId: parte.productoId,
      cantidad: toCantidad(parte.cantidad),
    }));
  };
}

type Alcance = {
  clave: string;
  /** All that is to be counted, by code: kits opened, services left out. */
  pedidos: FilaProducto[];
  productos: Map<string, FilaProducto>;
};
let ultimo: Alcance | null = null;

/**
 * The scope as the catalogue has it now. A whole almacén is thousands of products, which one scan changes nothing of: they
 * are read and put in order once for each state of the catalogue.
 */
async function alcanceDe(cual: string, ids: readonly string[]): Promise<Alcance> {
  const { db } = elCache();
  const meta = await catalogoMeta(db);
  const { serie, siguiente } = meta.lados[meta.activa];
  const clave = [cual, db.name, meta.activa, serie, siguiente, ids.length, ids[0], ids.at(-1)].join(':');
  if (ultimo?.clave === clave) return ultimo;
  const productos = await leeProductos(ids);
  const pedidos = sinContar(ids, [], [], partesEn(productos));
  for (const [id, parte] of await leeProductos(pedidos.filter((id) => !productos.has(id)))) {
    productos.set(id, parte);
  }
  ultimo = {
    clave,
    pedidos: pedidos
      .flatMap((id) => productos.get(id) ?? [])
      .sort((a, b) => comparaCodigo(a.codigo, b.codigo)),
    productos,
  };
  return ultimo;
}

/** What of the scope has no living line among these, by code. `cual` names conteo and intento. */
export async function faltanDe(
  cual: string,
  ids: readonly string[],
  lineas: readonly LineaVista[],
  ligas: readonly Liga[],
): Promise<FilaProducto[]> {
  const { pedidos, productos } = await alcanceDe(cual, ids);
  const vivas = lineasVivas(lineas, ligas);
  const ajenos = new Set<string>();
  for (const { productoId } of vivas) {
    if (productoId !== null && !productos.has(productoId)) ajenos.add(productoId);
  }
  // A kit from outside the scope counts its parts as well.
  const todos = ajenos.size === 0 ? productos : new Map([...productos, ...(await leeProductos(ajenos))]);
  const partesDe = partesEn(todos);
  const contados = new Set<string>();
  for (const { productoId } of vivas) {
    if (productoId === null) continue;
    const partes = partesDe(productoId);
    if (partes === null) contados.add(productoId);
    else for (const parte of partes) contados.add(parte.productoId);
  }
  return pedidos.filter(({ id }) => !contados.has(id));
}
