import { pliegaCodigo } from '../busqueda.ts';
import { camposDelTitulo, esTituloConocido } from './campos.ts';
import { type Celda, esVacia, type FilaHoja, limpiaTexto, textoCelda, type Union } from './celda.ts';
import type { Tabla } from './encuentra-tabla.ts';

/** What one row of a sheet is, for one block of its table. */
export type Trozo =
  | {
      readonly k: 'datos';
      readonly fila: number;
      /** By the table's columns. */
      readonly celdas: readonly Celda[];
      readonly oculta: boolean;
      /** Column of the sheet, from 0, of each of the table's. */
      readonly columna: (indice: number) => number;
      /** Last text that stood alone above it. */
      readonly seccion: string | null;
    }
  | { readonly k: 'total'; readonly fila: number; readonly celdas: readonly Celda[] }
  | { readonly k: 'titulo' }
  /** Headings of another thing: what follows is no part of the table. */
  | { readonly k: 'otra'; readonly fila: number; readonly titulos: string };

const TOTAL =
  /^(?:sub\s?|gran\s|el\s)?total(?:es)?(?:[\s.:]*$|\s*[:(].*|\s(?:general|de|del|por|final|global|acumulado|sucursal|tienda|almac[eé]n)\b.*)/i;
const SUMA = /^sumas?(?:\s(?:total|iguales|de|del)\b.*|[:.]?)$/i;
const PARECIDO = 0.6;

export function esTotal(texto: string): boolean {
  return TOTAL.test(texto) || SUMA.test(texto);
}

function plegado(celda: Celda | undefined): string {
  return typeof celda === 'string' ? pliegaCodigo(celda) : '';
}

/**
 * Goes through the rows below the headings in order and says what each is: data, a total, a title, headings that come again, or
 * another table. Pure but for the place where it stands.
 */
export class Segmentador {
  readonly #tabla: Tabla;
  readonly #propios: readonly string[];
  readonly #claves: readonly number[];
  readonly #rellenos: readonly Union[];
  #siguiente = 0;
  #activas: { union: Union; valor: Celda }[] = [];
  #mapa: readonly (number | null)[] | null = null;
  #ajena = false;
  #seccion: string | null;

  /**
   * `rellena`: columns of the sheet whose joined cells speak for every row that they cover. `seccion`: what stands over the
   * headings, where later tables of the sheet say another shop.
   */
  constructor(
    tabla: Tabla,
    uniones: readonly Union[],
    rellena: ReadonlySet<number>,
    seccion: string | null = null,
  ) {
    this.#tabla = tabla;
    this.#seccion = seccion;
    this.#propios = tabla.titulos.map(pliegaCodigo);
    this.#claves = tabla.titulos.flatMap((titulo, i) =>
      camposDelTitulo(titulo).some((campo) => campo === 'codigo' || campo === 'codigoBarras') ? [i] : [],
    );
    this.#rellenos = uniones
      .filter(
        ({ fila, filaFin, columna }) =>
          filaFin > fila && rellena.has(columna) && fila >= tabla.filaEncabezado,
      )
      .sort((a, b) => a.fila - b.fila);
  }

  parte(fila: FilaHoja): Trozo[] {
    if (fila.fila <= this.#tabla.filaEncabezado) return [];
    const llenas = fila.celdas.flatMap((celda, i) => (esVacia(celda) ? [] : [i]));
    if (llenas.length === 0) return [];
    const encabezado = this.#encabezado(fila, llenas);
    if (encabezado !== null) return [encabezado];
    if (this.#ajena) return [{ k: 'titulo' }];
    if (this.#esTitulo(fila.celdas, llenas)) return [{ k: 'titulo' }];
    const celdas = this.#rellenos.length === 0 ? fila.celdas : this.#rellena(fila);
    return this.#tabla.bloques.flatMap(({ desde, hasta }, cual): Trozo[] => {
      const columna = (i: number): number => desde + (this.#mapa?.[i] ?? i);
      const suyas =
        this.#mapa === null
          ? celdas.slice(desde, hasta + 1)
          : this.#mapa.map((otra) => (otra === null ? null : (celdas[desde + otra] ?? null)));
      const primera = suyas.find((celda) => !esVacia(celda));
      if (primera === undefined) return cual === 0 ? [{ k: 'titulo' }] : [];
      // A product may be called «Total»; a total has no code.
      const conClave = this.#claves.some((i) => !esVacia(suyas[i]) && suyas[i] !== primera);
      if (!conClave && typeof primera === 'string' && esTotal(limpiaTexto(primera)))
        return [{ k: 'total', fila: fila.fila, celdas: suyas }];
      return [
        { k: 'datos', fila: fila.fila, celdas: suyas, oculta: fila.oculta, columna, seccion: this.#seccion },
      ];
    });
  }

  #encabezado({ fila, celdas }: FilaHoja, llenas: readonly number[]): Trozo | null {
    if (llenas.length < 2 || this.#tabla.filaEncabezado === 0) return null;
    const textos = llenas.filter((i) => typeof celdas[i] === 'string');
    if (textos.length < llenas.length * 0.7) return null;
    const { desde } = this.#tabla.bloques[0]!;
    const iguales = this.#propios.filter(
      (propio, i) => propio !== '' && plegado(celdas[desde + i]) === propio,
    ).length;
    if (iguales >= 2 && iguales >= textos.length * PARECIDO) {
      this.#ajena = false;
      this.#mapa = null;
      return { k: 'titulo' };
    }
    const conocidos = textos.filter((i) => esTituloConocido(celdas[i] as string));
    if (conocidos.length < 3 && !(conocidos.length === 2 && llenas.length === 2)) return null;
    if (conocidos.length < textos.length * PARECIDO) return null;
    // The same columns in another order are the same table.
    const mapa = this.#propios.map((propio) => {
      const lugar = propio === '' ? -1 : celdas.findIndex((celda) => plegado(celda) === propio);
      return lugar < 0 ? null : lugar - desde;
    });
    const hallados = mapa.filter((uno) => uno !== null).length;
    const conTitulo = this.#propios.filter((propio) => propio !== '').length;
    if (hallados >= conTitulo * 0.8 && this.#tabla.bloques.length === 1) {
      this.#ajena = false;
      this.#mapa = mapa;
      return { k: 'titulo' };
    }
    this.#ajena = true;
    return {
      k: 'otra',
      fila,
      titulos: textos
        .map((i) => limpiaTexto(celdas[i] as string))
        .slice(0, 6)
        .join(', '),
    };
  }

  /** A text alone in its row of a wider table: a section, a note. It is kept: it may name the shop of what follows. */
  #esTitulo(celdas: readonly Celda[], llenas: readonly number[]): boolean {
    const ancho = this.#propios.filter((propio) => propio !== '').length || this.#propios.length;
    if (ancho < 3) return false;
    const [primera, segunda] = llenas as [number, number?];
    const texto = celdas[primera];
    if (typeof texto !== 'string') return false;
    const pareja =
      llenas.length === 2 &&
      typeof celdas[segunda!] === 'string' &&
      /^(?:sucursal|tienda|almac[eé]n|bodega)\b|:\s*$/i.test(texto.trim());
    if (llenas.length > 1 && !pareja) return false;
    const { desde } = this.#tabla.bloques[0]!;
    const enClave = this.#claves.includes(primera - desde);
    // A code alone in its column is a row without a quantity.
    if (enClave && !pareja && !/[\s:]/.test(texto.trim())) return false;
    this.#seccion = llenas.map((i) => limpiaTexto(textoCelda(celdas[i]))).join(' ');
    return true;
  }

  #rellena({ fila, celdas }: FilaHoja): readonly Celda[] {
    let copia: Celda[] | null = null;
    while (this.#siguiente < this.#rellenos.length && this.#rellenos[this.#siguiente]!.fila <= fila - 1) {
      const union = this.#rellenos[this.#siguiente]!;
      this.#activas.push({ union, valor: union.fila === fila - 1 ? (celdas[union.columna] ?? null) : null });
      this.#siguiente += 1;
    }
    this.#activas = this.#activas.filter(({ union }) => union.filaFin >= fila - 1);
    for (const { union, valor } of this.#activas) {
      if (valor === null || !esVacia(celdas[union.columna])) continue;
      copia ??= [...celdas];
      while (copia.length < union.columna) copia.push(null);
      copia[union.columna] = valor;
    }
    return copia ?? celdas;
  }
}
