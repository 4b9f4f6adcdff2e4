import * as z from 'zod/mini';
import { ajustesEscaner, ESCANER_POR_OMISION, leeAjustesEscaner } from './escaner.ts';

/** Minutes without a touch before a shared phone asks who is there. A phone may have a setting of its own. */
export const ajustesBloqueo = z.object({ minutos: z.int().check(z.gte(1), z.lte(30)) });

/** The phone part of the company's settings: everybody who is signed in gets it. On the way to counting: kept small. */
export const ajustesTelefono = z.object({ escaner: ajustesEscaner, bloqueo: ajustesBloqueo });
export type AjustesTelefono = z.infer<typeof ajustesTelefono>;

export const TELEFONO_POR_OMISION: AjustesTelefono = {
  escaner: ESCANER_POR_OMISION,
  bloqueo: { minutos: 10 },
};

/** What a store holds of the phone part, whoever wrote it: each part that makes no sense is the default. Never throws. */
export function leeAjustesTelefono(crudo: unknown): AjustesTelefono {
  const partes = z.record(z.string(), z.unknown()).safeParse(crudo);
  if (!partes.success) return TELEFONO_POR_OMISION;
  const bloqueo = ajustesBloqueo.safeParse(partes.data.bloqueo);
  return {
    escaner: leeAjustesEscaner(partes.data.escaner),
    bloqueo: bloqueo.success ? bloqueo.data : TELEFONO_POR_OMISION.bloqueo,
  };
}
