const VALUES: Record<string, number> = {
  ...Object.fromEntries([...'0123456789'].map((digit) => [digit, Number(digit)])),
  ...Object.fromEntries([...'ABCDEFGH'].map((letter, index) => [letter, index + 1])),
  ...Object.fromEntries([...'JKLMN'].map((letter, index) => [letter, index + 1])),
  ...{ P: 7, R: 9 },
  ...Object.fromEntries([...'STUVWXYZ'].map((letter, index) => [letter, index + 2])),
};
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** True for a 17-character vehicle identification number whose check character (the 9th, modulo 11) holds. */
export function isVin(text: string): boolean {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * (VALUES[text[index]!] ?? 0), 0);
  const check = sum % 11;
  return text[8] === (check === 10 ? 'X' : String(check));
}

/**
 * Door labels encode the VIN as Code 39 with the data identifier `I` before it, which is not printed. Returns
 * what is printed; any other code comes back as it is.
 */
export function withoutVinIdentifier(codigo: string): string {
  return codigo.startsWith('I') && isVin(codigo.slice(1)) ? codigo.slice(1) : codigo;
}
