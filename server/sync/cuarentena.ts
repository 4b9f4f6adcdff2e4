import { Instante } from '#shared/contracts/basicos.ts';
import type { CuarentenaEntrada, CuarentenaSalida } from '#shared/contracts/cuarentena.ts';
import { mensajeDe } from '#shared/errores.ts';
import { selectAutores } from './autores.sql.ts';
import type { SyncPort } from './contexto.ts';
import { autenticaEquipo } from './equipo.ts';
import { sha256Hex, textoGuardable } from './huella.ts';
import { insertMutaciones, insertRechazos, selectMutaciones } from './push.sql.ts';
import { conteoDe, leeArgs } from './sobre.ts';

/**
 * Keeps a mutation that a phone set aside as a dead letter, under `-seq`, a number that no stream has: nothing of it is
 * read but to show it beside its conteo, so that it cannot break this too. Twice is once. Also of a device that was put
 * out. Throws EQUIPO_DESCONOCIDO, EQUIPO_SECRETO.
 */
export async function pon(port: SyncPort, entrada: CuarentenaEntrada): Promise<CuarentenaSalida> {
  const turno = entrada.turno === null ? null : await port.leeTurno(entrada.turno);
  return port.db.asService(async (tx) => {
    const { deviceId } = entrada;
    const equipo = await autenticaEquipo(tx, entrada, true);
    const mid = -entrada.seq;
    if ((await selectMutaciones(tx, deviceId, [mid])).has(mid)) return { guardada: true };
    const dicho = turno?.deviceId === deviceId ? turno.usuarioId : null;
    const autorId = dicho !== null && (await selectAutores(tx, [dicho])).has(dicho) ? dicho : null;
    const [name, args] = [textoGuardable(entrada.name), textoGuardable(entrada.args)];
    const ahora = port.clock.now();
    await insertMutaciones(
      tx,
      deviceId,
      [{ mid, name, args_hash: sha256Hex(entrada.args), usuario_id: autorId, result: 'quarantined' }],
      ahora,
    );
    await insertRechazos(
      tx,
      deviceId,
      [
        {
          id: port.clock.newId(),
          mid,
          usuario_id: autorId ?? equipo.usuarioId,
          conteo_id: conteoDe(name, leeArgs(entrada.args)),
          name,
          args,
          code: 'MUTACION_NO_APLICADA',
          message: textoGuardable(`${mensajeDe('MUTACION_NO_APLICADA')} (${entrada.error})`),
          result: 'quarantined',
          creada_en: Instante.safeParse(entrada.createdAt).success ? entrada.createdAt : null,
          desfase_enviar_ms: null,
        },
      ],
      ahora,
    );
    return { guardada: true };
  });
}
