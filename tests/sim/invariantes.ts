/** What no history may break (docs/ARQUITECTURA.md says why). A failure names one of these. */
export const INVARIANTES = {
  I1: 'every line shown as saved is in exactly one place',
  I2: 'a line is on the server once, and as its author’s',
  I3: 'caches converge to what the server holds',
  I4: 'no row outside granted scopes',
  I5: 'the queue drains after the faults end',
  I6: 'a cursor never passes rows that are not stored',
  I7: 'every rejection is visible with its payload',
  I8: 'sums do not depend on order or repetition',
} as const;
export type Invariante = keyof typeof INVARIANTES;

export class Violacion extends Error {
  readonly invariante: Invariante;

  constructor(invariante: Invariante, detalle: string) {
    super(`${invariante} (${INVARIANTES[invariante]}): ${detalle}`);
    this.invariante = invariante;
  }
}

export function exige(ok: boolean, invariante: Invariante, detalle: string): asserts ok {
  if (!ok) throw new Violacion(invariante, detalle);
}

const textos = new WeakMap<object, string>();

function texto(fila: object): string {
  let known = textos.get(fila);
  if (known === undefined) {
    known = JSON.stringify(Object.entries(fila).sort(([a], [b]) => (a < b ? -1 : 1)));
    textos.set(fila, known);
  }
  return known;
}

/** Two rows with the same fields; rows are never changed in place, so their text is made once. */
export function igual(a: object | undefined, b: object): boolean {
  return a !== undefined && (a === b || texto(a) === texto(b));
}
