import type { PushSalida } from '#shared/contracts/sync.ts';
import { AppError, isAppError } from '#shared/errores.ts';
import type { SyncPort, TurnoLeido } from './contexto.ts';
import { leeMeta } from './epoca.ts';
import { autenticaEquipo } from './equipo.ts';
import { abreSobre, desempaca, type PushRecibido, type PushSobre, type Sobre } from './sobre.ts';
import { aplicaTramo, type Resultado, type Tramo } from './tramo.ts';
import { esTransitorio } from './transitorio.ts';

/** What the phone waits, at least, after a failure of the moment. */
const PAUSA_MS = 2_000;

/** A phone has one turno of each person that works with it. */
const MAX_TURNOS_GRATIS = 4;

/** In order of their number; the same twice stays once, and undefined means that one number came with two contents. */
function ordena(entrada: PushSobre): Sobre[] | undefined {
  const porMid = new Map<number, Sobre>();
  for (const crudo of entrada.mutations) {
    const sobre = abreSobre(crudo);
    const otro = porMid.get(sobre.mid);
    if (otro !== undefined && otro.huella !== sobre.huella) return undefined;
    porMid.set(sobre.mid, sobre);
  }
  return [...porMid.values()].sort((a, b) => a.mid - b.mid);
}

async function leeTurnos(
  port: SyncPort,
  entrada: PushSobre,
  sobres: readonly Sobre[],
): Promise<Map<string, TurnoLeido | null>> {
  const tokens = new Set(sobres.flatMap((sobre) => sobre.turno ?? []));
  // Signatures cost: many of them are checked only for a device that has proven itself.
  if (tokens.size > MAX_TURNOS_GRATIS) await estado(port, entrada);
  const leidos = new Map<string, TurnoLeido | null>();
  for (const token of tokens) leidos.set(token, await port.leeTurno(token));
  return leidos;
}

/** Where the device stands, read apart from any push. */
async function estado(
  port: SyncPort,
  entrada: PushSobre,
): Promise<Pick<PushSalida, 'epoch' | 'expectedMid'>> {
  return port.db.asService(async (tx) => {
    const equipo = await autenticaEquipo(tx, entrada);
    const { epoch } = await leeMeta(tx);
    return { epoch, expectedMid: Number(equipo.lastMid) + 1 };
  });
}

/**
 * Takes the mutations of a device (contract: `PushEntrada` or `PushEmpacado`, `PushSalida`). Exactly once rests on the ids of the rows;
 * the numbers order, and tell what the server already has. Whatever can't be applied is kept whole as a dead letter and
 * its number advances. Needs more than 64 savepoints: commits in several transactions, each with its own prefix.
 * Throws EQUIPO_DESCONOCIDO, EQUIPO_SECRETO, CUERPO_MUY_GRANDE, SERVIDOR_OCUPADO (nothing could even be read).
 */
export async function push(port: SyncPort, recibido: PushRecibido): Promise<PushSalida> {
  const entrada = desempaca(recibido);
  const results: Resultado[] = [];
  const salida = (
    kind: PushSalida['kind'],
    { epoch, expectedMid, resend }: Pick<PushSalida, 'epoch' | 'expectedMid' | 'resend'>,
  ): PushSalida => ({
    kind,
    epoch,
    expectedMid,
    serverTime: port.clock.now().toISOString(),
    results: [...results].sort((a, b) => a.mid - b.mid),
    ...(kind === 'retry' ? { retryAfterMs: PAUSA_MS } : {}),
    ...(kind === 'forked' && resend ? { resend } : {}),
  });

  const sobres = ordena(entrada);
  if (sobres === undefined) return salida('forked', await estado(port, entrada));
  try {
    const turnos = await leeTurnos(port, entrada, sobres);
    let pendientes: readonly Sobre[] = sobres;
    for (;;) {
      const tramo: Tramo = await port.db.asService((tx) =>
        aplicaTramo(tx, port, entrada, pendientes, turnos),
      );
      results.push(...tramo.results);
      if (tramo.fin !== 'sigue') return salida(tramo.fin, tramo);
      pendientes = tramo.resto;
    }
  } catch (error) {
    if (isAppError(error) || !esTransitorio(error)) throw error;
    try {
      return salida('retry', await estado(port, entrada));
    } catch (cause) {
      throw new AppError('SERVIDOR_OCUPADO', {}, cause);
    }
  }
}
