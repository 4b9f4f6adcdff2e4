import { expect, test } from 'vitest';
import { desempaca, PushRecibido } from './sobre.ts';

const cabeza = {
  deviceId: '01900000-0000-7000-8000-000000000001',
  secret: 's'.repeat(40),
  epoch: null,
  desfaseEnviarMs: 0,
  oldestMid: 1,
  pending: 1,
};
const suelta = { mid: 1, name: 'x/1', turno: 'ana', roto: true };

test('what an envelope says, and even how its text reads, does not depend on how its turno travelled', () => {
  const deAntes = desempaca(PushRecibido.parse({ ...cabeza, mutations: [suelta] }));
  const lote = { turnos: ['luis', 'ana'], mutations: [{ ...suelta, turno: 1 }] };
  const empacada = desempaca(PushRecibido.parse({ ...cabeza, lote }));
  expect(JSON.stringify(empacada.mutations)).toBe(JSON.stringify(deAntes.mutations));
});

test('a place without a turno stays what it is, for a person to see', () => {
  const lote = { turnos: ['ana'], mutations: [{ ...suelta, turno: 7 }] };
  expect(desempaca(PushRecibido.parse({ ...cabeza, lote })).mutations[0]).toMatchObject({ turno: 7 });
});

test('256 kB are 256 kB of the lot as it came', () => {
  const pesada = { ...suelta, relleno: 'x'.repeat(200 * 1024) };
  const turnos = ['x'.repeat(4_000)];
  expect(() =>
    desempaca(PushRecibido.parse({ ...cabeza, lote: { turnos, mutations: [pesada] } })),
  ).not.toThrow();
  const dos = [pesada, { ...pesada, mid: 2 }];
  expect(() => desempaca(PushRecibido.parse({ ...cabeza, lote: { turnos, mutations: dos } }))).toThrow(
    'CUERPO_MUY_GRANDE',
  );
});
