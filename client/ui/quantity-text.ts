/**
 * What a person may type as a quantity: digits and, for measured units, one decimal separator.
 * A comma is taken as the point; anything else is dropped. `decimals` 0 removes the fraction,
 * `integers` caps the whole part (5 digits reach 99,999; above it the caller asks again).
 * `cleanQuantity('07,5', 3)` → `'7.5'`; `cleanQuantity('12.3456', 3)` → `'12.345'`.
 */
export function cleanQuantity(text: string, decimals: number, integers = 6): string {
  const plain = text.replace(/,/g, '.').replace(/[^0-9.]/g, '');
  const at = plain.indexOf('.');
  const whole = (at < 0 ? plain : plain.slice(0, at)).replace(/^0+(?=\d)/, '').slice(0, integers);
  if (at < 0 || decimals <= 0) return whole;
  const fraction = plain
    .slice(at + 1)
    .replace(/\./g, '')
    .slice(0, decimals);
  return `${whole || '0'}.${fraction}`;
}

/** A key of the pad applied to the text: a digit, `.` or `⌫`. */
export function pressKey(text: string, key: string, decimals: number, integers = 6): string {
  if (key === '⌫') return text.slice(0, -1);
  if (key === '.' && (decimals <= 0 || text.includes('.'))) return text;
  return cleanQuantity(text + key, decimals, integers);
}

/**
 * What a keyboard typed into a quantity field: letters are dropped, signs, points and excess decimals stay, so that a
 * wrong quantity is refused with its sentence instead of silently becoming another one.
 */
export function typedQuantity(text: string): string {
  return text.replace(/[^0-9.,\-−]/g, '').slice(0, 20);
}
