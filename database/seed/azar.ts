/** Repeatable chance: the same seed gives the same company on every machine. */
export interface Azar {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [min, max]. */
  entero(min: number, max: number): number;
  /** One of the list, each as likely. */
  de<T>(lista: readonly T[]): T;
  /** True with probability p. */
  suerte(p: number): boolean;
  /** UUID v7 of an instant (ms), its random part from this source. */
  id(ms: number): string;
}

/** sfc32: four words of state, period ≥ 2^32, passes PractRand; far more than a demo needs. */
export function azar(semilla: number): Azar {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = semilla | 0;
  let d = 1;
  const palabra = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 15; i += 1) palabra();
  const next = (): number => palabra() / 4294967296;
  const hex = (n: number): string => n.toString(16).padStart(8, '0');
  return {
    next,
    entero: (min, max) => min + Math.floor(next() * (max - min + 1)),
    de: (lista) => lista[Math.floor(next() * lista.length)]!,
    suerte: (p) => next() < p,
    id: (ms) => {
      const tiempo = ms.toString(16).padStart(12, '0');
      const r = hex(palabra()) + hex(palabra()) + hex(palabra());
      const variante = '89ab'[Number.parseInt(r[3]!, 16) & 3];
      return `${tiempo.slice(0, 8)}-${tiempo.slice(8)}-7${r.slice(0, 3)}-${variante}${r.slice(4, 7)}-${r.slice(8, 20)}`;
    },
  };
}
