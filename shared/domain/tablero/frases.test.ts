import { describe, expect, test } from 'vitest';
import {
  diasDelMes,
  haceUnAnio,
  lunesDe,
  mesCorto,
  mesesHasta,
  semanasHasta,
  semanaVista,
} from './calendario.ts';
import { cambioDe, comparado, parteDe, promedio } from './compara.ts';
import { fraseDiferencias, fraseExactitud, fraseMerma, fraseValor, fraseVentas } from './frases.ts';

describe('calendar', () => {
  test('weeks begin on Monday; a year ago is the same weekday', () => {
    expect(lunesDe('2026-11-22')).toBe('2026-11-16');
    expect(lunesDe('2026-11-16')).toBe('2026-11-16');
    expect(semanasHasta('2026-11-24', 3)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23']);
    expect(haceUnAnio('2026-11-16')).toBe('2025-11-17');
    expect(semanaVista('2026-11-09')).toBe('9 al 15 nov');
    expect(semanaVista('2026-11-30')).toBe('30 nov al 6 dic');
  });

  test('months across a year, leap days', () => {
    expect(mesesHasta('2026-01-31', 3)).toEqual(['2025-11', '2025-12', '2026-01']);
    expect(diasDelMes('2028-02')).toEqual({ desde: '2028-02-01', hasta: '2028-02-29' });
    expect(mesCorto('2026-01')).toBe('ene 2026');
  });
});

describe('comparing', () => {
  test('rises, falls, hardly moves, from nothing, by multiples', () => {
    expect(cambioDe(112n, 100n)).toEqual({ sentido: 'sube', centesimas: 1_200n });
    expect(comparado(112n, 100n, 'ayer')).toBe('12 % más que ayer');
    expect(comparado(88n, 100n, 'ayer')).toBe('12 % menos que ayer');
    expect(comparado(101n, 100n, 'ayer')).toBe('casi lo mismo que ayer');
    expect(comparado(100n, 100n, 'ayer')).toBe('lo mismo que ayer');
    expect(comparado(5n, 0n, 'ayer')).toBe('más que ayer');
    expect(comparado(0n, 0n, 'ayer')).toBe('lo mismo que ayer');
    expect(comparado(340n, 100n, 'ayer', 'lo de ayer')).toBe('3.4 veces lo de ayer');
    expect(comparado(3_000n, 100n, 'la anterior')).toBe('30 veces la anterior');
    expect(comparado(0n, 100n, 'ayer')).toBe('100 % menos que ayer');
  });

  test('amounts beyond what a float holds are exact', () => {
    const enorme = 900_719_925_474_099_300n;
    expect(comparado(enorme + enorme / 10n, enorme, 'ayer')).toBe('10 % más que ayer');
    expect(promedio([enorme, enorme + 2n])).toBe(enorme + 1n);
    expect(promedio([])).toBeNull();
  });

  test('a part is never rounded to nothing nor to all', () => {
    expect(parteDe(1n, 5_000n)).toBe('menos de 1 %');
    expect(parteDe(4_999n, 5_000n)).toBe('más de 99 %');
    expect(parteDe(5_000n, 5_000n)).toBe('100 %');
    expect(parteDe(0n, 0n)).toBe('0 %');
  });
});

describe('sales by week, with the former year where known', () => {
  const semanas = semanasHasta('2026-11-24', 6);
  const ventas = (importes: number[], antes: (number | null)[] = []) =>
    semanas.map((semana, i) => ({
      semana,
      importe: BigInt(importes[i]! * 100),
      antes: antes[i] === undefined || antes[i] === null ? null : BigInt(antes[i] * 100),
    }));

  test('rises against what is usual and falls against a year ago; the open week is told, not compared', () => {
    expect(fraseVentas(ventas([1000, 1000, 1000, 1000, 1200, 300], [0, 0, 0, 0, 1500, null]))).toBe(
      'La semana del 16 al 22 nov se vendieron $1,200 sin IVA, 20 % más que el promedio de las 4 anteriores y 20 % menos que hace un año. Esta semana van $300.',
    );
  });
  test('falls', () => {
    expect(fraseVentas(ventas([1000, 1000, 1000, 1000, 500, 0]))).toBe(
      'La semana del 16 al 22 nov se vendieron $500 sin IVA, 50 % menos que el promedio de las 4 anteriores.',
    );
  });
  test('flat', () => {
    expect(fraseVentas(ventas([1000, 1000, 1000, 1000, 1010, 0]))).toContain(
      'casi lo mismo que el promedio de las 4 anteriores.',
    );
  });
  test('no data', () => {
    expect(fraseVentas(ventas([0, 0, 0, 0, 0, 0]))).toBe('No hay ventas registradas en estas semanas.');
    expect(fraseVentas([])).toBe('No hay ventas registradas en estas semanas.');
  });
  test('one point', () => {
    expect(fraseVentas(ventas([0, 0, 0, 0, 900, 0]))).toBe(
      'La semana del 16 al 22 nov se vendieron $900 sin IVA; es la primera semana completa.',
    );
    expect(fraseVentas(ventas([0, 0, 0, 0, 900, 0], [0, 0, 0, 0, 300]))).toBe(
      'La semana del 16 al 22 nov se vendieron $900 sin IVA, 3 veces lo de hace un año.',
    );
    expect(fraseVentas(ventas([0, 0, 0, 0, 0, 80]))).toBe(
      'Las primeras ventas son de esta semana. Esta semana van $80.',
    );
  });
  test('two points compare with the week before; a week that sold nothing counts as one', () => {
    expect(fraseVentas(ventas([0, 0, 0, 400, 300, 0]))).toContain('25 % menos que la anterior.');
    expect(fraseVentas(ventas([0, 0, 600, 0, 450, 0]))).toContain(
      '50 % más que el promedio de las 2 anteriores.',
    );
  });
});

describe('accuracy by week (lines and value)', () => {
  const s = (semana: string, exactos: number, productos: number, valor: number | null = null) => ({
    semana,
    exactos,
    productos,
    valor: valor === null ? null : BigInt(valor),
  });
  test('rises', () => {
    expect(fraseExactitud([s('2026-11-09', 90, 100), s('2026-11-16', 194, 200, 9_914)])).toBe(
      'La semana del 16 al 22 nov coincidieron 194 de 200 productos con el libro (97 %), 7 puntos más que la del 9 nov; en pesos, 99.1 %.',
    );
  });
  test('falls, over weeks without counts', () => {
    expect(
      fraseExactitud([s('2026-10-26', 100, 100), s('2026-11-02', 0, 0), s('2026-11-16', 985, 1000)]),
    ).toContain('(98 %), 1.5 puntos menos que la del 26 oct.');
  });
  test('flat', () => {
    expect(fraseExactitud([s('2026-11-09', 97, 100), s('2026-11-16', 973, 1000)])).toContain(
      'igual que la del 9 nov',
    );
  });
  test('no data', () => {
    expect(fraseExactitud([])).toBe('No se aprobó ningún conteo en estas semanas.');
    expect(fraseExactitud([s('2026-11-09', 0, 0)])).toBe('No se aprobó ningún conteo en estas semanas.');
  });
  test('one point, also of one product', () => {
    expect(fraseExactitud([s('2026-11-16', 1, 1)])).toBe(
      'La semana del 16 al 22 nov el único producto contado coincidió con el libro. Es la única con conteos.',
    );
    expect(fraseExactitud([s('2026-11-16', 0, 9)])).toContain('no coincidió ninguno de 9 productos');
    expect(fraseExactitud([s('2026-11-16', 1, 3)])).toContain(
      'coincidió 1 de 3 productos con el libro (33 %)',
    );
  });
});

describe('variance in pesos by zone and cause', () => {
  const d = (nombre: string, diferencia: number) => ({ nombre, diferencia: BigInt(diferencia) * 100n });
  test('names the worst and its part', () => {
    expect(fraseDiferencias([d('la zona A', 100), d('la zona B', 1_240), d('varias zonas', 660)])).toBe(
      'La zona B: $1,240 de diferencia, el 62 % de todo lo que no coincidió.',
    );
  });
  test('one, none, and nothing counted', () => {
    expect(fraseDiferencias([d('la zona A', 340), d('la zona B', 0)])).toBe(
      'Toda la diferencia, $340, está en la zona A.',
    );
    expect(fraseDiferencias([d('A', 0)])).toBe(
      'Todo lo contado coincidió con el libro: no hay diferencias en pesos.',
    );
    expect(fraseDiferencias([])).toBe('No se aprobó ningún conteo en este periodo.');
  });
});

describe('shrinkage by month', () => {
  const m = (mes: string, faltante: number, sobrante = 0) => ({
    mes,
    faltante: BigInt(faltante) * 100n,
    sobrante: BigInt(sobrante) * 100n,
  });
  test('falls, rises, hardly moves', () => {
    expect(fraseMerma([m('2026-10', -1000), m('2026-11', -700, 100)])).toBe(
      'En noviembre, hasta hoy, faltan $600 netos, 40 % menos que en todo octubre.',
    );
    expect(fraseMerma([m('2026-10', -1000), m('2026-11', -1500)])).toContain('50 % más que en todo octubre');
    expect(fraseMerma([m('2026-10', -1000), m('2026-11', -1000)])).toContain('lo mismo que en todo octubre');
  });
  test('from missing to left over', () => {
    expect(fraseMerma([m('2026-10', -1000), m('2026-11', 0, 50)])).toBe(
      'En noviembre, hasta hoy, sobran $50 netos; en octubre faltaron $1,000 netos.',
    );
    expect(fraseMerma([m('2026-10', 0, 20), m('2026-11', 0)])).toBe(
      'En noviembre, hasta hoy, no falta ni sobra nada; en octubre sobraron $20 netos.',
    );
  });
  test('no data and one point', () => {
    expect(fraseMerma([m('2026-11', 0)])).toBe('No hay faltantes ni sobrantes registrados en estos meses.');
    expect(fraseMerma([m('2026-10', 0), m('2026-11', -40)])).toBe(
      'En noviembre, hasta hoy, faltan $40 netos; es el primer mes con datos.',
    );
  });
});

describe('stock value over time', () => {
  const p = (fecha: string, valor: number | null) => ({
    fecha,
    valor: valor === null ? null : BigInt(valor),
  });
  test('rises, falls, flat', () => {
    expect(fraseValor([p('2026-09-01', 100_000), p('2026-10-01', null), p('2026-11-24', 103_049)])).toBe(
      'El inventario vale $1,030 a costo, 3 % más que el 1 sep.',
    );
    expect(fraseValor([p('2026-09-01', 100_000), p('2026-11-24', 80_000)])).toContain(
      '20 % menos que el 1 sep.',
    );
    expect(fraseValor([p('2026-09-01', 100_000), p('2026-11-24', 100_100)])).toContain(
      'casi lo mismo que el 1 sep.',
    );
  });
  test('no data and one point', () => {
    expect(fraseValor([])).toBe('Todavía no se conoce cuánto vale el inventario.');
    expect(fraseValor([p('2026-11-24', 50_000)])).toBe(
      'El inventario vale $500 a costo; todavía no hay otra fecha con que comparar.',
    );
  });
});
