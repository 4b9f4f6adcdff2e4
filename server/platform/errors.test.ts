import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { MENSAJES } from '#shared/codes.ts';
import { Uuid } from '#shared/contracts/basicos.ts';
import { AppError } from '#shared/errores.ts';
import { httpStatusOf, problemOf, toAppError, trpcCodeOf } from './errors.ts';

const postgres = (code: string): Error => Object.assign(new Error('de la base'), { code });

describe('what an error is to the person', () => {
  test('ours stays ours, also when wrapped', () => {
    const error = new AppError('NO_ENCONTRADO');
    expect(toAppError(error)).toBe(error);
    expect(toAppError(new Error('x', { cause: new Error('y', { cause: error }) }))).toBe(error);
  });

  test('wrong input says where, in Spanish', () => {
    const { error } = z
      .object({ cantidad: z.string(), lineas: z.array(z.int()) })
      .safeParse({ cantidad: 1, lineas: ['x'] });
    const app = toAppError(error);
    expect(app.code).toBe('ENTRADA_INVALIDA');
    expect(app.data.detalle).toMatch(/cantidad: .*lineas\.0: /);
    expect(app.data.detalle).toMatch(/inválid|esperaba/i);
  });

  test('a pattern is not shown to a person', () => {
    const { error } = z.object({ id: Uuid }).safeParse({ id: 'x' });
    expect(toAppError(error).data.detalle).toBe('id: no tiene la forma esperada');
  });

  test.each([
    ['42501', 'PROHIBIDO'],
    ['40001', 'SERVIDOR_OCUPADO'],
    ['40P01', 'SERVIDOR_OCUPADO'],
    ['53300', 'SERVIDOR_OCUPADO'],
    ['57P01', 'SERVIDOR_OCUPADO'],
    ['08006', 'SERVIDOR_OCUPADO'],
    ['ECONNREFUSED', 'SERVIDOR_OCUPADO'],
    ['22021', 'ENTRADA_INVALIDA'],
    ['22P05', 'ENTRADA_INVALIDA'],
    ['23505', 'ERROR_INTERNO'],
    ['22012', 'ERROR_INTERNO'],
  ])('%s from the database is %s', (state, code) => {
    expect(toAppError(postgres(state)).code).toBe(code);
  });

  test('anything thrown becomes an error of ours', () => {
    for (const thrown of ['text', 7, null, undefined, {}, new Error('x')]) {
      expect(toAppError(thrown).code).toBe('ERROR_INTERNO');
    }
  });

  test('every code has a status, a tRPC code and a sentence', () => {
    for (const code of Object.keys(MENSAJES) as (keyof typeof MENSAJES)[]) {
      const error = new AppError(code);
      expect(httpStatusOf(error)).toBeGreaterThanOrEqual(400);
      expect(trpcCodeOf(error)).toMatch(/^[A-Z_]+$/);
      expect(problemOf(error)).toMatchObject({
        code,
        status: httpStatusOf(error),
        title: expect.stringMatching(/\S/),
      });
    }
  });
});
