import { ListaTiposEvento, TIPOS_EVENTO, type TipoEvento } from '#shared/contracts/api-eventos.ts';
import type { Entrega, Webhook } from '#shared/contracts/api-webhooks.ts';
import { plural } from '#shared/formato.ts';

type Sena = { tono: 'ok' | 'warn' | 'bad' | 'neutral'; texto: string };

/** How a webhook stands. */
export function senaDe(w: Pick<Webhook, 'activo' | 'desactivadoEn' | 'fallandoDesde'>): Sena {
  if (!w.activo)
    return w.desactivadoEn === null
      ? { tono: 'neutral', texto: 'apagado' }
      : { tono: 'bad', texto: 'apagado por fallar' };
  return w.fallandoDesde === null
    ? { tono: 'ok', texto: 'activo' }
    : { tono: 'warn', texto: 'está fallando' };
}

export function senaDeEntrega(e: Pick<Entrega, 'estado' | 'intentos'>): Sena {
  if (e.estado === 'entregada') return { tono: 'ok', texto: 'entregada' };
  if (e.estado === 'fallida') return { tono: 'bad', texto: 'no llegó' };
  return e.intentos === 0 ? { tono: 'neutral', texto: 'en camino' } : { tono: 'warn', texto: 'se reintenta' };
}

/** `conteo` → the kinds of events about conteos, as the form offers them. */
export const FAMILIAS: readonly { value: string; label: string }[] = [
  { value: 'conteo.*', label: 'Conteos' },
  { value: 'ajuste.*', label: 'Ajustes' },
  { value: 'existencia.*', label: 'Existencias negativas' },
  { value: 'importacion.*', label: 'Importaciones' },
  { value: 'firma.*', label: 'Firmas' },
  { value: 'periodo.*', label: 'Periodos' },
  { value: 'producto.*', label: 'Productos' },
  { value: 'usuario.*', label: 'Usuarios' },
  { value: 'dispositivo.*', label: 'Dispositivos' },
];

/** The name of an event; one that this version does not know is said as it is. */
export function tipoDicho(tipo: string): string {
  if (tipo === 'webhook.prueba') return 'Aviso de prueba';
  return Object.hasOwn(TIPOS_EVENTO, tipo) ? TIPOS_EVENTO[tipo as TipoEvento] : tipo;
}

/** What is sent there, in words. */
export function tiposDichos(tipos: readonly string[]): string {
  if (tipos.length === 0) return 'Todo lo que pasa';
  const nombres = tipos.map((tipo) => FAMILIAS.find(({ value }) => value === tipo)?.label ?? tipoDicho(tipo));
  return nombres.length <= 3
    ? nombres.join(', ')
    : plural(tipos.length, 'clase de avisos', 'clases de avisos');
}

/** The last try in a line: `contestó 500 · 120 ms`. */
export function intentoDicho({ status, ms, error }: Entrega['bitacora'][number]): string {
  return `${error ?? `contestó ${status}`} · ${ms.toLocaleString('es-MX')} ms`;
}

/** Families of the form that these patterns are; `null`: they are finer than the form can say. */
export function familiasDe(tipos: readonly string[]): string[] | null {
  const conocidas = new Set(FAMILIAS.map(({ value }) => value));
  return tipos.every((tipo) => conocidas.has(tipo)) ? [...tipos] : null;
}

/** Every kind belongs to a family of the form, but for the webhooks' own. */
export const SIN_FAMILIA = ListaTiposEvento.filter(
  (tipo) => !FAMILIAS.some(({ value }) => tipo.startsWith(value.slice(0, -1))),
);
