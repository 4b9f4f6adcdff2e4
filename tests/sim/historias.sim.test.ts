import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historias, informe, vive } from './historia.ts';

/** `SIM_RUNS=5000 npx vitest run --project sim` for the long one; `SIM_SEED` repeats a failure. */
const RUNS = Number(process.env.SIM_RUNS ?? 150);
/** A busy machine plays fewer; a run asked for by number is played to its end. */
const LIMIT_MS = process.env.SIM_RUNS === undefined ? 30_000 : 3_600_000;
const SEED = process.env.SIM_SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.SIM_SEED);

test(`nothing is lost or doubled in ${RUNS} histories (seed ${SEED})`, {
  timeout: LIMIT_MS + 30_000,
}, async () => {
  const result = await fc.check(
    fc.asyncProperty(historias(30), (historia) => vive(historia)),
    {
      numRuns: RUNS,
      seed: SEED,
      interruptAfterTimeLimit: LIMIT_MS,
      markInterruptAsFailure: false,
      endOnFailure: false,
    },
  );
  expect(result.failed, informe(result)).toBe(false);
});
