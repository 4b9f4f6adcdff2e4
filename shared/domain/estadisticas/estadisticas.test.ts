import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clasificaAbc } from './abc.ts';
import * as frases from './frases.ts';
import { tantoPorCiento } from './partes.ts';
import { lineasPorHora } from './ritmo.ts';
import { clasificaXyz, variabilidad } from './xyz.ts';

describe('ABC by value per almacén, Pareto thresholds as settings', () => {
  const clases = (valores: number[], umbrales?: { a: number; b: number }) =>
    [
      ...clasificaAbc(
        valores.map((v, i) => ({ id: `p${i}`, valor: BigInt(v) })),
        umbrales,
      ),
    ]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, c]) => c)
      .join('');

  test('the product that crosses a threshold is still of the class before it; what is worth nothing is C', () => {
    expect(clases([70, 20, 6, 4])).toBe('AABC');
    expect(clases([70, 20, 6, 4], { a: 50, b: 96 })).toBe('ABBC');
    expect(clases([100, 0, -50])).toBe('ACC');
    expect(clases([0, 0])).toBe('CC');
    expect(clases([])).toBe('');
  });

  test('for any values: A never holds less than the threshold, and no C is worth more than an A', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 1000 }), { minLength: 1, maxLength: 40 }),
        (valores) => {
          const c = clasificaAbc(
            valores.map((v, i) => ({ id: String(i).padStart(3, '0'), valor: BigInt(v) })),
          );
          const de = (clase: string) => valores.filter((_, i) => c.get(String(i).padStart(3, '0')) === clase);
          const total = valores.reduce((n, v) => n + Math.max(0, v), 0);
          expect(de('A').reduce((n, v) => n + v, 0) * 100).toBeGreaterThanOrEqual(total * 80);
          expect(Math.max(-1e9, ...de('C'))).toBeLessThanOrEqual(Math.min(1e9, ...de('A')));
        },
      ),
      { seed: 5 },
    );
  });
});

describe('XYZ: the coefficient of variation of weekly demand, standard deviation ÷ mean, weeks without a sale as 0', () => {
  const de = (semanas: number[]) =>
    variabilidad(
      semanas.length,
      semanas.reduce((a, b) => a + b, 0),
      semanas.reduce((a, b) => a + b * b, 0),
    );
  test('even demand is X, one that varies is Y, one by fits is Z; without demand or with few weeks it is none', () => {
    expect([de(new Array(10).fill(4)), clasificaXyz(de(new Array(10).fill(4)))]).toEqual([0, 'X']);
    expect(clasificaXyz(de([1, 9, 1, 9, 1, 9, 1, 9]))).toBe('Y');
    expect(clasificaXyz(de([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toBe('Z');
    expect(de([20, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toBeCloseTo(3, 6);
    expect([de(new Array(10).fill(0)), de([1, 2, 3])]).toEqual([null, null]);
    expect([0.5, 0.5001, 1, 1.0001, null].map(clasificaXyz)).toEqual(['X', 'Y', 'Y', 'Z', null]);
  });
});

test('parts of nothing are nothing, and are rounded half to even', () => {
  expect([tantoPorCiento(1n, 3n), tantoPorCiento(1n, 0n), tantoPorCiento(-1n, 4n)]).toEqual([
    '33.33',
    null,
    '-25',
  ]);
});

test('a pace needs enough lines to say something', () => {
  expect([lineasPorHora(29, 100), lineasPorHora(30, 0), lineasPorHora(60, 1800)]).toEqual([null, null, 120]);
});

describe('each measure has one sentence that reads it, also of nothing', () => {
  const dias = { desde: '2026-11-01', hasta: '2026-11-24' };
  const cifras = {
    movimientos: 2,
    unidades: '3',
    importe: '116',
    neto: '100',
    margen: '40',
    margenPct: '40',
    sinCosto: '1.5',
  };
  const todas: [string, string][] = [
    [
      frases.fraseDeMovimientos({ ...dias, tipo: 'venta' }, { ...cifras, productos: 1 }),
      'Del 1 nov 2026 al 24 nov 2026 se vendieron 3 unidades de 1 producto: $100 sin IVA. El margen fue de $40 (40 %); 1.5 unidades no tienen costo y no entran en el margen.',
    ],
    [
      frases.fraseDeMovimientos({ ...dias, tipo: 'compra' }, { ...cifras, movimientos: 0, productos: 0 }),
      'No hay compras del 1 nov 2026 al 24 nov 2026.',
    ],
    [
      frases.fraseDeGrupos({ ...dias, por: 'tienda', tipo: 'venta' }, [
        { nombre: 'Centro', importe: '1', neto: '75' },
        { nombre: 'Norte', importe: '1', neto: '25' },
      ]),
      'Del 1 nov 2026 al 24 nov 2026 sumaron $100 sin IVA; Centro fue lo más alto con $75 (75 %).',
    ],
    [
      frases.fraseDeValor({ productos: 2, valor: '1500.50', negativos: 1, sinCosto: 2 }),
      'Lo que hay vale $1,500.50 a costo, sin IVA, en 2 productos. Aparte, a 1 producto le falta registrar una entrada y 2 productos no tienen costo.',
    ],
    [
      frases.fraseDeCobertura(
        { productos: 9, agotados: 1, semana: 2, medioAnio: 3, sinVenta: 4 },
        '2026-11-24T09:15:00Z',
      ),
      '1 producto que se vende está agotado y a 2 productos les queda una semana o menos; a 3 les queda más de medio año y 4 no se han vendido en 90 días.',
    ],
    [
      frases.fraseDeAbc(
        'ventas',
        [
          { clase: 'A', productos: 1, valor: '80' },
          { clase: 'C', productos: 3, valor: '20' },
        ],
        'x',
      ),
      '1 de 4 productos son clase A y hace el 80 % de la venta de un año.',
    ],
    [
      frases.fraseSinVenta(90, { productos: 2, valor: '500' }, 'x'),
      '2 productos con existencia no se han vendido en 90 días: $500 a costo detenidos.',
    ],
    [
      frases.fraseSinVenta(90, { productos: 0, valor: '0' }, null),
      'No se sabe qué no se ha vendido. Todavía no se miden ventas ni clases: pídelo con «Medir ahora».',
    ],
    [
      frases.fraseSinConteo({ productos: 5, nunca: 1, vencidos: 2, mediana: 40 }, 'x'),
      'La mitad de lo que se ha contado lleva 40 días o más sin contarse; 2 de 5 productos pasaron los días de su clase y 1 nunca se ha contado.',
    ],
    [
      frases.fraseDeMerma(dias, {
        movimientos: 2,
        faltante: '-30',
        sobrante: '10',
        neto: '-20',
        bruto: '40',
      }),
      'Del 1 nov 2026 al 24 nov 2026 faltaron $30 y sobraron $10 a costo: en neto se perdieron $20.',
    ],
    [
      frases.fraseDeExactitud(dias, { productos: 4, exactos: 3, lineasPct: '75', valorPct: null }),
      'Del 1 nov 2026 al 24 nov 2026 3 de 4 productos contados coincidieron con el libro (75 %).',
    ],
    [
      frases.fraseDeRecuentos(dias, { recontados: 2, coinciden: 2, lineasPorHora: 90 }),
      'Del 1 nov 2026 al 24 nov 2026 2 de 2 recuentos coincidieron con el conteo anterior. El ritmo fue de 90 líneas por hora.',
    ],
  ];
  test.each(todas)('%s', (dicha, esperada) => expect(dicha).toBe(esperada));
});
