import * as z from 'zod/mini';
import type { JobKind, Run } from '#server/platform/jobs/jobs.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import type { Analiza } from './analiza.ts';
import { aplica } from './aplica.ts';
import { deshace } from './deshace.ts';
import { ensaya } from './ensaya.ts';
import { errorDicho } from './error-dicho.ts';
import { lectura } from './lectura.ts';
import { deleteLotesViejos } from './lotes.sql.ts';
import { Marcha } from './marcha.ts';
import type { Taller } from './taller.ts';
import * as q from './uploads.sql.ts';

const Lee = z.object({ uploadId: Uuid, generacion: z.int(), soloEnsayo: z.optional(z.boolean()) });
type Lee = z.infer<typeof Lee>;
const Uno = z.object({ uploadId: Uuid });
type Uno = z.infer<typeof Uno>;

const INTENTOS = 4;
const PLAZO_S = 3_600;
const DIAS_LOTES = 30;
const DIA_MS = 86_400_000;

/** Loaded when the first file is read: most processes never do. */
const analizaArchivo: Analiza = async (...args) => {
  const { analiza } = await import('./analiza.ts');
  return analiza(...args);
};

const de = { retries: INTENTOS, retryDelayS: 2, retryMaxS: 60, timeoutS: PLAZO_S };

/** The stopping of this process is not the end of the work: the next run goes on. */
function exigeSeguir(signal: AbortSignal): void {
  if (signal.aborted) throw signal.reason;
}

function esPasajero(code: string, retry: number): boolean {
  return code === 'SERVIDOR_OCUPADO' && retry < INTENTOS;
}

async function corre<T>(
  t: Taller,
  id: string,
  generacion: number,
  signal: AbortSignal,
  fn: (m: Marcha) => Promise<T>,
): Promise<T> {
  const marcha = new Marcha(t, id, generacion, signal);
  try {
    return await fn(marcha);
  } finally {
    await marcha.termina();
  }
}

async function lee(
  t: Taller,
  analiza: Analiza,
  { uploadId, generacion, soloEnsayo }: Lee,
  run: Run,
): Promise<void> {
  const toma = await t.db.asService(async (tx) => {
    const u = await q.findUpload(tx, uploadId, true);
    if (u === undefined || u.generacion !== generacion || !['pending', 'processing'].includes(u.status))
      return false;
    if (u.cancelar) {
      await q.updateFin(tx, uploadId, 'cancelled', { at: t.clock.now() });
      return false;
    }
    await q.updateEmpieza(tx, uploadId, t.clock.now(), soloEnsayo === true && u.analisis !== null);
    return true;
  });
  if (!toma) return;
  try {
    await corre(t, uploadId, generacion, run.signal, async (marcha) => {
      const u = await t.db.asService((tx) => q.findUpload(tx, uploadId), { readOnly: true });
      if (u?.analisis == null) await lectura(t, analiza, uploadId, generacion, marcha);
      await ensaya(t, uploadId, marcha);
    });
  } catch (error) {
    exigeSeguir(run.signal);
    const { app, dicho } = errorDicho(error);
    if (esPasajero(app.code, run.retry)) throw error;
    if (app.code === 'ERROR_INTERNO') t.logger.error({ err: error, uploadId }, 'an import could not be read');
    await t.db.asService(async (tx) => {
      const u = await q.findUpload(tx, uploadId, true);
      if (u === undefined || u.generacion !== generacion || u.status !== 'processing') return;
      if (u.cancelar) await q.updateFin(tx, uploadId, 'cancelled', { at: t.clock.now() });
      else await q.updateFin(tx, uploadId, 'failed', { at: t.clock.now(), error: dicho });
    });
  }
}

/** Takes back what an apply wrote that was cancelled or failed, or what a person undoes. */
async function revierte(t: Taller, u: q.UploadRow, signal: AbortSignal): Promise<void> {
  const porId = await t.db.asService((tx) => q.findPorDeshacer(tx, u.id), { readOnly: true });
  const error = u.error_details;
  await corre(t, u.id, u.generacion, signal, (marcha) =>
    deshace(t, u.id, marcha, {
      porId,
      estado: u.completed_at !== null ? 'reverted' : error === null ? 'cancelled' : 'failed',
      ...(error === null ? {} : { error }),
    }),
  );
}

async function aplicaODevuelve(t: Taller, { uploadId }: Uno, run: Run): Promise<void> {
  const mira = () => t.db.asService((tx) => q.findUpload(tx, uploadId), { readOnly: true });
  const u = await mira();
  if (u?.status === 'applying' && !u.cancelar) {
    try {
      await corre(t, uploadId, u.generacion, run.signal, (marcha) => aplica(t, uploadId, marcha));
    } catch (error) {
      exigeSeguir(run.signal);
      const { app, dicho } = errorDicho(error);
      if (esPasajero(app.code, run.retry)) throw error;
      if (app.code !== 'IMPORTACION_DETENIDA') {
        if (app.code === 'ERROR_INTERNO')
          t.logger.error({ err: error, uploadId }, 'an import could not be applied');
        await t.db.asService((tx) => q.updateRevirtiendo(tx, uploadId, dicho));
      }
    }
  }
  const queda = await mira();
  if (queda?.status === 'applying' && queda.cancelar)
    await t.db.asService((tx) => q.updateRevirtiendo(tx, uploadId, null));
  const ahora = await mira();
  if (ahora?.status === 'reverting') await revierte(t, ahora, run.signal);
}

/** Kinds of background work of imports. All of it survives a restart: the state is in the tables. */
export function trabajosDe(t: Taller, analiza: Analiza = analizaArchivo) {
  const leer: JobKind<Lee> = {
    ...de,
    name: 'importar.lee',
    schema: Lee,
    run: (datos, run) => lee(t, analiza, datos, run),
  };
  const aplicar: JobKind<Uno> = {
    ...de,
    name: 'importar.aplica',
    schema: Uno,
    run: (datos, run) => aplicaODevuelve(t, datos, run),
  };
  const deshacer: JobKind<Uno> = {
    ...de,
    name: 'importar.deshace',
    schema: Uno,
    async run({ uploadId }, { signal }) {
      const u = await t.db.asService((tx) => q.findUpload(tx, uploadId), { readOnly: true });
      if (u?.status === 'reverting') await revierte(t, u, signal);
    },
  };
  const limpiar: JobKind<Record<string, never>> = {
    ...de,
    name: 'importar.limpia',
    schema: z.object({}) as never,
    async run() {
      const antesDe = new Date(t.clock.now().getTime() - DIAS_LOTES * DIA_MS);
      await t.db.asService((tx) => deleteLotesViejos(tx, antesDe));
    },
  };
  return { leer, aplicar, deshacer, limpiar };
}

/** Makes this process do the work of imports. */
export async function importarWorkers(t: Taller): Promise<void> {
  const { leer, aplicar, deshacer, limpiar } = trabajosDe(t);
  for (const trabajo of [leer, aplicar, deshacer]) await t.jobs.work(trabajo as JobKind<Uno>);
  await t.jobs.work(limpiar);
  await t.jobs.schedule(limpiar, '20 3 * * *', 'America/Mexico_City', {});
}
