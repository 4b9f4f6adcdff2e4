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

/** Each kind of step with the weight that it has in a bad week. */
const PASOS: readonly [weight: number, k: Paso['k'], fields?: Record<string, fc.Arbitrary<unknown>>][] = [
  [12, 'guarda', { t, veces: fc.integer({ min: 1, max: 5 }) }],
  [8, 'espera', { ms: fc.constantFrom(300, 900, 2_500, 9_000, 40_000) }],
  [4, 'red', { p, maldad: fc.constantFrom(0, 0.2, 0.5, 0.9) }],
  [2, 'corta', { p }],
  [2, 'conecta', { p }],
  [4, 'choca', { t, en: fc.integer({ min: 1, max: 12 }), momento: fc.constantFrom('antes', 'despues') }],
  [1, 'sorda', { t, veces: fc.integer({ min: 1, max: 4 }) }],
  [1, 'cuelga', { t }],
  [1, 'lleno', { p, si: fc.boolean() }],
  [2, 'sale', { p }],
  [1, 'sesion_muere', { p }],
  [3, 'entra', { p, usuario: fc.constantFrom('ana', 'luis') }],
  [2, 'foco', { t }],
  [4, 'catalogo', { ids: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 7 }), borra: fc.boolean() }],
  [3, 'mueve', { id: fc.nat(3), tienda: fc.constantFrom(1, 2) }],
  [1, 'otorga'],
  [1, 'quita'],
  [2, 'respalda'],
  [2, 'restaura', { epoca: fc.boolean() }],
  [2, 'mata_servidor'],
  [1, 'clona', { p }],
  [1, 'desaloja', { p }],
  [1, 'pestana', { p }],
  [1, 'reloj', { p, ms: fc.constantFrom(-86_400_000, -90_000, 90_000, 7_200_000) }],
  [2, 'veneno', { t }],
  [1, 'futuro', { t }],
];
/** How much more often than in a bad week the kinds come that a history is about. */
const ENFASIS = 10;

export type Historia = { seed: number; pasos: Paso[] };

/** Histories of up to so many steps; about these kinds of steps, if any are named. */
export function historias(maxLength: number, sobre: readonly Paso['k'][] = []): fc.Arbitrary<Historia> {
  const paso = fc.oneof(
    ...PASOS.map(([weight, k, fields]) => ({
      weight: sobre.includes(k) ? weight * ENFASIS : weight,
      arbitrary: rec(k, fields),
    })),
  );
  return fc.record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    pasos: fc.array(paso, { minLength: 1, maxLength, size: 'max' }),
  });
}

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
