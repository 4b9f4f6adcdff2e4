import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EnvError, isLoopback, readEnv } from './env.ts';

describe('the environment', () => {
  test('nothing said: this machine only, embedded database, demo', () => {
    expect(readEnv({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: path.resolve('data'),
      databaseUrl: undefined,
      supabase: undefined,
      demo: true,
      loopback: true,
    });
  });

  test('with DATABASE_URL the demo is made only when asked for', () => {
    const DATABASE_URL = 'postgres://u@h/d';
    expect(readEnv({ DATABASE_URL }).demo).toBe(false);
    expect(readEnv({ DATABASE_URL, DEMO: '1' }).demo).toBe(true);
    expect(readEnv({ DEMO: '0' }).demo).toBe(false);
  });

  test('demo passwords are never offered to other machines', () => {
    expect(readEnv({ HOST: '0.0.0.0' }).demo).toBe(false);
    expect(() => readEnv({ HOST: '0.0.0.0', DEMO: '1' })).toThrow(/contraseñas de la demo son públicas/);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['localhost', true],
    ['::1', true],
    ['[::1]', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.5', false],
    ['127.0.0.1.ejemplo.mx', false],
    ['localhost.ejemplo.mx', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });

  test('wrong values are named; empty ones count as absent', () => {
    expect(() => readEnv({ PORT: 'tres', DEMO: 'sí' })).toThrow(/PORT, DEMO/);
    expect(() => readEnv({ PORT: '70000' })).toThrow(EnvError);
    expect(() => readEnv({ DATABASE_URL: 'mysql://x' })).toThrow(/DATABASE_URL/);
    expect(() => readEnv({ SUPABASE_URL: 'https://x.supabase.co' })).toThrow(/SUPABASE_ANON_KEY/);
    expect(readEnv({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  test('Supabase’s address loses its slash', () => {
    const { supabase } = readEnv({ SUPABASE_URL: 'https://x.supabase.co/', SUPABASE_ANON_KEY: 'k' });
    expect(supabase).toEqual({ url: 'https://x.supabase.co', anonKey: 'k', jwtSecret: undefined });
  });
});
