import type { Tx } from '#server/platform/db/db.ts';
import { sqlState } from '#server/platform/db/retry.ts';
import type { ArgsDe } from '#shared/contracts/mutadores.ts';
import { AppError } from '#shared/errores.ts';
import type { Autor, Efecto, Meta } from './contexto.ts';
import { type CartaMuerta, cartaDeFallo } from './juicio.ts';
import { aplicaLineas, conteoLinea } from './mutadores/conteo-linea.ts';
import type { MutadorAlgo } from './mutadores/registro.ts';
import { enPunto } from './rol.sql.ts';

/** Sub-transactions that one transaction may use before PostgreSQL's cache of them overflows and every reader pays. */
export const MAX_PUNTOS = 64;

/** What a transaction still may spend. */
export interface Presupuesto {
  puntos: number;
}

export type Desenlace = Efecto | CartaMuerta;

const UNIQUE_VIOLATION = '23505';

/**
 * Applies one mutation in a savepoint. A duplicate key means that another device wrote the same id meanwhile: the second
 * try sees its row and can tell whether it is the same.
 */
export async function aplicaUna(
  tx: Tx,
  caso: { autor: Autor; mutador: MutadorAlgo; args: unknown },
  meta: Meta,
  presupuesto: Presupuesto,
): Promise<Desenlace> {
  for (let intento = 1; ; intento++) {
    presupuesto.puntos--;
    const hecho = await enPunto(tx, () => caso.mutador.apply(tx, caso.autor, caso.args, meta));
    if (hecho.ok) return hecho.value;
    if (intento === 1 && sqlState(hecho.error) === UNIQUE_VIOLATION) continue;
    const carta = cartaDeFallo(hecho.error);
    if (carta.code === 'MUTACION_NO_APLICADA') {
      meta.avisa?.(hecho.error, { name: caso.mutador.name, deviceId: meta.deviceId });
    }
    return carta;
  }
}

/** True for the mutator whose runs are applied at once. */
export function vaEnTanda(mutador: MutadorAlgo): boolean {
  return mutador.name === conteoLinea.name;
}

/**
 * Applies a run of lines of one author with one statement in one savepoint; undefined when the database refused it, and
 * then each line goes by itself.
 */
export async function aplicaTanda(
  tx: Tx,
  autor: Autor,
  tanda: readonly unknown[],
  meta: Meta,
  presupuesto: Presupuesto,
): Promise<Desenlace[] | undefined> {
  presupuesto.puntos--;
  const lineas = tanda as ArgsDe<'conteo.linea/1'>[];
  const hecho = await enPunto(tx, () => aplicaLineas(tx, autor, lineas, meta));
  if (!hecho.ok) return undefined;
  return hecho.value.map((efecto) => (efecto instanceof AppError ? cartaDeFallo(efecto) : efecto));
}
