import { type ClockPort, NetFailure } from './ports.ts';
import { cualquiera } from './senales.ts';

/** No answer within this is a lost request: mobile networks leave sockets open for minutes. */
export const CALL_DEADLINE_MS = 15_000;

/**
 * Runs one network call under the round's signal and the deadline. The promise settles at the deadline even if the
 * call ignores its signal.
 */
export async function withDeadline<T>(
  clock: ClockPort,
  outer: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const settled = new AbortController();
  const abort = () => controller.abort();
  outer.addEventListener('abort', abort, { once: true });
  if (outer.aborted) abort();
  const expired = clock.sleep(CALL_DEADLINE_MS, cualquiera(settled.signal, controller.signal)).then(() => {
    if (settled.signal.aborted) return new Promise<never>(() => {});
    controller.abort();
    throw new NetFailure('tiempo');
  });
  try {
    return await Promise.race([call(controller.signal), expired]);
  } finally {
    settled.abort();
    outer.removeEventListener('abort', abort);
  }
}
