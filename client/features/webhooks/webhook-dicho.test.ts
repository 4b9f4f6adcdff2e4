import { expect, test } from 'vitest';
import {
  familiasDe,
  intentoDicho,
  SIN_FAMILIA,
  senaDe,
  senaDeEntrega,
  tiposDichos,
} from './webhook-dicho.ts';

test('how a webhook and a delivery stand is said in words, not by colour alone', () => {
  const w = { activo: true, desactivadoEn: null, fallandoDesde: null };
  expect(senaDe(w).texto).toBe('activo');
  expect(senaDe({ ...w, fallandoDesde: '2026-11-24T00:00:00Z' })).toEqual({
    tono: 'warn',
    texto: 'está fallando',
  });
  expect(senaDe({ ...w, activo: false }).texto).toBe('apagado');
  expect(senaDe({ ...w, activo: false, desactivadoEn: '2026-11-24T00:00:00Z' }).texto).toBe(
    'apagado por fallar',
  );
  expect(senaDeEntrega({ estado: 'pendiente', intentos: 0 }).texto).toBe('en camino');
  expect(senaDeEntrega({ estado: 'pendiente', intentos: 2 }).texto).toBe('se reintenta');
  expect(senaDeEntrega({ estado: 'fallida', intentos: 8 }).texto).toBe('no llegó');
});

test('what is sent is said by family; every kind of event is in one', () => {
  expect(tiposDichos([])).toBe('Todo lo que pasa');
  expect(tiposDichos(['conteo.*', 'ajuste.aprobado', 'raro.nuevo'])).toBe(
    'Conteos, Ajuste aprobado, raro.nuevo',
  );
  expect(tiposDichos(['conteo.*', 'ajuste.*', 'firma.*', 'periodo.*'])).toBe('4 clases de avisos');
  expect(familiasDe(['conteo.*'])).toEqual(['conteo.*']);
  expect(familiasDe(['conteo.cerrado'])).toBeNull();
  expect(SIN_FAMILIA).toEqual(['webhook.desactivado']);
});

test('a try is said with what came back and how long it took', () => {
  expect(intentoDicho({ en: '', status: 200, ms: 1240, error: null })).toBe('contestó 200 · 1,240 ms');
  expect(intentoDicho({ en: '', status: null, ms: 10_000, error: 'no contestó en 10 segundos' })).toBe(
    'no contestó en 10 segundos · 10,000 ms',
  );
});
