import { expect, test } from 'vitest';
import { hashPassword, spendVerification, verifyPassword } from './contrasenas.ts';

test('a password verifies against its own hash only, and every hash has its own salt', async () => {
  const [one, two] = await Promise.all([hashPassword('demo1234'), hashPassword('demo1234')]);
  expect(one).not.toBe(two);
  expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await verifyPassword('demo1234', one)).toBe(true);
  expect(await verifyPassword('demo1235', one)).toBe(false);
});

test('ñ typed composed and decomposed is the same password', async () => {
  const stored = await hashPassword('contrase\u00f1a');
  expect(await verifyPassword('contrasen\u0303a', stored)).toBe(true);
});

test('a hash that is damaged, foreign or absurdly costly is no hash', async () => {
  const salt = 'a'.repeat(22);
  const key = 'b'.repeat(43);
  for (const stored of [
    '',
    'demo1234',
    `$2b$10$${'a'.repeat(53)}`,
    `$scrypt$ln=30,r=8,p=1$${salt}$${key}`,
    `$scrypt$ln=15,r=99,p=1$${salt}$${key}`,
    `$scrypt$ln=15,r=8,p=3$${salt}$short`,
  ]) {
    expect(await verifyPassword('demo1234', stored)).toBe(false);
  }
});

test('verifying for nobody takes about as long as for somebody', async () => {
  const stored = await hashPassword('demo1234');
  const time = async (fn: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await fn();
    return performance.now() - started;
  };
  const somebody = await time(() => verifyPassword('no es esta', stored));
  const nobody = await time(() => spendVerification('no es esta'));
  expect(nobody).toBeGreaterThan(somebody / 4);
});
