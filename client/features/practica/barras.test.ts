import bwipjs from 'bwip-js/node';
import { expect, test } from 'vitest';
import { esGtin } from '#shared/domain/codigos.ts';
import { modulosEan13 } from './barras.tsx';
import { CODIGOS, LEER } from './catalogo.ts';

/** The same code drawn by bwip-js: widths of dark and light bars in turn. */
function segunBwip(codigo: string): string {
  const [simbolo] = bwipjs.raw('ean13', codigo, {}) as unknown as [{ sbs: number[] }];
  return simbolo.sbs.map((ancho, i) => (i % 2 === 0 ? '1' : '0').repeat(ancho)).join('');
}

test('the bars of the practice codes are those of a proven encoder, for each first digit', () => {
  for (const codigo of [...Object.values(LEER), '7501000000012', '0123456789012', '4006381333931'])
    expect(modulosEan13(codigo), codigo).toBe(segunBwip(codigo));
});

test('practice codes hold their check digit and begin with what GS1 keeps for examples', () => {
  for (const codigo of Object.values(LEER)) {
    expect(esGtin(codigo), codigo).toBe(true);
    expect(codigo).toMatch(/^952/);
  }
  expect(CODIGOS.some((fila) => fila.codigo === LEER.desconocido)).toBe(false);
  expect(CODIGOS.filter((fila) => fila.codigo === LEER.foco)).toHaveLength(2);
  expect(CODIGOS.find((fila) => fila.codigo === LEER.caja)?.factor).toBe('12');
});

test('what is no EAN-13 is not drawn', () => {
  expect(() => modulosEan13('PR-01')).toThrow(RangeError);
});
