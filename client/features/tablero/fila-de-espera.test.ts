import { expect, test } from 'vitest';
import { FilaDeEspera } from './fila-de-espera.ts';

test('two at a time, the rest in order, and a failure holds nobody up', async () => {
  const fila = new FilaDeEspera(2);
  const empezaron: number[] = [];
  const acaban = new Map<number, (falla?: Error) => void>();
  const trabajo = (n: number) =>
    fila.corre(
      () =>
        new Promise<number>((resolve, reject) => {
          empezaron.push(n);
          acaban.set(n, (falla) => (falla ? reject(falla) : resolve(n)));
        }),
    );
  const todos = [1, 2, 3, 4].map((n) => trabajo(n).catch((error: Error) => error.message));
  const respira = () => new Promise((resolve) => setTimeout(resolve, 0));
  await respira();
  expect(empezaron).toEqual([1, 2]);
  acaban.get(2)!(new Error('sin señal'));
  await respira();
  expect(empezaron).toEqual([1, 2, 3]);
  acaban.get(1)!();
  await respira();
  expect(empezaron).toEqual([1, 2, 3, 4]);
  acaban.get(3)!();
  acaban.get(4)!();
  expect(await Promise.all(todos)).toEqual([1, 'sin señal', 3, 4]);
});
