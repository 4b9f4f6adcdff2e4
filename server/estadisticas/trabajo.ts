import * as z from 'zod/mini';
import type { Deps } from '#server/platform/deps.ts';
import type { JobKind } from '#server/platform/jobs/jobs.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { isSinMedir } from './mide.sql.ts';
import { measureAlmacenes } from './mide.ts';

/** Every night, when shops are closed and before the first of them opens. */
const CADA_NOCHE = '15 3 * * *';
const ZONA = 'America/Mexico_City';

const Datos = z.object({ almacenId: z.nullable(Uuid) });

/** Measures one almacén, or all of them. */
export function trabajoDeMedir({ db, clock }: Pick<Deps, 'db' | 'clock'>): JobKind<z.infer<typeof Datos>> {
  return {
    name: 'estadisticas.mide',
    schema: Datos,
    retries: 2,
    retryDelayS: 60,
    timeoutS: 1800,
    run: async ({ almacenId }, { signal }) => {
      await measureAlmacenes(db, clock, almacenId, signal);
    },
  };
}

/** Every night, and at once where nothing was ever measured: costs and classes must not wait for the first night. */
export async function workMedidas(deps: Deps): Promise<void> {
  const trabajo = trabajoDeMedir(deps);
  await deps.jobs.work(trabajo);
  await deps.jobs.schedule(trabajo, CADA_NOCHE, ZONA, { almacenId: null });
  if (await deps.db.asService(isSinMedir, { readOnly: true })) await requestMedida(deps, null);
}

/** By hand. False: it waits or runs already. */
export async function requestMedida(
  deps: Pick<Deps, 'db' | 'clock' | 'jobs'>,
  almacenId: string | null,
): Promise<boolean> {
  const trabajo = trabajoDeMedir(deps);
  await deps.jobs.prepare(trabajo);
  const id = await deps.db.asService((tx) =>
    deps.jobs.enqueue(tx, trabajo, { almacenId }, { key: almacenId ?? 'todos' }),
  );
  return id !== null;
}
