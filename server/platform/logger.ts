import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Keys whose values never reach a log, wherever they stand. */
const SECRET_KEY =
  /pass(word)?|contrase|token|secret|secreto|authorization|cookie|privada|private|api_?key|anon_?key|encrypted|hash$|database_?url/i;
const MAX_DEPTH = 6;
const HIDDEN = '[oculto]';

/** JWTs and passwords inside URLs, in free text. */
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const URL_PASSWORD = /(\b[a-z]+:\/\/[^:@/\s]+:)[^@/\s]+@/gi;

function cleanText(text: string): string {
  return text.replace(JWT, HIDDEN).replace(URL_PASSWORD, `$1${HIDDEN}@`);
}

/** A copy without secrets: keys by name, tokens and URL passwords by shape. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= MAX_DEPTH) return '[…]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (value instanceof Error) {
    return {
      type: value.name,
      message: cleanText(value.message),
      stack: cleanText(value.stack ?? ''),
      ...(redact({ ...value }, depth + 1) as object),
      ...(value.cause === undefined ? {} : { cause: redact(value.cause, depth + 1) }),
    };
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_KEY.test(key) && inner !== null && typeof inner !== 'boolean'
        ? HIDDEN
        : redact(inner, depth + 1),
    ]),
  );
}

/** The process's logger: one JSON object a line, without secrets. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => error },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (object: Record<string, unknown>) => redact(object) as Record<string, unknown>,
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
