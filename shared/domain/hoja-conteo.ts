import { pliega } from './busqueda.ts';

/**
 * The paper sheet of a conteo as both sides see it: the server draws it, the phone captures it, maybe without signal. Rows
 * are numbered through; what stands on each page depends on the scope alone, never on the stock.
 *
 *   page 2   A-03-2            (a bin: one place)
 *            17  PH-2840 …     (a product in it: one place)
 */

/** Places of a page: bins' headings and rows. 9 mm each, so that a hand can write in them. */
export const LUGARES_POR_PAGINA = 23;
/** Empty rows at the end, for what is there and not in the list: at least these. */
const OTROS_MINIMO = 5;
/** Pages of a free conteo, which lists nothing. */
export const PAGINAS_LIBRES_MAXIMO = 40;

export interface ProductoHoja {
  readonly id: string;
  readonly codigo: string;
}
export interface UbicacionHoja {
  readonly id: string;
  readonly codigo: string;
  readonly zona: string;
}
export interface AlcanceHoja {
  readonly conteoId: string;
  readonly intento: number;
  /** null: a free conteo. */
  readonly productos: readonly ProductoHoja[] | null;
  /** Bins of the scope, or of the whole almacén. */
  readonly ubicaciones: readonly UbicacionHoja[];
  readonly lugares: readonly { readonly productoId: string; readonly ubicacionId: string }[];
  /** Pages of a free conteo. */
  readonly paginasLibres?: number;
}

export type PiezaHoja =
  /** `null`: products without a known bin. `sigue`: the bin began on a former page. */
  | { readonly tipo: 'ubicacion'; readonly ubicacionId: string | null; readonly sigue: boolean }
  | { readonly tipo: 'otros' }
  | {
      readonly tipo: 'renglon';
      readonly renglon: number;
      readonly ubicacionId: string | null;
      /** null: an empty row for what is not in the list. */
      readonly productoId: string | null;
    };
export type RenglonHoja = Extract<PiezaHoja, { tipo: 'renglon' }>;

export interface PaginaHoja {
  /** From 1. */
  readonly numero: number;
  /** Four signs that change with anything that the page lists: the paper and the screen show the same ones. */
  readonly clave: string;
  readonly piezas: readonly PiezaHoja[];
}

const TROZOS = /\d+|\D+/g;
const ES_NUMERO = /^\d/;

/** A-2 before A-10, whatever case or accents; the same on every machine, which `Intl` does not promise. */
export function comparaNatural(a: string, b: string): number {
  const [as, bs] = [pliega(a).match(TROZOS) ?? [], pliega(b).match(TROZOS) ?? []];
  for (let i = 0; i < Math.min(as.length, bs.length); i += 1) {
    const [x, y] = [as[i]!, bs[i]!];
    if (x === y) continue;
    if (ES_NUMERO.test(x) && ES_NUMERO.test(y)) {
      const [n, m] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
      if (n.length !== m.length) return n.length - m.length;
      if (n !== m) return n < m ? -1 : 1;
      continue;
    }
    return x < y ? -1 : 1;
  }
  return as.length - bs.length || (a === b ? 0 : a < b ? -1 : 1);
}

type Grupo = { ubicacionId: string | null; productoIds: string[] };

/** Bins in the order that one walks them, each with its products by code; at the end those without a known bin. */
function grupos({ productos, ubicaciones, lugares }: AlcanceHoja): Grupo[] {
  const porId = new Map((productos ?? []).map((producto) => [producto.id, producto]));
  const enBin = new Map<string, string[]>(ubicaciones.map(({ id }) => [id, []]));
  const conBin = new Set<string>();
  for (const { productoId, ubicacionId } of lugares) {
    const lista = enBin.get(ubicacionId);
    if (lista === undefined || !porId.has(productoId)) continue;
    lista.push(productoId);
    conBin.add(productoId);
  }
  const porCodigo = (ids: Iterable<string>) =>
    [...new Set(ids)].sort(
      (a, b) => comparaNatural(porId.get(a)!.codigo, porId.get(b)!.codigo) || (a < b ? -1 : 1),
    );
  const enOrden = [...ubicaciones].sort(
    (a, b) => comparaNatural(a.zona, b.zona) || comparaNatural(a.codigo, b.codigo) || (a.id < b.id ? -1 : 1),
  );
  const salida: Grupo[] = enOrden.map(({ id }) => ({
    ubicacionId: id,
    productoIds: porCodigo(enBin.get(id)!),
  }));
  const sueltos = [...porId.keys()].filter((id) => !conBin.has(id));
  if (sueltos.length > 0) salida.push({ ubicacionId: null, productoIds: porCodigo(sueltos) });
  return salida.filter(({ productoIds }) => productoIds.length > 0);
}

/** Crockford's letters: none can be taken for another on paper. */
const LETRAS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** FNV-1a of the text, its low 20 bits in four letters. Against mistakes, not against people. */
function claveDe(texto: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < texto.length; i += 1) {
    hash = Math.imul(hash ^ texto.charCodeAt(i), 0x01000193) >>> 0;
  }
  hash ^= hash >>> 20;
  return [15, 10, 5, 0].map((lugar) => LETRAS[(hash >>> lugar) & 31]).join('');
}

/** All pages of the sheet. */
export function paginasHoja(alcance: AlcanceHoja): PaginaHoja[] {
  const paginas: PiezaHoja[][] = [[]];
  let renglon = 0;
  const actual = () => paginas.at(-1)!;
  const libres = () => LUGARES_POR_PAGINA - actual().length;
  const nueva = () => paginas.push([]);
  const pon = (ubicacionId: string | null, productoId: string | null) => {
    renglon += 1;
    actual().push({ tipo: 'renglon', renglon, ubicacionId, productoId });
  };
  const llena = () => {
    actual().push({ tipo: 'otros' });
    while (libres() > 0) pon(null, null);
  };
  if (alcance.productos === null) {
    const cuantas = Math.min(PAGINAS_LIBRES_MAXIMO, Math.max(1, alcance.paginasLibres ?? 2));
    llena();
    for (let n = 1; n < cuantas; n += 1) {
      nueva();
      llena();
    }
  } else {
    for (const { ubicacionId, productoIds } of grupos(alcance)) {
      // A heading at the foot of a page says nothing.
      if (libres() < 2) nueva();
      actual().push({ tipo: 'ubicacion', ubicacionId, sigue: false });
      for (const productoId of productoIds) {
        if (libres() === 0) {
          nueva();
          actual().push({ tipo: 'ubicacion', ubicacionId, sigue: true });
        }
        pon(ubicacionId, productoId);
      }
    }
    if (libres() < OTROS_MINIMO + 1) nueva();
    llena();
  }
  const codigos = new Map<string, string>([
    ...(alcance.productos ?? []).map(({ id, codigo }) => [id, codigo] as const),
    ...alcance.ubicaciones.map(({ id, codigo }) => [id, codigo] as const),
  ]);
  return paginas.map((piezas, i) => {
    const dicho = piezas.map((pieza) =>
      pieza.tipo === 'otros'
        ? '*'
        : pieza.tipo === 'ubicacion'
          ? `@${codigos.get(pieza.ubicacionId ?? '') ?? ''}`
          : `${pieza.renglon}=${codigos.get(pieza.productoId ?? '') ?? ''}`,
    );
    return {
      numero: i + 1,
      clave: claveDe(`${alcance.conteoId}:${alcance.intento}:${i + 1}\n${dicho.join('\n')}`),
      piezas,
    };
  });
}

export function renglonesDePagina(pagina: PaginaHoja): RenglonHoja[] {
  return pagina.piezas.filter((pieza) => pieza.tipo === 'renglon');
}

const MARCA = 'HOJA';

/** What the QR of a page says. */
export function textoQrHoja(conteoId: string, intento: number, pagina: PaginaHoja): string {
  return `${MARCA}:${conteoId}:${intento}:${pagina.numero}:${pagina.clave}`;
}

/** Reads that QR; null for any other code. */
export function leeQrHoja(
  raw: string,
): { conteoId: string; intento: number; pagina: number; clave: string } | null {
  const partes = /^HOJA:([0-9a-f-]{36}):(\d{1,2}):(\d{1,5}):([0-9A-Z]{4})$/i.exec(raw.trim());
  if (partes === null) return null;
  const [, conteoId, intento, pagina, clave] = partes as unknown as [string, string, string, string, string];
  return {
    conteoId: conteoId.toLowerCase(),
    intento: Number(intento),
    pagina: Number(pagina),
    clave: clave.toUpperCase(),
  };
}
