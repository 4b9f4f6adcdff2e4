import { pliegaCodigo } from '../busqueda.ts';
import { gtinKey, lookupKeys } from '../codigos.ts';

/** What of the catalogue and the company is needed to read a file; columns of equal length, to be cheap to send. */
export interface CatalogoImportacion {
  readonly productos: {
    readonly id: readonly string[];
    readonly codigo: readonly string[];
    readonly nombre: readonly string[];
    /** 0 to 3: how many decimals a quantity of it may have. */
    readonly decimales: readonly number[];
  };
  /** Codes of any kind; `producto` is a place in `productos`. */
  readonly codigos: {
    readonly codigo: readonly string[];
    readonly claveGtin: readonly (string | null)[];
    readonly producto: readonly number[];
    readonly factor: readonly string[];
  };
  readonly almacenes: readonly AlmacenImportacion[];
  readonly categorias: readonly string[];
}

export interface AlmacenImportacion {
  readonly id: string;
  readonly codigo: string;
  readonly nombre: string;
  readonly tienda: { readonly id: string; readonly codigo: string; readonly nombre: string };
  readonly esGeneral: boolean;
}

/** A product that a code may mean, and how many units one of that code is. */
export interface Acierto {
  /** Place in `productos`. */
  readonly producto: number;
  readonly factor: string;
  /** The code as the catalogue has it. */
  readonly codigo: string;
}

type Lugares = Map<string, number | number[]>;

function apunta(mapa: Lugares, clave: string, lugar: number): void {
  const hay = mapa.get(clave);
  if (hay === undefined) mapa.set(clave, lugar);
  else if (typeof hay === 'number') mapa.set(clave, [hay, lugar]);
  else hay.push(lugar);
}

function sinCeros(codigo: string): string {
  return codigo.replace(/^0+(?=.)/, '');
}

/** The catalogue, found by code. What is seldom asked is built when it is first asked. */
export class IndiceCatalogo {
  readonly catalogo: CatalogoImportacion;
  readonly #cuantos: number;
  readonly #exactos: Lugares = new Map();
  readonly #gtin: Lugares = new Map();
  #plegados: Lugares | null = null;
  #desnudos: Lugares | null = null;
  #numericos: Map<number, { n: number; lugar: number }[]> | null = null;
  #nombres: Lugares | null = null;

  constructor(catalogo: CatalogoImportacion) {
    this.catalogo = catalogo;
    const { productos, codigos } = catalogo;
    this.#cuantos = productos.codigo.length;
    productos.codigo.forEach((codigo, i) => {
      apunta(this.#exactos, codigo, i);
    });
    codigos.codigo.forEach((codigo, i) => {
      apunta(this.#exactos, codigo, this.#cuantos + i);
      const clave = codigos.claveGtin[i] ?? null;
      if (clave !== null) apunta(this.#gtin, clave, this.#cuantos + i);
    });
  }

  #codigo(lugar: number): string {
    const { productos, codigos } = this.catalogo;
    return lugar < this.#cuantos ? productos.codigo[lugar]! : codigos.codigo[lugar - this.#cuantos]!;
  }

  /** Distinct pairs of product and factor, in the order of the catalogue. */
  #aciertos(...grupos: (number | number[] | undefined)[]): Acierto[] {
    const vistos = new Map<string, Acierto>();
    for (const lugar of grupos.flatMap((grupo) => grupo ?? [])) {
      const { codigos } = this.catalogo;
      const suyo = lugar < this.#cuantos;
      const producto = suyo ? lugar : codigos.producto[lugar - this.#cuantos]!;
      const factor = suyo ? '1' : codigos.factor[lugar - this.#cuantos]!;
      const clave = `${producto} ${factor}`;
      if (!vistos.has(clave)) vistos.set(clave, { producto, factor, codigo: this.#codigo(lugar) });
    }
    return [...vistos.values()];
  }

  /** Products of exactly this code, or of the same GTIN however many zeros it is written with. */
  busca(codigo: string): Acierto[] {
    const exacto = this.#exactos.get(codigo);
    const digitos = /^\d{8,14}$/.test(codigo);
    if (!digitos) {
      if (exacto !== undefined || codigo.length < 16) return this.#aciertos(exacto);
      // Labels of GS1 hold the GTIN among other data.
      return this.#aciertos(
        ...lookupKeys(codigo).map((clave) => this.#exactos.get(clave) ?? this.#gtin.get(clave)),
      );
    }
    const clave = gtinKey(codigo);
    return this.#aciertos(exacto, clave === null ? undefined : this.#gtin.get(clave));
  }

  #cada(haz: (codigo: string, lugar: number) => void): void {
    const total = this.#cuantos + this.catalogo.codigos.codigo.length;
    for (let lugar = 0; lugar < total; lugar += 1) haz(this.#codigo(lugar), lugar);
  }

  /** The same but for case, accents, blanks and punctuation. */
  parecidos(codigo: string): Acierto[] {
    if (this.#plegados === null) {
      this.#plegados = new Map();
      this.#cada((uno, lugar) => apunta(this.#plegados!, pliegaCodigo(uno), lugar));
    }
    const clave = pliegaCodigo(codigo);
    return clave === '' ? [] : this.#aciertos(this.#plegados.get(clave));
  }

  /** Codes of digits that are the same but for zeros in front. */
  conCeros(codigo: string): Acierto[] {
    if (!/^\d+$/.test(codigo)) return [];
    if (this.#desnudos === null) {
      this.#desnudos = new Map();
      this.#cada((uno, lugar) => {
        if (/^0\d/.test(uno) && /^\d+$/.test(uno)) apunta(this.#desnudos!, sinCeros(uno), lugar);
      });
    }
    return this.#aciertos(this.#desnudos.get(sinCeros(codigo)));
  }

  /** Codes of so many digits between two whole numbers, ends included; at most `maximo` + 1. */
  entre(desde: number, hasta: number, largo: number, maximo: number): Acierto[] {
    if (this.#numericos === null) {
      this.#numericos = new Map();
      this.#cada((uno, lugar) => {
        if (!/^\d{5,15}$/.test(uno)) return;
        const lista = this.#numericos!.get(uno.length);
        if (lista === undefined) this.#numericos!.set(uno.length, [{ n: Number(uno), lugar }]);
        else lista.push({ n: Number(uno), lugar });
      });
      for (const lista of this.#numericos.values()) lista.sort((a, b) => a.n - b.n);
    }
    const lista = this.#numericos.get(largo) ?? [];
    let [bajo, alto] = [0, lista.length];
    while (bajo < alto) {
      const medio = (bajo + alto) >> 1;
      if (lista[medio]!.n < desde) bajo = medio + 1;
      else alto = medio;
    }
    const lugares: number[] = [];
    for (let i = bajo; i < lista.length && lista[i]!.n <= hasta && lugares.length <= maximo * 4; i += 1) {
      lugares.push(lista[i]!.lugar);
    }
    return this.#aciertos(lugares).slice(0, maximo + 1);
  }

  /** Products of this name, folded. */
  deNombre(nombre: string): number[] {
    if (this.#nombres === null) {
      this.#nombres = new Map();
      this.catalogo.productos.nombre.forEach((uno, i) => {
        apunta(this.#nombres!, pliegaCodigo(uno), i);
      });
    }
    const lugares = this.#nombres.get(pliegaCodigo(nombre)) ?? [];
    return typeof lugares === 'number' ? [lugares] : lugares;
  }
}
