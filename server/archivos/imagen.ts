/** Photos are re-encoded on the phone to ≤ 300 kB; a third more is let through for other encoders. */
export const MAX_BYTES = 400 * 1024;

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export type ImagenMime = 'image/jpeg' | 'image/png' | 'image/webp';

export const EXTENSION: Readonly<Record<ImagenMime, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

function startsWith(bytes: Uint8Array, head: readonly number[], at = 0): boolean {
  return head.every((byte, index) => bytes[at + index] === byte);
}

/** What the first bytes say it is, whatever the sender calls it; undefined for anything else. */
export function imagenMime(bytes: Uint8Array): ImagenMime | undefined {
  if (startsWith(bytes, JPEG)) return 'image/jpeg';
  if (startsWith(bytes, PNG)) return 'image/png';
  const riff = [...'RIFF'].map((char) => char.charCodeAt(0));
  const webp = [...'WEBP'].map((char) => char.charCodeAt(0));
  if (startsWith(bytes, riff) && startsWith(bytes, webp, 8)) return 'image/webp';
  return undefined;
}
