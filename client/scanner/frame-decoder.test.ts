import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DecodeReply, WorkerRequest } from './decode.worker.ts';
import { FrameDecoder } from './frame-decoder.ts';
import type { NativeMemory } from './native-memory.ts';

/** Stands for the worker's side: keeps what it was asked, and answers what the test says. */
class FakeWorker extends EventTarget {
  static last: FakeWorker;
  readonly asked: WorkerRequest[] = [];
  terminated = false;

  constructor() {
    super();
    FakeWorker.last = this;
  }

  postMessage(request: WorkerRequest): void {
    this.asked.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(reply: DecodeReply): void {
    this.dispatchEvent(new MessageEvent('message', { data: reply }));
  }

  types(): string[] {
    return this.asked.map(({ type }) => type);
  }
}

interface Shelf extends NativeMemory {
  kept: boolean[];
}

function shelf(recalled: boolean | null = null): Shelf {
  const kept: boolean[] = [];
  return { kept, recall: () => recalled, keep: (passed) => kept.push(passed) };
}

const idle: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  idle.length = 0;
  // why: the worker, its canvas and idle time exist in browsers only; what passes between them is what is tested.
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('OffscreenCanvas', class {});
  vi.stubGlobal('requestIdleCallback', (call: () => void) => idle.push(call));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function started(
  memory = shelf(),
): Promise<{ decoder: FrameDecoder; worker: FakeWorker; memory: Shelf }> {
  const decoder = new FrameDecoder(memory);
  const worker = FakeWorker.last;
  worker.answer({ type: 'ready' });
  await decoder.ready;
  return { decoder, worker, memory };
}

describe('zbar is lazy', () => {
  test('it is asked for once, and used when it is there', async () => {
    const { decoder, worker } = await started();
    expect(worker.types()).not.toContain('second');
    const first = decoder.askSecondOpinion();
    const again = decoder.askSecondOpinion();
    await Promise.resolve();
    worker.answer({ type: 'second', ready: true });
    expect([await first, await again]).toEqual([true, true]);
    expect(worker.types().filter((type) => type === 'second')).toHaveLength(1);
    expect(decoder.engines.second).toBe(true);
  });

  test('when loading fails counting goes on, and a later search tries again', async () => {
    const { decoder, worker } = await started();
    const asked = decoder.askSecondOpinion();
    await Promise.resolve();
    worker.answer({ type: 'second', ready: false });
    expect(await asked).toBe(false);
    expect(decoder.engines.second).toBe(false);
    const again = decoder.askSecondOpinion();
    await Promise.resolve();
    worker.answer({ type: 'second', ready: true });
    expect(await again).toBe(true);
  });

  test('a photo does not wait for it for ever', async () => {
    const { decoder } = await started();
    const asked = decoder.askSecondOpinion();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await asked).toBe(false);
  });

  test('without a worker there is none', async () => {
    const decoder = new FrameDecoder(shelf());
    FakeWorker.last.answer({ type: 'broken', reason: 'no wasm' });
    expect(await decoder.ready).toBe('js');
    expect(await decoder.askSecondOpinion()).toBe(false);
  });
});

describe('the native detector', () => {
  test('one that this browser version never proved is tested in idle time only', async () => {
    const { decoder, worker, memory } = await started();
    expect(worker.types()).not.toContain('native');
    for (const call of idle) call();
    expect(worker.asked).toEqual([{ type: 'native', trusted: false }]);
    worker.answer({ type: 'native', on: true, tested: true });
    expect(decoder.engines.native).toBe(true);
    expect(memory.kept).toEqual([true]);
  });

  test('one that it proved is used at once, and tested again each session', async () => {
    const { decoder, worker, memory } = await started(shelf(true));
    expect(worker.asked).toEqual([{ type: 'native', trusted: true }]);
    worker.answer({ type: 'native', on: true });
    expect(decoder.engines.native).toBe(true);
    expect(memory.kept).toEqual([]);
    for (const call of idle) call();
    worker.answer({ type: 'native', on: false, tested: false });
    expect(decoder.engines.native).toBe(false);
    expect(memory.kept).toEqual([false]);
  });

  test('any throw falls down the ladder, and the next session begins without it', async () => {
    const { decoder, worker, memory } = await started(shelf(true));
    worker.answer({ type: 'native', on: true });
    worker.answer({ type: 'native', on: false });
    expect(decoder.engines.native).toBe(false);
    expect(memory.kept).toEqual([false]);
  });

  test('a closed camera tests nothing', async () => {
    const { decoder, worker } = await started();
    decoder.close();
    for (const call of idle) call();
    expect(worker.types()).not.toContain('native');
  });
});

test('a worker that is stuck is given up with all it offered', async () => {
  const { decoder, worker } = await started(shelf(true));
  worker.answer({ type: 'native', on: true });
  const picture = { close: vi.fn() } as unknown as ImageBitmap;
  const frame = decoder.decode(picture, { x: 0, y: 0, width: 4, height: 4 }, 'fast');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await frame).toEqual({ found: [], ms: 0 });
  expect(worker.terminated).toBe(true);
  expect(decoder.engines).toEqual({ native: false, second: false });
});
