import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { cifraCursor, leeCursor } from './cursor.ts';

const base = { epoch: newId(), scope: 'catalogo', schema: 1 };

test('a cursor reads back as it was written', () => {
  fc.assert(
    fc.property(
      fc.nat(1e9),
      fc.nat(1e6),
      fc.option(fc.tuple(fc.string(), fc.string())),
      (ver, mas, after) => {
        const head = ver + mas + 1;
        const posicion = { ...base, ver, after, head, token: newId() };
        expect(leeCursor(cifraCursor(posicion))).toEqual(posicion);
      },
    ),
  );
});

test('no text makes it throw, and few make a cursor', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (texto) => {
      expect(leeCursor(texto)).toBeNull();
      expect(leeCursor(Buffer.from(texto).toString('base64url'))).toBeNull();
    }),
  );
});

test('a position above the head, or a token that does not fit it, is none', () => {
  const token = newId();
  const bueno = { ...base, ver: 3, after: null, head: 3, token };
  expect(leeCursor(cifraCursor(bueno))).toEqual(bueno);
  expect(leeCursor(cifraCursor({ ...bueno, ver: 4 }))).toBeNull();
  expect(leeCursor(cifraCursor({ ...bueno, after: ['t', 'p'] }))).toBeNull();
  expect(leeCursor(cifraCursor({ ...bueno, token: null }))).toBeNull();
  expect(leeCursor(cifraCursor({ ...bueno, ver: 0, head: 0 }))).toBeNull();
});

test('the longest cursor fits the contract', () => {
  const pk = [newId(), 99, newId()].join(':');
  const scope = `lineas:${newId()}:${newId()}`;
  const largo = { ...base, scope, ver: 2 ** 40, head: 2 ** 41, token: newId() };
  expect(cifraCursor({ ...largo, after: ['conteo_intento_contadores', pk] }).length).toBeLessThanOrEqual(600);
});
