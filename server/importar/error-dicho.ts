import { toAppError } from '#server/platform/errors.ts';
import { type AppError, mensajeDe } from '#shared/errores.ts';
import type { ErrorDicho } from './uploads.sql.ts';

/** `{error_type, user_message, suggestions}` of a failure. Our sentences end with what to do, after the semicolon. */
export function errorDicho(error: unknown): { app: AppError; dicho: ErrorDicho } {
  const app = toAppError(error);
  const frase = mensajeDe(app.code, app.data);
  const remedio = /;\s*([^;]+)$/.exec(frase)?.[1];
  return {
    app,
    dicho: {
      error_type: app.code,
      user_message: frase,
      suggestions: remedio === undefined ? [] : [remedio[0]!.toUpperCase() + remedio.slice(1)],
    },
  };
}
