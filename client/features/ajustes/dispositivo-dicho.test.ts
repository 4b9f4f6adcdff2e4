import { expect, test } from 'vitest';
import { type DispositivoVisto, senasDe } from './dispositivo-dicho.ts';

const AHORA = Date.parse('2026-03-10T16:00:00Z');
const hace = (dias: number) => new Date(AHORA - dias * 24 * 3_600_000).toISOString();
const de = (cambios: Partial<DispositivoVisto>, version = '1.10.0') =>
  senasDe(
    {
      id: 'otro',
      appVer: '1.10.0',
      visto: hace(0),
      sinEnviar: 0,
      masViejo: null,
      revocadoEn: null,
      ...cambios,
    },
    { ahora: AHORA, version, este: 'este' },
  ).map(({ texto }) => texto);

test('the Devices screen says which phone needs an eye: unsent for a day, unseen for a week, an older version, put out', () => {
  expect(de({})).toEqual([]);
  expect(de({ id: 'este' })).toEqual(['este teléfono']);
  expect(de({ sinEnviar: 3, masViejo: hace(0.9) })).toEqual(['3 sin enviar']);
  expect(de({ sinEnviar: 3, masViejo: hace(2.2), visto: hace(8) })).toEqual([
    '3 sin enviar desde hace 2 días',
    '8 días sin verse',
  ]);
  expect(de({ appVer: '1.9.3' })).toEqual(['versión anterior']);
  expect(de({ appVer: '1.11.0' })).toEqual([]);
  expect(de({ revocadoEn: hace(1), visto: hace(30), appVer: '0.1.0' })).toEqual(['dado de baja']);
});
