import { desfaseDeZona, type Zona } from '#shared/domain/instante.ts';

/**
 * The value of a `datetime-local` field in a shop's zone, whatever the zone of the phone: the browser neither knows nor
 * converts it.
 */

const CAMPO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;
const MINUTO_MS = 60_000;
const DIA_MS = 24 * 60 * MINUTO_MS;

/** `2026-03-02T10:05`: the shop's wall clock at an instant. */
export function aCampoLocal(ms: number, zona: Zona): string {
  return new Date(ms + desfaseDeZona(ms, zona) * MINUTO_MS).toISOString().slice(0, 16);
}

/**
 * Instant of a wall-clock time of the shop, ms; null for text that is none. An hour that happens twice is the first
 * of both; one that a change of hour skips is moved forward by what was skipped.
 */
export function deCampoLocal(texto: string, zona: Zona): number | null {
  if (!CAMPO.test(texto)) return null;
  const reloj = Date.parse(`${texto}Z`);
  if (Number.isNaN(reloj)) return null;
  const antes = desfaseDeZona(reloj - DIA_MS, zona);
  const despues = desfaseDeZona(reloj + DIA_MS, zona);
  const posibles = [antes, despues]
    .map((desfase) => ({ ms: reloj - desfase * MINUTO_MS, desfase }))
    .filter(({ ms, desfase }) => desfaseDeZona(ms, zona) === desfase)
    .map(({ ms }) => ms);
  return posibles.length > 0 ? Math.min(...posibles) : reloj - antes * MINUTO_MS;
}
