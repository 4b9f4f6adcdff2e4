import type { Tx } from '#server/platform/db/db.ts';
import { corrigeInstante } from '#shared/domain/instante.ts';
import { AppError } from '#shared/errores.ts';
import { cuentaEn, type Proposito, VE_EXISTENCIAS } from '#shared/roles.ts';
import type { Autor, Efecto, Meta } from '../contexto.ts';
import { comoPersona } from '../rol.sql.ts';

/**
 * One kind of journalled mutation. `apply` runs inside a savepoint of the push's transaction; it throws AppError with
 * the code of the dead letter, and leaves any failure of the database as it is. Applying twice equals applying once.
 */
export interface Mutador<A> {
  readonly name: string;
  /** Reads the arguments; throws a zod error. */
  parse(value: unknown): A;
  // A method, so that the registry may hold mutators of different arguments.
  apply(tx: Tx, autor: Autor, args: A, meta: Meta): Promise<Efecto>;
}

/** Runs the writes of a mutator as its author, so that row-level security is a second fence. */
export function escribe<T>(tx: Tx, autor: Autor, meta: Meta, fn: () => Promise<T>): Promise<T> {
  return meta.comoAutor ? comoPersona(tx, autor.id, fn) : fn();
}

/**
 * The same for what belongs to a conteo. Row-level security lets nobody write into a cancelled one, and what was counted
 * there is kept all the same, so then the server writes in the author's name.
 */
export function escribeEnConteo<T>(
  tx: Tx,
  autor: Autor,
  meta: Meta,
  estado: string | null,
  fn: () => Promise<T>,
): Promise<T> {
  return estado === 'cancelado' ? fn() : escribe(tx, autor, meta, fn);
}

/** When the server received the mutation: now, or when it first came for a dead letter tried again. */
export function recibidoEn(meta: Meta): Date {
  return meta.recibidoEn ?? meta.clock.now();
}

/** An instant of the phone's raw clock on the server's clock, never after its reception. */
export function instanteServidor(texto: string, meta: Meta): Date {
  return new Date(
    corrigeInstante({
      contadoEn: Date.parse(texto),
      desfaseGuardar: null,
      desfaseEnviar: meta.desfaseEnviarMs,
      recibidoEn: recibidoEn(meta).getTime(),
    }).instante,
  );
}

/** An admin belongs to every shop. */
export function esDeTienda(autor: Autor, tiendaId: string): boolean {
  return autor.rol === 'admin' || autor.tiendaIds.includes(tiendaId);
}

/**
 * Why the person may not write into the conteo as a contador; null when they may. Says first what row-level security
 * would refuse without a reason.
 */
export function noPuedeContar(
  autor: Autor,
  conteo: {
    readonly asignado: boolean;
    readonly tiendaId: string;
    readonly ciego: boolean;
    readonly proposito: Proposito;
  },
): AppError | null {
  if (!conteo.asignado || !esDeTienda(autor, conteo.tiendaId)) return new AppError('NO_ASIGNADO');
  if (!cuentaEn(autor.rol, conteo.proposito)) return new AppError('PROHIBIDO');
  if (conteo.ciego && VE_EXISTENCIAS.includes(autor.rol)) return new AppError('CONTEO_CIEGO');
  return null;
}
