import * as z from 'zod/mini';
import { ajustesBloqueo, ajustesTelefono } from './ajustes-telefono.ts';
import { CantidadTexto, PesosTexto } from './basicos.ts';
import { ajustesEscaner } from './escaner.ts';

/** Limits that are compared with a variance's size: none is negative; null = not set. */
const sinSigno = z.refine<string>((texto) => !texto.startsWith('-'));
const Limites = z.object({
  unidades: z.nullable(CantidadTexto.check(sinSigno)),
  porcentaje: z.nullable(z.string().check(z.regex(/^\d{1,4}(\.\d{1,2})?$/))),
  pesos: z.nullable(PesosTexto.check(sinSigno)),
});
/** What a new plan starts from: `general` for products without class, one row per ABC class. */
export const ajustesTolerancias = z.object({ general: Limites, A: Limites, B: Limites, C: Limites });

/** All of them. Tolerances are for who plans: a counter never receives them. */
export const ajustesEmpresa = z.extend(ajustesTelefono, { tolerancias: ajustesTolerancias });

export type LimitesTolerancia = z.infer<typeof Limites>;
export type AjustesTolerancias = z.infer<typeof ajustesTolerancias>;
export type AjustesEmpresa = z.infer<typeof ajustesEmpresa>;
export type ClaveAjuste = keyof AjustesEmpresa;

export const LIMITES_VACIOS: LimitesTolerancia = { unidades: null, porcentaje: null, pesos: null };
export const TOLERANCIAS_POR_OMISION: AjustesTolerancias = {
  general: LIMITES_VACIOS,
  A: LIMITES_VACIOS,
  B: LIMITES_VACIOS,
  C: LIMITES_VACIOS,
};
/** What the store holds of the default tolerances, whoever wrote it: what makes no sense is the default. */
export function leeTolerancias(crudo: unknown): AjustesTolerancias {
  const leidas = ajustesTolerancias.safeParse(crudo);
  return leidas.success ? leidas.data : TOLERANCIAS_POR_OMISION;
}

/** How one setting stands: `version` 0 = never saved, the defaults hold. */
const guardado = <T extends z.ZodMiniType>(valor: T) =>
  z.object({
    valor,
    version: z.int(),
    cambiado: z.nullable(z.object({ por: z.nullable(z.string()), en: z.string() })),
  });
/** `ajustes.empresa`, for admins. */
export const AjustesGuardados = z.object({
  escaner: guardado(ajustesEscaner),
  bloqueo: guardado(ajustesBloqueo),
  tolerancias: guardado(ajustesTolerancias),
});
export type AjustesGuardados = z.infer<typeof AjustesGuardados>;

/** `ajustes.guarda`: `version` is the one that was on the screen; when it is another by now, nothing is written. */
export const GuardaAjuste = z.discriminatedUnion('clave', [
  z.object({ clave: z.literal('escaner'), version: z.int(), valor: ajustesEscaner }),
  z.object({ clave: z.literal('bloqueo'), version: z.int(), valor: ajustesBloqueo }),
  z.object({ clave: z.literal('tolerancias'), version: z.int(), valor: ajustesTolerancias }),
]);
export type GuardaAjuste = z.infer<typeof GuardaAjuste>;
