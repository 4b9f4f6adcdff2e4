import type { PokeReason } from './core/engine.ts';

type Oyente = (reason: PokeReason) => void;
const oyentes = new Set<Oyente>();

/** The engine listens here, so that saving a line does not depend on it. */
export function escuchaDespertador(oyente: Oyente): () => void {
  oyentes.add(oyente);
  return () => oyentes.delete(oyente);
}

export function despierta(reason: PokeReason): void {
  for (const oyente of [...oyentes]) oyente(reason);
}

/** Something was saved: send it soon. */
export function avisaGuardado(): void {
  despierta('guardado');
}
