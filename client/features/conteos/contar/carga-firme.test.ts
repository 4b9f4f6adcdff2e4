import { expect, test, vi } from 'vitest';
import { cargaFirme } from './carga-firme.ts';

test('a part of the counting screen that cannot load is asked for again, and never breaks the count', async () => {
  const trae = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValue('hojas');
  expect(await cargaFirme(trae, 1)).toBe('hojas');
  expect(trae).toHaveBeenCalledTimes(3);
});
