import { expect, test } from 'vitest';
import type { Merma } from '#shared/contracts/mermas.ts';
import { fraseDanado, fraseDecidida, textoPasar } from './textos-merma.ts';

const MERMA: Merma = {
  danado: '3.00000',
  valor: '30.00',
  origen: 'General',
  destino: 'Merma Centro',
  decidida: null,
  bloqueos: [],
  bloqueosTraspaso: [],
};

test('how many, at what cost, and that the figure holds them already', () => {
  expect(fraseDanado(MERMA, 'PZA')).toBe(
    '3 piezas con daño ($30 al costo) están dentro de lo contado y de la existencia.',
  );
  expect(fraseDanado({ ...MERMA, valor: null }, 'PZA')).toContain('(sin costo)');
  expect(textoPasar(MERMA)).toBe('Pasar 3 a merma');
});

test('what was decided, by whom and why', () => {
  const en = '2026-03-02T16:05:00.000Z';
  expect(fraseDecidida(MERMA, 'PZA', 'America/Mexico_City')).toBeNull();
  const pasadas = { decision: 'traspasado' as const, cantidad: '3', motivo: null, por: 'Rosa', en };
  expect(fraseDecidida({ ...MERMA, decidida: pasadas }, 'PZA', 'America/Mexico_City')).toEqual({
    titulo: 'Se pasó a Merma Centro: 3 piezas con daño',
    detalle: 'Rosa, 2 mar 2026, 10:05.',
  });
  const dejadas = { decision: 'descartado' as const, cantidad: '1', motivo: 'se repara', por: 'Rosa', en };
  expect(fraseDecidida({ ...MERMA, decidida: dejadas }, 'PZA', 'America/Mexico_City')).toEqual({
    titulo: 'Se dejó aquí: 1 pieza con daño',
    detalle: 'Rosa, 2 mar 2026, 10:05. Motivo: «se repara»',
  });
});
