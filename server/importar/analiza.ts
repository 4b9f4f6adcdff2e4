import type {
  AnalisisImportacion,
  FilaImportacion,
  OpcionesImportacion,
  ProblemaImportacion,
  ReparacionImportacion,
} from '#shared/contracts/importar.ts';
import type { CatalogoImportacion } from '#shared/domain/importar/catalogo.ts';
import type { MapasRecordados } from '#shared/domain/importar/planea.ts';
import { AppError } from '#shared/errores.ts';
import { launch } from '../platform/job-process.ts';
import type { MensajeAnalisis } from './analiza-process.ts';
import { PESO_MAXIMO } from './lee-libro.ts';

export type { CatalogoImportacion, MapasRecordados };

export interface EntradaAnalisis {
  readonly bytes: Uint8Array;
  readonly filename: string;
  readonly opciones: OpcionesImportacion;
  readonly catalogo: CatalogoImportacion;
  readonly mapas: MapasRecordados;
  /** Local date of the company: nothing later is believed. */
  readonly hoy: string;
}

/** Called in order; the next is sent when the promise of the former is settled, so that memory stays bounded. */
export interface OyenteAnalisis {
  /** At most 1,000 rows, none with an error. */
  filas(lote: readonly FilaImportacion[]): Promise<void>;
  problemas(lote: readonly ProblemaImportacion[]): Promise<void>;
  reparaciones(lote: readonly ReparacionImportacion[]): Promise<void>;
  avance(hechas: number, total: number | null): void;
}

/**
 * Reads a file in a process of its own, with limits of memory and time, and tells what it found: every row that can be used,
 * every problem at once, every repair. Stages: open safely → find the table → type → shop → columns → clean → match.
 * Changes nothing anywhere.
 *
 * Rejects with an AppError whose sentence says what to do when the file as a whole can't be read (IMPORTACION_*), and with
 * the signal's reason when it is aborted; the process is always ended.
 */
export type Analiza = (
  entrada: EntradaAnalisis,
  oyente: OyenteAnalisis,
  signal?: AbortSignal,
) => Promise<AnalisisImportacion>;

/** A book that inflates to 500 MB is read in pieces; its texts, the catalogue and what is being sent must fit. */
const MEMORIA_MB = 512;
/** Without a word of the process while nobody keeps it waiting. SheetJS says nothing while it reads an old .xls. */
const SILENCIO_MS = 28_000;
const PLAZO_MS = 180_000;
/** Each may take a core and half a gigabyte. */
const A_LA_VEZ = 2;
const STDERR = 4_000;

let corriendo = 0;
const formados: (() => void)[] = [];

async function turno(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (corriendo < A_LA_VEZ) {
    corriendo += 1;
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const pasa = (): void => {
      signal?.removeEventListener('abort', deja);
      resolve();
    };
    const deja = (): void => {
      formados.splice(formados.indexOf(pasa), 1);
      reject(signal!.reason);
    };
    signal?.addEventListener('abort', deja, { once: true });
    formados.push(pasa);
  });
}

function libera(): void {
  const siguiente = formados.shift();
  // The place is handed over, so `corriendo` doesn't move.
  if (siguiente === undefined) corriendo -= 1;
  else siguiente();
}

export interface LimitesAnalisis {
  readonly memoriaMb?: number;
  readonly silencioMs?: number;
  readonly plazoMs?: number;
}

function corre(
  entrada: EntradaAnalisis,
  oyente: OyenteAnalisis,
  signal: AbortSignal | undefined,
  limites: LimitesAnalisis,
): Promise<AnalisisImportacion> {
  const silencioMs = limites.silencioMs ?? SILENCIO_MS;
  const plazoMs = limites.plazoMs ?? PLAZO_MS;
  return new Promise((resolve, reject) => {
    const proceso = launch(new URL('./analiza-process.ts', import.meta.url), limites.memoriaMb ?? MEMORIA_MB);
    let stderr = '';
    proceso.stderr?.setEncoding('utf8').on('data', (texto: string) => {
      stderr = (stderr + texto).slice(-STDERR);
    });
    let acabado = false;
    let enManos = 0;
    let trabajadoMs = 0;
    let cola: Promise<void> = Promise.resolve();
    const acaba = (haz: () => void): void => {
      if (acabado) return;
      acabado = true;
      clearInterval(reloj);
      signal?.removeEventListener('abort', aborta);
      proceso.kill('SIGKILL');
      haz();
    };
    const aborta = (): void => acaba(() => reject(signal!.reason));
    let calladoMs = 0;
    const TIC = Math.min(500, silencioMs);
    const reloj = setInterval(() => {
      // Time that the listener takes is not the file's fault.
      if (enManos > 0) return;
      calladoMs += TIC;
      trabajadoMs += TIC;
      if (calladoMs < silencioMs && trabajadoMs < plazoMs) return;
      const segundos = Math.max(1, Math.round((calladoMs >= silencioMs ? silencioMs : plazoMs) / 1000));
      acaba(() => reject(new AppError('IMPORTACION_TARDADA', { segundos })));
    }, TIC);
    signal?.addEventListener('abort', aborta, { once: true });
    const entrega = (da: () => Promise<void>): void => {
      enManos += 1;
      cola = cola
        .then(async () => {
          if (acabado) return;
          await da();
          enManos -= 1;
          if (!acabado) proceso.send({ kind: 'sigue' });
        })
        .catch((error: unknown) => acaba(() => reject(error)));
    };
    proceso.on('message', (mensaje: MensajeAnalisis) => {
      calladoMs = 0;
      if (acabado) return;
      switch (mensaje.kind) {
        case 'filas':
          return entrega(() => oyente.filas(JSON.parse(mensaje.json) as FilaImportacion[]));
        case 'problemas':
          return entrega(() => oyente.problemas(JSON.parse(mensaje.json) as ProblemaImportacion[]));
        case 'reparaciones':
          return entrega(() => oyente.reparaciones(JSON.parse(mensaje.json) as ReparacionImportacion[]));
        case 'avance':
          return oyente.avance(mensaje.hechas, mensaje.total);
        case 'done':
          cola = cola.then(() => acaba(() => resolve(JSON.parse(mensaje.json) as AnalisisImportacion)));
          return;
        case 'refused':
          return acaba(() => reject(new AppError(mensaje.code, mensaje.data)));
        case 'failed':
          return acaba(() => reject(new Error(mensaje.reason)));
      }
    });
    proceso.on('error', (error) => acaba(() => reject(error)));
    proceso.on('close', (code, muerte) => {
      // What it had said before may still be in the listener's hands.
      cola = cola.then(() =>
        acaba(() => {
          const motivo = new Error(`the analysis ended with ${muerte ?? `code ${code}`}: ${stderr}`);
          // SIGKILL that is not ours is the system's or the process's own guard: out of memory.
          const llena = muerte === 'SIGKILL' || /heap out of memory/i.test(stderr);
          reject(llena ? new AppError('IMPORTACION_MEMORIA', {}, motivo) : motivo);
        }),
      );
    });
    proceso.send({ kind: 'entra', entrada } as never, (error) => {
      if (error !== null) acaba(() => reject(error));
    });
  });
}

/** `Analiza`, with limits that a test may narrow. */
export async function analizaConLimites(
  entrada: EntradaAnalisis,
  oyente: OyenteAnalisis,
  signal?: AbortSignal,
  limites: LimitesAnalisis = {},
): Promise<AnalisisImportacion> {
  if (entrada.bytes.length > PESO_MAXIMO) {
    const mb = Math.ceil(entrada.bytes.length / (1024 * 1024));
    throw new AppError('IMPORTACION_GRANDE', { mb, maximo: PESO_MAXIMO / (1024 * 1024) });
  }
  await turno(signal);
  try {
    signal?.throwIfAborted();
    return await corre(entrada, oyente, signal, limites);
  } finally {
    libera();
  }
}

export const analiza: Analiza = (entrada, oyente, signal) => analizaConLimites(entrada, oyente, signal);
