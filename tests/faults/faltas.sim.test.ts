import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historias, vive } from '../sim/historia.ts';
import { type Faltas, Violacion } from '../sim/mundo.ts';

/**
 * The test of the tests: each seeded bug breaks one promise of the protocol, and the simulation must notice within
 * a fixed number of histories.
 */
const CASOS: [string, Faltas, runs: number][] = [
  ['cursor stored before its rows', { telefono: 'cursor_antes' }, 80],
  ['journal cleared at sign-out', { telefono: 'diario_borrado' }, 80],
  ['acked mutations never sent again', { telefono: 'sin_rebobinar' }, 120],
  ['no hash of the arguments', { servidor: 'sin_hash' }, 200],
  ['acknowledged before the commit', { servidor: 'ack_antes_de_commit' }, 120],
  ['last_mid outside the transaction', { servidor: 'last_mid_aparte' }, 120],
  ['lastMid before the head', { servidor: 'last_mid_temprano' }, 200],
  ['cursor without lineage', { servidor: 'sin_linaje' }, 120],
];

test.each(CASOS)('%s is caught', async (_name, faltas, numRuns) => {
  const result = await fc.check(
    fc.asyncProperty(historias(30), (historia) => vive(historia, faltas)),
    { numRuns, seed: 20_260_302, endOnFailure: true },
  );
  expect(result.failed).toBe(true);
  expect(result.errorInstance).toBeInstanceOf(Violacion);
});
