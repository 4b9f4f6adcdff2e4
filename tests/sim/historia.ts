import fc from 'fast-check';
import { type Deposito, type Faltas, Mundo, type Paso } from './mundo.ts';

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
  [120, 'guarda', { t, veces: fc.integer({ min: 1, max: 5 }) }],
  [80, 'espera', { ms: fc.constantFrom(300, 900, 2_500, 9_000, 40_000) }],
  [40, 'red', { p, maldad: fc.constantFrom(0, 0.2, 0.5, 0.9) }],
  [20, 'corta', { p }],
  [20, 'conecta', { p }],
  [40, 'choca', { t, en: fc.integer({ min: 1, max: 12 }), momento: fc.constantFrom('antes', 'despues') }],
  [10, 'sorda', { t, veces: fc.integer({ min: 1, max: 4 }) }],
  [10, 'cuelga', { t }],
  [10, 'lleno', { p, si: fc.boolean() }],
  [20, 'sale', { p }],
  [10, 'sesion_muere', { p }],
  [30, 'entra', { p, usuario: fc.constantFrom('ana', 'luis') }],
  [20, 'foco', { t }],
  [40, 'catalogo', { ids: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 7 }), borra: fc.boolean() }],
  [30, 'mueve', { id: fc.nat(3), tienda: fc.constantFrom(1, 2) }],
  [10, 'otorga'],
  [10, 'quita'],
  [20, 'respalda'],
  [20, 'restaura', { epoca: fc.boolean() }],
  [20, 'mata_servidor'],
  [10, 'clona', { p }],
  [10, 'desaloja', { p }],
  [10, 'pestana', { p }],
  [10, 'reloj', { p, ms: fc.constantFrom(-86_400_000, -90_000, 90_000, 7_200_000) }],
  [20, 'veneno', { t }],
  [10, 'futuro', { t }],
  [4, 'revoca', { p }],
  [5, 'desactiva', { usuario: fc.constantFrom('ana', 'luis') }],
  [10, 'reactiva', { usuario: fc.constantFrom('ana', 'luis') }],
  [5, 'exige_esquema', { min: fc.constantFrom(1, 2) }],
  [10, 'actualiza', { p }],
  [5, 'sube_servidor'],
  [10, 'compacta'],
];
/** How much more often than in a bad week the kinds come that a history is about. */
const ENFASIS = 10;

export type Historia = { seed: number; pasos: Paso[] };

/** Histories of up to so many steps; about these kinds of steps, if any are named, or of nothing else. */
export function historias(
  maxLength: number,
  sobre: readonly Paso['k'][] = [],
  solo = false,
): fc.Arbitrary<Historia> {
  const paso = fc.oneof(
    ...PASOS.filter(([, k]) => !solo || sobre.includes(k)).map(([weight, k, fields]) => ({
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
export async function vive(
  historia: Historia,
  faltas: Faltas = {},
  deposito: Deposito = 'memoria',
): Promise<void> {
  const mundo = new Mundo(historia.seed, faltas, deposito);
  try {
    await mundo.abre();
    for (const paso of historia.pasos) await mundo.paso(paso);
    await mundo.cierra();
  } finally {
    await mundo.acaba();
  }
}

/** What a failed run prints: seed, shrunk history, and the invariant that broke. */
export function informe<T>(result: fc.RunDetails<T>): string {
  if (!result.failed) return '';
  return `${fc.defaultReportMessage(result)}\n${JSON.stringify(result.counterexample)}\n${result.errorInstance}`;
}
