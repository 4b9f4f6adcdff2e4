/**
 * What has to be forgotten when another person takes the phone. Whoever holds answers says so here when it loads: the way to
 * counting then needs none of it.
 */
const olvidos = new Set<() => void>();

export function alOlvidar(olvida: () => void): void {
  olvidos.add(olvida);
}

/** Another person takes the phone: no answer for the former one stays in memory. */
export function olvidaConsultas(): void {
  for (const olvida of olvidos) olvida();
}
