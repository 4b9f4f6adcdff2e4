import { masDias } from '../instante.ts';

const MESES = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'] as const;
const MESES_LARGOS = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
] as const;

/** Dates are `YYYY-MM-DD`, months `YYYY-MM`; a week is named by its Monday. */
const mesDe = (fecha: string) => Number(fecha.slice(5, 7)) - 1;
const diaDe = (fecha: string) => Number(fecha.slice(8, 10));

/** `9 nov`. */
export const diaCorto = (fecha: string): string => `${diaDe(fecha)} ${MESES[mesDe(fecha)]}`;

/** `9 al 15 nov`, `30 nov al 6 dic`. */
export function semanaVista(lunes: string): string {
  const domingo = masDias(lunes, 6);
  const inicio = mesDe(lunes) === mesDe(domingo) ? String(diaDe(lunes)) : diaCorto(lunes);
  return `${inicio} al ${diaCorto(domingo)}`;
}

/** `nov 2026`. */
export const mesCorto = (mes: string): string => `${MESES[mesDe(mes)]} ${mes.slice(0, 4)}`;
/** `noviembre`. */
export const mesLargo = (mes: string): string => MESES_LARGOS[mesDe(mes)]!;

/** Monday of the week of a date. */
export function lunesDe(fecha: string): string {
  const dia = new Date(`${fecha}T00:00:00Z`).getUTCDay();
  return masDias(fecha, -((dia + 6) % 7));
}

/** The last `n` Mondays, oldest first; the last one is that of the week of `hoy`, which is not over. */
export function semanasHasta(hoy: string, n: number): string[] {
  const lunes = lunesDe(hoy);
  return Array.from({ length: n }, (_, i) => masDias(lunes, (i - n + 1) * 7));
}

/** The same week of the year before: as many shopping days of each kind. */
export const haceUnAnio = (lunes: string): string => masDias(lunes, -364);

/** The last `n` months, oldest first, that of `hoy` included. */
export function mesesHasta(hoy: string, n: number): string[] {
  const [anio, mes] = hoy.split('-').map(Number) as [number, number];
  return Array.from({ length: n }, (_, i) =>
    new Date(Date.UTC(anio, mes - 1 - (n - 1 - i), 1)).toISOString().slice(0, 7),
  );
}

/** First and last day of a month. */
export function diasDelMes(mes: string): { desde: string; hasta: string } {
  const [anio, n] = mes.split('-').map(Number) as [number, number];
  return { desde: `${mes}-01`, hasta: new Date(Date.UTC(anio, n, 0)).toISOString().slice(0, 10) };
}
