import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  colocaSoloDia,
  corrigeInstante,
  desfaseDeZona,
  fechaLocal,
  inicioDelDia,
  limitesDelDia,
  limitesDelMes,
} from './instante.ts';

const MIN = 60_000;
const DOS_DIAS = 2 * 24 * 60 * MIN;
const marca = { contadoEn: 1_000_000_000, desfaseGuardar: 0, desfaseEnviar: 0, recibidoEn: 1_000_500_000 };

describe('corrigeInstante', () => {
  test('a clock two days off is corrected by the offset of the save', () => {
    const mala = { ...marca, contadoEn: marca.contadoEn + DOS_DIAS };
    expect(corrigeInstante({ ...mala, desfaseGuardar: -DOS_DIAS, desfaseEnviar: -DOS_DIAS })).toEqual({
      instante: marca.contadoEn,
      marcado: false,
    });
  });

  test('clamps the corrected instant to ≤ recibido_en', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.option(fc.integer()),
        fc.option(fc.integer()),
        fc.integer(),
        (contadoEn, desfaseGuardar, desfaseEnviar, recibidoEn) => {
          const { instante } = corrigeInstante({ contadoEn, desfaseGuardar, desfaseEnviar, recibidoEn });
          expect(instante).toBeLessThanOrEqual(recibidoEn);
        },
      ),
    );
  });

  test('a difference > 2 min is flagged: of the offsets, or of the clamp', () => {
    expect(corrigeInstante({ ...marca, desfaseEnviar: 2 * MIN }).marcado).toBe(false);
    expect(corrigeInstante({ ...marca, desfaseEnviar: 2 * MIN + 1 }).marcado).toBe(true);
    expect(corrigeInstante({ ...marca, recibidoEn: marca.contadoEn - 2 * MIN }).marcado).toBe(false);
    expect(corrigeInstante({ ...marca, recibidoEn: marca.contadoEn - 2 * MIN - 1 }).marcado).toBe(true);
  });

  test('never measured at the save: the offset of the send is used, and flagged when it is large', () => {
    const sinMedir = { ...marca, desfaseGuardar: null };
    expect(corrigeInstante({ ...sinMedir, desfaseEnviar: MIN })).toEqual({
      instante: marca.contadoEn + MIN,
      marcado: false,
    });
    expect(corrigeInstante({ ...sinMedir, desfaseEnviar: -DOS_DIAS }).marcado).toBe(true);
  });

  test('on the phone there is no clamp yet', () => {
    expect(corrigeInstante({ ...marca, desfaseGuardar: 5, recibidoEn: null }).instante).toBe(
      marca.contadoEn + 5,
    );
  });
});

describe('local dates by IANA zone', () => {
  test('fecha = local date of ocurrida_en', () => {
    const medianoche = Date.parse('2026-03-02T06:00:00Z');
    expect(fechaLocal(medianoche, 'America/Mexico_City')).toBe('2026-03-02');
    expect(fechaLocal(medianoche - 1, 'America/Mexico_City')).toBe('2026-03-01');
    expect(fechaLocal(medianoche - 1, -360)).toBe('2026-03-01');
    expect(fechaLocal(-1, 'UTC')).toBe('1969-12-31');
  });

  test('border towns keep summer time, Sonora never had it', () => {
    const julio = Date.parse('2026-07-15T12:00:00Z');
    expect(desfaseDeZona(julio, 'America/Tijuana')).toBe(-420);
    expect(desfaseDeZona(Date.parse('2026-01-15T12:00:00Z'), 'America/Tijuana')).toBe(-480);
    expect(desfaseDeZona(julio, 'America/Hermosillo')).toBe(-420);
    expect(desfaseDeZona(julio, 'America/Mexico_City')).toBe(-360);
    expect(desfaseDeZona(julio, 'America/Cancun')).toBe(-300);
  });

  test('a day holds its own instants, also when the hour changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2040-01-01') }),
        fc.constantFrom('America/Mexico_City', 'America/Tijuana', 'America/Cancun', 'UTC', -360),
        (ms, zona) => {
          const fecha = fechaLocal(ms, zona);
          const dia = limitesDelDia(ms, zona);
          expect(dia.inicio <= ms && ms <= dia.fin).toBe(true);
          expect([fechaLocal(dia.inicio, zona), fechaLocal(dia.fin, zona)]).toEqual([fecha, fecha]);
          expect(fechaLocal(dia.inicio - 1, zona)).not.toBe(fecha);
          expect(fechaLocal(dia.fin + 1, zona)).not.toBe(fecha);
          const mes = limitesDelMes(ms, zona);
          expect(mes.inicio <= dia.inicio && dia.fin <= mes.fin).toBe(true);
          expect(fechaLocal(mes.fin, zona).slice(0, 7)).toBe(fecha.slice(0, 7));
        },
      ),
    );
    const { inicio, fin } = limitesDelDia(Date.parse('2026-03-08T20:00:00Z'), 'America/Tijuana');
    expect(fin + 1 - inicio).toBe(23 * 60 * MIN);
    expect(inicioDelDia('2026-03-08', 'America/Tijuana')).toBe(Date.parse('2026-03-08T08:00:00Z'));
  });
});

test('a day-only row asks "¿antes de abrir o al cerrar?" and its orden says which; of today it stands at min(day’s end, created_at)', () => {
  const zona = 'America/Mexico_City';
  const ahora = Date.parse('2026-03-02T18:30:00Z');
  const coloca = (fecha: string, momento: 'antes_de_abrir' | 'al_cerrar') => {
    const { ocurridaEn, orden } = colocaSoloDia(fecha, momento, zona, ahora);
    return [new Date(ocurridaEn).toISOString(), orden];
  };
  expect(coloca('2026-03-01', 'antes_de_abrir')).toEqual(['2026-03-01T06:00:00.000Z', -1]);
  expect(coloca('2026-03-01', 'al_cerrar')).toEqual(['2026-03-02T05:59:59.999Z', 1]);
  expect(coloca('2026-03-02', 'al_cerrar')).toEqual(['2026-03-02T18:30:00.000Z', 1]);
  expect(coloca('2026-03-02', 'antes_de_abrir')).toEqual(['2026-03-02T06:00:00.000Z', -1]);
});
