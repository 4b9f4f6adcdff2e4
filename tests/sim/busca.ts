import fc from 'fast-check';
import { historias, vive } from './historia.ts';

/** `modelo`: everything in memory. `indexeddb`: the real journal and cache. `sql`: the real handlers on PostgreSQL too. */
export type Clase = 'modelo' | 'indexeddb' | 'sql';
/** What broke: how many histories passed before, the shrunk one, and the invariant with its place. */
export type Hallazgo = { antes: number; historia: string; error: string };
/** `plazoMs`: no history begins after it, where a busy machine must not hold a whole suite up. */
export type Bloque = {
  semilla: number;
  cuantas: number;
  pasos: number;
  plazoMs?: number;
  /** Hears of each history that was played to its end. */
  jugada?: () => void;
};

export type Busqueda = {
  juega(bloque: Bloque): Promise<Hallazgo | null>;
  cierra(): Promise<void>;
};

export async function buscaCon<H>(
  arbitrary: fc.Arbitrary<H>,
  play: (historia: H) => Promise<void>,
  { semilla, cuantas, plazoMs, jugada }: Bloque,
): Promise<Hallazgo | null> {
  // A stack for each AbortSignal that fires costs a seventh of the time, and an invariant names its place by itself.
  Error.stackTraceLimit = 0;
  const hasta = performance.now() + (plazoMs ?? Number.POSITIVE_INFINITY);
  let rota = false;
  // One that has begun is played to its end, and what broke is shrunk however long that takes.
  const conPlazo = async (historia: H) => {
    if (!rota && performance.now() > hasta) return;
    try {
      await play(historia);
      jugada?.();
    } catch (error) {
      rota = true;
      throw error;
    }
  };
  const result = await fc.check(fc.asyncProperty(arbitrary, conPlazo), { numRuns: cuantas, seed: semilla });
  if (!result.failed) return null;
  return {
    antes: result.numRuns - 1,
    historia: JSON.stringify(result.counterexample?.[0]),
    error: String(result.errorInstance),
  };
}

/** The way to play blocks of histories of one kind; whatever it opens, `cierra` closes. */
export async function busca(clase: Clase): Promise<Busqueda> {
  if (clase === 'sql') return (await import('./busca-sql.ts')).buscaSql();
  const deposito = clase === 'modelo' ? 'memoria' : 'indexeddb';
  return {
    juega: (bloque) => buscaCon(historias(bloque.pasos), (historia) => vive(historia, {}, deposito), bloque),
    cierra: async () => {},
  };
}
