/**
 * Where the histories of a run begin. By hand they are new ones each time, to find what nobody has seen; on a build machine they are
 * always the same, so that a change is judged by what it changes. `SEMILLA=N` repeats a run.
 */
export function semillaDeHoy(): number {
  if (process.env.SEMILLA !== undefined) return Number(process.env.SEMILLA);
  return process.env.CI === undefined ? Date.now() % 2 ** 31 : 20_261_124;
}
