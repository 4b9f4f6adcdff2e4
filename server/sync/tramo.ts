import type * as z from 'zod/mini';
import type { Tx } from '#server/platform/db/db.ts';
import type { ResultadoMutacion } from '#shared/contracts/sync.ts';
import { mensajeDe } from '#shared/errores.ts';
import { aplicaTanda, aplicaUna, type Desenlace, MAX_PUNTOS, type Presupuesto, vaEnTanda } from './aplica.ts';
import { selectAutores } from './autores.sql.ts';
import type { Meta, SyncPort, TurnoLeido } from './contexto.ts';
import { tomaEquipo } from './equipo.ts';
import { textoGuardable } from './huella.ts';
import { esCartaMuerta, type Juzgada, juzga } from './juicio.ts';
import {
  type FilaMutacion,
  insertAvance,
  insertLaguna,
  insertRechazos,
  type MutacionGuardada,
  selectLagunas,
  selectMutaciones,
} from './push.sql.ts';
import type { PushSobre, Sobre } from './sobre.ts';

export type Resultado = z.infer<typeof ResultadoMutacion>;

/** What one transaction of a push did. */
export interface Tramo {
  /** `sigue`: committed, and `resto` needs another transaction. */
  readonly fin: 'ok' | 'gap' | 'forked' | 'sigue';
  readonly epoch: string;
  readonly expectedMid: number;
  readonly results: readonly Resultado[];
  readonly resto: readonly Sobre[];
  /** With `forked`: what the phone holds for sent is not here either. */
  readonly resend?: boolean;
}

function guardado(m: MutacionGuardada): Resultado {
  const words = m.code === null || m.message === null ? {} : { code: m.code, mensaje: m.message };
  return { mid: m.mid, status: m.result, ...words };
}

/**
 * Which of the mutations are new, in order, and what the known ones answered. A number at or below `lastMid` without a
 * row lies inside a laguna, where it was lost and is welcome now, or was answered so long ago that its row is forgotten:
 * whether by this phone or by a clone of it nobody can tell any more, so it takes a new identity and sends again.
 */
async function reparte(tx: Tx, deviceId: string, sobres: readonly Sobre[], lastMid: number) {
  const viejos = sobres.filter((sobre) => sobre.mid <= lastMid);
  const conocidas = await selectMutaciones(
    tx,
    deviceId,
    viejos.map((sobre) => sobre.mid),
  );
  const ausentes = viejos.some((sobre) => !conocidas.has(sobre.mid));
  const lagunas = ausentes ? await selectLagunas(tx, deviceId) : [];
  const nuevas = sobres.filter(
    ({ mid }) =>
      mid > lastMid || (!conocidas.has(mid) && lagunas.some((l) => l.desde <= mid && mid <= l.hasta)),
  );
  const esNueva = new Set(nuevas);
  const clonado = viejos.some((sobre) => {
    const conocida = conocidas.get(sobre.mid);
    return conocida === undefined ? !esNueva.has(sobre) : conocida.argsHash !== sobre.huella;
  });
  const repetidas = viejos
    .filter((sobre) => !esNueva.has(sobre))
    .flatMap(({ mid }): Resultado[] => {
      const conocida = conocidas.get(mid);
      return conocida === undefined ? [] : [guardado(conocida)];
    });
  return { nuevas, repetidas, clonado };
}

/** Whether the server keeps another mutation under the number of the last one that the phone holds for sent. */
export async function esAjena(tx: Tx, deviceId: string, acked: PushSobre['acked']): Promise<boolean> {
  if (acked === undefined || acked === null) return false;
  const guardada = (await selectMutaciones(tx, deviceId, [acked.mid])).get(acked.mid);
  return guardada !== undefined && guardada.argsHash !== acked.hash;
}

/** Applies as much of a judged run as the budget allows; the answer is as long as what was applied. */
async function aplicaTodas(tx: Tx, juzgadas: readonly Juzgada[], meta: Meta): Promise<Desenlace[]> {
  const presupuesto: Presupuesto = { puntos: MAX_PUNTOS };
  const desenlaces: Desenlace[] = [];
  /** Index up to which lines go one by one, because their run was refused. */
  let unaPorUna = 0;
  while (desenlaces.length < juzgadas.length) {
    const i = desenlaces.length;
    const { caso } = juzgadas[i]!;
    if (esCartaMuerta(caso)) {
      desenlaces.push(caso);
      continue;
    }
    // Two: a duplicate key is tried twice.
    if (presupuesto.puntos < 2) break;
    let fin = i + 1;
    if (vaEnTanda(caso.mutador)) {
      while (fin < juzgadas.length) {
        const otro = juzgadas[fin]!.caso;
        if (esCartaMuerta(otro) || !vaEnTanda(otro.mutador) || otro.autor.id !== caso.autor.id) break;
        fin++;
      }
    }
    if (fin - i > 1 && i >= unaPorUna) {
      const tanda = juzgadas.slice(i, fin).map(({ caso: c }) => (esCartaMuerta(c) ? undefined : c.args));
      const hechas = await aplicaTanda(tx, caso.autor, tanda, meta, presupuesto);
      if (hechas !== undefined) {
        desenlaces.push(...hechas);
        continue;
      }
      unaPorUna = fin;
      if (presupuesto.puntos < 2) break;
    }
    desenlaces.push(await aplicaUna(tx, caso, meta, presupuesto));
  }
  return desenlaces;
}

/**
 * One transaction of a push: with the device's row locked it answers what is known, applies what follows without a hole,
 * and moves `last_mid` together with the effects. Runs again from the start after 40001 and 40P01, so it changes nothing
 * outside the transaction.
 */
export async function aplicaTramo(
  tx: Tx,
  port: SyncPort,
  entrada: PushSobre,
  sobres: readonly Sobre[],
  turnos: ReadonlyMap<string, TurnoLeido | null>,
): Promise<Tramo> {
  const { deviceId } = entrada;
  const equipo = await tomaEquipo(tx, entrada);
  const { epoch } = equipo;
  const ahora = port.clock.now();
  let lastMid = Number(equipo.lastMid);

  if (await esAjena(tx, deviceId, entrada.acked)) {
    return { fin: 'forked', epoch, expectedMid: lastMid + 1, results: [], resto: [], resend: true };
  }
  const { nuevas, repetidas, clonado } = await reparte(tx, deviceId, sobres, lastMid);
  if (clonado) return { fin: 'forked', epoch, expectedMid: lastMid + 1, results: [], resto: [] };

  const primera = nuevas.find((sobre) => sobre.mid > lastMid)?.mid;
  if (primera !== undefined && primera > lastMid + 1 && entrada.oldestMid > lastMid + 1) {
    const hasta = Math.min(primera, entrada.oldestMid) - 1;
    await insertLaguna(tx, { id: port.clock.newId(), deviceId, desde: lastMid + 1, hasta, at: ahora });
    lastMid = hasta;
  }
  const seguidas: Sobre[] = [];
  let siguiente = lastMid + 1;
  for (const sobre of nuevas) {
    if (sobre.mid > siguiente) break;
    if (sobre.mid === siguiente) siguiente++;
    seguidas.push(sobre);
  }

  const autores = await selectAutores(tx, [
    ...new Set([...turnos.values()].flatMap((t) => t?.usuarioId ?? [])),
  ]);
  const circunstancias = {
    deviceId,
    revocado: equipo.revokedAt !== null,
    desfaseEnviarMs: entrada.desfaseEnviarMs,
    ahora,
    turnos,
    autores,
  };
  const juzgadas = seguidas.map((sobre) => juzga(sobre, circunstancias));
  const meta: Meta = {
    deviceId,
    desfaseEnviarMs: entrada.desfaseEnviarMs,
    recibidoEn: null,
    clock: port.clock,
    avisa: port.avisa,
    comoAutor: true,
  };
  const desenlaces = await aplicaTodas(tx, juzgadas, meta);
  const hechas = juzgadas.slice(0, desenlaces.length);
  const { results, filas } = await guarda(tx, port, entrada, hechas, desenlaces, equipo.usuarioId, ahora);

  lastMid = hechas.reduce((max, { sobre }) => Math.max(max, sobre.mid), lastMid);
  const restan = sobres.length - repetidas.length - hechas.length;
  await insertAvance(tx, deviceId, filas, {
    lastMid,
    pending: Math.max(0, entrada.pending - (entrada.mutations.length - restan)),
    at: ahora,
  });
  const resto = seguidas.slice(hechas.length);
  const fin = resto.length > 0 ? 'sigue' : seguidas.length < nuevas.length ? 'gap' : 'ok';
  const pendientes = fin === 'sigue' ? nuevas.slice(hechas.length) : [];
  return { fin, epoch, expectedMid: lastMid + 1, results: [...repetidas, ...results], resto: pendientes };
}

/** Writes down the dead letters with their payload; what became of each mutation is still to be written: `filas`. */
async function guarda(
  tx: Tx,
  port: SyncPort,
  entrada: PushSobre,
  hechas: readonly Juzgada[],
  desenlaces: readonly Desenlace[],
  dueno: string | null,
  ahora: Date,
): Promise<{ results: Resultado[]; filas: FilaMutacion[] }> {
  const pares = hechas.map((juzgada, i) => ({ ...juzgada, desenlace: desenlaces[i]! }));
  const filas = pares.map(({ sobre, autorId, desenlace }) => ({
    mid: sobre.mid,
    name: textoGuardable(sobre.name),
    args_hash: textoGuardable(sobre.huella),
    usuario_id: autorId,
    result: 'result' in desenlace ? desenlace.result : desenlace.status,
  }));
  const cartas = pares.flatMap(({ sobre, autorId, conteoId, desenlace }) =>
    'result' in desenlace
      ? [
          {
            id: port.clock.newId(),
            mid: sobre.mid,
            // Shown to the author; where nobody is proven, to who has the phone.
            usuario_id: autorId ?? dueno,
            conteo_id: conteoId,
            name: textoGuardable(sobre.name),
            args: textoGuardable(sobre.args),
            code: desenlace.code,
            message: textoGuardable(mensajeDe(desenlace.code, desenlace.data)),
            result: desenlace.result,
            creada_en: sobre.createdAt,
            desfase_enviar_ms: entrada.desfaseEnviarMs,
          },
        ]
      : [],
  );
  await insertRechazos(tx, entrada.deviceId, cartas, ahora);
  const results = pares.map(({ sobre, desenlace }): Resultado => {
    if ('result' in desenlace) {
      const mensaje = mensajeDe(desenlace.code, desenlace.data);
      return { mid: sobre.mid, status: desenlace.result, code: desenlace.code, mensaje };
    }
    if (desenlace.status === 'applied') return { mid: sobre.mid, status: 'applied' };
    return { mid: sobre.mid, status: 'late', code: desenlace.code, mensaje: mensajeDe(desenlace.code) };
  });
  return { results, filas };
}
