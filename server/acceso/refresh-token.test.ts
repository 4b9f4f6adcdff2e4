import { expect, test } from 'vitest';
import { hashRefreshToken, newRefreshToken, openSuccessor, sealSuccessor } from './refresh-token.ts';

test('only the parent opens its successor', () => {
  const [parent, successor, stranger] = [newRefreshToken(), newRefreshToken(), newRefreshToken()];
  const sealed = sealSuccessor(parent, successor);
  expect(openSuccessor(parent, sealed)).toEqual({ token: successor, hash: hashRefreshToken(successor) });
  expect(openSuccessor(stranger, sealed)).toBeUndefined();
  expect(sealed).not.toContain(successor);
  expect(sealed).not.toContain(parent);
});

test('tokens carry 256 bits', () => {
  expect(Buffer.from(newRefreshToken(), 'base64url')).toHaveLength(32);
  expect(openSuccessor(newRefreshToken(), 'garbage')).toBeUndefined();
});
