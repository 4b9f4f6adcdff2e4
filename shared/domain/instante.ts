/** A phone whose clock disagrees by more than this is flagged. */
export const DIFERENCIA_MAXIMA_MS = 2 * 60_000;

/** IANA zone, or a fixed offset in minutes east of UTC (old Androids have wrong tables, so the server sends it). */
export type Zona = string | number;

export interface MarcaDeTiempo {
  /** Raw clock of the phone when the line was saved, ms. */
  contadoEn: number;
  /** Server clock minus phone clock in ms, as last measured when the line was saved; null if never measured. */
  desfaseGuardar: number | null;
  /** The same, measured when the line was sent. */
  desfaseEnviar: number | null;
  /** Server clock on arrival, ms; null while the line is still on the phone. */
  recibidoEn: number | null;
}

export interface InstanteCorregido {
  /** ms on the server's clock, never after `recibidoEn`. */
  instante: number;
  /** True when the clock moved between save and send, or the clamp cut, by more than 2 minutes. */
  marcado: boolean;
}

/**
 * Instant of a line on the server's clock. The offset measured at the save is the right one (the clock may have
 * been set since); without it the one of the send is used.
 */
export function corrigeInstante(marca: MarcaDeTiempo): InstanteCorregido {
  const { contadoEn, desfaseGuardar, desfaseEnviar, recibidoEn } = marca;
  const corregido = contadoEn + (desfaseGuardar ?? desfaseEnviar ?? 0);
  const instante = recibidoEn === null ? corregido : Math.min(corregido, recibidoEn);
  // Without an offset of the save nobody knows whether the clock was set since: a large one is doubtful by itself.
  const salto = desfaseEnviar === null ? 0 : Math.abs(desfaseEnviar - (desfaseGuardar ?? 0));
  return {
    instante,
    marcado: salto > DIFERENCIA_MAXIMA_MS || corregido - instante > DIFERENCIA_MAXIMA_MS,
  };
}

const formatos = new Map<string, Intl.DateTimeFormat>();

function formatoDe(zona: string): Intl.DateTimeFormat {
  let formato = formatos.get(zona);
  if (!formato) {
    formato = new Intl.DateTimeFormat('en-US', {
      timeZone: zona,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatos.set(zona, formato);
  }
  return formato;
}

/** Offsets already asked for, per zone and quarter of an hour: no zone changes within one. Intl takes ~5 µs, this 0.1. */
const conocidos = new Map<string, Map<number, number>>();
const CUARTO_MS = 15 * 60_000;
const CONOCIDOS_MAX = 100_000;

/** Minutes east of UTC of a zone at an instant (America/Mexico_City in 2026: -360). */
export function desfaseDeZona(ms: number, zona: Zona): number {
  if (typeof zona === 'number') return zona;
  let deZona = conocidos.get(zona);
  if (deZona === undefined || deZona.size > CONOCIDOS_MAX) {
    deZona = new Map();
    conocidos.set(zona, deZona);
  }
  const cuarto = Math.floor(ms / CUARTO_MS);
  let desfase = deZona.get(cuarto);
  if (desfase === undefined) {
    desfase = preguntaDesfase(cuarto * CUARTO_MS, zona);
    deZona.set(cuarto, desfase);
  }
  return desfase;
}

function preguntaDesfase(ms: number, zona: string): number {
  const partes: Record<string, number> = {};
  for (const { type, value } of formatoDe(zona).formatToParts(ms)) partes[type] = Number(value);
  const { year, month, day, hour, minute, second } = partes;
  const local = Date.UTC(year!, month! - 1, day, hour, minute, second);
  return Math.round((local - ms) / 60_000);
}

/** Local calendar date `YYYY-MM-DD` of an instant: the `fecha` of a movement. */
export function fechaLocal(ms: number, zona: Zona): string {
  return new Date(ms + desfaseDeZona(ms, zona) * 60_000).toISOString().slice(0, 10);
}

/** Instant of local midnight of a `YYYY-MM-DD` date. */
export function inicioDelDia(fecha: string, zona: Zona): number {
  const utc = Date.parse(`${fecha}T00:00:00Z`);
  const primero = utc - desfaseDeZona(utc, zona) * 60_000;
  // The offset at the guess may be that of the day before a change of hour; one more step settles it.
  return utc - desfaseDeZona(primero, zona) * 60_000;
}

/** First and last ms of the local day that holds `ms`. */
export function limitesDelDia(ms: number, zona: Zona): { inicio: number; fin: number } {
  const fecha = fechaLocal(ms, zona);
  return { inicio: inicioDelDia(fecha, zona), fin: inicioDelDia(masDias(fecha, 1), zona) - 1 };
}

/** First and last ms of the local calendar month that holds `ms`. */
export function limitesDelMes(ms: number, zona: Zona): { inicio: number; fin: number } {
  const [anio, mes] = fechaLocal(ms, zona).split('-').map(Number) as [number, number];
  const siguiente = new Date(Date.UTC(anio, mes, 1)).toISOString().slice(0, 10);
  const primero = new Date(Date.UTC(anio, mes - 1, 1)).toISOString().slice(0, 10);
  return { inicio: inicioDelDia(primero, zona), fin: inicioDelDia(siguiente, zona) - 1 };
}

/** Calendar date some days later (negative: earlier). */
export function masDias(fecha: string, dias: number): string {
  return new Date(Date.parse(`${fecha}T00:00:00Z`) + dias * 86_400_000).toISOString().slice(0, 10);
}

/** What a source that knows only the day must be asked: before opening, or at closing? */
export type MomentoDelDia = 'antes_de_abrir' | 'al_cerrar';

/**
 * Where a movement known by its local date alone stands in the ledger: before opening at the day's first instant with
 * orden −1, at closing at its last with orden 1. Of today at closing nothing later than now is known: min(day's end,
 * createdAt). ms; `fecha` is YYYY-MM-DD.
 */
export function colocaSoloDia(
  fecha: string,
  momento: MomentoDelDia,
  zona: Zona,
  createdAt: number,
): { ocurridaEn: number; orden: -1 | 1 } {
  const inicio = inicioDelDia(fecha, zona);
  if (momento === 'antes_de_abrir') return { ocurridaEn: inicio, orden: -1 };
  const { fin } = limitesDelDia(inicio, zona);
  return { ocurridaEn: Math.max(inicio, Math.min(fin, createdAt)), orden: 1 };
}
