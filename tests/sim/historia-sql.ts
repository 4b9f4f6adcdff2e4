import fc from 'fast-check';
import type { FallaTelefono } from '../faults/fallas-telefono.ts';
import { MundoSql } from './mundo-sql.ts';
import type { PasoSql } from './pasos-sql.ts';
import type { ServidorSql } from './servidor-sql.ts';

export type HistoriaSql = { seed: number; pasos: PasoSql[] };

const t = fc.nat(5);
const p = fc.nat(2);
const quien = fc.nat(1);

/** Each kind of step with the weight that it has in a bad week. */
const PASOS: readonly [weight: number, k: PasoSql['k'], fields?: Record<string, fc.Arbitrary<unknown>>][] = [
  [120, 'cuenta', { t, veces: fc.integer({ min: 1, max: 6 }) }],
  [20, 'deshace', { t }],
  [20, 'veneno', { t }],
  [10, 'futuro', { t }],
  [80, 'espera', { ms: fc.constantFrom(400, 2_000, 12_000) }],
  [40, 'red', { p, maldad: fc.constantFrom(0, 0.3, 0.6) }],
  [15, 'corta', { p }],
  [20, 'conecta', { p }],
  [40, 'choca', { t, en: fc.integer({ min: 1, max: 8 }), momento: fc.constantFrom('antes', 'despues') }],
  [10, 'sorda', { t, veces: fc.integer({ min: 1, max: 4 }) }],
  [10, 'cuelga', { t }],
  [10, 'lleno', { p, si: fc.boolean() }],
  [40, 'entra', { p, quien }],
  [10, 'sale', { p }],
  [20, 'pestana', { p }],
  [60, 'mata', { en: fc.integer({ min: 1, max: 22 }) }],
  [12, 'clona', { p }],
  [8, 'desaloja', { p }],
  [15, 'respalda'],
  [15, 'restaura', { epoca: fc.boolean() }],
  [4, 'revoca', { p }],
  [5, 'desactiva', { quien }],
  [10, 'reactiva', { quien }],
  [8, 'compacta'],
  [10, 'otorga'],
  [10, 'quita'],
  [10, 'sesion_muere', { p }],
  [10, 'reloj', { p, ms: fc.constantFrom(-86_400_000, -90_000, 90_000, 7_200_000) }],
  [5, 'exige_esquema', { min: fc.constantFrom(1, 2) }],
  [10, 'actualiza', { p }],
  [20, 'mueve', { id: fc.nat(3), a: fc.nat(1) }],
];
/** How much more often the kinds come that a history is about. */
const ENFASIS = 10;

export function historiasSql(
  maxLength: number,
  sobre: readonly PasoSql['k'][] = [],
): fc.Arbitrary<HistoriaSql> {
  const paso = fc.oneof(
    ...PASOS.map(([weight, k, fields]) => ({
      weight: sobre.includes(k) ? weight * ENFASIS : weight,
      arbitrary: fc.record({ k: fc.constant(k), ...fields }) as unknown as fc.Arbitrary<PasoSql>,
    })),
  );
  return fc.record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    pasos: fc.array(paso, { minLength: 3, maxLength, size: 'max' }),
  });
}

/** Plays one history to its end, with shops and people of its own; rejects with a `Violacion` that names the invariant. */
export async function viveSql(
  servidor: ServidorSql,
  historia: HistoriaSql,
  falla: FallaTelefono | null = null,
): Promise<void> {
  const conRespaldo = historia.pasos.some(({ k }) => k === 'restaura');
  const mundo = await MundoSql.abre(servidor, historia.seed, conRespaldo, falla);
  try {
    for (const paso of historia.pasos) await mundo.paso(paso);
    await mundo.cierra();
  } finally {
    await mundo.acaba();
  }
}
