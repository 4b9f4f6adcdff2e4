import { backoffMs } from '#client/offline/core/backoff.ts';
import { cualquiera } from '#client/offline/core/senales.ts';
import type { EventoNegocio } from '#shared/contracts/api-eventos.ts';
import { alOlvidar } from './al-olvidar.ts';
import { fetchVigilado, retryAfterMs } from './fetch-vigilado.ts';
import { LectorDeEventos } from './lee-sse.ts';

const URL = '/api/eventos/negocio';
/** The server pings every 20 s; a stream silent for this long is dead. */
const SILENCIO_MS = 50_000;

/** What a screen hears: an event, or that some may have been missed and it must look for itself. */
export type Noticia = { tipo: 'evento'; evento: EventoNegocio } | { tipo: 'perdido' };
type Oyente = (noticia: Noticia) => void;

const oyentes = new Set<Oyente>();
let conexion: AbortController | undefined;
/** Where to go on after a cut; of this person and tab. */
let cursor: string | null = null;

function avisa(noticia: Noticia): void {
  for (const oyente of [...oyentes]) oyente(noticia);
}

function reinicia(): void {
  conexion?.abort();
  conexion = undefined;
  cursor = null;
  if (oyentes.size > 0) arranca();
}
alOlvidar(reinicia);

/** Hears what happens in the business while somebody listens: one connection for all screens. Returns what stops it. */
export function oye(oyente: Oyente): () => void {
  oyentes.add(oyente);
  if (conexion === undefined) arranca();
  return () => {
    oyentes.delete(oyente);
    if (oyentes.size > 0) return;
    conexion?.abort();
    conexion = undefined;
    // Who listens again later reads its tables anew.
    cursor = null;
  };
}

function arranca(): void {
  conexion = new AbortController();
  void escucha(conexion.signal);
}

async function escucha(signal: AbortSignal): Promise<void> {
  let fallas = 0;
  while (!signal.aborted) {
    const { oyo, esperaMs } = await una(signal);
    fallas = oyo ? 0 : fallas + 1;
    await pausa(Math.max(esperaMs, backoffMs(Math.max(1, fallas), Math.random())), signal);
  }
}

/** One connection until it ends. Without a cursor to resume from, what happened in between is not known. */
async function una(signal: AbortSignal): Promise<{ oyo: boolean; esperaMs: number }> {
  const mudo = new AbortController();
  let reloj = setTimeout(() => mudo.abort(), SILENCIO_MS);
  let oyo = false;
  try {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (cursor !== null) headers['last-event-id'] = cursor;
    const respuesta = await fetchVigilado(
      URL,
      { headers, signal: cualquiera(signal, mudo.signal) },
      'text/event-stream',
    );
    if (!respuesta.ok || respuesta.body === null) {
      await respuesta.body?.cancel();
      return { oyo, esperaMs: retryAfterMs(respuesta.headers.get('retry-after'), Date.now()) ?? 0 };
    }
    const lector = new LectorDeEventos();
    const partes = respuesta.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await partes.read();
      if (done) return { oyo, esperaMs: 0 };
      oyo = true;
      clearTimeout(reloj);
      reloj = setTimeout(() => mudo.abort(), SILENCIO_MS);
      for (const { id, event, data } of lector.push(value)) {
        if (signal.aborted) return { oyo, esperaMs: 0 };
        if (id !== null) cursor = id;
        if (event === 'perdido') avisa({ tipo: 'perdido' });
        else if (data !== null) avisa({ tipo: 'evento', evento: JSON.parse(data) as EventoNegocio });
      }
    }
  } catch {
    return { oyo, esperaMs: 0 };
  } finally {
    clearTimeout(reloj);
    mudo.abort();
  }
}

function pausa(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((listo) => {
    const fin = () => {
      clearTimeout(reloj);
      signal.removeEventListener('abort', fin);
      listo();
    };
    const reloj = setTimeout(fin, ms);
    signal.addEventListener('abort', fin, { once: true });
  });
}
