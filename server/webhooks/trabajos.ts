import { tipoOlvido } from '#server/eventos/olvida.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import { tipoEntrega } from './entrega.ts';
import { iniciaReparto } from './reparte.ts';

const repartos = new WeakMap<Db, () => Promise<void>>();

/** This process distributes events to the webhooks, delivers them, and forgets the old ones. */
export async function webhooksWorkers(deps: Deps): Promise<void> {
  await deps.jobs.work(tipoEntrega(deps));
  const olvido = tipoOlvido(deps);
  await deps.jobs.work(olvido);
  await deps.jobs.schedule(olvido, '40 3 * * *', 'America/Mexico_City', {});
  repartos.set(deps.db, await iniciaReparto(deps));
}

/** Before the database closes. */
export async function terminaReparto(db: Db): Promise<void> {
  const termina = repartos.get(db);
  repartos.delete(db);
  await termina?.();
}
