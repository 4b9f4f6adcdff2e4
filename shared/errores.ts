import type { Codigo } from './codes.ts';
import { MENSAJES_PISO } from './codes-piso.ts';

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

/** Sentences that are at hand: on a phone that only counts, those of the floor. */
let dichos: Readonly<Partial<Record<Codigo, string>>> = MENSAJES_PISO;

/** `codes.ts` tells its sentences when it is loaded: everywhere but on the way to counting. */
export function aprende(todos: Readonly<Record<Codigo, string>>): void {
  dichos = todos;
}

/** True for a code whose sentence is at hand. */
export function esCodigo(code: unknown): code is Codigo {
  return typeof code === 'string' && Object.hasOwn(dichos, code);
}

/** The Spanish sentence of a code, with `{name}` replaced by `data.name`. */
export function mensajeDe(code: Codigo, data: ErrorData = {}): string {
  return (dichos[code] ?? MENSAJES_PISO.ERROR_INTERNO).replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = data[key];
    return value === undefined || value === null ? '' : String(value);
  });
}

/** True for any thrown value that carries one of our codes. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
