import { expect, test } from 'vitest';
import { ESPERA_DIGITO_MS, TeclasPin } from './teclas-pin.ts';

/** Keys at these instants, each digit asked for when its wait is over. */
function corre(keys: readonly [string, number][]): { digitos: string; rafagas: number; enters: number } {
  const teclas = new TeclasPin();
  let [digitos, rafagas, enters] = ['', 0, 0];
  keys.forEach(([key, at], i) => {
    const { rafaga, empieza } = teclas.pulsa(key, at);
    if (empieza) rafagas += 1;
    if (key === 'Enter' && !rafaga) enters += 1;
    if ((keys[i + 1]?.[1] ?? Number.POSITIVE_INFINITY) - at >= ESPERA_DIGITO_MS)
      digitos += teclas.toma() ?? '';
  });
  return { digitos, rafagas, enters };
}

test('auto-lock: a gun pulled at the locked phone types no PIN and presses nothing', () => {
  const scan = [...'7501234567893', 'Enter'].map((key, i) => [key, 1_000 + i * 7] as [string, number]);
  expect(corre(scan)).toEqual({ digitos: '', rafagas: 1, enters: 0 });
});

test('a person’s digits on a keyboard are taken, also right after a scan', () => {
  const scan = [...'7501234567893', 'Enter'].map((key, i) => [key, i * 7] as [string, number]);
  const typed = [...'4831', 'Enter'].map((key, i) => [key, 1_000 + i * 120] as [string, number]);
  expect(corre([...scan, ...typed])).toEqual({ digitos: '4831', rafagas: 1, enters: 1 });
});
