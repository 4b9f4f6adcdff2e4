/**
 * Hours as this phone tells them. Where the shop's own zone matters (reviews, movements being registered) the
 * functions of shared/formato.ts take it instead.
 */
type Instante = string | number | Date;

// why: `hour12: false` writes midnight as 24:00 in some engines
const HORA = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const conFecha = new Intl.DateTimeFormat('es-MX', { day: 'numeric', month: 'short', ...HORA });
const soloHora = new Intl.DateTimeFormat('es-MX', HORA);
const soloFecha = new Intl.DateTimeFormat('es-MX', { day: 'numeric', month: 'short', year: 'numeric' });

/** `2 mar, 10:05`. */
export function fechaHoraAqui(en: Instante): string {
  return conFecha.format(new Date(en));
}

/** `10:05`. */
export function horaAqui(en: Instante): string {
  return soloHora.format(new Date(en));
}

/** `2 mar 2026`. */
export function fechaAqui(en: Instante): string {
  return soloFecha.format(new Date(en));
}
