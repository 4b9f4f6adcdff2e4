import type { EventoRow } from '#server/eventos/eventos.sql.ts';
import { aEvento } from '#server/eventos/lee.ts';
import type { Deps } from '#server/platform/deps.ts';
import type { JobKind } from '#server/platform/jobs/jobs.ts';
import { tocaTipo } from '#shared/contracts/api-eventos.ts';
import { tipoEntrega } from './entrega.ts';
import {
  insertEntrega,
  type Suscrito,
  selectPorRepartir,
  selectSuscritos,
  tomaReparto,
  updateRepartido,
} from './entregas.sql.ts';

const CHANNEL = 'devcompras_negocio';
/** Events of one transaction. */
const LOTE = 100;
/** What a lost notice costs at most. */
const CADA_MS = 30_000;
/** While another process distributes, a look whether it went on to the end. */
const OTRO_MS = 1_000;

/** The body of an event's request, as the Standard Webhooks specification has them: what is signed. */
export function cuerpoDe(evento: EventoRow): string {
  const { id, pos, tipo, en, tiendaId, conteoId, datos } = aEvento(evento);
  return JSON.stringify({ type: tipo, timestamp: en, data: { id, pos, tiendaId, conteoId, ...datos } });
}

/** An event of the whole company goes to webhooks without shops of their own only when they name none. */
function leToca(webhook: Suscrito, evento: EventoRow): boolean {
  if (evento.en < webhook.creadoEn || !tocaTipo(webhook.tipos, evento.tipo)) return false;
  if (webhook.tiendaIds.length === 0) return true;
  return evento.tiendaId !== null && webhook.tiendaIds.includes(evento.tiendaId);
}

/**
 * Makes the deliveries of the next events, each with its job, and moves the mark, in one transaction: none is forgotten, none made
 * twice. `otro`: another process is at it, and may end before it is done.
 */
export async function reparteLote(
  { db, clock, jobs }: Pick<Deps, 'db' | 'clock' | 'jobs'>,
  entrega: JobKind<{ entregaId: string; intento: number }>,
): Promise<'mas' | 'nada' | 'otro'> {
  // Preparing opens the queue, which a company without webhooks does not need.
  if ((await db.asService(selectSuscritos, { readOnly: true })).length > 0) await jobs.prepare(entrega);
  return db.asService(async (tx) => {
    const marca = await tomaReparto(tx);
    if (marca === undefined) return 'otro';
    if (marca.repartido >= marca.pos) return 'nada';
    const eventos = await selectPorRepartir(tx, marca.repartido, marca.pos, LOTE);
    const suscritos = eventos.length === 0 ? [] : await selectSuscritos(tx);
    for (const evento of eventos) {
      const cuerpo = cuerpoDe(evento);
      for (const webhook of suscritos) {
        if (!leToca(webhook, evento)) continue;
        const creadaEn = clock.now();
        const entregaId = await insertEntrega(tx, {
          id: clock.newId(),
          webhookId: webhook.id,
          mensajeId: `evt_${evento.id}`,
          eventoId: evento.id,
          tipo: evento.tipo,
          cuerpo,
          siguienteEn: creadaEn,
          creadaEn,
        });
        if (entregaId !== null)
          await jobs.enqueue(tx, entrega, { entregaId, intento: 0 }, { key: `${entregaId}:0` });
      }
    }
    const hasta = eventos.length === LOTE ? eventos.at(-1)!.pos : marca.pos;
    await updateRepartido(tx, hasta);
    return hasta < marca.pos ? 'mas' : 'nada';
  });
}

/** Distributes from now on, whenever something happens; the function that stops it. */
export async function iniciaReparto(
  deps: Pick<Deps, 'db' | 'clock' | 'jobs' | 'logger' | 'env'>,
): Promise<() => Promise<void>> {
  const { db, logger } = deps;
  const entrega = tipoEntrega(deps);
  let corre: Promise<void> | undefined;
  let otraVez = false;
  let cerrado = false;

  async function reparte(): Promise<void> {
    do {
      otraVez = false;
      try {
        let queda: Awaited<ReturnType<typeof reparteLote>> = 'mas';
        while (!cerrado && queda === 'mas') queda = await reparteLote(deps, entrega);
        if (queda === 'otro') setTimeout(despierta, OTRO_MS).unref();
      } catch (error) {
        // The mark stands where it was: the next notice, or half a minute, goes on from there.
        if (!cerrado) logger.warn({ err: error }, 'events could not be distributed to the webhooks');
        return;
      }
    } while (otraVez && !cerrado);
  }

  function despierta(): void {
    otraVez = true;
    if (cerrado || corre !== undefined) return;
    corre = reparte().finally(() => {
      corre = undefined;
    });
  }

  const deja = await db.listen(CHANNEL, despierta);
  const timer = setInterval(despierta, CADA_MS);
  timer.unref();
  despierta();
  return async () => {
    cerrado = true;
    clearInterval(timer);
    await deja();
    await corre;
  };
}
