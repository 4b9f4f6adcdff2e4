import { plural } from '#shared/formato.ts';

const MINUTO = 60_000;
const HORA = 60 * MINUTO;
const DIA = 24 * HORA;

/** How long ago, for people: `un momento`, `5 minutos`, `3 horas`, `2 días`. */
export function hace(ms: number): string {
  if (ms < 2 * MINUTO) return 'un momento';
  if (ms < HORA) return plural(Math.floor(ms / MINUTO), 'minuto', 'minutos');
  if (ms < 2 * DIA) return plural(Math.floor(ms / HORA), 'hora', 'horas');
  return plural(Math.floor(ms / DIA), 'día', 'días');
}
