import { expect, test } from 'vitest';
import { buscaCon } from './busca.ts';
import { historias, vive } from './historia.ts';
import type { Deposito } from './mundo.ts';
import { REGRESIONES } from './regresiones.ts';

/** `npm run sim` plays any number of them, or again those of a seed that failed here. */
const CORTAS: [deposito: Deposito, histories: number, steps: number][] = [
  ['memoria', 3_000, 60],
  ['indexeddb', 30, 40],
];
// Other histories at each run: what is printed with a failure plays it again.
const SEMILLA = Date.now() % 2 ** 31;

test.each(CORTAS)(
  `nothing is lost or doubled on phones in %s: %i histories of %i steps (seed ${SEMILLA})`,
  {
    timeout: 240_000,
  },
  async (deposito, cuantas, pasos) => {
    const hallazgo = await buscaCon(historias(pasos), (historia) => vive(historia, {}, deposito), {
      semilla: SEMILLA,
      cuantas,
      pasos,
    });
    expect(hallazgo).toBeNull();
  },
);

test.each(Object.entries(REGRESIONES))('%s stays mended', (_name, historia) => vive(historia));

test('clonado_y_restaurado stays mended over the real journal and cache', () =>
  vive(REGRESIONES.clonado_y_restaurado!, {}, 'indexeddb'));
