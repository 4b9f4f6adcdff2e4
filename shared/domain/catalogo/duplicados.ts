import { pliega, pliegaCodigo } from '../busqueda.ts';

/** What is compared of a product. */
export interface Parecible {
  readonly id: string;
  readonly codigo: string;
  readonly nombre: string;
  readonly marca: string | null;
  readonly unidad: string;
  /** GTIN keys of its codes. */
  readonly gtins: readonly string[];
}

/** Why two products may be one, strongest first. */
export type Motivo = 'gtin' | 'codigo' | 'nombre_igual' | 'nombre_parecido';

export const FRASE_MOTIVO: Readonly<Record<Motivo, string>> = {
  gtin: 'Traen el mismo código de barras',
  codigo: 'Su código es el mismo sin guiones ni espacios',
  nombre_igual: 'Tienen las mismas palabras en el nombre',
  nombre_parecido: 'Sus nombres casi son iguales',
};

/** Names this alike, with the same figures, are worth a look. */
export const PARECIDO_MINIMO = 0.6;

const VACIAS: ReadonlySet<string> = new Set([
  'de',
  'del',
  'la',
  'el',
  'los',
  'las',
  'para',
  'con',
  'y',
  'p',
  'c',
]);

function palabras(nombre: string): string[] {
  return pliega(nombre)
    .split(/[^a-z0-9]+/)
    .filter((p) => p !== '' && !VACIAS.has(p));
}

/** Every figure of a name in order: sizes, viscosities, model years. Where they differ, so do the products. */
function cifras(nombre: string): string {
  return (pliegaCodigo(nombre).match(/\d+/g) ?? []).sort().join(' ');
}

function trigramas(texto: string): Set<string> {
  const hechos = new Set<string>();
  for (const palabra of palabras(texto)) {
    const con = `  ${palabra} `;
    for (let i = 0; i + 3 <= con.length; i += 1) hechos.add(con.slice(i, i + 3));
  }
  return hechos;
}

/** Shared trigrams over all of them, 0 to 1, as pg_trgm reckons. */
export function parecido(a: string, b: string): number {
  const [x, y] = [trigramas(a), trigramas(b)];
  let comunes = 0;
  for (const t of x) if (y.has(t)) comunes += 1;
  const todos = x.size + y.size - comunes;
  return todos === 0 ? 0 : comunes / todos;
}

/** Letters to change, add or take away to make one word of the other. */
function distancia(a: string, b: string): number {
  let antes = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const fila = [i];
    for (let j = 1; j <= b.length; j += 1) {
      fila.push(Math.min(antes[j]! + 1, fila[j - 1]! + 1, antes[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    antes = fila;
  }
  return antes[b.length]!;
}

/** A typing error, a plural or an abbreviation of the other. */
function casiPalabra(a: string, b: string): boolean {
  const corta = Math.min(a.length, b.length);
  if (corta >= 3 && (a.startsWith(b) || b.startsWith(a))) return true;
  return corta >= 4 && distancia(a, b) <= (corta >= 7 ? 2 : 1);
}

/**
 * Words that only one of the names has, once spellings of each other are set aside. Where both have some left over, the
 * names say two things («delantero», «trasero»); one word more on one side may still be the same product.
 */
function dicenLoMismo(a: string, b: string): boolean {
  const [x, y] = [new Set(palabras(a)), new Set(palabras(b))];
  const soloA = [...x].filter((p) => !y.has(p));
  const soloB = [...y].filter((p) => !x.has(p));
  const quedanA = soloA.filter((p) => {
    const par = soloB.findIndex((q) => casiPalabra(p, q));
    if (par !== -1) soloB.splice(par, 1);
    return par === -1;
  });
  return Math.min(quedanA.length, soloB.length) === 0 && quedanA.length + soloB.length <= 1;
}

/** Why these two may be one product; none: they are not offered. */
export function motivosDe(a: Parecible, b: Parecible): Motivo[] {
  const motivos: Motivo[] = [];
  if (a.gtins.some((g) => b.gtins.includes(g))) motivos.push('gtin');
  const clave = pliegaCodigo(a.codigo);
  if (clave !== '' && clave === pliegaCodigo(b.codigo)) motivos.push('codigo');
  const mismaMarca = a.marca === null || b.marca === null || pliegaCodigo(a.marca) === pliegaCodigo(b.marca);
  const comparables =
    mismaMarca && pliegaCodigo(a.unidad) === pliegaCodigo(b.unidad) && cifras(a.nombre) === cifras(b.nombre);
  if (comparables) {
    const iguales = [palabras(a.nombre), palabras(b.nombre)].map((p) => [...new Set(p)].sort().join(' '));
    if (iguales[0] === iguales[1] && iguales[0] !== '') motivos.push('nombre_igual');
    else if (parecido(a.nombre, b.nombre) >= PARECIDO_MINIMO && dicenLoMismo(a.nombre, b.nombre))
      motivos.push('nombre_parecido');
  }
  return motivos;
}

/** Strength of a pair, to put the surest first. */
export function fuerza(motivos: readonly Motivo[]): number {
  const PESO: Readonly<Record<Motivo, number>> = { gtin: 8, codigo: 4, nombre_igual: 2, nombre_parecido: 1 };
  return motivos.reduce((n, m) => n + PESO[m], 0);
}
