import { type Codigo, MENSAJES } from './codes.ts';

/** What travels beside an error: only plain JSON, never secrets. Used to fill `{placeholders}` of the sentence. */
export type ErrorData = Record<string, string | number | boolean | null | undefined | readonly string[]>;

/**
 * The one error of the product. `code` is a key of `MENSAJES`; the sentence is made at the edge by
 * `mensajeDe`, never stored inside.
 */
export class AppError extends Error {
  readonly code: Codigo;
  readonly data: ErrorData;

  constructor(code: Codigo, data: ErrorData = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.data = data;
  }
}

/** The Spanish sentence of a code, with `{name}` replaced by `data.name`. */
export function mensajeDe(code: Codigo, data: ErrorData = {}): string {
  return MENSAJES[code].replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = data[key];
    return value === undefined || value === null ? '' : String(value);
  });
}

/** True for any thrown value that carries one of our codes. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
