import { expect, test } from 'vitest';
import { isVin, withoutVinIdentifier } from './vin.ts';

test.each([
  '5FNRL38488B411196',
  'JM1BK32G071773697',
  'JHMGE8H42AS021233',
  '2HGFG1B86BH501831',
  '1M8GDM9AXKP042788',
])('%s is a VIN', (vin) => {
  expect(isVin(vin)).toBe(true);
  expect(withoutVinIdentifier(`I${vin}`)).toBe(vin);
});

test.each(['5FNRL38488B411197', 'I5FNRL38488B41119', '', 'IO'])('%s is not', (text) => {
  expect(isVin(text)).toBe(false);
  expect(withoutVinIdentifier(`I${text}`)).toBe(`I${text}`);
});
