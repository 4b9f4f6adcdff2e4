import type { FilaCodigoBarras, FilaProducto } from '#shared/contracts/filas.ts';
import { lookupKeys } from '#shared/domain/codigos.ts';
import { type AlcanceHoja, type PaginaHoja, paginasHoja } from '#shared/domain/hoja-conteo.ts';
import { anulacion, contexto, guarda, linea } from './acciones.ts';
import { elCache, elJournal } from './bases.ts';
import { conCatalogo } from './catalogo.ts';
import { misLineas } from './lineas.ts';
import type { ConteoDetalle, Hallado } from './modelo.ts';
import { escrituras, reune } from './productos.ts';
import { leeProductos } from './vista-conteos.ts';

/** Counts made on paper: what the sheet lists, and its rows into the journal. Works without signal. */

export type DatosHoja = {
  paginas: PaginaHoja[];
  productos: Map<string, FilaProducto>;
  /** Products of the scope that this phone does not have: the rows are then not those of the paper. */
  faltan: number;
  /** IANA zone of the shop: the paper's hours are those of its wall. */
  zona: string;
};

/** The sheet of my intento, as the server prints it; a free conteo has as many pages as asked for. */
export async function leeHoja(conteo: ConteoDetalle, paginasLibres: number): Promise<DatosHoja> {
  const { db } = elCache();
  const ids = conteo.productoIds;
  const productos = await leeProductos(ids ?? []);
  const binIds = conteo.ubicaciones.map(({ id }) => id);
  const rows =
    ids === null || binIds.length === 0
      ? []
      : await db.producto_ubicaciones.where('ubicacionId').anyOf(binIds).toArray();
  const alcance: AlcanceHoja = {
    conteoId: conteo.id,
    intento: conteo.intento,
    productos: ids === null ? null : [...productos.values()].map(({ id, codigo }) => ({ id, codigo })),
    ubicaciones: ids === null ? [] : conteo.ubicaciones,
    lugares: rows.filter(({ productoId }) => productos.has(productoId)),
    paginasLibres,
  };
  const tienda = await db.tiendas.get(conteo.tiendaId);
  return {
    paginas: paginasHoja(alcance),
    productos,
    faltan: (ids ?? []).filter((id) => !productos.has(id)).length,
    zona: tienda?.zonaHoraria ?? 'America/Mexico_City',
  };
}

export type LineaPapel = {
  /** Made of the row itself: the same row twice is one line. */
  id: string;
  ubicacionId: string | null;
  productoId: string | null;
  codigoCrudo: string | null;
  tipo: 'suma' | 'cero';
  cantidad: string;
  factor: string;
  lote: string | null;
  nota: string;
  /** Instant on the server's clock: the paper's hour. */
  contadoEn: string;
};

/** Lines of one transaction: a thousand at once would hold up the scanner's. */
const TANDA = 200;

/**
 * Saves rows of paper, and voids what they correct, as my lines. Rows that are there already are passed over, so calling it again
 * after a failure goes on where it stopped. Resolves with how many were new, once they are on disk. Throws `NoGuardado`.
 */
export async function capturarPapel(
  conteo: { id: string; intento: number },
  lineas: readonly LineaPapel[],
  anuladas: readonly string[] = [],
  avance: (hechas: number) => void = () => {},
): Promise<number> {
  const ctx = await contexto();
  const mias = await misLineas(elJournal(), elCache(), conteo.id, ctx.persona.usuarioId);
  const porId = new Map(mias.lineas.map((una) => [una.id, una]));
  const voids = anuladas.flatMap((id) => {
    const previa = porId.get(id);
    return previa === undefined || previa.anulada || previa.tipo === 'anula'
      ? []
      : [anulacion(ctx, previa).mutacion];
  });
  const nuevas = lineas
    .filter(({ id }) => !porId.has(id))
    .map(
      ({ id, contadoEn, ...campos }) =>
        linea(
          ctx,
          {
            ...campos,
            conteoId: conteo.id,
            intento: conteo.intento,
            simbologia: null,
            fuente: 'hoja',
            anula: null,
          },
          { id, contadoEn },
        ).mutacion,
    );
  // A correction and what it corrects are one: both in the first transaction.
  const todas = [...voids, ...nuevas];
  for (let desde = 0; desde < todas.length; desde += TANDA) {
    await guarda(todas.slice(desde, desde + TANDA));
    avance(Math.min(todas.length, desde + TANDA));
  }
  return nuevas.length;
}

/** Up to here each text is looked for by itself; beyond, reading the whole catalogue once is faster. */
const POCOS = 200;
const BLOQUES = 40;

/** Products that each code stands for, as `buscarCodigo` has it, for many codes in one reading. */
export async function buscarVarios(codigos: Iterable<string>): Promise<Map<string, Hallado[]>> {
  const claves = new Map([...new Set(codigos)].map((codigo) => [codigo, lookupKeys(codigo)]));
  const escritos = new Map(
    [...claves].map(([codigo, keys]) => [codigo, [...new Set([...escrituras(keys), ...keys])]]),
  );
  const textos = new Set([...escritos.values()].flat());
  return conCatalogo(elCache().db, async (lectura) => {
    const productos: FilaProducto[] = [];
    const barras: FilaCodigoBarras[] = [];
    const tiene = (...campos: (string | null)[]) =>
      campos.some((campo) => campo !== null && textos.has(campo));
    if (textos.size <= POCOS) {
      productos.push(...(await lectura.conTexto('productos', [...textos])));
      barras.push(...(await lectura.conTexto('codigos_barras', [...textos])));
    } else {
      const deProductos = lectura.numeros('productos');
      for (let i = 0; i < deProductos.length; i += BLOQUES) {
        const filas = await lectura.filas('productos', deProductos.slice(i, i + BLOQUES));
        productos.push(...filas.filter(({ codigo, upc, sku }) => tiene(codigo, upc, sku)));
      }
      const deBarras = lectura.numeros('codigos_barras');
      for (let i = 0; i < deBarras.length; i += BLOQUES) {
        const filas = await lectura.filas('codigos_barras', deBarras.slice(i, i + BLOQUES));
        barras.push(...filas.filter(({ codigo, claveGtin }) => tiene(codigo, claveGtin)));
      }
    }
    const vigentes = barras.filter((fila) => fila.isActive);
    const porId = await lectura.productos(vigentes.map(({ productoId }) => productoId));
    const por = indice(productos, vigentes);
    return new Map(
      [...claves].map(([codigo, keys]) => {
        const suyos = escritos.get(codigo)!;
        const de = <T>(mapa: ReadonlyMap<string, T[]>, lista: readonly string[]) =>
          lista.flatMap((texto) => mapa.get(texto) ?? []);
        return [
          codigo,
          reune({
            porCodigo: de(por.codigo, suyos),
            porUpc: de(por.upc, suyos),
            porSku: de(por.sku, suyos),
            codigos: [...new Set([...de(por.barras, suyos), ...de(por.gtin, keys)])],
            porId,
          }),
        ];
      }),
    );
  });
}

function indice(productos: readonly FilaProducto[], barras: readonly FilaCodigoBarras[]) {
  function agrupa<T>(filas: readonly T[], clave: (fila: T) => string | null): Map<string, T[]> {
    const mapa = new Map<string, T[]>();
    for (const fila of filas) {
      const texto = clave(fila);
      if (texto !== null) mapa.set(texto, [...(mapa.get(texto) ?? []), fila]);
    }
    return mapa;
  }
  return {
    codigo: agrupa(productos, ({ codigo }) => codigo),
    upc: agrupa(productos, ({ upc }) => upc),
    sku: agrupa(productos, ({ sku }) => sku),
    barras: agrupa(barras, ({ codigo }) => codigo),
    gtin: agrupa(barras, ({ claveGtin }) => claveGtin),
  };
}
