/** A category as its tree needs it. */
export interface Rama {
  readonly id: string;
  readonly nombre: string;
  readonly parentId: string | null;
}

export interface Nodo<T extends Rama> {
  readonly rama: T;
  readonly nivel: number;
  readonly hijas: readonly Nodo<T>[];
}

/** Deepest level of a category: eight names in a row still fit on a phone and in the path's column. */
export const NIVEL_MAXIMO = 7;

/** The tree in order of names. A row whose parent is not there stands at the top: nothing is out of reach. */
export function arbolDe<T extends Rama>(ramas: readonly T[]): Nodo<T>[] {
  const ids = new Set(ramas.map((r) => r.id));
  const porPadre = new Map<string | null, T[]>();
  for (const rama of ramas) {
    const padre = rama.parentId !== null && ids.has(rama.parentId) ? rama.parentId : null;
    porPadre.set(padre, [...(porPadre.get(padre) ?? []), rama]);
  }
  const hijas = (padre: string | null, nivel: number): Nodo<T>[] =>
    (porPadre.get(padre) ?? [])
      .sort((a, b) => a.nombre.localeCompare(b.nombre, 'es'))
      .map((rama) => ({ rama, nivel, hijas: hijas(rama.id, nivel + 1) }));
  return hijas(null, 0);
}

/** The same as a list, parents before their children. */
export function aplana<T extends Rama>(nodos: readonly Nodo<T>[]): Nodo<T>[] {
  return nodos.flatMap((nodo) => [nodo, ...aplana(nodo.hijas)]);
}

/** A category and all below it. */
export function descendencia(ramas: readonly Rama[], id: string): Set<string> {
  const dentro = new Set([id]);
  let crecio = true;
  while (crecio) {
    crecio = false;
    for (const r of ramas) {
      if (r.parentId !== null && dentro.has(r.parentId) && !dentro.has(r.id)) {
        dentro.add(r.id);
        crecio = true;
      }
    }
  }
  return dentro;
}

/** Why a category cannot go under another: `circulo`, `honda`; null when it can. */
export function estorbo(ramas: readonly Rama[], id: string, a: string | null): 'circulo' | 'honda' | null {
  if (a === null) return null;
  const dentro = descendencia(ramas, id);
  if (dentro.has(a)) return 'circulo';
  const padreDe = new Map(ramas.map((r) => [r.id, r.parentId]));
  const nivel = (de: string | null): number => {
    let n = -1;
    for (let at = de; at !== null && n <= ramas.length; at = padreDe.get(at) ?? null) n += 1;
    return n;
  };
  const alto = Math.max(...[...dentro].map(nivel)) - nivel(id);
  return nivel(a) + 1 + alto > NIVEL_MAXIMO ? 'honda' : null;
}

/** `Llantas › Rin 16`. */
export function rutaDe(ramas: readonly Rama[], id: string): string {
  const porId = new Map(ramas.map((r) => [r.id, r]));
  const nombres: string[] = [];
  for (let at: string | null = id; at !== null && nombres.length <= 20; ) {
    const rama = porId.get(at);
    if (rama === undefined) break;
    nombres.unshift(rama.nombre);
    at = rama.parentId;
  }
  return nombres.join(' › ');
}
