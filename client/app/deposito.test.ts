import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deposito } from './deposito.ts';

/** why: node has no localStorage; a Map stands in for it. */
class Memoria {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return (this[`${key}`] as string | undefined) ?? null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

beforeEach(() => {
  vi.stubGlobal('localStorage', new Memoria());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const sesion = (id: string) => JSON.stringify({ access_token: `t-${id}`, user: { id } });

test('a log-in that fails half-way leaves the former tokens alone', async () => {
  const deposito = new Deposito('k');
  await deposito.setItem('k', sesion('ana'));
  deposito.begin();
  expect(deposito.getItem('k')).toBeNull();
  await deposito.setItem('k', sesion('luis'));
  expect(deposito.session()?.usuarioId).toBe('ana');
  expect(deposito.staged()).toEqual({ usuarioId: 'luis', accessToken: 't-luis' });
  deposito.rollback();
  expect(deposito.session()?.usuarioId).toBe('ana');
  deposito.begin();
  await deposito.setItem('k', sesion('luis'));
  await deposito.commit();
  expect(deposito.session()?.usuarioId).toBe('luis');
});

test('clearing takes only its own keys; text that is no session is none', async () => {
  const deposito = new Deposito('k');
  await deposito.setItem('k', 'no es json');
  await deposito.setItem('k-code-verifier', 'x');
  localStorage.setItem('otra', '1');
  expect(deposito.session()).toBeNull();
  await deposito.clear();
  expect(Object.keys(localStorage)).toEqual(['otra']);
});

test('a browser that was killed gets its session back from the copy, and the newer one wins', async () => {
  let kept: string | null = null;
  const copia = {
    lee: async () => kept,
    escribe: async (valor: string) => {
      kept = valor;
    },
  };
  const deposito = new Deposito('k', copia);
  await deposito.restaura();
  expect(deposito.session()).toBeNull();
  deposito.begin();
  await deposito.setItem('k', sesion('ana'));
  expect(kept).toBeNull();
  await deposito.commit();

  vi.stubGlobal('localStorage', new Memoria());
  const reopened = new Deposito('k', copia);
  await reopened.restaura();
  expect(reopened.session()?.usuarioId).toBe('ana');

  await reopened.setItem('k', sesion('renovada'));
  localStorage.setItem('k', sesion('ana'));
  const again = new Deposito('k', copia);
  await again.restaura();
  expect(again.session()?.usuarioId).toBe('renovada');

  await again.clear();
  localStorage.setItem('k', sesion('ana'));
  const left = new Deposito('k', copia);
  await left.restaura();
  expect(left.session()).toBeNull();
});

test('a disk that refuses the copy stops nothing', async () => {
  const refuses = () => Promise.reject(new Error('no'));
  const deposito = new Deposito('k', { lee: refuses, escribe: refuses });
  await deposito.restaura();
  await deposito.setItem('k', sesion('ana'));
  expect(deposito.session()?.usuarioId).toBe('ana');
});
