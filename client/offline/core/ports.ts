import type {
  HelloEntrada,
  HelloSalida,
  PullEntrada,
  PullSalida,
  PushEntrada,
  PushSalida,
} from '#shared/contracts/sync.ts';

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
  /** First unsent mutations in order of mid; at least one when there is any, whatever its size. */
  batch(maxCount: number, maxBytes: number): Promise<Pendiente[]>;
  /** Writes what the server said of mutations that were sent to it, in one transaction. Returns how many became acked. */
  applyResults(device: string, sent: readonly Pendiente[], results: readonly Resultado[]): Promise<number>;
  /** Acked mutations with mid ≥ expectedMid are unsent again (the server lost them). Returns how many. */
  rewind(device: string, expectedMid: number): Promise<number>;
  /** New device id and secret; everything unsent is renumbered from 1. Nothing happens when the device is another already. */
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
  reopen(): void;
  /** Throws the cache away and starts an empty one. */
  rebuild(): Promise<void>;
}

/** Each rejects with `NetFailure` and obeys the signal. */
export interface NetPort {
  hello(input: HelloEntrada, signal: AbortSignal): Promise<HelloSalida>;
  push(input: PushEntrada, signal: AbortSignal): Promise<PushSalida>;
  pull(input: PullEntrada, signal: AbortSignal): Promise<PullSalida>;
}

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
