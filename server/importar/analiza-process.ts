import { Worker } from 'node:worker_threads';
import type { Codigo } from '#shared/codes.ts';
import { type ErrorData, isAppError } from '#shared/errores.ts';
import type { EntradaAnalisis, OyenteAnalisis } from './analiza.ts';
import { leeArchivo } from './lee-archivo.ts';

/** What the process of an analysis says. Lots travel as JSON: cheaper than a structured clone of as many objects. */
export type MensajeAnalisis =
  | { readonly kind: 'filas' | 'problemas' | 'reparaciones'; readonly json: string }
  | { readonly kind: 'avance'; readonly hechas: number; readonly total: number | null }
  | { readonly kind: 'done'; readonly json: string }
  | { readonly kind: 'refused'; readonly code: Codigo; readonly data: ErrorData }
  | { readonly kind: 'failed'; readonly reason: string };

/** Lots on their way or in the listener's hands: the next is read meanwhile, and no more. */
const VENTANA = 3;
/** Beyond it the process ends itself: buffers are no part of the heap that V8 limits. */
const RSS_MAXIMO = 900 * 1024 * 1024;

/**
 * A thread of its own sees what the main one can't while a library is busy: that the server is gone, that memory ends.
 * SIGKILL, because nothing here needs to be put in order.
 */
const GUARDIA = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.ppid !== workerData.padre || process.memoryUsage.rss() > workerData.maximo) process.kill(process.pid, 'SIGKILL');
}, 250);
`;

function manda(mensaje: MensajeAnalisis): void {
  process.send?.(mensaje);
}

if (process.send === undefined) throw new Error('this module runs only as a process of analiza');
new Worker(GUARDIA, { eval: true, workerData: { padre: process.ppid, maximo: RSS_MAXIMO } });
process.once('disconnect', () => process.exit(0));

let fuera = 0;
let espera: (() => void) | null = null;

async function lote(kind: 'filas' | 'problemas' | 'reparaciones', cosas: readonly unknown[]): Promise<void> {
  manda({ kind, json: JSON.stringify(cosas) });
  fuera += 1;
  if (fuera < VENTANA) return;
  await new Promise<void>((resolve) => {
    espera = resolve;
  });
}

const oyente: OyenteAnalisis = {
  filas: (cosas) => lote('filas', cosas),
  problemas: (cosas) => lote('problemas', cosas),
  reparaciones: (cosas) => lote('reparaciones', cosas),
  avance: (hechas, total) => manda({ kind: 'avance', hechas, total }),
};

process.on('message', (mensaje: { kind: 'sigue' } | { kind: 'entra'; entrada: EntradaAnalisis }) => {
  if (mensaje.kind === 'sigue') {
    fuera -= 1;
    espera?.();
    espera = null;
    return;
  }
  leeArchivo(mensaje.entrada, oyente).then(
    (analisis) => manda({ kind: 'done', json: JSON.stringify(analisis) }),
    (error: unknown) =>
      manda(
        isAppError(error)
          ? { kind: 'refused', code: error.code, data: error.data }
          : {
              kind: 'failed',
              reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
            },
      ),
  );
});
