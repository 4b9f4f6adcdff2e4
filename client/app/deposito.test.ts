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

test('a log-in that fails half-way leaves the former tokens alone', () => {
  const deposito = new Deposito('k');
  deposito.setItem('k', sesion('ana'));
  deposito.begin();
  expect(deposito.getItem('k')).toBeNull();
  deposito.setItem('k', sesion('luis'));
  expect(deposito.session()?.usuarioId).toBe('ana');
  expect(deposito.staged()).toEqual({ usuarioId: 'luis', accessToken: 't-luis' });
  deposito.rollback();
  expect(deposito.session()?.usuarioId).toBe('ana');
  deposito.begin();
  deposito.setItem('k', sesion('luis'));
  deposito.commit();
  expect(deposito.session()?.usuarioId).toBe('luis');
});

test('clearing takes only its own keys; text that is no session is none', () => {
  const deposito = new Deposito('k');
  deposito.setItem('k', 'no es json');
  deposito.setItem('k-code-verifier', 'x');
  localStorage.setItem('otra', '1');
  expect(deposito.session()).toBeNull();
  deposito.clear();
  expect(Object.keys(localStorage)).toEqual(['otra']);
});
