import * as z from 'zod/mini';
import { Instante, Uuid } from './basicos.ts';

/** Version of the row shapes below. A phone whose cache has another version starts a new cache database. */
export const ESQUEMA_PULL = 1;
export const MAX_MUTACIONES = 500;
export const MAX_BYTES_PUSH = 256 * 1024;

const Secreto = z.string().check(z.minLength(32), z.maxLength(128));
/** Who is calling: the device's id and its secret, both made by the phone and kept in its journal. */
export const Equipo = z.object({ deviceId: Uuid, secret: Secreto });

/** A turno that a phone was given under the id it had before, with the proof that it was its own. */
export const TurnoDeAntes = z.extend(Equipo, { token: z.string().check(z.maxLength(4_000)) });

/** `sync.registra`, with the person's access token: makes the device known and issues a turno. */
export const RegistraEntrada = z.extend(Equipo, {
  nombre: z.string().check(z.maxLength(100)),
  app: z.string().check(z.maxLength(40)),
  /** A phone that took a new id, as a clone must, moves the turnos of everybody who worked on it. */
  turnosDeAntes: z.optional(z.array(TurnoDeAntes).check(z.maxLength(50))),
});
export const Turno = z.object({
  /** Signed JWT (ES256, aud `turno`). */
  token: z.string(),
  usuarioId: Uuid,
  nombre: z.string(),
  correo: z.nullable(z.string()),
  rol: z.enum(['admin', 'gerente', 'comprador', 'almacenista', 'chofer', 'auditor']),
  tiendaIds: z.array(Uuid),
  limiteAjuste: z.nullable(z.string()),
  emitidoEn: Instante,
  expiraEn: Instante,
});
/** Of the same person, from and until the same instants, for the new id. */
const TurnoMovido = z.pick(Turno, { token: true, usuarioId: true, emitidoEn: true, expiraEn: true });
export const RegistraSalida = z.object({
  turno: Turno,
  /** Those of `turnosDeAntes` that hold; what was done under the others waits for a person. */
  movidos: z.optional(z.array(TurnoMovido)),
  serverTime: Instante,
  epoch: Uuid,
});

/**
 * The last mutation of this device that the phone holds for sent. A server that keeps another under that number was
 * restored, and a clone of the phone has taken the numbers that were lost.
 */
const Acked = z.optional(
  z.nullable(z.object({ mid: z.int().check(z.gte(1)), hash: z.string().check(z.length(64)) })),
);

export const HelloEntrada = z.extend(Equipo, {
  app: z.string().check(z.maxLength(40)),
  schema: z.int(),
  /** Unsent mutations on the phone, and the phone's time of the oldest. */
  pending: z.int().check(z.gte(0)),
  oldestPendingAt: z.nullable(Instante),
  acked: Acked,
});
export const HelloSalida = z.object({
  epoch: Uuid,
  serverTime: Instante,
  expectedMid: z.int(),
  minPullSchema: z.int(),
  /** True: mutations are still taken, but into quarantine, and pull is refused. */
  revoked: z.boolean(),
  /** True: `acked` is another mutation here. Take a new id and send everything that is kept, sent or not. */
  forked: z.optional(z.boolean()),
  /** Scopes of the person of the access token; empty without one. */
  scopes: z.array(z.string()),
  /** UTC offset in minutes of each shop now (old phones have wrong zone tables). */
  zonas: z.record(z.string(), z.int()),
});

export const Mutacion = z.object({
  mid: z.int().check(z.gte(1)),
  name: z.string().check(z.maxLength(60)),
  /** Arguments as JSON text, exactly as saved: `hash` is its SHA-256 in hex. */
  args: z.string().check(z.maxLength(64 * 1024)),
  hash: z.string().check(z.length(64)),
  /** The phone's raw clock when saved. */
  createdAt: Instante,
  /** Newest turno of the author on this device. */
  turno: z.string(),
});
export const PushEntrada = z.extend(Equipo, {
  epoch: z.nullable(Uuid),
  /** Server − phone clock in ms as measured now, or null when unknown. */
  desfaseEnviarMs: z.nullable(z.int()),
  /** Lowest mid the phone still has: below it nothing can be resent. */
  oldestMid: z.int(),
  acked: Acked,
  pending: z.int(),
  mutations: z.array(Mutacion).check(z.minLength(1), z.maxLength(MAX_MUTACIONES)),
});
/**
 * The same push with each turno once: of a mutation, `turno` is its place in `turnos`. A server that does not know this
 * shape refuses it whole (400), and the phone sends it as `PushEntrada`. The limit of bytes is for `lote` as JSON text.
 */
export const PushEmpacado = z.extend(z.omit(PushEntrada, { mutations: true }), {
  lote: z.object({
    turnos: z.array(z.string().check(z.maxLength(4_000))).check(z.maxLength(MAX_MUTACIONES)),
    mutations: z
      .array(z.extend(Mutacion, { turno: z.int().check(z.gte(0)) }))
      .check(z.minLength(1), z.maxLength(MAX_MUTACIONES)),
  }),
});
export const ResultadoMutacion = z.object({
  mid: z.int(),
  status: z.enum(['applied', 'late', 'rejected', 'quarantined', 'en_espera']),
  code: z.optional(z.string()),
  mensaje: z.optional(z.string()),
});
/**
 * `ok`: everything up to `expectedMid − 1` is on the server. `gap`: send again from `expectedMid` (also the answer
 * of a restored server that lost mutations). `forked`: this device id is in use by a clone: take a new id and
 * resend all that is unacked. `retry`: the prefix up to `expectedMid − 1` is committed; try the rest after `retryAfterMs`.
 */
export const PushSalida = z.object({
  kind: z.enum(['ok', 'gap', 'forked', 'retry']),
  epoch: Uuid,
  expectedMid: z.int(),
  serverTime: Instante,
  retryAfterMs: z.optional(z.int()),
  /** With `forked`: `acked` is another mutation here, so what was sent is sent again too. */
  resend: z.optional(z.boolean()),
  results: z.array(ResultadoMutacion),
});

/** Opaque to the phone. Inside: base64url JSON {e: epoch, s: scope, v: ver, a?: [tbl, pk], t: token, m: schema}. */
export const Cursor = z.string().check(z.maxLength(600));
export const PullEntrada = z.extend(Equipo, {
  schema: z.int(),
  /** Cursor of each scope that the phone holds; a granted scope that is missing here starts from nothing. */
  cursors: z.record(z.string(), Cursor),
  limit: z.int().check(z.gte(1), z.lte(5000)),
  /**
   * Scopes to leave out of this answer: the phone is about to take them as a snapshot. `done` speaks of the others, and
   * `lastMid` stays null. A server that does not know this field sends them.
   */
  omite: z.optional(z.array(z.string().check(z.maxLength(120))).check(z.maxLength(10))),
});
export const Fila = z.record(z.string(), z.unknown());
export const PaginaScope = z.object({
  scope: z.string(),
  /** Clear this scope's rows in the cache first (never the journal), in the same transaction. */
  reset: z.boolean(),
  upserts: z.record(z.string(), z.array(Fila)),
  deletes: z.record(z.string(), z.array(z.string())),
  cursor: Cursor,
  /** This page reaches the head of its scope. */
  head: z.boolean(),
});
export const PullSalida = z.object({
  epoch: Uuid,
  pages: z.array(PaginaScope),
  /** Highest mutation of this device whose rows are included; only on the answer that reaches the head of all scopes. */
  lastMid: z.nullable(z.int()),
  scopesAdded: z.array(z.string()),
  scopesRemoved: z.array(z.string()),
  /** True when every granted scope is at its head. */
  done: z.boolean(),
});
export type Turno = z.infer<typeof Turno>;
export type PushEntrada = z.infer<typeof PushEntrada>;
export type PushEmpacado = z.infer<typeof PushEmpacado>;
export type PushSalida = z.infer<typeof PushSalida>;
export type PullEntrada = z.infer<typeof PullEntrada>;
export type PullSalida = z.infer<typeof PullSalida>;
export type PaginaScope = z.infer<typeof PaginaScope>;
export type HelloEntrada = z.infer<typeof HelloEntrada>;
export type HelloSalida = z.infer<typeof HelloSalida>;
export type RegistraEntrada = z.infer<typeof RegistraEntrada>;
export type RegistraSalida = z.infer<typeof RegistraSalida>;
export type TurnoDeAntes = z.infer<typeof TurnoDeAntes>;
export type TurnoMovido = z.infer<typeof TurnoMovido>;
export type Mutacion = z.infer<typeof Mutacion>;
