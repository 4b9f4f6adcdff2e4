import { backoffMs } from '#client/offline/core/backoff.ts';
import { cualquiera } from '#client/offline/core/senales.ts';
import { sincronizaYa } from '#client/offline/index.ts';
import { fetchVigilado } from './fetch-vigilado.ts';

const URL_EVENTOS = '/api/eventos';
/** The server pings every 20 s; a stream silent for this long is dead. */
const SILENCIO_MS = 50_000;

/** Splits a stream of text into the names of its events; comments (pings) have none. */
export class LectorSse {
  #rest = '';

  /** Event names completed by this chunk. */
  push(chunk: string): string[] {
    this.#rest = (this.#rest + chunk).replaceAll('\r\n', '\n');
    const blocks = this.#rest.split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const lines = block.split('\n');
      const event = lines
        .find((line) => line.startsWith('event:'))
        ?.slice(6)
        .trim();
      const data = lines.some((line) => line.startsWith('data:'));
      return event ?? (data ? 'message' : []);
    });
  }
}

/**
 * Listens to the server's "pull now" while there is a session. A hint that is lost costs a minute, never a row. Returns the
 * function that stops it.
 */
export function escuchaEventos(deps: { tieneSesion: () => boolean }): () => void {
  const stop = new AbortController();
  void escucha(deps, stop.signal);
  return () => stop.abort();
}

async function escucha(deps: { tieneSesion: () => boolean }, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    if (deps.tieneSesion() && navigator.onLine) {
      const heard = await unaConexion(signal);
      failures = heard ? 0 : failures + 1;
    }
    await pausa(backoffMs(Math.max(1, failures), Math.random()), signal);
  }
}

/** One connection until it ends; true when the server answered. */
async function unaConexion(signal: AbortSignal): Promise<boolean> {
  const silent = new AbortController();
  const both = cualquiera(signal, silent.signal);
  let timer = setTimeout(() => silent.abort(), SILENCIO_MS);
  let heard = false;
  try {
    const response = await fetchVigilado(
      URL_EVENTOS,
      { headers: { accept: 'text/event-stream' }, signal: both },
      'text/event-stream',
    );
    if (!response.ok || !response.body) return false;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const lector = new LectorSse();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return heard;
      heard = true;
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCIO_MS);
      if (lector.push(value).length > 0) sincronizaYa('aviso');
    }
  } catch {
    return heard;
  } finally {
    clearTimeout(timer);
    silent.abort();
  }
}

function pausa(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    globalThis.addEventListener('online', done, { once: true });
  });
}
