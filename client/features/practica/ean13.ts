/** Modules of the left half's digits in set A; set C is its complement, set B that one read backwards. */
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
const C = A.map((bits) => [...bits].map((bit) => (bit === '1' ? '0' : '1')).join(''));
const B = C.map((bits) => [...bits].reverse().join(''));
/** The first digit is told by which of the left six are in set B (1). */
const PARIDAD = [0, 0b001011, 0b001101, 0b001110, 0b010011, 0b011001, 0b011100, 0b010101, 0b010110, 0b011010];

/** The 95 modules of an EAN-13, '1' is dark (GS1 General Specifications, 5.2). 13 digits with their check digit. */
export function modulosEan13(digitos: string): string {
  if (!/^\d{13}$/.test(digitos)) throw new RangeError('EAN-13 has 13 digits');
  const [primero, ...resto] = [...digitos].map(Number) as [number, ...number[]];
  const paridad = PARIDAD[primero]!;
  const izquierda = resto.slice(0, 6).map((d, i) => ((paridad >> (5 - i)) & 1 ? B : A)[d]);
  const derecha = resto.slice(6).map((d) => C[d]);
  return `101${izquierda.join('')}01010${derecha.join('')}101`;
}
