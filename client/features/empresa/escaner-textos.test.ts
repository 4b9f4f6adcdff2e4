import { expect, test } from 'vitest';
import { ESCANER_POR_OMISION } from '#shared/contracts/escaner.ts';
import { aAjustes, aTextos, resumenLargo, type TextosRegla } from './escaner-textos.ts';

const REGLAS = ESCANER_POR_OMISION.simbologias;
const con = (simbologia: 'ITF' | 'CODE_39' | 'QR', cambios: Partial<TextosRegla>) => {
  const textos = aTextos(ESCANER_POR_OMISION);
  return aAjustes({ ...textos, [simbologia]: { ...textos[simbologia], ...cambios } }, REGLAS);
};
const error = (salida: ReturnType<typeof aAjustes>) => (salida.ok ? {} : salida.errores);

test('text and back is the same', () => {
  expect(aAjustes(aTextos(ESCANER_POR_OMISION), REGLAS)).toEqual({ ok: true, valor: ESCANER_POR_OMISION });
});

test('formats and lengths per symbology: exact ones by comma, or from–to', () => {
  const salida = con('ITF', { largos: '14, 16;18' });
  expect(salida.ok && salida.valor.simbologias.ITF).toMatchObject({ largos: [14, 16, 18] });
  expect(resumenLargo({ lee: true, minimo: '6', maximo: '48', largos: '14,16' })).toBe('solo 14, 16');
  expect(resumenLargo({ lee: true, minimo: '6', maximo: '48', largos: ' ' })).toBe('de 6 a 48');
});

test('each mistake has its sentence at its symbology', () => {
  expect(error(con('ITF', { largos: '13' })).ITF).toMatch(/número par/);
  expect(error(con('CODE_39', { minimo: '9', maximo: '4' })).CODE_39).toMatch(/no puede ser menor/);
  expect(error(con('QR', { minimo: '' })).QR).toMatch(/número entero/);
  expect(error(con('QR', { maximo: '3.5' })).QR).toMatch(/número entero/);
  expect(error(con('CODE_39', { largos: '4, x' })).CODE_39).toMatch(/separados por coma/);
});

test('without any symbology the camera would read nothing', () => {
  const textos = aTextos(ESCANER_POR_OMISION);
  const ninguna = Object.fromEntries(
    Object.entries(textos).map(([s, regla]) => [s, { ...regla, lee: false }]),
  ) as typeof textos;
  expect(error(aAjustes(ninguna, REGLAS)).general).toMatch(/no lee nada/);
});
