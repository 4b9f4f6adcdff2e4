import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historias, vive } from '../sim/historia.ts';
import { type Faltas, type Paso, Violacion } from '../sim/mundo.ts';
import { REGRESIONES } from '../sim/regresiones.ts';

/**
 * The test of the tests: each seeded bug breaks one promise of the protocol, and the simulation must notice within
 * a fixed number of histories.
 */
const CASOS: [string, Faltas, runs: number, about: Paso['k'][]][] = [
  ['cursor stored before its rows', { telefono: 'cursor_antes' }, 80, ['choca', 'catalogo']],
  ['journal cleared at sign-out', { telefono: 'diario_borrado' }, 80, ['sale', 'guarda']],
  [
    'acked mutations never sent again',
    { telefono: 'sin_rebobinar' },
    120,
    ['respalda', 'restaura', 'guarda'],
  ],
  ['no hash of the arguments', { servidor: 'sin_hash' }, 120, ['clona', 'guarda', 'espera']],
  ['acknowledged before the commit', { servidor: 'ack_antes_de_commit' }, 80, ['mata_servidor', 'guarda']],
  ['last_mid outside the transaction', { servidor: 'last_mid_aparte' }, 80, ['mata_servidor', 'guarda']],
  ['lastMid before the head', { servidor: 'last_mid_temprano' }, 120, ['veneno', 'catalogo', 'red', 'choca']],
  ['cursor without lineage', { servidor: 'sin_linaje' }, 120, ['respalda', 'restaura', 'catalogo']],
];

test.each(CASOS)('%s is caught', async (_name, faltas, numRuns, about) => {
  const result = await fc.check(
    fc.asyncProperty(historias(30, about), (historia) => vive(historia, faltas)),
    { numRuns, seed: 20_260_302, endOnFailure: true },
  );
  expect(result.failed).toBe(true);
  expect(result.errorInstance).toBeInstanceOf(Violacion);
});

test('what was sent is not compared with what the server keeps is caught', async () => {
  await expect(vive(REGRESIONES.clonado_y_restaurado!, { servidor: 'sin_acked' })).rejects.toBeInstanceOf(
    Violacion,
  );
});
