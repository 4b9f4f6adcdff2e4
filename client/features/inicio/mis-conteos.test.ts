import { expect, test } from 'vitest';
import { textoDevuelta } from './mis-conteos.ts';

test('a part that was given back says so, with what the manager wrote', () => {
  expect(textoDevuelta({ devuelta: 'falta el pasillo 3' })).toBe(
    'Te devolvieron tu parte: falta el pasillo 3',
  );
  expect(textoDevuelta({ devuelta: '' })).toBe('Te devolvieron tu parte');
  expect(textoDevuelta({ devuelta: null })).toBeNull();
});
