import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Hex } from './sha256.ts';

test('agrees with node on any bytes and any text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256Hex(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }),
    { numRuns: 300 },
  );
  const text = '{"nota":"piñón ½\\"","id":"x"}'.repeat(40);
  expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'));
});
