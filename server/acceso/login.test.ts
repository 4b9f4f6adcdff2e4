import { expect, test } from 'vitest';
import { sameCode } from './codigo-inicial.ts';
import { parseLogin, supabaseEmail } from './login.ts';

test('an @ makes it an e-mail, anything else a user name; both in lower case', () => {
  expect(parseLogin(' Ana@Demo.MX ')).toEqual({ correo: 'ana@demo.mx', nombreUsuario: null });
  expect(parseLogin('Almacen.1')).toEqual({ correo: null, nombreUsuario: 'almacen.1' });
  expect(supabaseEmail('Almacen1')).toBe('almacen1@usuarios.invalid');
  expect(supabaseEmail('ana@demo.mx')).toBe('ana@demo.mx');
});

test.each(['ab', 'ñandú', 'dos palabras', '.punto', 'ana@', '@demo', 'a'.repeat(51)])(
  '%s is refused',
  (text) => {
    expect(() => parseLogin(text)).toThrow('ENTRADA_INVALIDA');
  },
);

test('the set-up code may be typed in any case, with or without hyphens, O for 0 and I or L for 1', () => {
  expect(sameCode(' a0b1 c2d3-e4f5', 'A0B1-C2D3-E4F5')).toBe(true);
  expect(sameCode('aobl-c2d3-e4f5', 'A0B1-C2D3-E4F5')).toBe(true);
  expect(sameCode('A0B1-C2D3-E4F6', 'A0B1-C2D3-E4F5')).toBe(false);
  expect(sameCode('A0B1-C2D3-E4F5X', 'A0B1-C2D3-E4F5')).toBe(false);
  expect(sameCode('', 'A0B1-C2D3-E4F5')).toBe(false);
});
