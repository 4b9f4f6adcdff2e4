import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type { RechazoListado, ResuelveRechazo } from '#shared/contracts/usuarios.ts';
import { AppError, mensajeDe } from '#shared/errores.ts';
import { PLANEA_CONTEOS, type Rol } from '#shared/roles.ts';
import { aplicaUna, type Desenlace, MAX_PUNTOS } from './aplica.ts';
import { selectAutores } from './autores.sql.ts';
import type { SyncPort } from './contexto.ts';
import { textoGuardable } from './huella.ts';
import { cartaDeFallo } from './juicio.ts';
import { mutadorDe, NOMBRES_CONOCIDOS } from './mutadores/registro.ts';
import {
  type Lector,
  lockEnEspera,
  lockRechazo,
  type RechazoAbierto,
  selectRechazos,
  updateMotivo,
  updateResuelto,
  updateResultado,
} from './rechazos.sql.ts';
import { leeArgs } from './sobre.ts';

const RESUELTAS_MS = 30 * 86_400_000;
const MAX_LISTA = 500;

type Quien = Lector & { readonly rol: Rol };

/** Dead letters that the person may see: all open ones and those settled in the last 30 days. */
export async function rechazos(port: SyncPort, quien: Quien): Promise<z.infer<typeof RechazoListado>[]> {
  const desde = new Date(port.clock.now().getTime() - RESUELTAS_MS);
  const rows = await port.db.asService((tx) => selectRechazos(tx, quien, desde, MAX_LISTA), {
    readOnly: true,
  });
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/** Applies a dead letter in the name of its author, as if it came now but with the clocks of when it came. */
async function reintenta(tx: Tx, port: SyncPort, rechazo: RechazoAbierto): Promise<Desenlace> {
  const autor =
    rechazo.autorId === null ? undefined : (await selectAutores(tx, [rechazo.autorId])).get(rechazo.autorId);
  if (autor === undefined) return cartaDeFallo(new AppError('AUTOR_DESCONOCIDO'));
  const mutador = mutadorDe(rechazo.name);
  if (mutador === undefined) return { result: 'en_espera', code: 'MUTACION_EN_ESPERA', data: {} };
  let args: unknown;
  try {
    args = mutador.parse(leeArgs(rechazo.args));
  } catch (error) {
    return cartaDeFallo(error);
  }
  const meta = {
    deviceId: rechazo.deviceId,
    desfaseEnviarMs: rechazo.desfaseEnviarMs === null ? null : Number(rechazo.desfaseEnviarMs),
    recibidoEn: rechazo.at,
    clock: port.clock,
    avisa: port.avisa,
    comoAutor: autor.activo,
  };
  return aplicaUna(tx, { autor, mutador, args }, meta, { puntos: MAX_PUNTOS });
}

/** Writes what came of a try; true when the dead letter is settled. */
async function anota(
  tx: Tx,
  port: SyncPort,
  rechazo: RechazoAbierto,
  desenlace: Desenlace,
  por: string | null,
  nota: string | null,
): Promise<boolean> {
  if ('result' in desenlace) {
    const message = textoGuardable(mensajeDe(desenlace.code, desenlace.data));
    await updateMotivo(tx, { id: rechazo.id, code: desenlace.code, message, result: desenlace.result });
    return false;
  }
  const { deviceId, mid } = rechazo;
  await updateResultado(tx, { deviceId, mid, result: desenlace.status });
  await updateResuelto(tx, { id: rechazo.id, state: 'aplicada', por, nota, at: port.clock.now() });
  return true;
}

export interface RechazoResuelto {
  readonly state: 'abierta' | 'aplicada' | 'descartada';
  /** Why it is still open, or late; null when all is well. */
  readonly code: string | null;
  readonly mensaje: string | null;
}

/**
 * Applies a dead letter again or discards it with a note; by a gerente or admin who may see it, audited. A failed try
 * leaves it open with its new reason. Throws PROHIBIDO, NO_ENCONTRADO, RECHAZO_RESUELTO, RECHAZO_NOTA.
 */
export async function resuelveRechazo(
  port: SyncPort,
  quien: Quien,
  entrada: z.infer<typeof ResuelveRechazo>,
): Promise<RechazoResuelto> {
  if (!PLANEA_CONTEOS.includes(quien.rol)) throw new AppError('PROHIBIDO');
  const nota = entrada.nota?.trim() || null;
  if (entrada.accion === 'descartar' && nota === null) throw new AppError('RECHAZO_NOTA');
  return port.db.asService(async (tx) => {
    const rechazo = await lockRechazo(tx, entrada.id, quien);
    if (rechazo === undefined) throw new AppError('NO_ENCONTRADO');
    if (rechazo.state !== 'abierta') throw new AppError('RECHAZO_RESUELTO');
    const at = port.clock.now();
    const asienta = (accion: string, datos: Record<string, unknown>) =>
      audita(tx, {
        id: port.clock.newId(),
        en: at,
        usuarioId: quien.id,
        accion,
        entidad: 'rechazo',
        entidadId: rechazo.id,
        tiendaId: rechazo.tiendaId,
        datos: { name: rechazo.name, autorId: rechazo.autorId, conteoId: rechazo.conteoId, nota, ...datos },
      });
    if (entrada.accion === 'descartar') {
      await updateResuelto(tx, { id: rechazo.id, state: 'descartada', por: quien.id, nota, at });
      await asienta('rechazo.descartado', { code: rechazo.code });
      return { state: 'descartada', code: null, mensaje: null };
    }
    const desenlace = await reintenta(tx, port, rechazo);
    const hecho = await anota(tx, port, rechazo, desenlace, quien.id, nota);
    const code = 'code' in desenlace ? desenlace.code : null;
    await asienta('rechazo.reintentado', { aplicado: hecho, code });
    const mensaje = code === null ? null : mensajeDe(code, 'data' in desenlace ? desenlace.data : {});
    return { state: hecho ? 'aplicada' : 'abierta', code, mensaje };
  });
}

/**
 * Applies, at boot, the mutations that an older version of this server kept because it did not know their names. Each in
 * its own transaction, oldest first. Returns how many were applied.
 */
export async function aplicaEnEspera(port: SyncPort): Promise<number> {
  let aplicadas = 0;
  let tras: { at: Date; id: string } | null = null;
  for (;;) {
    const paso: { rechazo: RechazoAbierto; hecho: boolean } | undefined = await port.db.asService(
      async (tx) => {
        const rechazo = await lockEnEspera(tx, NOMBRES_CONOCIDOS, tras);
        if (rechazo === undefined) return undefined;
        return {
          rechazo,
          hecho: await anota(tx, port, rechazo, await reintenta(tx, port, rechazo), null, null),
        };
      },
    );
    if (paso === undefined) return aplicadas;
    if (paso.hecho) aplicadas++;
    tras = { at: paso.rechazo.at, id: paso.rechazo.id };
  }
}
