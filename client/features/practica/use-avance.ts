import { elJournal } from '#client/offline/index.ts';
import { useLive } from '#client/offline/live.ts';
import { type ClavePaso, logros, PASOS, type Paso } from './guia.ts';

export type Avance = {
  hechos: ReadonlySet<ClavePaso>;
  /** The first one that is not done; null when all are. */
  sigue: Paso | null;
};

/** What of the guide is done, as the practice journal tells it. */
export function useAvance(): Avance {
  const hechos =
    useLive('practica', async () => {
      const { db } = elJournal();
      return db.esDePractica ? logros(await db.mutations.toArray()) : NADA;
    }) ?? NADA;
  return { hechos, sigue: PASOS.find((paso) => !hechos.has(paso.clave)) ?? null };
}

const NADA: ReadonlySet<ClavePaso> = new Set();
