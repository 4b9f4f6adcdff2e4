import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '#server/platform/deps.ts';
import { SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import { armaSnapshot, convieneArmar, MIN_FILAS } from './snapshot.ts';

const CHANNEL = 'devcompras_sync';

export interface ObreroOpciones {
  /** Without changes of the catalogue for this long it has settled; while they go on, it is built this seldom. */
  readonly asientaMs?: number;
  readonly cadaMs?: number;
  readonly minFilas?: number;
}

/**
 * Builds snapshots ahead: some seconds after the start, and when the changes of the catalogue have settled. Never as part
 * of a request, and half of the time idle, so that requests meanwhile lose little. Resolves to the function that stops.
 */
export async function iniciaObrero(
  { db, logger }: Pick<Deps, 'db' | 'logger'>,
  { asientaMs = 5_000, cadaMs = 60_000, minFilas = MIN_FILAS }: ObreroOpciones = {},
): Promise<() => Promise<void>> {
  let timer: NodeJS.Timeout | undefined;
  let desde: number | undefined;
  let abierto = true;
  let trabajo: Promise<void> | undefined;

  async function trabaja(): Promise<void> {
    desde = undefined;
    try {
      if (!(await convieneArmar(db, minFilas)) || !abierto) return;
      const inicio = performance.now();
      const listo = await armaSnapshot(db, {
        respira: (tardo) => sleep(tardo),
        sigue: () => abierto,
      });
      if (listo)
        logger.info({ ms: Math.round(performance.now() - inicio) }, 'snapshot of the catalogue built');
    } catch (error) {
      // Phones pull meanwhile; the next change or start tries again.
      if (abierto) logger.warn({ err: error }, 'a snapshot could not be built');
    }
  }

  function programa(): void {
    if (!abierto) return;
    const ahora = performance.now();
    desde ??= ahora;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        if (trabajo !== undefined) {
          desde = undefined;
          programa();
          return;
        }
        trabajo = trabaja().finally(() => {
          trabajo = undefined;
        });
      },
      Math.max(0, Math.min(asientaMs, desde + cadaMs - ahora)),
    );
    timer.unref();
  }

  const deja = await db.listen(CHANNEL, (payload) => {
    if (payload === '' || payload === '*' || payload.split(',').includes(SCOPE_SNAPSHOT)) programa();
  });
  programa();

  return async () => {
    abierto = false;
    clearTimeout(timer);
    await deja();
    await trabajo;
  };
}
