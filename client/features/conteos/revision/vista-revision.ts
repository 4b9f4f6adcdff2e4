import type { ProductoRevisado } from '#shared/contracts/conteos.ts';
import { CANTIDAD_ESCALA, type Centavos, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cuenta, pesos, plural } from '#shared/formato.ts';

/** What the review shows of its products: filters, order, and what `Aprobar` would post. */

export const FILTROS = ['todos', 'variacion', 'fuera', 'por_decidir'] as const;
export type Filtro = (typeof FILTROS)[number];
export const NOMBRE_FILTRO: Record<Filtro, string> = {
  todos: 'Todos',
  variacion: 'Con variación',
  fuera: 'Fuera de tolerancia',
  por_decidir: 'Por decidir',
};

export const ORDENES = ['importancia', 'producto', 'contado', 'teorico', 'variacion'] as const;
export type Orden = (typeof ORDENES)[number];

/** The part of the URL that the review understands. */
export type BusquedaRevision = { filtro: Filtro; q: string; orden: Orden; dir: 'asc' | 'desc' };

function deLista<T extends string>(lista: readonly T[], valor: unknown, si: T): T {
  return lista.find((uno) => uno === valor) ?? si;
}

/** Whatever stands in the URL → something that can be shown. */
export function leeBusqueda(search: Record<string, unknown>): BusquedaRevision {
  const q = search.q;
  return {
    filtro: deLista(FILTROS, search.filtro, 'todos'),
    q: typeof q === 'string' || typeof q === 'number' ? String(q) : '',
    orden: deLista(ORDENES, search.orden, 'importancia'),
    dir: search.dir === 'asc' ? 'asc' : 'desc',
  };
}

const cantidad = (texto: string) => toDecimal(texto, CANTIDAD_ESCALA);
const abs = (n: bigint) => (n < 0n ? -n : n);

/** What sorting and searching ask of a product again and again. */
type Derivado = {
  texto: string;
  contado: bigint;
  teorico: bigint | null;
  variacion: bigint | null;
  valor: Centavos;
  peso: number;
};

/** By object: an answer of the server is never changed, and 3,000 products are sorted with each filter. */
const derivados = new WeakMap<ProductoRevisado, Derivado>();

function derivadoDe(p: ProductoRevisado): Derivado {
  let d = derivados.get(p);
  if (d === undefined) {
    d = {
      texto: plegado(`${p.codigo} ${p.nombre}`),
      contado: cantidad(p.contado),
      teorico: p.teorico === null ? null : cantidad(p.teorico),
      variacion: p.variacion === null ? null : cantidad(p.variacion),
      valor: p.valor === null ? 0n : toDecimal(p.valor, DINERO_ESCALA),
      peso: pesoDe(p),
    };
    derivados.set(p, d);
  }
  return d;
}

/** It says something else than "it is what the book says". An approved one keeps its figures. */
export function conVariacion(p: ProductoRevisado): boolean {
  if (p.aprobado !== null) return cantidad(p.aprobado.variacion) !== 0n;
  return p.estado !== 'cuadra';
}

export function fueraDeTolerancia(p: ProductoRevisado): boolean {
  return p.dentroTolerancia === false || p.estado === 'traslape' || p.estado === 'incompleto';
}

export function pasaFiltro(p: ProductoRevisado, filtro: Filtro): boolean {
  switch (filtro) {
    case 'todos':
      return true;
    case 'variacion':
      return conVariacion(p);
    case 'fuera':
      return p.aprobado === null && fueraDeTolerancia(p);
    case 'por_decidir':
      return p.aprobado === null;
  }
}

/** Accents folded, so that `balata delantera` and `BALATA` find each other; every word must be there. */
function plegado(texto: string): string {
  return texto
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

export function pasaTexto(p: ProductoRevisado, q: string): boolean {
  const pajar = derivadoDe(p).texto;
  return plegado(q)
    .split(/\s+/)
    .every((palabra) => pajar.includes(palabra));
}

/** Undecided with a problem, then undecided with a variance, then the exact ones, then what is signed. */
function pesoDe(p: ProductoRevisado): number {
  if (p.aprobado !== null) return 3;
  if (p.estado === 'traslape' || p.estado === 'incompleto') return 0;
  return conVariacion(p) ? 1 : 2;
}

const natural = new Intl.Collator('es-MX', { numeric: true, sensitivity: 'base' });

function comparaBigint(a: bigint | null, b: bigint | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compara(a: ProductoRevisado, b: ProductoRevisado, orden: Orden): number {
  const x = derivadoDe(a);
  const y = derivadoDe(b);
  switch (orden) {
    case 'importancia':
      return (
        y.peso - x.peso ||
        comparaBigint(abs(x.valor), abs(y.valor)) ||
        comparaBigint(abs(x.variacion ?? 0n), abs(y.variacion ?? 0n))
      );
    case 'producto':
      return natural.compare(a.nombre, b.nombre);
    case 'contado':
    case 'teorico':
    case 'variacion':
      return comparaBigint(x[orden], y[orden]);
  }
}

/** Rows of the table. `sin base` stays last in both directions. */
export function filasDe(productos: readonly ProductoRevisado[], b: BusquedaRevision): ProductoRevisado[] {
  const signo = b.dir === 'asc' ? 1 : -1;
  const vacio = (p: ProductoRevisado) =>
    (b.orden === 'teorico' && p.teorico === null) || (b.orden === 'variacion' && p.variacion === null);
  return productos
    .filter((p) => pasaFiltro(p, b.filtro) && pasaTexto(p, b.q))
    .sort(
      (x, y) =>
        Number(vacio(x)) - Number(vacio(y)) ||
        (vacio(x) ? 0 : signo * compara(x, y, b.orden)) ||
        natural.compare(x.codigo, y.codigo),
    );
}

export function cuentas(productos: readonly ProductoRevisado[]): Record<Filtro, number> {
  const n: Record<Filtro, number> = { todos: 0, variacion: 0, fuera: 0, por_decidir: 0 };
  for (const p of productos) {
    for (const filtro of FILTROS) if (pasaFiltro(p, filtro)) n[filtro] += 1;
  }
  return n;
}

/** A person may sign it now: not signed, nothing of its own in the way, and approving it writes something definite. */
export function esDecidible(p: ProductoRevisado): boolean {
  return p.aprobado === null && p.bloqueos.length === 0 && p.efecto !== 'nada';
}

export type PorAprobar = {
  ids: string[];
  ajustes: number;
  bases: number;
  sinAjuste: number;
  /** Of the ajustes with a known cost. */
  neto: Centavos;
  /** Ajustes whose product has no cost. */
  sinCosto: number;
};

/** What `Aprobar` posts: every decidable product that was not set aside. */
export function porAprobar(
  productos: readonly ProductoRevisado[],
  apartados: ReadonlySet<string>,
): PorAprobar {
  const suma: PorAprobar = { ids: [], ajustes: 0, bases: 0, sinAjuste: 0, neto: 0n, sinCosto: 0 };
  for (const p of productos) {
    if (!esDecidible(p) || apartados.has(p.productoId)) continue;
    suma.ids.push(p.productoId);
    if (p.efecto === 'ajuste') {
      suma.ajustes += 1;
      if (p.valor === null) suma.sinCosto += 1;
      else suma.neto += derivadoDe(p).valor;
    } else if (p.efecto === 'base') suma.bases += 1;
    else suma.sinAjuste += 1;
  }
  return suma;
}

/** What lies inside tolerance: signed together without looking at each. */
export function porAprobarDentro(
  productos: readonly ProductoRevisado[],
  apartados: ReadonlySet<string>,
): PorAprobar {
  return porAprobar(
    productos.filter((p) => p.dentroTolerancia === true),
    apartados,
  );
}

/** "Aprobar 2,412 dentro de tolerancia", "−$1,204". */
export function textoAprobarDentro(suma: PorAprobar): { texto: string; detalle: string } {
  const partes = [
    ...(suma.ajustes > suma.sinCosto ? [pesos(suma.neto)] : []),
    ...(suma.sinCosto > 0 ? [`${suma.sinCosto} sin costo`] : []),
  ];
  return {
    texto: `Aprobar ${cuenta(suma.ids.length)} dentro de tolerancia`,
    detalle: partes.join(' · ') || 'sin ajuste',
  };
}

/** The two rows of the button: what it does, and what that posts. */
export function textoAprobar(suma: PorAprobar): { texto: string; detalle: string } {
  if (suma.ids.length === 0) return { texto: 'Aprobar', detalle: 'nada elegido' };
  const partes = [
    ...(suma.ajustes > suma.sinCosto ? [pesos(suma.neto)] : []),
    ...(suma.sinCosto > 0 ? [`${suma.sinCosto} sin costo`] : []),
    ...(suma.bases > 0 && suma.ajustes > 0
      ? [plural(suma.bases, 'inventario inicial', 'inventarios iniciales')]
      : []),
    ...(suma.sinAjuste > 0 && suma.ajustes + suma.bases > 0 ? [`${suma.sinAjuste} sin ajuste`] : []),
  ];
  const texto =
    suma.ajustes > 0
      ? `Aprobar ${plural(suma.ajustes, 'ajuste', 'ajustes')}`
      : suma.bases > 0
        ? `Aprobar ${plural(suma.bases, 'inventario inicial', 'inventarios iniciales')}`
        : `Aprobar ${plural(suma.sinAjuste, 'producto', 'productos')}`;
  return { texto, detalle: partes.join(' · ') || 'sin ajuste' };
}

/** `vistos` of the approval: what this screen showed of each. */
export function vistosDe(
  productos: readonly ProductoRevisado[],
  ids: readonly string[],
): Record<string, { contado: string; variacion: string | null }> {
  const pedidos = new Set(ids);
  return Object.fromEntries(
    productos
      .filter((p) => pedidos.has(p.productoId))
      .map((p) => [p.productoId, { contado: p.contado, variacion: p.variacion }]),
  );
}

/** What `Pedir recuento` offers: undecided and not exact; ticked beforehand what lies outside tolerance. */
export function paraRecontar(productos: readonly ProductoRevisado[]): {
  candidatos: ProductoRevisado[];
  marcados: string[];
} {
  const candidatos = filasDe(
    productos.filter((p) => p.aprobado === null && conVariacion(p)),
    { filtro: 'todos', q: '', orden: 'importancia', dir: 'desc' },
  );
  const fuera = candidatos.filter(fueraDeTolerancia);
  return { candidatos, marcados: fuera.map((p) => p.productoId) };
}

/** `97.5`: exact products in percent, rounded down to tenths, so that 100 means all; null without products. */
export function porcentajeExacto(exactos: number, productos: number): string | null {
  if (productos === 0) return null;
  const decimas = Math.floor((exactos * 1000) / productos);
  return decimas % 10 === 0 ? `${decimas / 10}` : `${Math.floor(decimas / 10)}.${decimas % 10}`;
}
