import { expect, test } from 'vitest';
import { lectorPorTandas } from './lector-por-tandas.ts';

test('two hundred streams that ask at once are a handful of reads, one at a time, and none gets an older answer', async () => {
  let ahora = 0;
  let juntas = 0;
  const tandas: string[][] = [];
  const lee = lectorPorTandas(async (claves) => {
    juntas += 1;
    expect(juntas).toBe(1);
    tandas.push([...claves]);
    const visto = ahora;
    await new Promise((resolve) => setTimeout(resolve, 1));
    juntas -= 1;
    return new Map(claves.map((clave) => [clave, `${clave} ${visto}`]));
  });
  const primeras = Array.from({ length: 200 }, (_, i) => lee(String(i % 120)));
  await new Promise((resolve) => setTimeout(resolve, 0));
  ahora = 1;
  const despues = lee('0');
  expect((await Promise.all(primeras)).slice(0, 2)).toEqual(['0 0', '1 0']);
  expect(await despues).toBe('0 1');
  expect(tandas.map((tanda) => tanda.length)).toEqual([50, 50, 21]);
});

test('a read that fails tells those who waited for it, and the next ones are read', async () => {
  let veces = 0;
  const lee = lectorPorTandas(async (claves) => {
    veces += 1;
    if (veces === 1) throw new Error('away');
    return new Map(claves.map((clave) => [clave, clave]));
  });
  await expect(lee('a')).rejects.toThrow('away');
  expect(await lee('a')).toBe('a');
});
