import * as z from 'zod/mini';
import { Instante, Sha256 } from './basicos.ts';
import { Cursor, Equipo } from './sync.ts';

/** The one scope that comes as a snapshot: the others are small, and pull brings them. */
export const SCOPE_SNAPSHOT = 'catalogo';
/** How chunks are coded (shared/domain/columnas.ts). A phone takes only the one it knows, else it pulls. */
export const FORMATO_TROZO = 1;

const Trozo = z.object({
  /** Products and codes in it. */
  filas: z.int().check(z.gte(0)),
  /** On the wire. */
  bytes: z.int().check(z.gte(0)),
  /** Of the text that the phone reads, and the chunk's address. */
  sha256: Sha256,
});

/** `GET /api/sync/snapshot/:scope/manifest`: the chunks in their order, and the cursor that pull goes on from. */
export const ManifiestoSnapshot = z.object({
  scope: z.string(),
  formato: z.int(),
  epoch: z.string(),
  /** Rows are as of this version or newer: what changed since then comes again by pull from `cursor`. */
  ver: z.int(),
  token: z.string(),
  cursor: Cursor,
  creadoEn: Instante,
  filas: z.int(),
  trozos: z.array(Trozo),
});
export type ManifiestoSnapshot = z.infer<typeof ManifiestoSnapshot>;
export type TrozoSnapshot = z.infer<typeof Trozo>;

/**
 * `sync.verify`: what a phone that is level holds of a scope. `campos` are the fields, by table, that the sum covers, so
 * that versions which know different columns compare what both have.
 */
export const VerificaEntrada = z.extend(Equipo, {
  schema: z.int(),
  scope: z.string().check(z.maxLength(120)),
  cursor: Cursor,
  cuenta: z.int().check(z.gte(0)),
  suma: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
  campos: z.record(z.string(), z.array(z.string().check(z.maxLength(60))).check(z.maxLength(60))),
});
/** null: cannot be told now (the cursor is not the head, or the server is busy with another sum). Ask another day. */
export const VerificaSalida = z.object({ igual: z.nullable(z.boolean()) });
export type VerificaEntrada = z.infer<typeof VerificaEntrada>;
export type VerificaSalida = z.infer<typeof VerificaSalida>;
