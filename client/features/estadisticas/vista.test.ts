import { describe, expect, test } from 'vitest';
import * as contrato from '#shared/contracts/estadisticas.ts';
import { filtroDe, leeVista, NOMBRE_MEDIDA } from './vista.ts';

const HOY = '2026-11-24';
const PIDE = {
  productos: contrato.PideProductos,
  grupos: contrato.PideGrupos,
  valor: contrato.PideValor,
  cobertura: contrato.PideCobertura,
  abc: contrato.PideAbc,
  sinVenta: contrato.PideSinVenta,
  sinConteo: contrato.PideSinConteo,
  merma: contrato.PideMerma,
  exactitud: contrato.PideExactitud,
  recuentos: contrato.PideRecuentos,
} as const;

describe('what the URL asks for', () => {
  test('nothing, or nonsense, is the sales of the last 90 days', () => {
    for (const search of [{}, { ver: 'x', desde: '2026-99-99', orden: 7, por: [], dias: 'x', tipo: null }])
      expect(leeVista(search, HOY)).toMatchObject({
        medida: 'productos',
        desde: '2026-08-27',
        hasta: HOY,
        tipo: 'venta',
        orden: 'importe',
        dir: 'desc',
        clase: '',
      });
  });

  test('every measure asks the server something that it takes, from an empty URL and from any other', () => {
    for (const medida of Object.keys(NOMBRE_MEDIDA) as (keyof typeof PIDE)[])
      for (const search of [
        { ver: medida },
        {
          ver: medida,
          tipo: 'todo',
          desde: '',
          hasta: '',
          por: 'semana',
          dias: '90',
          clase: 'A',
          xyz: 'Z',
          orden: 'codigo',
        },
      ]) {
        const pide = { ...filtroDe(leeVista(search, HOY)), cursor: null, limite: 50 };
        expect([medida, PIDE[medida].safeParse(pide).error?.issues]).toEqual([medida, undefined]);
      }
  });

  test('a list begins with what asks for something, and another order with its most', () => {
    expect(leeVista({ ver: 'cobertura' }, HOY)).toMatchObject({ orden: 'cobertura', dir: 'asc' });
    expect(leeVista({ ver: 'cobertura', orden: 'valor' }, HOY)).toMatchObject({
      orden: 'valor',
      dir: 'desc',
    });
    expect(leeVista({ ver: 'valor', orden: 'codigo' }, HOY)).toMatchObject({ dir: 'asc' });
    expect(leeVista({ ver: 'sinVenta' }, HOY).dias).toBe(180);
  });
});
