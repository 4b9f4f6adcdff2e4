import { ALCANCES, type Alcance } from '#shared/contracts/api.ts';

export type EstadoToken = 'vivo' | 'vence_pronto' | 'vencido' | 'revocado';

const PRONTO_MS = 14 * 86_400_000;

/** How a token stands at `ahora` (ms). */
export function estadoDe(
  t: { expiraEn: string | null; revocadoEn: string | null },
  ahora: number,
): EstadoToken {
  if (t.revocadoEn !== null) return 'revocado';
  if (t.expiraEn === null) return 'vivo';
  const queda = Date.parse(t.expiraEn) - ahora;
  if (queda <= 0) return 'vencido';
  return queda < PRONTO_MS ? 'vence_pronto' : 'vivo';
}

/** Names of its scopes; one that this version does not know is said as it is. */
export function alcancesDichos(alcances: readonly string[]): string {
  return alcances
    .map((alcance) => (Object.hasOwn(ALCANCES, alcance) ? ALCANCES[alcance as Alcance].nombre : alcance))
    .join(', ');
}
