import * as z from 'zod/mini';
import { findAjustes } from '#server/ajustes/ajustes.sql.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import type { JobKind } from '#server/platform/jobs/jobs.ts';
import { RETENCION_EVENTOS_DIAS, RetencionEventos } from '#shared/contracts/api-eventos.ts';
import { deleteEntregas, deleteEventos } from './eventos.sql.ts';

export const CLAVE_RETENCION = 'eventos';
/** Rows of one transaction: a few milliseconds. */
const LOTE = 500;

/** How long events are kept: the company's setting, or ninety days. */
export async function retencionDe(db: Db): Promise<number> {
  const ajustes = await db.asService((tx) => findAjustes(tx, [CLAVE_RETENCION]), { readOnly: true });
  const leida = RetencionEventos.safeParse(ajustes.get(CLAVE_RETENCION)?.valor);
  return leida.success ? leida.data.dias : RETENCION_EVENTOS_DIAS;
}

/** Forgets events and settled deliveries older than the setting; how many. May be cut anywhere and begun again. */
export async function olvida(db: Db, signal?: AbortSignal): Promise<{ eventos: number; entregas: number }> {
  const dias = await retencionDe(db);
  const borra = async (lote: () => Promise<number>): Promise<number> => {
    let total = 0;
    for (let n = LOTE; n === LOTE && signal?.aborted !== true; total += n) n = await lote();
    return total;
  };
  return {
    eventos: await borra(() => db.asService((tx) => deleteEventos(tx, dias, LOTE))),
    entregas: await borra(() => db.asService((tx) => deleteEntregas(tx, dias, LOTE))),
  };
}

export function tipoOlvido({ db, logger }: Pick<Deps, 'db' | 'logger'>): JobKind<Record<string, never>> {
  return {
    name: 'eventos.olvida',
    schema: z.object({}) as z.ZodMiniType<Record<string, never>>,
    retries: 2,
    retryDelayS: 600,
    timeoutS: 3600,
    async run(_, { signal }) {
      logger.info(await olvida(db, signal), 'old events were forgotten');
    },
  };
}
