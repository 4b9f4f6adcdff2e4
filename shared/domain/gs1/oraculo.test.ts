import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { GS } from '../codigos.ts';
import { leeGs1 } from './lee.ts';

interface Oraculo {
  parseBarcode(texto: string): { parsedCodeItems: { ai: string; data: unknown }[] };
}
const modulo: unknown = createRequire(import.meta.url)('gs1-barcode-parser-mod');
const oraculo = (typeof modulo === 'function' ? { parseBarcode: modulo } : modulo) as Oraculo;

const GTIN = '07501031311309';
// Only true check digits: the other parser takes false ones.
test.each([
  `]C101${GTIN}10A1${GS}17261231`,
  `]d201${GTIN}21S-9${GS}3103001250`,
  `]C102${GTIN}3712${GS}10L7`,
  `]C101${GTIN}240X9${GS}11260115`,
  ']C100123456789012345675',
])('GS1 another parser finds the same AIs in %j', (texto) => {
  const leido = leeGs1(texto, { separa: true });
  const otro = oraculo.parseBarcode(texto).parsedCodeItems.map(({ ai }) => ai);
  expect(leido.ok && leido.ais.map(({ ai }) => ai)).toEqual(otro);
});
