import { pliegaCodigo } from '../busqueda.ts';
import { camposDelTitulo, esTituloConocido } from './campos.ts';
import { type Celda, esVacia, type FilaHoja, limpiaTexto, textoCelda, type Union } from './celda.ts';

/** Columns of one table among several that stand side by side; ends included, from 0. */
export interface Bloque {
  readonly desde: number;
  readonly hasta: number;
}

export interface Tabla {
  /** Last row of the headings, from 1; 0 when there are none. */
  readonly filaEncabezado: number;
  /** First row of the headings, which may take two. */
  readonly primeraFila: number;
  /** Of the first block, as they are written; '' for a column without one. */
  readonly titulos: readonly string[];
  /** Tables side by side with the same headings; one as a rule. */
  readonly bloques: readonly Bloque[];
  /** Headings of a table at its side that is another thing. */
  readonly alLado: string | null;
  /** Texts above the headings: title, shop, period. */
  readonly arriba: readonly string[];
  /** How much it looks like a table that can be imported; comparable between sheets. */
  readonly nota: number;
}

/** Rows that headings are looked for in. */
export const MUESTRA_TABLA = 150;
const CLAVES = new Set(['codigo', 'codigoBarras']);
const MEDIDAS = new Set(['cantidad', 'precio', 'costo', 'importe']);

function textoDe(celda: Celda | undefined): string {
  return typeof celda === 'string' ? limpiaTexto(celda) : '';
}

function esDato(celda: Celda | undefined): boolean {
  if (typeof celda === 'number') return true;
  if (typeof celda === 'object' && celda !== null) return true;
  return typeof celda === 'string' && /^[$(\-+]?\s*\d[\d.,/:\s-]*\)?%?$/.test(celda.trim());
}

interface Candidata {
  readonly lugar: number;
  readonly primera: number;
  readonly titulos: string[];
  nota: number;
}

function juzga(titulos: readonly string[], cruda: readonly Celda[], siguientes: readonly FilaHoja[]): number {
  const conocidos = titulos.filter((titulo) => titulo !== '' && esTituloConocido(titulo));
  const distintos = new Set(conocidos.map(pliegaCodigo)).size;
  const campos = new Set(conocidos.flatMap(camposDelTitulo));
  const datos = cruda.filter(esDato).length;
  const clave = [...campos].some((campo) => CLAVES.has(campo));
  const medida = [...campos].some((campo) => MEDIDAS.has(campo));
  if (distintos < 2 && !(distintos === 1 && clave)) return 0;
  if (datos > conocidos.length) return 0;
  const anchas = siguientes.filter(
    ({ celdas }) => celdas.filter((celda) => !esVacia(celda)).length >= 2,
  ).length;
  return distintos * 3 + (clave ? 6 : 0) + (clave && medida ? 6 : 0) - datos * 3 + Math.min(anchas, 10) * 0.2;
}

/** Headings of a joined row over another: «Existencia» over «CDMX» and «GDL». */
function deDosFilas(arriba: FilaHoja, abajo: FilaHoja, uniones: readonly Union[]): string[] | null {
  if (abajo.fila !== arriba.fila + 1) return null;
  const suyas = uniones.filter(({ fila }) => fila === arriba.fila - 1);
  if (suyas.length === 0) return null;
  const ancho = Math.max(arriba.celdas.length, abajo.celdas.length);
  return Array.from({ length: ancho }, (_, i) => {
    const union = suyas.find(({ columna, columnaFin }) => i >= columna && i <= columnaFin);
    const grupo = textoDe(arriba.celdas[union?.columna ?? i]);
    const propio = textoDe(abajo.celdas[i]);
    if (propio === '') return grupo;
    // A heading that is known by itself needs no group.
    return esTituloConocido(propio) || grupo === '' ? propio : `${grupo} ${propio}`;
  });
}

function candidatas(filas: readonly FilaHoja[], uniones: readonly Union[]): Candidata[] {
  return filas.flatMap((fila, lugar) => {
    const solos = Array.from(fila.celdas, textoDe);
    const siguientes = filas.slice(lugar + 1, lugar + 11);
    const una: Candidata = {
      lugar,
      primera: lugar,
      titulos: solos,
      nota: juzga(solos, fila.celdas, siguientes),
    };
    const previa = filas[lugar - 1];
    const juntos = previa === undefined ? null : deDosFilas(previa, fila, uniones);
    if (juntos === null) return [una];
    const dos: Candidata = {
      lugar,
      primera: lugar - 1,
      titulos: juntos,
      nota: juzga(juntos, fila.celdas, siguientes),
    };
    return dos.nota > una.nota || (dos.nota === una.nota && dos.nota > 0) ? [dos] : [una];
  });
}

/** Splits headings where whole columns are empty, in the headings and below. */
function parteBloques(titulos: readonly string[], filas: readonly FilaHoja[]): Bloque[] {
  const ancho = Math.max(titulos.length, ...filas.map(({ celdas }) => celdas.length));
  const llena = (i: number): boolean =>
    (titulos[i] ?? '') !== '' || filas.some(({ celdas }) => !esVacia(celdas[i]));
  const bloques: Bloque[] = [];
  for (let i = 0; i < ancho; i += 1) {
    if (!llena(i)) continue;
    const ultimo = bloques.at(-1);
    if (ultimo !== undefined && ultimo.hasta === i - 1)
      bloques[bloques.length - 1] = { desde: ultimo.desde, hasta: i };
    else bloques.push({ desde: i, hasta: i });
  }
  return bloques;
}

const plegados = (titulos: readonly string[]): string => titulos.map(pliegaCodigo).join('|');

/** Where headings give a code more than once, the blocks are tables of their own; else they are one with holes. */
function bloquesDe(
  titulos: readonly string[],
  filas: readonly FilaHoja[],
): { bloques: Bloque[]; alLado: string | null } {
  const partes = parteBloques(titulos, filas);
  const todo = { desde: 0, hasta: Math.max(0, partes.at(-1)?.hasta ?? 0) };
  const conClave = partes.filter(({ desde, hasta }) => {
    const campos = titulos.slice(desde, hasta + 1).flatMap(camposDelTitulo);
    return campos.some((campo) => CLAVES.has(campo)) && hasta > desde;
  });
  if (conClave.length < 2) return { bloques: [todo], alLado: null };
  const primero = conClave[0]!;
  const propios = titulos.slice(primero.desde, primero.hasta + 1);
  const iguales = conClave.filter(
    ({ desde, hasta }) => plegados(titulos.slice(desde, hasta + 1)) === plegados(propios),
  );
  const otro = conClave.find((uno) => !iguales.includes(uno));
  const alLado =
    otro === undefined
      ? null
      : titulos
          .slice(otro.desde, otro.hasta + 1)
          .filter((uno) => uno !== '')
          .join(', ');
  return { bloques: iguales, alLado };
}

function arribaDe(filas: readonly FilaHoja[]): string[] {
  return filas.slice(-20).map(({ celdas }) =>
    celdas
      .filter((una) => !esVacia(una))
      .map(textoCelda)
      .map(limpiaTexto)
      .join(' '),
  );
}

function arma(filas: readonly FilaHoja[], { lugar, primera, titulos, nota }: Candidata): Tabla {
  const { bloques, alLado } = bloquesDe(titulos, filas.slice(lugar + 1, lugar + 60));
  const [{ desde, hasta }] = bloques as [Bloque];
  return {
    filaEncabezado: filas[lugar]!.fila,
    primeraFila: filas[primera]!.fila,
    titulos: Array.from({ length: hasta - desde + 1 }, (_, i) => titulos[desde + i] ?? ''),
    bloques,
    alLado,
    arriba: arribaDe(filas.slice(0, primera)),
    nota,
  };
}

/** A sheet without headings that anyone knows: those of its first wide row if they are words over numbers, else none. */
function sinTitulos(filas: readonly FilaHoja[]): Tabla | null {
  const anchas = filas.filter(({ celdas }) => celdas.filter((celda) => !esVacia(celda)).length >= 2);
  const [primera, segunda] = anchas;
  if (primera === undefined) return null;
  const palabras = primera.celdas.every(
    (celda) => esVacia(celda) || (!esDato(celda) && typeof celda === 'string'),
  );
  const lugar = filas.indexOf(primera);
  if (palabras && segunda?.celdas.some(esDato) === true) {
    return arma(filas, { lugar, primera: lugar, titulos: Array.from(primera.celdas, textoDe), nota: 1 });
  }
  const ancho = Math.max(...anchas.map(({ celdas }) => celdas.length));
  return {
    filaEncabezado: 0,
    primeraFila: 0,
    titulos: Array.from({ length: ancho }, () => ''),
    bloques: [{ desde: 0, hasta: ancho - 1 }],
    alLado: null,
    arriba: arribaDe(filas.slice(0, lugar)),
    nota: 0.5,
  };
}

/**
 * The table of a sheet, from its first rows with content. `filaEncabezado`: what a person said, 0 for no headings. Null: nothing
 * that looks like one.
 */
export function encuentraTabla(
  filas: readonly FilaHoja[],
  uniones: readonly Union[],
  filaEncabezado?: number,
): Tabla | null {
  if (filas.length === 0) return null;
  if (filaEncabezado === 0) {
    const ancho = Math.max(...filas.map(({ celdas }) => celdas.length));
    const bloques = [{ desde: 0, hasta: ancho - 1 }];
    const titulos = Array.from({ length: ancho }, () => '');
    return { filaEncabezado: 0, primeraFila: 0, titulos, bloques, alLado: null, arriba: [], nota: 1 };
  }
  const todas = candidatas(filas, uniones);
  if (filaEncabezado !== undefined) {
    const dicha = todas.find(({ lugar }) => filas[lugar]!.fila === filaEncabezado);
    return dicha === undefined ? null : arma(filas, dicha);
  }
  // The first of equals: later ones are its repetition on another page.
  const mejor = todas.reduce((a, b) => (b.nota > a.nota + 0.5 ? b : a));
  return mejor.nota > 0 ? arma(filas, mejor) : sinTitulos(filas);
}
