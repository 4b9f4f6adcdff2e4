import type { HelloEntrada, HelloSalida } from '#shared/contracts/sync.ts';
import { desfaseDeZona } from '#shared/domain/instante.ts';
import type { SyncPort } from './contexto.ts';
import { leeMeta } from './epoca.ts';
import { updateVisto } from './equipo.sql.ts';
import { autenticaEquipo } from './equipo.ts';
import { selectScopes, selectZonas } from './hello.sql.ts';
import { esAjena } from './tramo.ts';

const TIENDA = 'tienda:';

/**
 * The greeting of a device, with or without a person: where the server stands, and what the phone last said of itself.
 * `zonas` are the shops of the person, else of the last one who registered this phone: a phone without a session still
 * shows the right hour. Throws EQUIPO_DESCONOCIDO, EQUIPO_SECRETO.
 */
export async function hello(
  port: SyncPort,
  usuarioId: string | null,
  entrada: HelloEntrada,
): Promise<HelloSalida> {
  return port.db.asService(async (tx) => {
    const equipo = await autenticaEquipo(tx, entrada, true);
    const ahora = port.clock.now();
    await updateVisto(tx, {
      id: entrada.deviceId,
      app: entrada.app,
      schema: entrada.schema,
      pending: entrada.pending,
      oldestPendingAt: entrada.oldestPendingAt,
      at: ahora,
    });
    const meta = await leeMeta(tx);
    const dueno = usuarioId ?? equipo.usuarioId;
    const scopes = dueno === null ? [] : await selectScopes(tx, dueno);
    const tiendas = scopes
      .filter((scope) => scope.startsWith(TIENDA))
      .map((scope) => scope.slice(TIENDA.length));
    const zonas = await selectZonas(tx, tiendas);
    return {
      epoch: meta.epoch,
      serverTime: ahora.toISOString(),
      expectedMid: Number(equipo.lastMid) + 1,
      minPullSchema: meta.minPullSchema,
      revoked: equipo.revokedAt !== null,
      forked: await esAjena(tx, entrada.deviceId, entrada.acked),
      scopes: usuarioId === null ? [] : scopes,
      zonas: Object.fromEntries(zonas.map(({ id, zona }) => [id, desfaseDeZona(ahora.getTime(), zona)])),
    };
  });
}
