import { checkDigit, gtinKey } from '#shared/domain/codigos.ts';
import type { Azar } from './azar.ts';
import { FIJOS, type ProductoFijo, ZONAS } from './demo-fijos.ts';
import { FAMILIAS } from './familias.ts';
import { categoriaId, idDemo, productoId } from './identidad.ts';

export interface FilaProducto {
  id: string;
  codigo: string;
  nombre: string;
  categoria_id: string;
  precio: string;
  costo: string;
  precio_mayoreo: string;
  unidad: string;
  decimales: number;
  marca: string;
  sku: string;
  upc: string | null;
  clave_prod_serv: string | null;
  clave_unidad: string;
}
export interface FilaCodigo {
  id: string;
  codigo: string;
  clave_gtin: string | null;
  producto_id: string;
  factor: number;
  tipo: 'barras' | 'caja' | 'proveedor';
  nombre: string | null;
}
export interface FilaCategoria {
  id: string;
  nombre: string;
  parent_id: string | null;
  nivel: number;
  path: string;
}
/** A product as the rest of the seed needs it. */
export interface Articulo {
  fila: FilaProducto;
  /** Net of IVA, pesos. */
  costo: number;
  precio: number;
  rotacion: number;
  /** Units it is bought in. */
  lote: number;
  fijo: ProductoFijo | null;
}
export interface Catalogo {
  categorias: FilaCategoria[];
  articulos: Articulo[];
  codigos: FilaCodigo[];
}

const CLAVE_UNIDAD: Record<string, string> = { PZA: 'H87', JUEGO: 'SET', PAQ: 'XPK', LT: 'LTR', M: 'MTR' };
const CLAVE_SAT: Record<string, string> = { 'Auto y camioneta': '25172504', 'Aceite de motor': '15121501' };

export function ean13(doce: string): string {
  return doce + checkDigit(doce);
}

function categoriasDe(rutas: Iterable<readonly string[]>): FilaCategoria[] {
  const filas = new Map<string, FilaCategoria>();
  for (const ruta of rutas) {
    for (let n = 1; n <= ruta.length; n += 1) {
      const tramo = ruta.slice(0, n);
      const id = categoriaId(tramo);
      const slug = tramo.map((t) =>
        t
          .normalize('NFD')
          .replace(/[\u0300-\u036f]/g, '')
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-'),
      );
      const parent_id = n === 1 ? null : categoriaId(ruta.slice(0, n - 1));
      filas.set(id, { id, nombre: tramo.at(-1)!, parent_id, nivel: n - 1, path: `/${slug.join('/')}/` });
    }
  }
  return [...filas.values()];
}

function codigo(fila: Omit<FilaCodigo, 'id' | 'clave_gtin'>): FilaCodigo {
  return {
    id: idDemo('codigo', fila.producto_id, fila.codigo),
    clave_gtin: gtinKey(fila.codigo),
    ...fila,
  };
}

function articuloFijo(fijo: ProductoFijo): { articulo: Articulo; codigos: FilaCodigo[] } {
  const id = productoId(fijo.codigo);
  const codigos: FilaCodigo[] = [];
  const base = { producto_id: id, factor: 1, nombre: null };
  if (fijo.ean !== null) codigos.push(codigo({ ...base, codigo: fijo.ean, tipo: 'barras' }));
  if (fijo.alterna !== null) codigos.push(codigo({ ...base, codigo: fijo.alterna, tipo: 'proveedor' }));
  if (fijo.caja !== null)
    codigos.push(codigo({ ...base, ...fijo.caja, tipo: 'caja', nombre: `caja con ${fijo.caja.factor}` }));
  const fila: FilaProducto = {
    id,
    codigo: fijo.codigo,
    nombre: fijo.nombre,
    categoria_id: categoriaId(fijo.categoria),
    precio: fijo.precio,
    costo: fijo.costo,
    precio_mayoreo: (Number(fijo.precio) * 0.9).toFixed(2),
    unidad: fijo.unidad,
    decimales: fijo.decimales,
    marca: fijo.marca,
    sku: fijo.codigo.replace('-', ''),
    upc: fijo.ean,
    clave_prod_serv: CLAVE_SAT[fijo.categoria.at(-1)!] ?? null,
    clave_unidad: CLAVE_UNIDAD[fijo.unidad] ?? 'H87',
  };
  const articulo: Articulo = {
    fila,
    costo: Number(fijo.costo),
    precio: Number(fijo.precio),
    rotacion: 1,
    lote: fijo.caja?.factor ?? 1,
    fijo,
  };
  return { articulo, codigos };
}

/**
 * The demo's catalogue: 5,176 products. About 4 % have no bar code, 15 % a carton code, 8 % a supplier's code, and
 * three pairs share one code on purpose.
 */
export function generaCatalogo(suerte: Azar): Catalogo {
  const articulos: Articulo[] = [];
  const codigos: FilaCodigo[] = [];
  for (const fijo of Object.values(FIJOS)) {
    const { articulo, codigos: suyos } = articuloFijo(fijo);
    articulos.push(articulo);
    codigos.push(...suyos);
  }

  const marcas = new Map<string, { empresa: string; siguiente: number }>();
  let compartido: string | null = null;
  for (const familia of FAMILIAS) {
    let numero = 2000;
    for (const variante of familia.variantes) {
      for (const marca of familia.marcas) {
        numero += 1;
        let empresa = marcas.get(marca);
        if (!empresa) {
          empresa = { empresa: `750${3000 + marcas.size * 7}`, siguiente: 100 };
          marcas.set(marca, empresa);
        }
        empresa.siguiente += suerte.entero(1, 9);
        const clave = `${familia.prefijo}-${numero}`;
        const id = productoId(clave);
        const [min, max] = familia.precio;
        const precio = Math.max(5, Math.round(min + (max - min) * suerte.next() ** 1.7));
        const costo = (precio / 1.16) * (0.55 + suerte.next() * 0.17);
        const unidad = familia.unidad ?? 'PZA';
        const caja = familia.caja && suerte.suerte(0.55) ? suerte.de(familia.caja) : null;
        const doce = `${empresa.empresa}${String(empresa.siguiente).padStart(5, '0')}`;
        let ean: string | null = suerte.suerte(0.96) ? ean13(doce) : null;
        if (ean !== null && numero === 2002 && ['AR', 'FK', 'CO'].includes(familia.prefijo)) ean = compartido;
        if (ean !== null && numero === 2001) compartido = ean;

        const base = { producto_id: id, factor: 1, nombre: null };
        if (ean !== null) codigos.push(codigo({ ...base, codigo: ean, tipo: 'barras' }));
        if (caja !== null) {
          const deCaja = suerte.suerte(0.5)
            ? `1${doce}${checkDigit(`1${doce}`)}`
            : ean13(`${empresa.empresa}${50000 + empresa.siguiente}`);
          codigos.push(
            codigo({ ...base, codigo: deCaja, factor: caja, tipo: 'caja', nombre: `caja con ${caja}` }),
          );
        }
        if (suerte.suerte(0.08)) {
          const proveedor = `${marca.slice(0, 3).toUpperCase()}${familia.prefijo}${suerte.entero(1000, 9999)}${numero}`;
          codigos.push(codigo({ ...base, codigo: proveedor, tipo: 'proveedor' }));
        }
        articulos.push({
          fila: {
            id,
            codigo: clave,
            nombre: `${familia.nombre} ${variante} ${marca}`,
            categoria_id: categoriaId(familia.categoria),
            precio: precio.toFixed(2),
            costo: costo.toFixed(6),
            precio_mayoreo: (precio * 0.9).toFixed(2),
            unidad,
            decimales: familia.decimales ?? 0,
            marca,
            sku: `${familia.prefijo}${numero}`,
            upc: ean,
            clave_prod_serv: CLAVE_SAT[familia.categoria.at(-1)!] ?? null,
            clave_unidad: CLAVE_UNIDAD[unidad] ?? 'H87',
          },
          costo,
          precio,
          rotacion: familia.rotacion ?? 1,
          lote: caja ?? (unidad === 'PZA' && precio < 100 ? 10 : 1),
          fijo: null,
        });
      }
    }
  }
  const rutas = [...FAMILIAS.map((f) => f.categoria), ...Object.values(FIJOS).map((f) => f.categoria)];
  return { categorias: categoriasDe(rutas), articulos, codigos };
}

/** Codes of the bins of one almacén, in walking order. */
export function codigosDeUbicacion(): { zona: string; codigo: string }[] {
  const bins: { zona: string; codigo: string }[] = [];
  for (const [zona, { pasillos, niveles }] of Object.entries(ZONAS)) {
    for (let p = 1; p <= pasillos; p += 1) {
      for (let n = 1; n <= niveles; n += 1)
        bins.push({ zona, codigo: `${zona}-${String(p).padStart(2, '0')}-${n}` });
    }
  }
  return bins;
}
