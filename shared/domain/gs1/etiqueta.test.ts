import { expect, test } from 'vitest';
import { toCantidad } from '../cantidad.ts';
import { GS, pareceGs1 } from '../codigos.ts';
import { cuantoDice, etiquetaDe } from './etiqueta.ts';

const GTIN = '07501031311309';
const SSCC = '123456789012345675';
const q = toCantidad;

test('GS1 01 names the product, 10 its lot, 17 its expiry, 21 its serial, kept as information', () => {
  expect(etiquetaDe(`01${GTIN}17261231` + `10L-2031${GS}21S9`)).toMatchObject({
    gtin: GTIN,
    lote: 'L-2031',
    caduca: '2026-12-31',
    serie: 'S9',
    fallo: null,
  });
});

test('15 is the expiry where there is no 17', () => {
  expect(etiquetaDe(`01${GTIN}15270630`)).toMatchObject({ caduca: '2027-06-30' });
});

test('a GS1 code with a date of day 00 expires at the month’s end', () => {
  expect(etiquetaDe(`01${GTIN}17280200`)).toMatchObject({ caduca: '2028-02-29', fallo: null });
  expect(etiquetaDe(`01${GTIN}15270400`)).toMatchObject({ caduca: '2027-04-30', fallo: null });
});

test('a GS1 code with a bad check digit names no product', () => {
  expect(etiquetaDe('0107501031311308' + '10A1')).toMatchObject({
    gtin: null,
    lote: null,
    fallo: { code: 'GS1_DIGITO_MALO', ai: '01' },
  });
});

test('a GS1 code without its separator keeps its sure GTIN and gives no lot', () => {
  expect(etiquetaDe(`01${GTIN}10ABC17261231`)).toMatchObject({
    gtin: GTIN,
    lote: null,
    caduca: null,
    fallo: { code: 'GS1_SIN_SEPARADOR', ai: '10' },
  });
  // The camera's decoder delivers FNC1: a lot without one behind it is a lot.
  expect(etiquetaDe(`01${GTIN}10ABC17261231`, { separa: true })).toMatchObject({ lote: 'ABC17261231' });
});

test('00 is a pallet: it names no product by itself, and its contents do with 02 and 37', () => {
  expect(etiquetaDe(`00${SSCC}`)).toMatchObject({ gtin: null, sscc: SSCC, fallo: null });
  expect(etiquetaDe(`00${SSCC}02${GTIN}3724`)).toMatchObject({
    gtin: GTIN,
    sscc: SSCC,
    piezas: { cantidad: q('24'), adentro: true },
  });
});

test('plain codes are no GS1 label', () => {
  for (const plano of ['7501031311309', 'PH-2840', '']) expect(etiquetaDe(plano)).toBeNull();
});

test('30 says the pieces of the item, 37 the units inside times their factor', () => {
  const en30 = etiquetaDe(`01${GTIN}3018`);
  const en37 = etiquetaDe(`02${GTIN}3724`);
  expect(cuantoDice(en30, 'PZA', q('12'))).toMatchObject({
    cantidad: q('18'),
    factor: q('1'),
    dice: 'piezas',
  });
  expect(cuantoDice(en37, 'PZA', q('12'))).toMatchObject({
    cantidad: q('24'),
    factor: q('12'),
    dice: 'piezas',
  });
  expect(cuantoDice(etiquetaDe(`01${GTIN}`), 'PZA', q('12'))).toMatchObject({
    cantidad: q('1'),
    factor: q('12'),
    dice: null,
  });
});

test('310n is the quantity of a unit that is measured, exact; pieces ignore the weight', () => {
  const pesa = etiquetaDe(`01${GTIN}3103001250`);
  expect(cuantoDice(pesa, 'Kg.', q('1'))).toMatchObject({
    cantidad: q('1.25'),
    factor: q('1'),
    dice: 'medida',
  });
  expect(cuantoDice(pesa, 'G', q('1')).cantidad).toBe(q('1250'));
  expect(cuantoDice(pesa, 'PZA', q('1'))).toMatchObject({ cantidad: q('1'), dice: null });
  expect(cuantoDice(pesa, 'M', q('1')).dice).toBeNull();
  expect(cuantoDice(etiquetaDe(`01${GTIN}3112001250`), 'MTS', q('1')).cantidad).toBe(q('12.5'));
  expect(cuantoDice(etiquetaDe(`01${GTIN}3303001250`), 'KG', q('1')).dice).toBeNull();
});

test('a label that says more than anybody has counts one and says so', () => {
  expect(cuantoDice(etiquetaDe(`02${GTIN}3799999999`), 'PZA', q('1'))).toMatchObject({
    cantidad: q('1'),
    dice: null,
    absurda: true,
  });
  expect(cuantoDice(etiquetaDe(`02${GTIN}370`), 'PZA', q('1'))).toMatchObject({
    cantidad: q('1'),
    dice: null,
  });
});

test('only what may be a GS1 label is read as one: a bare code costs no parser', () => {
  for (const si of [`01${GTIN}10A`, `]C110A`, `(01)${GTIN}`, `00${SSCC}`, `10A${GS}17261231`])
    expect(pareceGs1(si)).toBe(true);
  for (const no of ['7501031311309', GTIN, 'PH-2840', '0101234', '01234567890128', '(A) 12'])
    expect(pareceGs1(no)).toBe(false);
  expect(pareceGs1('10ABC', true)).toBe(true);
  expect(pareceGs1(`01${GTIN}10A`, false)).toBe(false);
});
