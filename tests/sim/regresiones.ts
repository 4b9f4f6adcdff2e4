import type { Historia } from './historia.ts';

/** Shrunk histories of failed runs: each lost or doubled something once, and is played at every run since. */
export const REGRESIONES: Record<string, Historia> = {
  /** The clone takes the number that the restored server lost; the first phone held its line for sent. */
  clonado_y_restaurado: {
    seed: 1_448_809_608,
    pasos: [
      { k: 'clona', p: 0 },
      { k: 'guarda', t: 3, veces: 1 },
      { k: 'espera', ms: 900 },
      { k: 'restaura', epoca: false },
      { k: 'guarda', t: 0, veces: 1 },
    ],
  },
};
