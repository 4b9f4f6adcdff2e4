import { expect, test } from 'vitest';
import { acceptManual } from './manual.ts';

test('a typed code is cleaned and accepted', () => {
  expect(acceptManual('  ph-2840\u0000 ', 5)).toEqual({
    event: { codigo: 'ph-2840', fuente: 'manual', en: 5 },
  });
  expect(acceptManual('7501031311309', 5)).toEqual({
    event: { codigo: '7501031311309', fuente: 'manual', en: 5 },
  });
});

test('nothing typed is nothing', () => {
  expect(acceptManual(' \u0000', 5)).toBeNull();
});

test('a wrong check digit is told, and may be insisted on', () => {
  const answer = acceptManual('7501031311308', 5);
  expect(answer).toMatchObject({ rejection: { motivo: 'digito_verificador_malo', forzable: true } });
  expect(acceptManual('7501031311308', 5, { force: true })).toEqual({
    event: { codigo: '7501031311308', fuente: 'manual', en: 5 },
  });
});

test('a text longer than any label is refused, insisted on or not', () => {
  expect(acceptManual('1'.repeat(201), 5, { force: true })).toMatchObject({
    rejection: { motivo: 'muy_largo', forzable: false },
  });
});
