import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { escuchaEventos, LectorSse } from './eventos.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const TEXTO =
  ': ping\n\nid: 1\nevent: cambio\ndata: {"scopes":null}\n\ndata: suelto\n\nid: 2\r\nevent: cambio\r\ndata: 1\r\n\r\n';

test('finds the events however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(TEXTO.length), { maxLength: 12 }), (cuts) => {
      const lector = new LectorSse();
      const at = [0, ...cuts.sort((a, b) => a - b), TEXTO.length];
      const found = at.slice(1).flatMap((end, i) => lector.push(TEXTO.slice(at[i], end)));
      expect(found).toEqual(['cambio', 'message', 'cambio']);
    }),
  );
});

/** Asks for the stream of a scripted server. Times in ms since the first one. */
function servidorLleno(...respuestas: (() => Response)[]) {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('removeEventListener', () => {});
  const enLinea: (() => void)[] = [];
  vi.stubGlobal('addEventListener', (que: string, work: () => void) => {
    if (que === 'online') enLinea.push(work);
  });
  const inicio = Date.now();
  const pedidas: number[] = [];
  // why: what a server says when it is full is what is tried here; the stream itself is tried by the e2e tests
  vi.stubGlobal('fetch', async () => {
    pedidas.push(Date.now() - inicio);
    return (respuestas.shift() ?? (() => new Response(null, { status: 503 })))();
  });
  const para = escuchaEventos({ tieneSesion: () => true });
  return { pedidas, para, vuelveLaRed: () => enLinea.splice(0).forEach((work) => void work()) };
}

const lleno = (retryAfter: string) => () =>
  new Response('{"code":"SERVIDOR_LLENO"}', {
    status: 429,
    headers: { 'retry-after': retryAfter, 'content-type': 'application/problem+json' },
  });

test('the stream waits for the Retry-After of a 429, also when the network comes back meanwhile', async () => {
  const { pedidas, para, vuelveLaRed } = servidorLleno(lleno('40'), lleno('2'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(pedidas).toEqual([0]);
  vuelveLaRed();
  await vi.advanceTimersByTimeAsync(19_900);
  expect(pedidas).toEqual([0]);
  await vi.advanceTimersByTimeAsync(200);
  expect(pedidas).toHaveLength(2);
  expect(pedidas[1]).toBe(40_000);
  await vi.advanceTimersByTimeAsync(1_800);
  expect(pedidas).toHaveLength(2);
  para();
});

test('without a Retry-After the stream comes again within its jitter, and at once when the network comes back', async () => {
  const { pedidas, para, vuelveLaRed } = servidorLleno();
  await vi.advanceTimersByTimeAsync(0);
  expect(pedidas).toEqual([0]);
  vuelveLaRed();
  await vi.advanceTimersByTimeAsync(0);
  expect(pedidas).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(pedidas.length).toBeGreaterThan(2);
  para();
});
