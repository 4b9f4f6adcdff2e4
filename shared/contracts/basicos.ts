import * as z from 'zod/mini';

/** Any UUID, in the lower-case form that both sides make. */
export const Uuid = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
/** Instant as ISO 8601 with offset, e.g. `2026-03-02T16:05:00.000Z`. */
export const Instante = z.iso.datetime({ offset: true });
/** Quantity as decimal text: up to 13 whole digits and 5 decimals, never exponent notation. */
export const CantidadTexto = z.string().check(z.regex(/^-?\d{1,13}(\.\d{1,5})?$/));
/** Pesos as decimal text with up to 2 decimals. */
export const PesosTexto = z.string().check(z.regex(/^-?\d{1,12}(\.\d{1,2})?$/));
/** Unit cost as decimal text with up to 6 decimals. */
export const CostoTexto = z.string().check(z.regex(/^-?\d{1,12}(\.\d{1,6})?$/));
/** SHA-256 as lower-case hex. */
export const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Trimmed, non-empty text of at most 500 characters: reasons, notes. */
export const TextoCorto = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));
