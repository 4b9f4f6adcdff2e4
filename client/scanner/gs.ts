/**
 * How scanners spell GS1. Inside a symbol the separator is FNC1 and what says "GS1 element string" is an FNC1 in front
 * of the data; a keyboard can send neither, so each make of gun has its own way: GS itself, the picture ␝, the key F8,
 * the letters <GS>, an AIM identifier before the data. Everything after this file knows one spelling: GS (U+001D)
 * between fields, nothing in front, and `gs1`.
 */
import { GS } from '#shared/domain/codigos.ts';
import type { ScanEvent, Simbologia } from './scan-event.ts';

/** A code without the marks that a scanner put around it, and what those marks said. */
export interface PlainCode {
  codigo: string;
  /** What the AIM identifier says; absent without one. */
  simbologia?: Simbologia;
  /** True: marked as a GS1 element string. False: an AIM identifier says that it is none. Absent: nobody says. */
  gs1?: boolean;
}

/** `]` + letter of the symbology + digit of its mode (ISO/IEC 15424). */
const AIM = /^\]([A-Za-z])([0-9A-Za-z])/;
const GS1_IDENTIFIERS: ReadonlySet<string> = new Set([']C1', ']d2', ']Q3', ']e0', ']J1']);
const SYMBOLOGY_OF_LETTER: Readonly<Record<string, Simbologia>> = {
  A: 'CODE_39',
  C: 'CODE_128',
  d: 'DATA_MATRIX',
  I: 'ITF',
  Q: 'QR',
  // DataBar and DotCode: read, but nobody needs to tell them apart.
  e: 'DESCONOCIDA',
  J: 'DESCONOCIDA',
};
/** Spellings of GS in the text that guns type. Those that press a key instead (Ctrl+], F8) are use-wedge.ts's. */
const TYPED_GS = /\u241d|<GS>|\{GS\}/gi;

/** What an AIM identifier (`]C1`, `]d2` …) says; null for a text that is none that this app knows. */
export function ofIdentifier(
  identifier: string,
  digits = 0,
): { simbologia: Simbologia; gs1: boolean } | null {
  const [, letter = '', mode = ''] = AIM.exec(identifier) ?? [];
  if (letter === 'E') {
    if (mode === '4') return { simbologia: 'EAN_8', gs1: false };
    if (mode !== '0') return null;
    return { simbologia: digits === 12 ? 'UPC_A' : 'EAN_13', gs1: false };
  }
  const simbologia = SYMBOLOGY_OF_LETTER[letter];
  return simbologia === undefined ? null : { simbologia, gs1: GS1_IDENTIFIERS.has(`]${letter}${mode}`) };
}

/**
 * What a gun or a hand delivered, in the one spelling: separators as GS, no AIM identifier, no FNC1 in front, and no
 * separator after the last field. Identifiers of symbologies unknown here stay part of the code: better a code nobody
 * knows than a wrong one.
 */
export function plainCode(text: string): PlainCode {
  return withoutMarks(text.replace(TYPED_GS, GS));
}

/** The same for what a decoder read out of a symbol, where `<GS>` would be four printed letters. */
export function withoutMarks(text: string): PlainCode {
  const trimmed = text.trim();
  const said = ofIdentifier(trimmed, trimmed.length - 3);
  const body = said ? trimmed.slice(3) : trimmed;
  const marked = body.startsWith(GS);
  const codigo = body.replace(EDGES, '').trim();
  // A mark without data is what was typed, not a label.
  if (codigo === '') return { codigo: trimmed };
  if (said) return { codigo, simbologia: said.simbologia, gs1: said.gs1 || marked };
  return marked ? { codigo, gs1: true } : { codigo };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: why: GS at either end is what is taken off
const EDGES = /^\u001d+|\u001d+$/g;

const GS1_NAMES: Partial<Record<Simbologia, string>> = {
  CODE_128: 'gs1128',
  DATA_MATRIX: 'gs1datamatrix',
  QR: 'gs1qrcode',
};

/**
 * What `leeGs1` (shared/domain/gs1) wants to know of a scan: the name of its symbology, GS1 or not, and whether a
 * missing separator means that there is none (`separa`) or that the gun may have dropped it.
 */
export function opcionesGs1({ simbologia, gs1, fuente }: Omit<ScanEvent, 'en' | 'codigo'>): {
  simbologia: string | undefined;
  separa: boolean;
} {
  const named = gs1 ? (GS1_NAMES[simbologia ?? 'DESCONOCIDA'] ?? 'databarexpanded') : simbologia;
  return { simbologia: named, separa: fuente === 'camara' || fuente === 'foto' };
}
