import { v7 as uuidv7 } from 'uuid';

/** The only source of time and of new ids on the phone. */
export function now(): Date {
  return new Date();
}

/** A new UUID v7 in lower case, increasing within a tab. */
export function newId(): string {
  return uuidv7();
}

/** 256 random bits in hex: the device's secret. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
