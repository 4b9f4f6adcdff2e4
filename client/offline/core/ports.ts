import type { CuarentenaEntrada, CuarentenaSalida } from '#shared/contracts/cuarentena.ts';
import type { ManifiestoSnapshot, VerificaEntrada, VerificaSalida } from '#shared/contracts/snapshot.ts';
import type {
  HelloEntrada,
  HelloSalida,
  PullEntrada,
  PullSalida,
  PushEntrada,
  PushSalida,
} from '#shared/contracts/sync.ts';
import type { FilaCruda } from '#shared/domain/columnas.ts';

/** Everything the engine touches outside itself; the simulation stands in for all of it. */

export type DeviceInfo = { id: string; secret: string };

/** One unsent mutation, ready to travel. `turno`: newest of its author on this phone, null when there is none. */
export type Pendiente = {
  mid: number;
  name: string;
  args: string;
  hash: string;
  createdAt: string;
  turno: string | null;
};

export type JournalStats = {
  pending: number;
  oldestPendingAt: string | null;
  /** Lowest mid kept in this device's stream; the next one to be given when there is none. */
  oldestMid: number;
  /** The last one of this device's stream that the server answered; null when none is kept. */
  acked: { mid: number; hash: string } | null;
};

export type Resultado = PushSalida['results'][number];

export interface JournalPort {
  device(): Promise<DeviceInfo>;
  stats(): Promise<JournalStats>;
  /**
   * First unsent mutations in order of mid; at least one when there is any, whatever its size. `after`: only those that
   * follow this one without a gap, which may itself be unanswered yet.
   */
  batch(maxCount: number, maxBytes: number, after?: { device: string; mid: number }): Promise<Pendiente[]>;
  /** Writes what the server said of mutations that were sent to it, in one transaction. Returns how many became acked. */
  applyResults(device: string, sent: readonly Pendiente[], results: readonly Resultado[]): Promise<number>;
  /** Acked mutations with mid ≥ expectedMid are unsent again (the server lost them). Returns how many. */
  rewind(device: string, expectedMid: number): Promise<number>;
  /** New device id and secret; everything kept, sent or not, is renumbered from 1 and unsent. Nothing happens when the device is another already. */
  fork(device: string): Promise<void>;
  /** Takes one unsent mutation out of the stream, visible, and closes its gap in the numbers. */
  setAside(device: string, mid: number, error: string): Promise<void>;
  /** Puts what was set aside back into the stream in the order of saving. */
  takeBack(): Promise<number>;
  noteFailure(device: string, mids: readonly number[], error: string): Promise<void>;
  /** Epoch of the server that this journal last spoke to. */
  epoch(): Promise<string | null>;
  setEpoch(epoch: string): Promise<void>;
  setClockOffset(ms: number): Promise<void>;
  setLevel(at: string): Promise<void>;
  reopen(): void;
}

export interface CachePort {
  readonly schema: number;
  cursors(): Promise<Record<string, string>>;
  /** Rows, resets, removed scopes, cursors and lastMid in one transaction; `sent` are the cursors that were asked with. */
  applyPull(answer: PullSalida, sent: Readonly<Record<string, string>>, device: string): Promise<void>;
  /**
   * Forgets that the rows here reach as far as this number, if they said so: what is sent again to a restored server may
   * be answered otherwise, and its rejection must not pass for one that was settled long ago.
   */
  dropLevel(device: string, mid: number): Promise<void>;
  reopen(): void;
  /** Throws the cache away and starts an empty one. */
  rebuild(): Promise<void>;
  /** Without it the catalogue comes by pull alone. */
  readonly foto?: FotoPort;
  /** Without it only the catalogue is compared with the server. */
  readonly cotejo?: CotejoPort;
}

/** A snapshot under way: what is stored of it outlives a kill. */
export type AvanceFoto = { serie: string; hechos: ReadonlySet<string> };

/** What the phone holds of the catalogue at its cursor, as `sync.verify` compares it. */
export type ResumenCatalogo = Pick<VerificaEntrada, 'cursor' | 'cuenta' | 'suma' | 'campos'>;

/** What the phone holds of another scope at its cursor. */
export type ResumenScope = ResumenCatalogo;

/** The daily comparison with the server of every scope outside the catalogue. */
export interface CotejoPort {
  /** Scopes at their head that were last compared a day ago or more. */
  tocan(ahora: number): Promise<string[]>;
  /** null: not at its head, or changed while it was summed. */
  resumen(scope: string): Promise<ResumenScope | null>;
  /** What the comparison said; null: the server has no answer to give. */
  anota(scope: string, igual: boolean | null, ahora: number): Promise<void>;
  /** Forgets the cursor, if it still is this one: the scope comes again whole. */
  suelta(scope: string, cursor: string): Promise<void>;
}

/** The catalogue's way in by snapshot, and its daily comparison with the server. */
export interface FotoPort {
  /** SHA-256 of bytes as lower-case hex. */
  huella(bytes: Uint8Array): Promise<string>;
  /**
   * Goes on with the snapshot under way, or empties the side to be filled and begins. Chunks of an earlier manifest
   * count, and then its older cursor stands: pull brings what happened since. null: the catalogue has a cursor by now.
   */
  empieza(manifiesto: ManifiestoSnapshot): Promise<AvanceFoto | null>;
  /** A chunk's rows and that it is done, in one transaction. False: another tab began anew or finished. */
  guarda(serie: string, sha256: string, tablas: ReadonlyMap<string, readonly FilaCruda[]>): Promise<boolean>;
  /** All chunks are in: the catalogue has a cursor and is no snapshot any more. */
  termina(serie: string): Promise<void>;
  /** Pull had nothing after this cursor: what the snapshot filled is whole. Nothing happens when it already was. */
  alDia(cursor: string): Promise<void>;
  /** Forgets a snapshot under way; pull will start from nothing. */
  abandona(): Promise<void>;
  /** Forgets the cursor of the catalogue, if it still is this one: what is here stays readable until it came again. */
  suelta(cursor: string): Promise<void>;
  /** Whether a day has passed since the last comparison. */
  tocaVerificar(ahora: number): Promise<boolean>;
  /** null: the catalogue is not complete, or changed while it was summed. */
  resumen(): Promise<ResumenCatalogo | null>;
  /** What the comparison said; null: the server has no answer to give. */
  anota(igual: boolean | null, ahora: number): Promise<void>;
}

/** Each rejects with `NetFailure` and obeys the signal. */
export interface NetPort {
  hello(input: HelloEntrada, signal: AbortSignal): Promise<HelloSalida>;
  push(input: PushEntrada, signal: AbortSignal): Promise<PushSalida>;
  pull(input: PullEntrada, signal: AbortSignal): Promise<PullSalida>;
  manifiesto?(input: PideFoto & { schema: number }, signal: AbortSignal): Promise<ManifiestoSnapshot>;
  /** The chunk as the server hashed it. */
  trozo?(input: PideFoto & { sha256: string }, signal: AbortSignal): Promise<Uint8Array>;
  verify?(input: VerificaEntrada, signal: AbortSignal): Promise<VerificaSalida>;
  quarantine?(input: CuarentenaEntrada, signal: AbortSignal): Promise<CuarentenaSalida>;
}

export type PideFoto = { deviceId: string; secret: string; scope: string };

export interface AuthPort {
  /** A person is in the shift and has tokens: pull is worth trying. */
  hasSession(): boolean;
  /** `refused`: the person must log in again. Never signs anybody out. */
  refresh(signal: AbortSignal): Promise<'ok' | 'refused' | 'unreachable'>;
  /** `sync.registra` with the access token of the person in the shift; keeps the turno. */
  register(device: DeviceInfo, signal: AbortSignal): Promise<'ok' | 'refused' | 'unreachable'>;
}

export interface ClockPort {
  /** Wall clock of the phone, ms since 1970; may jump. */
  now(): number;
  /** Milliseconds that only grow. */
  mono(): number;
  /** Resolves after `ms` or as soon as the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface EnginePorts {
  journal: JournalPort;
  cache: CachePort;
  net: NetPort;
  auth: AuthPort;
  clock: ClockPort;
  /** [0, 1) */
  random(): number;
  app: string;
  log(event: string, data?: Record<string, unknown>): void;
}

export type FailureKind =
  | 'sin_red' // the request may or may not have arrived
  | 'tiempo' // no answer within the deadline
  | 'extrana' // an answer that is not of our server: captive portal, proxy page
  | 'http';

/** What a call can fail with. `code` is ours when the body had one. */
export class NetFailure extends Error {
  readonly kind: FailureKind;
  readonly status: number;
  readonly code: string | null;
  readonly retryAfterMs: number | null;

  constructor(
    kind: FailureKind,
    detail: { status?: number; code?: string | null; retryAfterMs?: number | null } = {},
  ) {
    super(detail.code ?? `${kind} ${detail.status ?? ''}`.trim());
    this.name = 'NetFailure';
    this.kind = kind;
    this.status = detail.status ?? 0;
    this.code = detail.code ?? null;
    this.retryAfterMs = detail.retryAfterMs ?? null;
  }
}
