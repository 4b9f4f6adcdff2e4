import { expect, test } from 'vitest';
import { imagenMime } from './imagen.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

test('the first bytes say what it is', () => {
  expect(imagenMime(bytes('\xff\xd8\xff\xe0rest'))).toBe('image/jpeg');
  expect(imagenMime(bytes('\x89PNG\r\n\x1a\nrest'))).toBe('image/png');
  expect(imagenMime(bytes('RIFF\x10\0\0\0WEBPVP8 '))).toBe('image/webp');
});

test.each([
  '',
  'GIF89a',
  '<svg xmlns="http://www.w3.org/2000/svg">',
  'RIFF\x10\0\0\0WAVE',
  '<!doctype html>',
  'MZ',
])('%j is no photo', (text) => {
  expect(imagenMime(bytes(text))).toBeUndefined();
});
