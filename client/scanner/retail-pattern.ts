/** EAN and UPC symbols as modules (GS1 General Specifications 5.2), to hold a claimed code against a picture. */
import { esGtin, expandUpcE } from '#shared/domain/codigos.ts';
import type { Simbologia } from './scan-event.ts';

/** One digit of a symbol: seven modules that could be any of `templates`; the code claims `templates[claimed]`. */
export interface DigitSlot {
  /** Module at which it begins. */
  at: number;
  templates: readonly string[];
  claimed: number;
}

export interface RetailPattern {
  /** '1' is a bar's module, '0' a space's; guards included, quiet zones not. */
  modules: string;
  digits: readonly DigitSlot[];
}

export const DIGIT_MODULES = 7;

/** Set A (odd parity), digit 0–9. */
const A = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
];
const inverse = (modules: string) => [...modules].map((bit) => (bit === '1' ? '0' : '1')).join('');
export const mirrored = (modules: string) => [...modules].reverse().join('');
/** The right half, and set B, which is its mirror image. */
const C = A.map(inverse);
const B = C.map(mirrored);
const LEFT = [...A, ...B];
/** Sets of the left six digits by the thirteenth digit; those of UPC-E by check digit, for number system 0. */
const EAN_PARITY = 'AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA'.split(' ');
const UPC_E_PARITY = 'BBBAAA BBABAA BBAABA BBAAAB BABBAA BAABBA BAAABB BABABA BABAAB BAABAB'.split(' ');
const SIDE = '101';
const MIDDLE = '01010';

/** The symbol that prints `codigo`; null when the symbology has no such digits, or the check digit is wrong. */
export function retailPattern(codigo: string, simbologia: Simbologia): RetailPattern | null {
  if (simbologia === 'UPC_E') return upcE(codigo);
  if (!esGtin(codigo)) return null;
  if (simbologia === 'UPC_A' && codigo.length === 12) return halves(codigo, EAN_PARITY[0]!);
  if (simbologia === 'EAN_13' && codigo.length === 13) {
    return halves(codigo.slice(1), EAN_PARITY[Number(codigo[0])]!);
  }
  return simbologia === 'EAN_8' && codigo.length === 8 ? halves(codigo, 'AAAA') : null;
}

/** Two halves of equal length between guards; `parity` names the sets of the left one. */
function halves(digits: string, parity: string): RetailPattern {
  const half = digits.length / 2;
  const left = [...digits.slice(0, half)].map((digit, place) => leftSlot(digit, parity[place]!));
  const right = [...digits.slice(half)].map((digit) => ({ templates: C, claimed: Number(digit) }));
  return assemble([SIDE, ...left, MIDDLE, ...right, SIDE]);
}

function upcE(codigo: string): RetailPattern | null {
  if (expandUpcE(codigo) === null) return null;
  const parity = UPC_E_PARITY[Number(codigo[7])]!;
  // Number system 1 swaps the two sets.
  const sets = codigo[0] === '0' ? parity : [...parity].map((set) => (set === 'A' ? 'B' : 'A')).join('');
  const slots = [...codigo.slice(1, 7)].map((digit, place) => leftSlot(digit, sets[place]!));
  return assemble([SIDE, ...slots, '010101']);
}

type Part = string | Omit<DigitSlot, 'at'>;

function leftSlot(digit: string, set: string): Omit<DigitSlot, 'at'> {
  return { templates: LEFT, claimed: Number(digit) + (set === 'A' ? 0 : A.length) };
}

function assemble(parts: readonly Part[]): RetailPattern {
  let modules = '';
  const digits: DigitSlot[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      modules += part;
      continue;
    }
    digits.push({ ...part, at: modules.length });
    modules += part.templates[part.claimed]!;
  }
  return { modules, digits };
}
