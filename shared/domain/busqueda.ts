/**
 * Search over a whole catalogue in memory: one folded string, scanned with indexOf. A line a product,
 *
 *   \n ph2840 7501000000012 \t filtro de aceite ph 2840 \t filtrodeaceiteph2840
 *      codes, each after a blank   words                    the same without blanks, for "20555R16"
 *
 * 100,000 products make about 15 MB and one pass takes a few ms, so there is nothing to keep in step but the string.
 */

export interface FilaBusqueda {
  id: string;
  texto: string;
  codigos: readonly string[];
}

export interface Acierto {
  id: string;
  /** What matched: a code outranks words. */
  por: 'codigo' | 'texto';
}

interface Segmento {
  ids: string[];
  texto: string;
  /** Start of each line in `texto`, plus the end of the last one. */
  inicios: Int32Array;
  /** End of the codes, and end of the words, of each line. */
  finCodigos: Int32Array;
  finPalabras: Int32Array;
  vivas: Uint8Array;
}

/** Mutable: `agrega` and `elimina` change it in place. */
export interface Indice {
  principal: Segmento;
  /** What was changed since `principal` was built. */
  reciente: Segmento;
  /** Where the living line of each id is; a negative number is `-(posición + 1)` in `reciente`. */
  lugar: Map<string, number>;
}

/** Above this many changed lines the two segments become one. */
const RECIENTES_MAX = 4_000;
const ACENTOS = /[\u0300-\u036f]/g;
const NO_PALABRA = /[^a-z0-9]+/g;

/** Lower case, without accents; ñ is n. */
export function pliega(text: string): string {
  return text.normalize('NFD').replace(ACENTOS, '').toLowerCase();
}

/** Folded, without blanks or punctuation: `PH-2840` and `ph 2840` are `ph2840`. */
export function pliegaCodigo(text: string): string {
  return pliega(text).replace(NO_PALABRA, '');
}

function lineaDe(fila: FilaBusqueda): string {
  const codigos = fila.codigos.map(pliegaCodigo).filter((codigo) => codigo !== '');
  const palabras = pliega(fila.texto).replace(NO_PALABRA, ' ').trim();
  return `\n${codigos.map((codigo) => ` ${codigo}`).join('')} \t ${palabras} \t${palabras.replaceAll(' ', '')}`;
}

function segmento(ids: string[], lineas: readonly string[]): Segmento {
  const inicios = new Int32Array(lineas.length + 1);
  const finCodigos = new Int32Array(lineas.length);
  const finPalabras = new Int32Array(lineas.length);
  let posicion = 0;
  for (let i = 0; i < lineas.length; i += 1) {
    const linea = lineas[i]!;
    inicios[i] = posicion;
    const primero = linea.indexOf('\t');
    finCodigos[i] = posicion + primero;
    finPalabras[i] = posicion + linea.indexOf('\t', primero + 1);
    posicion += linea.length;
  }
  inicios[lineas.length] = posicion;
  return {
    ids,
    texto: lineas.join(''),
    inicios,
    finCodigos,
    finPalabras,
    vivas: new Uint8Array(lineas.length).fill(1),
  };
}

/** Builds the index; of a repeated id the last row stands. */
export function crearIndice(filas: Iterable<FilaBusqueda>): Indice {
  const unicas = new Map<string, string>();
  for (const fila of filas) unicas.set(fila.id, lineaDe(fila));
  return indiceDe([...unicas.keys()], [...unicas.values()]);
}

function indiceDe(ids: string[], lineas: string[]): Indice {
  return {
    principal: segmento(ids, lineas),
    reciente: segmento([], []),
    lugar: new Map(ids.map((id, i) => [id, i] as const)),
  };
}

function lineasVivasDe(s: Segmento): { ids: string[]; lineas: string[] } {
  const ids: string[] = [];
  const lineas: string[] = [];
  for (let i = 0; i < s.ids.length; i += 1) {
    if (s.vivas[i] === 0) continue;
    ids.push(s.ids[i]!);
    lineas.push(s.texto.slice(s.inicios[i], s.inicios[i + 1]));
  }
  return { ids, lineas };
}

/** Adds rows, or replaces those whose id is there. Give a whole batch at once: each call costs a small rebuild. */
export function agrega(indice: Indice, filas: Iterable<FilaBusqueda>): void {
  const nuevas = new Map<string, string>();
  for (const fila of filas) nuevas.set(fila.id, lineaDe(fila));
  if (nuevas.size === 0) return;
  elimina(indice, nuevas.keys());
  const previas = lineasVivasDe(indice.reciente);
  const ids = [...previas.ids, ...nuevas.keys()];
  const lineas = [...previas.lineas, ...nuevas.values()];
  if (ids.length > RECIENTES_MAX) {
    const viejas = lineasVivasDe(indice.principal);
    Object.assign(indice, indiceDe([...viejas.ids, ...ids], [...viejas.lineas, ...lineas]));
    return;
  }
  indice.reciente = segmento(ids, lineas);
  ids.forEach((id, i) => {
    indice.lugar.set(id, -(i + 1));
  });
}

/** Takes rows out; unknown ids are ignored. */
export function elimina(indice: Indice, ids: Iterable<string>): void {
  for (const id of ids) {
    const lugar = indice.lugar.get(id);
    if (lugar === undefined) continue;
    indice.lugar.delete(id);
    if (lugar < 0) indice.reciente.vivas[-lugar - 1] = 0;
    else indice.principal.vivas[lugar] = 0;
  }
}

/** Number of products that can be found. */
export function tamano(indice: Indice): number {
  return indice.lugar.size;
}

/** Best first: exact code, code prefix, inside a code, every word begins a word, inside words. */
const PUNTAJES = 5;

interface Consulta {
  palabras: string[];
  /** Longest one: the rarest, as a rule. */
  ancla: string;
  /** The whole query as one code. */
  codigo: string;
}

function prepara(consulta: string): Consulta | null {
  const palabras = [...new Set(pliega(consulta).split(/\s+/).map(pliegaCodigo))].filter((p) => p !== '');
  if (palabras.length === 0) return null;
  const ancla = palabras.reduce((a, b) => (b.length > a.length ? b : a));
  return { palabras, ancla, codigo: pliegaCodigo(consulta) };
}

/**
 * Up to `limite` products that hold every word of the query, in any order, codes first, prefixes before the inside of
 * words; equals in the order of the index. An empty query finds nothing.
 */
export function buscar(indice: Indice, consulta: string, limite: number): Acierto[] {
  const preparada = prepara(consulta);
  if (preparada === null || limite <= 0) return [];
  const cubetas: string[][] = Array.from({ length: PUNTAJES }, () => []);
  recorre(indice.reciente, preparada, cubetas, limite);
  recorre(indice.principal, preparada, cubetas, limite);
  const aciertos: Acierto[] = [];
  cubetas.forEach((ids, puntaje) => {
    for (const id of ids) {
      if (aciertos.length < limite) aciertos.push({ id, por: puntaje <= 2 ? 'codigo' : 'texto' });
    }
  });
  return aciertos;
}

function recorre(s: Segmento, consulta: Consulta, cubetas: string[][], limite: number): void {
  const { texto, inicios } = s;
  const { ancla } = consulta;
  let fila = 0;
  for (let pos = texto.indexOf(ancla); pos !== -1; ) {
    while (inicios[fila + 1]! <= pos) fila += 1;
    if (s.vivas[fila] === 1) {
      const puntaje = puntua(s, fila, pos, consulta);
      if (puntaje >= 0) {
        const cubeta = cubetas[puntaje]!;
        if (cubeta.length < limite) cubeta.push(s.ids[fila]!);
      }
    }
    pos = texto.indexOf(ancla, inicios[fila + 1]!);
  }
}

const CON_DIGITO = /\d/;

/** Rank of a line whose first hit of the anchor is at `pos`, or -1. */
function puntua(s: Segmento, fila: number, pos: number, { palabras, codigo }: Consulta): number {
  const inicio = s.inicios[fila]!;
  const finCodigos = s.finCodigos[fila]!;
  const finPalabras = s.finPalabras[fila]!;
  if (pos < finCodigos) {
    const codigos = s.texto.slice(inicio, finCodigos);
    if (codigos.includes(` ${codigo} `)) return 0;
    if (codigos.includes(` ${codigo}`)) return 1;
    if (codigos.includes(codigo)) return 2;
  }
  const linea = s.texto.slice(inicio, s.inicios[fila + 1]!);
  const hastaPalabras = finPalabras - inicio;
  let prefijos = true;
  for (const palabra of palabras) {
    const prefijo = linea.indexOf(` ${palabra}`);
    if (prefijo !== -1 && prefijo < hastaPalabras) continue;
    prefijos = false;
    const dentro = linea.indexOf(palabra);
    if (dentro === -1) return -1;
    // Beyond the words lies the text without blanks: only measures and codes may span it ("20555r16").
    if (dentro >= hastaPalabras && !CON_DIGITO.test(palabra)) return -1;
  }
  return prefijos ? 3 : 4;
}

/**
 * Another spelling of a query that finds nothing: each O as 0 or each 0 as O in the words that have digits. Only to be
 * offered ("¿Quisiste decir…?"), never searched by itself.
 */
export function sugerencia(indice: Indice, consulta: string): string | null {
  if (buscar(indice, consulta, 1).length > 0) return null;
  const variantes = [
    (palabra: string) => palabra.replace(/o/gi, '0'),
    (palabra: string) => palabra.replace(/0/g, 'O'),
  ];
  for (const cambia of variantes) {
    const otra = consulta
      .split(/(\s+)/)
      .map((palabra) => (CON_DIGITO.test(palabra) ? cambia(palabra) : palabra))
      .join('');
    if (otra !== consulta && buscar(indice, otra, 1).length > 0) return otra;
  }
  return null;
}
