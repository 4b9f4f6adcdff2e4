import type { FilaCodigoBarras, FilaProducto, FilaUbicacion } from '#shared/contracts/filas.ts';
import { limpiaCodigo, lookupKeys } from '#shared/domain/codigos.ts';
import { elCache } from './bases.ts';
import { conHallazgo } from './catalogo-hallazgo.ts';
import type { Hallado } from './modelo.ts';

const VIA: readonly Hallado['via'][] = ['codigo', 'barras', 'upc', 'sku'];

/** A 14-digit key also as the 13, 12 and 8 digits that a column may hold it with. */
export function escrituras(keys: readonly string[]): string[] {
  const all = new Set(keys);
  for (const key of keys) {
    all.add(key.toUpperCase());
    if (!/^\d{14}$/.test(key)) continue;
    for (const length of [13, 12, 8]) {
      if (/^0+$/.test(key.slice(0, 14 - length))) all.add(key.slice(14 - length));
    }
  }
  return [...all];
}

/**
 * Products that a reading stands for, from the cache (no network). Several: the code is on more than one product and
 * the screen asks "¿Cuál?". A pack's code brings its factor; the same product found by several codes is
 * one hit, with the most specific code's factor. Two or three blocks are read in one transaction: p95 ≤ 10 ms with 100,000 products.
 */
export async function buscarCodigo(raw: string, simbologia?: string | null): Promise<Hallado[]> {
  const keys = lookupKeys(raw, simbologia ?? undefined);
  if (keys.length === 0) return [];
  const textos = [...new Set([...escrituras(keys), ...keys])];
  return conHallazgo(elCache().db, async (lectura) => {
    const propios = await lectura.conTexto('productos', textos);
    const leidos = await lectura.conTexto('codigos_barras', textos);
    const codigos = leidos.filter(
      (row) =>
        row.isActive &&
        (textos.includes(row.codigo) || (row.claveGtin !== null && keys.includes(row.claveGtin))),
    );
    return reune({
      porCodigo: propios.filter((row) => textos.includes(row.codigo)),
      porUpc: propios.filter((row) => row.upc !== null && textos.includes(row.upc)),
      porSku: propios.filter((row) => row.sku !== null && textos.includes(row.sku)),
      codigos,
      porId: await lectura.productos(codigos.map((codigo) => codigo.productoId)),
    });
  });
}

export function reune(hits: {
  porCodigo: readonly FilaProducto[];
  porUpc: readonly FilaProducto[];
  porSku: readonly FilaProducto[];
  codigos: readonly FilaCodigoBarras[];
  porId: ReadonlyMap<string, FilaProducto>;
}): Hallado[] {
  const found = new Map<string, Hallado>();
  const add = (producto: FilaProducto | undefined, hallado: Omit<Hallado, 'producto'>) => {
    if (!producto?.isActive || producto.fusionadoEn !== null) return;
    const known = found.get(producto.id);
    if (known && known.via === 'barras') return;
    found.set(producto.id, { producto, ...hallado });
  };
  for (const codigo of hits.codigos) {
    add(hits.porId.get(codigo.productoId), { factor: codigo.factor, empaque: codigo.nombre, via: 'barras' });
  }
  for (const producto of hits.porCodigo) add(producto, { factor: '1', empaque: null, via: 'codigo' });
  for (const producto of hits.porUpc) add(producto, { factor: '1', empaque: null, via: 'upc' });
  for (const producto of hits.porSku) add(producto, { factor: '1', empaque: null, via: 'sku' });
  return [...found.values()].sort((a, b) => VIA.indexOf(a.via) - VIA.indexOf(b.via));
}

/** A bin's label read or typed: its code, in any case; null when the almacén has no such bin. */
export async function buscarUbicacion(almacenId: string, raw: string): Promise<FilaUbicacion | null> {
  const wanted = limpiaCodigo(raw).toUpperCase();
  if (wanted === '') return null;
  const row = await elCache()
    .db.ubicaciones.where('almacenId')
    .equals(almacenId)
    .and((candidate) => candidate.isActive && candidate.codigo.toUpperCase() === wanted)
    .first();
  return row ?? null;
}
