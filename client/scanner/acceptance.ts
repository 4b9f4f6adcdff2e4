import { type AjustesEscaner, ESCANER_POR_OMISION } from '#shared/contracts/escaner.ts';
import { esGtin, expandUpcE } from '#shared/domain/codigos.ts';
import { permite } from './format-policy.ts';
import type { Simbologia } from './scan-event.ts';

/** One code that a decoder found in one picture, before anybody decided that it counts. */
export interface RawRead {
  codigo: string;
  simbologia: Simbologia;
  /** The symbol marks itself as a GS1 element string; absent where the decoder doesn't say. */
  gs1?: boolean;
  /** Scan lines that agreed, of a linear code. */
  lines: number;
  /** Enough lines, or error correction, vouch for it: one picture is proof. */
  firm: boolean;
  /** The way of looking that found it; two ways seldom make the same mistake. */
  pass: string;
}

export interface AcceptanceTuning {
  /** The same code counts again only this long after it last counted, ms … */
  cooldownMs: number;
  /** … and after not being seen for this long, ms … */
  absenceMs: number;
  /** … in at least this many decoded frames: a stalled decoder is not an empty view. */
  absenceFrames: number;
  /**
   * Frames looked at in a way that never saw the code say little of its absence; not seen by any for this long, it
   * is gone all the same, ms.
   */
  longAbsenceMs: number;
  /** Sightings that support each other must fall within this, ms. */
  agreementMs: number;
  /** A code that is not firm needs two passes, and this many scan lines between them. */
  agreementLines: number;
  /** An ITF that is not ITF-14 is watched for this long, ms: time for the whole label to show that it is a part. */
  settleMs: number;
}

/**
 * The cool-down is counting's rule (1.5–2 s). Absence of 0.7 s: under hand shake the fast settings miss a label
 * that is still in view for up to 0.4 s.
 */
export const ACCEPTANCE_TUNING: AcceptanceTuning = {
  cooldownMs: 1800,
  absenceMs: 700,
  absenceFrames: 4,
  longAbsenceMs: 2500,
  agreementMs: 1500,
  agreementLines: 6,
  settleMs: 250,
};

/**
 * No check digit (ITF, Code 39), or so short that noise and fragments of other codes pass for one (EAN-8, UPC-E):
 * two frames must say the same.
 */
const WEAK: ReadonlySet<Simbologia> = new Set(['ITF', 'CODE_39', 'EAN_8', 'UPC_E', 'DESCONOCIDA']);
const GTIN_DIGITS: Partial<Record<Simbologia, number>> = { EAN_13: 13, EAN_8: 8, UPC_A: 12 };
const ITF_14 = 14;

/**
 * True when the code can be what its symbology says, and the company reads such codes: EAN and UPC with their length
 * and check digit; ITF of even length, either ITF-14 with its check digit or seen on many lines, because any line
 * that leaves an ITF label sideways reads a shorter valid one; nothing empty.
 */
export function isPlausible(
  { codigo, simbologia, firm }: RawRead,
  ajustes: AjustesEscaner = ESCANER_POR_OMISION,
): boolean {
  if (codigo.trim() === '' || !permite(ajustes, { codigo, simbologia })) return false;
  const digits = GTIN_DIGITS[simbologia];
  if (digits !== undefined) return codigo.length === digits && esGtin(codigo);
  if (simbologia === 'UPC_E') return expandUpcE(codigo) !== null;
  if (simbologia !== 'ITF') return true;
  if (!/^\d+$/.test(codigo) || codigo.length % 2 === 1) return false;
  return codigo.length === ITF_14 ? esGtin(codigo) : firm;
}

/** The key under which reads are the same label: UPC-A, UPC-E and EAN-13 of one item share it. */
export function readKey({ codigo, simbologia }: Pick<RawRead, 'codigo' | 'simbologia'>): string {
  const full = simbologia === 'UPC_E' ? (expandUpcE(codigo) ?? codigo) : codigo;
  return esGtin(full) ? full.padStart(14, '0') : full;
}

interface Sighting {
  lastAt: number;
  /** Decoded frames since it was last seen: of the passes that have seen it, and of all. */
  missed: number;
  missedByAny: number;
  /** The passes that have seen it. */
  passes: Set<string>;
  countedAt: number | null;
  /** It has left the view since it last counted. */
  left: boolean;
  /** Sightings that wait for others to agree: instant, and lines by pass. */
  pending: { at: number; sightings: number; firm: boolean; lines: Map<string, number> } | null;
}

/**
 * How long a code out of view is remembered, ms. Nobody holds a phone on one label through a pause of this length: what
 * is read after it is another piece.
 */
const MEMORY_MS = 60_000;

/**
 * Decides which of the camera's reads count. Feed it every decoded frame, the empty ones too: they are how it
 * learns that a label left. Pure: instants are arguments.
 */
export class Acceptance {
  /** What the company's camera reads. May change while it reads: the settings arrive by sync. */
  ajustes: AjustesEscaner;
  readonly #tuning: AcceptanceTuning;
  readonly #seen = new Map<string, Sighting>();
  /** Whole ITF-14 codes and when they were last seen: shorter ITF codes may be pieces of them. */
  readonly #cartons = new Map<string, number>();
  #frameAt = Number.NEGATIVE_INFINITY;

  constructor(tuning: Partial<AcceptanceTuning> = {}, ajustes: AjustesEscaner = ESCANER_POR_OMISION) {
    this.#tuning = { ...ACCEPTANCE_TUNING, ...tuning };
    this.ajustes = ajustes;
  }

  /**
   * One decoded frame and its instant (ms, monotonic). Returns the reads that count, in the order given. `pass`: the way this
   * frame was looked at; without it, one that sees every label.
   */
  frame(reads: readonly RawRead[], at: number, pass?: string): RawRead[] {
    if (at - this.#frameAt > MEMORY_MS) this.#seen.clear();
    this.#frameAt = at;
    const accepted: RawRead[] = [];
    const present = new Set<string>();
    for (const read of reads) {
      if (!isPlausible(read, this.ajustes) || this.#isPiece(read, at)) continue;
      const key = readKey(read);
      if (present.has(key)) continue;
      present.add(key);
      if (this.#sees(key, read, at)) accepted.push(read);
    }
    for (const [key, sighting] of this.#seen) {
      if (present.has(key)) continue;
      sighting.missedByAny += 1;
      if (pass === undefined || sighting.passes.has(pass)) sighting.missed += 1;
      this.#noteAbsence(sighting, at);
      if (at - sighting.lastAt > MEMORY_MS) this.#seen.delete(key);
    }
    return accepted;
  }

  /**
   * True for an ITF code that is part of an ITF-14 seen just before: a slanting line that leaves the label early reads a
   * shorter code, as valid as any, in frame after frame.
   */
  #isPiece({ codigo, simbologia }: RawRead, at: number): boolean {
    if (simbologia !== 'ITF') return false;
    if (codigo.length === ITF_14) {
      this.#cartons.set(codigo, at);
      return false;
    }
    for (const [carton, seenAt] of this.#cartons) {
      if (at - seenAt > this.#tuning.agreementMs) this.#cartons.delete(carton);
      else if (carton.includes(codigo)) return true;
    }
    return false;
  }

  #sees(key: string, read: RawRead, at: number): boolean {
    const sighting = this.#seen.get(key) ?? {
      lastAt: at,
      missed: 0,
      missedByAny: 0,
      passes: new Set(),
      countedAt: null,
      left: true,
      pending: null,
    };
    this.#seen.set(key, sighting);
    this.#noteAbsence(sighting, at);
    sighting.lastAt = at;
    sighting.missed = 0;
    sighting.missedByAny = 0;
    sighting.passes.add(read.pass);
    const cooled = sighting.countedAt === null || at - sighting.countedAt >= this.#tuning.cooldownMs;
    if (!sighting.left || !cooled || !this.#agrees(sighting, read, at)) return false;
    sighting.pending = null;
    sighting.countedAt = at;
    sighting.left = false;
    return true;
  }

  /** True once this sighting, with those that wait, is proof enough. */
  #agrees(sighting: Sighting, read: RawRead, at: number): boolean {
    if (read.firm && !WEAK.has(read.simbologia)) return true;
    if (sighting.pending === null || at - sighting.pending.at > this.#tuning.agreementMs) {
      sighting.pending = { at, sightings: 0, firm: false, lines: new Map() };
    }
    const { pending } = sighting;
    pending.sightings += 1;
    pending.firm ||= read.firm;
    pending.lines.set(read.pass, Math.max(read.lines, pending.lines.get(read.pass) ?? 0));
    if (pending.sightings < 2) return false;
    const settles = read.simbologia === 'ITF' && read.codigo.length !== ITF_14;
    if (settles && at - pending.at < this.#tuning.settleMs) return false;
    if (pending.firm) return true;
    const lines = [...pending.lines.values()].reduce((sum, value) => sum + value, 0);
    return pending.lines.size >= 2 && lines >= this.#tuning.agreementLines;
  }

  #noteAbsence(sighting: Sighting, at: number): void {
    const { absenceMs, absenceFrames, longAbsenceMs } = this.#tuning;
    const away = at - sighting.lastAt;
    if (sighting.missed >= absenceFrames && away >= absenceMs) sighting.left = true;
    if (sighting.missedByAny >= absenceFrames && away >= longAbsenceMs) sighting.left = true;
  }
}
