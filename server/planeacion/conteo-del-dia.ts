import * as z from 'zod/mini';
import { createConteo } from '#server/conteos/crea.ts';
import type { Deps } from '#server/platform/deps.ts';
import type { JobKind } from '#server/platform/jobs/jobs.ts';
import { usuarioActivo } from '#server/trpc/usuario.sql.ts';
import { conteoDelDiaId } from '#shared/domain/ajuste-id.ts';
import { desfaseDeZona } from '#shared/domain/instante.ts';
import { nombreDelDia } from '#shared/domain/planeacion/frases.ts';
import { PLANEA_CONTEOS } from '#shared/roles.ts';
import { type AjustesRow, findAjustes, findContadores } from './planeacion.sql.ts';
import { planDelDia } from './propone.ts';

const CADA_HORA = '5 * * * *';
/** A server that was off at the hour still makes it; in the afternoon it is no count of the morning any more. */
const HORAS_DE_GRACIA = 3;
const HORA_MS = 3_600_000;

type Partes = Pick<Deps, 'db' | 'clock' | 'logger'>;

/**
 * Makes today's conteo of each almacén that asked for one, blind, for its counters, in the name of who turned it on. Once a
 * day, however often it is called: its id follows from almacén and day. Returns the ids.
 */
export async function createConteosDelDia({ db, clock, logger }: Partes): Promise<string[]> {
  const todos = await db.asService((tx) => findAjustes(tx, null));
  const hechos: string[] = [];
  for (const ajustes of todos) {
    if (!ajustes.conteo_del_dia || ajustes.por === null || !esHora(ajustes, clock.now())) continue;
    try {
      const id = await createUno({ db, clock, logger }, ajustes, ajustes.por);
      if (id !== null) hechos.push(id);
    } catch (error) {
      // One almacén that cannot be planned leaves the others their count.
      logger.error({ err: error, almacen: ajustes.almacen_id }, 'the count of the day was not made');
    }
  }
  return hechos;
}

function esHora({ hora, zona_horaria }: AjustesRow, ahora: Date): boolean {
  const local =
    Math.floor((ahora.getTime() + desfaseDeZona(ahora.getTime(), zona_horaria) * 60_000) / HORA_MS) % 24;
  return local >= hora && local < hora + HORAS_DE_GRACIA;
}

async function createUno(
  { db, clock, logger }: Partes,
  ajustes: AjustesRow,
  por: string,
): Promise<string | null> {
  const quien = await usuarioActivo(db, por);
  if (quien === undefined || !PLANEA_CONTEOS.includes(quien.rol)) {
    logger.warn(
      { almacen: ajustes.almacen_id },
      'who turned on the count of the day plans no counts any more',
    );
    return null;
  }
  const ahora = clock.now();
  const { plan, fecha, contadores } = await db.asService(
    async (tx) => ({
      ...(await planDelDia(tx, ahora, ajustes.almacen_id, ajustes.minutos)),
      contadores: await findContadores(tx, ajustes.tienda_id, ajustes.contadores),
    }),
    { readOnly: true },
  );
  if (plan.caben.length === 0 || contadores.length === 0) return null;
  const id = conteoDelDiaId(ajustes.almacen_id, fecha);
  await createConteo(db, clock, quien, {
    id,
    nombre: nombreDelDia(fecha),
    almacenId: ajustes.almacen_id,
    alcance: 'lista',
    zonas: [],
    ubicacionIds: [],
    categoriaId: null,
    claseAbc: null,
    productoIds: plan.caben.map(({ candidato }) => candidato.productoId),
    ciego: true,
    reparto: 'repartido',
    contadores,
    vence: null,
    tolUnidades: null,
    tolPorcentaje: null,
    tolPesos: null,
  });
  return id;
}

export function trabajoDelDia(deps: Partes): JobKind<object> {
  return {
    name: 'planeacion.conteo-del-dia',
    schema: z.object({}),
    retries: 2,
    retryDelayS: 60,
    timeoutS: 600,
    run: async () => {
      await createConteosDelDia(deps);
    },
  };
}

export async function workConteoDelDia(deps: Deps): Promise<void> {
  const trabajo = trabajoDelDia(deps);
  await deps.jobs.work(trabajo);
  await deps.jobs.schedule(trabajo, CADA_HORA, 'America/Mexico_City', {});
}
