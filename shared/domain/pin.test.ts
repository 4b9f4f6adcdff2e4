import { expect, test } from 'vitest';
import { revisaPin } from './pin.ts';

test('a trivial PIN is refused: one digit over and over, runs, the keypad, a birthday, a year', () => {
  const obvios = [
    '0000',
    '111111',
    '1212',
    '123123',
    '1234',
    '4321',
    '7890',
    '123456',
    '2580',
    '2508',
    '0825',
  ];
  for (const pin of [...obvios, '1987', '2004', '250887', '870825', '082587'])
    expect(revisaPin(pin), pin).toBe('PIN_OBVIO');
});

test('a PIN is four to six digits and nothing else', () => {
  for (const pin of ['', '123', '1234567', '12a4', ' 4831', '４８３１'])
    expect(revisaPin(pin), pin).toBe('PIN_INVALIDO');
  for (const pin of ['4831', '90417', '739164']) expect(revisaPin(pin), pin).toBeNull();
});
