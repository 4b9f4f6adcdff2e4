import * as z from 'zod/mini';
import type { Tx } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import type { JobKind } from '#server/platform/jobs/jobs.ts';
import { AppError } from '#shared/errores.ts';
import { descifra } from './cifra.ts';
import type { Resuelve } from './destino.ts';
import {
  type EntregaRow,
  type IntentoRow,
  lockEntrega,
  selectEntrega,
  updateEntrega,
} from './entregas.sql.ts';
import { envia } from './envia.ts';
import { encabezadosFirmados } from './firma.ts';
import * as webhooks from './webhooks.sql.ts';

/** Waits between one try and the next: eight tries over a day. */
export const ESPERAS_S = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 6 * 3600, 10 * 3600] as const;
/** A webhook to which nothing was delivered for this long is switched off when a delivery is given up. */
const FALLANDO_MAX_MS = 5 * 86_400_000;
const BITACORA_MAXIMA = 20;
/** The receiver says that it is gone for good (Standard Webhooks, RFC 9110 §15.5.11). */
const GONE = 410;

export const DatosEntrega = z.object({ entregaId: z.string(), intento: z.int() });
export type DatosEntrega = z.infer<typeof DatosEntrega>;

export type EntregaDeps = Pick<Deps, 'db' | 'clock' | 'jobs' | 'env' | 'logger'> & {
  /** A test's own names. */
  readonly resuelve?: Resuelve | undefined;
  /** A test's own waits. */
  readonly esperasS?: readonly number[] | undefined;
};

/** The wait after a try, a little longer each time by chance, so that many deliveries do not come back at once. */
function espera(intento: number, esperasS: readonly number[], azar: number): number | undefined {
  const segundos = esperasS[intento];
  return segundos === undefined ? undefined : Math.round(segundos * 1000 * (1 + azar / 10));
}

/** 0 to 1 from the id, so that nothing of the server but the clock and ids is chance. */
function azarDe(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(-4), 16) / 0xffff;
}

/** Sends a delivery once and says what came of it. */
export async function intenta(
  { db, clock, env, resuelve }: EntregaDeps,
  entrega: Pick<EntregaRow, 'webhookId' | 'mensajeId' | 'cuerpo'>,
  signal?: AbortSignal,
): Promise<IntentoRow> {
  const { url, secreto } = await db.asService(async (tx) => {
    const webhook = await webhooks.selectWebhook(tx, entrega.webhookId);
    const cifrado = await webhooks.selectSecreto(tx, entrega.webhookId);
    if (webhook === undefined || cifrado === undefined) throw new AppError('NO_ENCONTRADO');
    return { url: webhook.url, secreto: await descifra(tx, cifrado, entrega.webhookId) };
  });
  const en = clock.now();
  const encabezados = encabezadosFirmados(secreto, {
    mensajeId: entrega.mensajeId,
    en,
    cuerpo: entrega.cuerpo,
  });
  const { status, error } = await envia(url, encabezados, entrega.cuerpo, {
    redPrivada: env.webhooksRedPrivada,
    resuelve,
    signal,
  });
  return { en: en.toISOString(), status, error, ms: Math.max(0, clock.now().getTime() - en.getTime()) };
}

/** Writes down what came of a try, and what comes next: done, another try later, or given up. */
async function anota(
  tx: Tx,
  { clock, jobs, esperasS = ESPERAS_S }: EntregaDeps,
  kind: JobKind<DatosEntrega>,
  { entregaId, intento }: DatosEntrega,
  hecho: IntentoRow,
): Promise<void> {
  // First the webhook, then the delivery: as everything that locks both.
  const antes = await selectEntrega(tx, entregaId);
  if (antes === undefined) return;
  const webhook = await webhooks.lockWebhook(tx, antes.webhookId);
  const entrega = await lockEntrega(tx, entregaId);
  if (webhook === undefined || entrega === undefined) return;
  if (entrega.estado !== 'pendiente' || entrega.intentos !== intento) return;
  const ahora = clock.now();
  const llego = hecho.error === null;
  const adios = hecho.status === GONE;
  const falta = llego || adios ? undefined : espera(intento, esperasS, azarDe(entregaId));
  const siguienteEn = falta === undefined ? null : new Date(ahora.getTime() + falta);
  await updateEntrega(tx, {
    id: entregaId,
    estado: llego ? 'entregada' : siguienteEn === null ? 'fallida' : 'pendiente',
    intentos: intento + 1,
    bitacora: [...entrega.bitacora, hecho].slice(-BITACORA_MAXIMA),
    siguienteEn,
    entregadaEn: llego ? ahora : null,
  });
  const desde = webhook.fallandoDesde ?? ahora;
  await webhooks.updateFallando(tx, webhook.id, llego ? null : desde);
  if (siguienteEn !== null) {
    await jobs.enqueue(
      tx,
      kind,
      { entregaId, intento: intento + 1 },
      { key: `${entregaId}:${intento + 1}`, at: siguienteEn },
    );
  }
  if (adios) await webhooks.desactiva(tx, webhook.id, 'Contestó 410: ya no existe ahí.', ahora);
  else if (!llego && siguienteEn === null && ahora.getTime() - desde.getTime() >= FALLANDO_MAX_MS) {
    const dias = Math.floor((ahora.getTime() - desde.getTime()) / 86_400_000);
    await webhooks.desactiva(tx, webhook.id, `En ${dias} días no recibió nada: ${hecho.error}.`, ahora);
  }
}

/** Gives up what waits for a webhook that is off. */
async function suspende(tx: Tx, { entregaId, intento }: DatosEntrega): Promise<void> {
  const entrega = await lockEntrega(tx, entregaId);
  if (entrega?.estado !== 'pendiente' || entrega.intentos !== intento) return;
  await updateEntrega(tx, { ...entrega, estado: 'fallida', siguienteEn: null });
}

/** The job of one try. Run again by itself (the process died in between) it sends once more, with the same `webhook-id`. */
export function tipoEntrega(deps: EntregaDeps): JobKind<DatosEntrega> {
  const kind: JobKind<DatosEntrega> = {
    name: 'webhooks.entrega',
    schema: DatosEntrega,
    // Of the job, not of the delivery: for a database that is away. The tries of a delivery are jobs of their own.
    retries: 5,
    retryDelayS: 10,
    retryMaxS: 300,
    timeoutS: 60,
    atOnce: 4,
    async run(datos, { signal }) {
      const listo = await deps.db.asService(async (tx) => {
        const entrega = await selectEntrega(tx, datos.entregaId);
        if (entrega?.estado !== 'pendiente' || entrega.intentos !== datos.intento) return undefined;
        const webhook = await webhooks.selectWebhook(tx, entrega.webhookId);
        if (webhook?.activo === true) return entrega;
        await suspende(tx, datos);
        return undefined;
      });
      if (listo === undefined) return;
      const hecho = await intenta(deps, listo, signal);
      // Cut because the server stops: nothing is known of it, and the next process tries again.
      if (signal.aborted && hecho.status === null) throw new Error('the delivery was cut');
      await deps.db.asService((tx) => anota(tx, deps, kind, datos, hecho));
    },
  };
  return kind;
}
