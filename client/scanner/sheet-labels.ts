import { expandUpcE } from '#shared/domain/codigos.ts';
import { readKey } from './acceptance.ts';
import { plainCode } from './gs.ts';
import type { ScanEvent, Simbologia } from './scan-event.ts';

/**
 * The printed test sheet: labels of known codes in the symbologies and sizes that shelves have. A code says which sheet and
 * which label it is, so that a screen knows what it missed. Change a label: change the sheet's id too, because
 * printed ones live on.
 */
export const HOJA = 'DC1';

export interface SheetLabel {
  /** Printed large beside it, from 1. */
  number: number;
  /** What the label is an example of, in the person's words. */
  name: string;
  simbologia: Simbologia;
  /** As a decoder gives it: GS between the fields of the GS1-128. */
  codigo: string;
  /** Width of the narrowest bar, or of a module, mm. */
  moduleMm: number;
  /** Height of the bars, mm; of a matrix code the modules give it. */
  heightMm?: number;
  /** Printed lying on its side. */
  turned?: boolean;
}

/** Numbers of the in-shop range (29…), so that no product has them; the last two before the check digit are the label's. */
export const SHEET_LABELS: readonly SheetLabel[] = [
  { number: 1, name: 'EAN-13', simbologia: 'EAN_13', codigo: '2900010000015', moduleMm: 0.33, heightMm: 22 },
  {
    number: 2,
    name: 'EAN-13 chica',
    simbologia: 'EAN_13',
    codigo: '2900010000022',
    moduleMm: 0.26,
    heightMm: 14,
  },
  {
    number: 3,
    name: 'EAN-13 grande',
    simbologia: 'EAN_13',
    codigo: '2900010000039',
    moduleMm: 0.5,
    heightMm: 24,
  },
  { number: 4, name: 'UPC-A', simbologia: 'UPC_A', codigo: '290001000042', moduleMm: 0.33, heightMm: 22 },
  { number: 5, name: 'UPC-E', simbologia: 'UPC_E', codigo: '00001052', moduleMm: 0.33, heightMm: 16 },
  { number: 6, name: 'EAN-8', simbologia: 'EAN_8', codigo: '29001064', moduleMm: 0.33, heightMm: 16 },
  { number: 7, name: 'Code 128', simbologia: 'CODE_128', codigo: 'DC1-07', moduleMm: 0.33, heightMm: 16 },
  { number: 8, name: 'Code 128 chica', simbologia: 'CODE_128', codigo: 'DC1-08', moduleMm: 0.2, heightMm: 9 },
  {
    number: 9,
    name: 'Code 128 larga',
    simbologia: 'CODE_128',
    codigo: 'DC1-09-REFACCION',
    moduleMm: 0.25,
    heightMm: 14,
  },
  {
    number: 10,
    name: 'GS1-128 con separador',
    simbologia: 'CODE_128',
    codigo: '10DC1\u001d2110',
    moduleMm: 0.3,
    heightMm: 16,
  },
  { number: 11, name: 'Code 39', simbologia: 'CODE_39', codigo: 'DC1-11', moduleMm: 0.25, heightMm: 14 },
  {
    number: 12,
    name: 'ITF-14 de caja',
    simbologia: 'ITF',
    codigo: '12900010000128',
    moduleMm: 0.4,
    heightMm: 22,
  },
  {
    number: 13,
    name: 'ITF-14 chica',
    simbologia: 'ITF',
    codigo: '12900010000135',
    moduleMm: 0.26,
    heightMm: 13,
  },
  { number: 14, name: 'QR', simbologia: 'QR', codigo: 'DC1-14', moduleMm: 0.8 },
  { number: 15, name: 'QR chico', simbologia: 'QR', codigo: 'DC1-15', moduleMm: 0.4 },
  { number: 16, name: 'Data Matrix', simbologia: 'DATA_MATRIX', codigo: 'DC1-16', moduleMm: 0.7 },
  { number: 17, name: 'Data Matrix chico', simbologia: 'DATA_MATRIX', codigo: 'DC1-17', moduleMm: 0.35 },
  {
    number: 18,
    name: 'EAN-13 de lado',
    simbologia: 'EAN_13',
    codigo: '2900010000183',
    moduleMm: 0.26,
    heightMm: 14,
    turned: true,
  },
];

const GS = '\u001d';
export interface SheetMatch {
  label: SheetLabel;
  /** The separator between the fields did not come through. */
  withoutGs: boolean;
}

/** Which label of the sheet this read is; null when it is none. Guns may widen UPC-E and UPC-A: still the same label. */
export function labelOf({ codigo, simbologia }: Pick<ScanEvent, 'codigo' | 'simbologia'>): SheetMatch | null {
  const bare = plainCode(codigo).codigo;
  const key = readKey({ codigo: bare, simbologia: simbologia ?? 'DESCONOCIDA' });
  for (const label of SHEET_LABELS) {
    if (bare === label.codigo || key === readKey(label) || expandedKey(label) === key) {
      return { label, withoutGs: false };
    }
    if (label.codigo.includes(GS) && bare === label.codigo.replace(GS, '')) return { label, withoutGs: true };
  }
  return null;
}

function expandedKey({ codigo, simbologia }: SheetLabel): string | null {
  const full = simbologia === 'UPC_E' ? expandUpcE(codigo) : null;
  return full === null ? null : full.padStart(14, '0');
}
