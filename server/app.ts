import { accesoRest } from './acceso/rest.ts';
import { tokenRest } from './acceso/token-rest.ts';
import { createVerifyAccess } from './acceso/verify.ts';
import { apiRest } from './api/rest.ts';
import { archivosRest } from './archivos/rest.ts';
import { actaRest } from './conteos/acta/rest.ts';
import type { Env } from './env.ts';
import { estadisticasRest } from './estadisticas/rest.ts';
import { workMedidas } from './estadisticas/trabajo.ts';
import { etiquetasRest } from './etiquetas/rest.ts';
import { existenciasRest } from './existencias/rest.ts';
import { hojasRest } from './hojas/rest.ts';
import type { RestPlugin } from './http.ts';
import { importarRest } from './importar/rest.ts';
import { importarWorkers } from './importar/trabajos.ts';
import { workConteoDelDia } from './planeacion/conteo-del-dia.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Db } from './platform/db/db.ts';
import type { Deps } from './platform/deps.ts';
import { createEvents } from './platform/events.ts';
import { createJobs } from './platform/jobs/jobs.ts';
import type { Logger } from './platform/logger.ts';
import { productosRest } from './productos/rest.ts';
import { startSync } from './sync/port.ts';
import { syncRest } from './sync/rest.ts';
import { transaccionesRest } from './transacciones/rest.ts';
import { webhooksWorkers } from './webhooks/trabajos.ts';

/** REST routes of the capabilities, in the order they are mounted. */
export const restPlugins: readonly RestPlugin[] = [
  accesoRest,
  tokenRest,
  archivosRest,
  syncRest,
  existenciasRest,
  transaccionesRest,
  productosRest,
  actaRest,
  etiquetasRest,
  hojasRest,
  estadisticasRest,
  importarRest,
  apiRest,
];

/** Makes this process do the background work of the capabilities. */
export const jobWorkers: readonly ((deps: Deps) => Promise<void>)[] = [
  importarWorkers,
  webhooksWorkers,
  workMedidas,
  workConteoDelDia,
];

/** Wires the parts that all capabilities share, over a migrated database. */
export async function createDeps(
  env: Env,
  db: Db,
  logger: Logger,
  clock: Clock = systemClock,
): Promise<Deps> {
  await startSync({ db, clock, logger });
  return {
    env,
    db,
    clock,
    logger,
    events: await createEvents(db, logger),
    jobs: createJobs(db, logger),
    verifyAccessToken: await createVerifyAccess({ db, clock, env }),
  };
}
