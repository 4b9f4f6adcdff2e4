/** What WinAnsi has beside Latin-1, in the order of its bytes 0x80–0x9F. */
const EXTRA = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const PRINTABLE = new RegExp(`^[\\n\\x20-\\x7e\\xa1-\\xac\\xae-\\xff${EXTRA}]*$`);
const ONE = new RegExp(`[\\n\\x20-\\x7e\\xa1-\\xac\\xae-\\xff${EXTRA}]`);

/** Signs that have a plain way to be written. */
const PLAIN: Readonly<Record<string, string>> = {
  '−': '-',
  '‐': '-',
  '‑': '-',
  '‒': '–',
  '―': '—',
  '→': '->',
  '←': '<-',
  '↔': '<->',
  '⇒': '=>',
  '≤': '<=',
  '≥': '>=',
  '≠': '<>',
  '≈': '~',
  '✓': 'sí',
  '✔': 'sí',
  '✗': 'no',
  '✘': 'no',
  '∅': 'Ø',
  '⌀': 'Ø',
  '″': '"',
  '′': "'",
  '⁄': '/',
  '∕': '/',
  '\u03a9': 'ohm',
  '\u2126': 'ohm',
  μ: 'µ',
  Δ: 'delta',
  '№': 'No.',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
};
/** Joiners, direction marks, variation selectors, soft hyphens, byte-order marks: they print as nothing. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/u;
const SPACE = /[\s\p{Cc}]/u;

function fold(sign: string): string {
  if (ONE.test(sign)) return sign;
  const plain = PLAIN[sign];
  if (plain !== undefined) return plain;
  if (INVISIBLE.test(sign)) return '';
  if (SPACE.test(sign)) return ' ';
  // ¹/₂, ﬁ, full-width digits and letters with marks that Latin-1 lacks come apart here.
  const apart = sign.normalize('NFKD').replace(/\p{M}/gu, '');
  if (apart !== sign && apart !== '') return [...apart].map(fold).join('');
  return /\p{M}/u.test(sign) ? '' : '?';
}

/**
 * Text that the PDF's built-in fonts can print (WinAnsi: all of Spanish, €, typographic quotes). The rest is
 * written as what a person would read: "Łódź → 5 µ" becomes "Lódz -> 5 µ"; what has no such form is "?".
 */
export function paraPdf(text: string): string {
  if (PRINTABLE.test(text)) return text;
  const composed = text.normalize('NFC');
  return PRINTABLE.test(composed) ? composed : [...composed].map(fold).join('');
}
