import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';

/** What a turno says once its signature holds. It may be expired: it is good for what was done within it. */
export interface TurnoLeido {
  readonly usuarioId: string;
  readonly deviceId: string;
  readonly expiraEn: Date;
}

/** Reads a turno; null when the signature or the shape is wrong. Never called inside a transaction. */
export type LeeTurno = (token: string) => Promise<TurnoLeido | null>;

/** Everything that the handlers of sync touch outside themselves, so that a simulation can stand in for it. */
export interface SyncPort {
  readonly db: Db;
  readonly clock: Clock;
  readonly leeTurno: LeeTurno;
  /** Hears of failures that became a dead letter without a code of their own: a bug, or data that the database refuses. */
  readonly avisa?: Avisa | undefined;
}

export type Avisa = (error: unknown, mutacion: { readonly name: string; readonly deviceId: string }) => void;

/** The author of a mutation, as the database says now. */
export interface Autor {
  readonly id: string;
  readonly nombre: string;
  readonly rol: Rol;
  readonly tiendaIds: readonly string[];
  readonly activo: boolean;
}

/** What comes with a mutation beside its arguments. */
export interface Meta {
  readonly deviceId: string;
  /** Server − phone clock in ms when it was sent; null when unknown. */
  readonly desfaseEnviarMs: number | null;
  /** When the server first received it, if that is not now: a dead letter tried again. */
  readonly recibidoEn: Date | null;
  readonly clock: Clock;
  readonly avisa?: Avisa | undefined;
  /**
   * True: the statements that write run as `authenticated` with the author's claims. False only for a dead
   * letter of a person who is no longer active, applied because a gerente or admin decided so.
   */
  readonly comoAutor: boolean;
}

/** `late`: kept, and shown apart, because the conteo or the product was decided before it came. */
export type Efecto =
  | { readonly status: 'applied' }
  | { readonly status: 'late'; readonly code: 'TARDIA_APROBADO' | 'TARDIA_CANCELADO' | 'TARDIA_CERRADO' };

export const APLICADA: Efecto = { status: 'applied' };
