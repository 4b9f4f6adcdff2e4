import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function logged(fields: Record<string, unknown>): string {
  let text = '';
  const logger = createLogger('info', {
    write: (line: string) => {
      text += line;
    },
  });
  logger.info(fields, 'algo');
  return text;
}

const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

test('secrets never reach the log, by key, by shape, inside lists and errors', () => {
  const cause = Object.assign(new Error(`postgres://ana:hunter2@db/x refused ${JWT}`), {
    password: 'hunter2',
  });
  const text = logged({
    contrasena: 'hunter2',
    body: {
      password: 'hunter2',
      refresh_token: 'hunter2',
      nested: [{ secret: 'hunter2', secret_hash: 'hunter2' }],
    },
    headers: { authorization: 'Bearer hunter2', cookie: 'a=hunter2' },
    note: `token ${JWT}`,
    err: new Error('wrapped', { cause }),
  });
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain(JWT);
  expect(text).toContain('wrapped');
});

test('what helps stays: ids, codes, messages, dates', () => {
  const line = JSON.parse(
    logged({ conteoId: '7', en: new Date(0), err: Object.assign(new Error('no'), { code: '23505' }) }),
  );
  expect(line).toMatchObject({
    level: 'info',
    msg: 'algo',
    conteoId: '7',
    en: '1970-01-01T00:00:00.000Z',
    err: { type: 'Error', message: 'no', code: '23505' },
  });
});

test('bytes and deep structures are cut, not printed', () => {
  const deep: Record<string, unknown> = {};
  deep.self = deep;
  expect(logged({ photo: new Uint8Array(5000), deep }).length).toBeLessThan(500);
});
