import fc from 'fast-check';
import { type Faltas, Mundo, type Paso } from './mundo.ts';

const t = fc.nat(5);
const p = fc.nat(2);

function rec<K extends Paso['k']>(
  k: K,
  fields: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<Paso> {
  return fc.record({ k: fc.constant(k), ...fields }) as unknown as fc.Arbitrary<Paso>;
}

/** Steps with the weight that they have in a bad week. */
export const pasos: fc.Arbitrary<Paso> = fc.oneof(
  { weight: 12, arbitrary: rec('guarda', { t, veces: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 8, arbitrary: rec('espera', { ms: fc.constantFrom(300, 900, 2_500, 9_000, 40_000) }) },
  { weight: 4, arbitrary: rec('red', { p, maldad: fc.constantFrom(0, 0.2, 0.5, 0.9) }) },
  { weight: 2, arbitrary: rec('corta', { p }) },
  { weight: 2, arbitrary: rec('conecta', { p }) },
  {
    weight: 4,
    arbitrary: rec('choca', {
      t,
      en: fc.integer({ min: 1, max: 12 }),
      momento: fc.constantFrom('antes', 'despues'),
    }),
  },
  { weight: 1, arbitrary: rec('sorda', { t, veces: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: rec('cuelga', { t }) },
  { weight: 1, arbitrary: rec('lleno', { p, si: fc.boolean() }) },
  { weight: 2, arbitrary: rec('sale', { p }) },
  { weight: 1, arbitrary: rec('sesion_muere', { p }) },
  { weight: 3, arbitrary: rec('entra', { p, usuario: fc.constantFrom('ana', 'luis') }) },
  { weight: 2, arbitrary: rec('foco', { t }) },
  {
    weight: 4,
    arbitrary: rec('catalogo', {
      ids: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 7 }),
      borra: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: rec('mueve', { id: fc.nat(3), tienda: fc.constantFrom(1, 2) }) },
  { weight: 1, arbitrary: rec('otorga') },
  { weight: 1, arbitrary: rec('quita') },
  { weight: 2, arbitrary: rec('respalda') },
  { weight: 2, arbitrary: rec('restaura', { epoca: fc.boolean() }) },
  { weight: 2, arbitrary: rec('mata_servidor') },
  { weight: 1, arbitrary: rec('clona', { p }) },
  { weight: 1, arbitrary: rec('desaloja', { p }) },
  { weight: 1, arbitrary: rec('pestana', { p }) },
  { weight: 1, arbitrary: rec('reloj', { p, ms: fc.constantFrom(-86_400_000, -90_000, 90_000, 7_200_000) }) },
  { weight: 2, arbitrary: rec('veneno', { t }) },
  { weight: 1, arbitrary: rec('futuro', { t }) },
);

export type Historia = { seed: number; pasos: Paso[] };

export const historias = (maxLength: number): fc.Arbitrary<Historia> =>
  fc.record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    pasos: fc.array(pasos, { minLength: 1, maxLength, size: 'max' }),
  });

/** Plays one history to its end; rejects with a `Violacion` that names the invariant. */
export async function vive(historia: Historia, faltas: Faltas = {}): Promise<void> {
  const mundo = new Mundo(historia.seed, faltas);
  await mundo.abre();
  for (const paso of historia.pasos) {
    await mundo.paso(paso);
    await mundo.rechazosALaVista();
  }
  await mundo.cierra();
}

/** What a failed run prints: seed, shrunk history, and the invariant that broke. */
export function informe<T>(result: fc.RunDetails<T>): string {
  if (!result.failed) return '';
  return `${fc.defaultReportMessage(result)}\n${JSON.stringify(result.counterexample)}\n${result.errorInstance}`;
}
