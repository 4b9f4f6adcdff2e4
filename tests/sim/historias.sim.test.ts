import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historias, informe, vive } from './historia.ts';
import { REGRESIONES } from './regresiones.ts';

/** `SIM_RUNS=5000 SIM_SEED=214309281 npx vitest run --project sim tests/sim/historias` looks further, or again. */
const RUNS = Number(process.env.SIM_RUNS ?? 150);
/** A busy machine plays fewer; a run asked for by number is played to its end. */
const LIMIT_MS = process.env.SIM_RUNS === undefined ? 30_000 : 3_600_000;
// Other histories at each run: what is printed with a failure plays it again.
const SEED = Number(process.env.SIM_SEED ?? Date.now() % 2 ** 31);

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

test.each(Object.entries(REGRESIONES))('%s stays mended', (_name, historia) => vive(historia));
