import type { AlmacenValuado, ExistenciasValuadas, FilaValuada } from '#shared/contracts/valuadas.ts';
import { pliega, pliegaCodigo } from '#shared/domain/busqueda.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';

export const FILTROS = ['todo', 'negativos', 'sin_costo', 'sin_base'] as const;
export type Filtro = (typeof FILTROS)[number];
export const NOMBRE_FILTRO: Record<Filtro, string> = {
  todo: 'Todo lo que hay',
  negativos: 'Falta registrar una entrada',
  sin_costo: 'Sin costo',
  sin_base: 'Sin existencia inicial',
};

export const ORDENES = ['valor', 'producto', 'existencia', 'costo'] as const;
export type Orden = (typeof ORDENES)[number];

/** A row with what sorting and searching need, worked out once. */
export interface FilaLista {
  fila: FilaValuada;
  almacen: AlmacenValuado | undefined;
  cantidad: bigint;
  /** Centavos; null without a cost. */
  valor: bigint | null;
  costo: bigint | null;
  texto: string;
  codigo: string;
}

export function prepara({ almacenes, filas }: ExistenciasValuadas): FilaLista[] {
  const porId = new Map(almacenes.map((a) => [a.id, a]));
  return filas.map((fila) => ({
    fila,
    almacen: porId.get(fila.almacenId),
    cantidad: toCantidad(fila.cantidad),
    valor: fila.valor === null ? null : toDecimal(fila.valor, DINERO_ESCALA),
    costo: fila.costo === null ? null : toDecimal(fila.costo, 6),
    texto: pliega(`${fila.codigo} ${fila.nombre}`),
    codigo: pliegaCodigo(fila.codigo),
  }));
}

function pasaFiltro({ cantidad, fila }: FilaLista, filtro: Filtro): boolean {
  if (filtro === 'negativos') return cantidad < 0n;
  if (filtro === 'sin_costo') return fila.costo === null;
  return filtro === 'todo' || !fila.tieneBase;
}

const compara = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

/** Order by one column; what has no value goes last, whichever way. Ties by code. */
function comparaFilas(orden: Orden, dir: 'asc' | 'desc') {
  const signo = dir === 'asc' ? 1 : -1;
  const porCodigo = (a: FilaLista, b: FilaLista) =>
    a.fila.codigo < b.fila.codigo ? -1 : a.fila.codigo > b.fila.codigo ? 1 : 0;
  const de = (f: FilaLista) =>
    orden === 'valor' ? f.valor : orden === 'costo' ? f.costo : orden === 'existencia' ? f.cantidad : null;
  return (a: FilaLista, b: FilaLista): number => {
    if (orden === 'producto')
      return signo * (a.texto < b.texto ? -1 : a.texto > b.texto ? 1 : 0) || porCodigo(a, b);
    const [x, y] = [de(a), de(b)];
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0) || porCodigo(a, b);
    return signo * compara(x, y) || porCodigo(a, b);
  };
}

export interface Vista {
  q: string;
  filtro: Filtro;
  orden: Orden;
  dir: 'asc' | 'desc';
}

/** All words of the question, in any order, or the code without its punctuation. */
export function filasDe(filas: readonly FilaLista[], { q, filtro, orden, dir }: Vista): FilaLista[] {
  const palabras = pliega(q).split(/\s+/).filter(Boolean);
  const codigo = pliegaCodigo(q);
  const busca = (f: FilaLista) =>
    palabras.length === 0 ||
    palabras.every((palabra) => f.texto.includes(palabra)) ||
    (codigo !== '' && f.codigo.includes(codigo));
  return filas.filter((f) => pasaFiltro(f, filtro) && busca(f)).sort(comparaFilas(orden, dir));
}

/** Sum of the totals of the almacenes whose goods are one's own. `ajenos`: how many were left out. */
export function totalGeneral(almacenes: readonly AlmacenValuado[]) {
  const propios = almacenes.filter(({ tipo }) => tipo !== 'ajeno');
  const suma = (de: (a: AlmacenValuado) => string) =>
    propios.reduce((total, a) => total + toDecimal(de(a), DINERO_ESCALA), 0n);
  const cuenta = (de: (t: AlmacenValuado['totales']) => number) =>
    propios.reduce((total, a) => total + de(a.totales), 0);
  return {
    valor: suma((a) => a.totales.valor),
    valorNegativos: suma((a) => a.totales.valorNegativos),
    productos: cuenta((t) => t.productos),
    negativos: cuenta((t) => t.negativos),
    sinCosto: cuenta((t) => t.sinCosto),
    sinBase: cuenta((t) => t.sinBase),
    ajenos: almacenes.length - propios.length,
  };
}

function uno<T extends string>(valor: unknown, de: readonly T[], omision: T): T {
  return de.includes(valor as T) ? (valor as T) : omision;
}

/** What the URL says, with what it leaves out. `omision`: the date that is asked for without one. */
export function leeBusqueda(search: Record<string, unknown>, omision: string) {
  const texto = (clave: string) => (typeof search[clave] === 'string' ? search[clave] : '');
  const al = texto('al');
  const orden = uno(search.orden, ORDENES, 'valor');
  return {
    al: /^\d{4}-\d{2}-\d{2}$/.test(al) && !Number.isNaN(Date.parse(al)) ? al : omision,
    almacen: texto('almacen'),
    categoria: texto('categoria'),
    q: texto('q'),
    filtro: uno(search.ver, FILTROS, 'todo'),
    orden,
    dir: uno(search.dir, ['asc', 'desc'] as const, orden === 'producto' ? 'asc' : 'desc'),
  };
}
