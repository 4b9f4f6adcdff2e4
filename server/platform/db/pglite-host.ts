import { Worker } from 'node:worker_threads';
import type { WorkerInput, WorkerReply, WorkerRequest } from './pglite-worker.ts';

/** The main thread's hold on the PGlite worker: runs protocol batches, dumps, closes. */
export interface PgliteHost {
  /** Runs one batch of frontend messages; `onData` gets the backend's bytes as they come. */
  exec(batch: Uint8Array<ArrayBuffer>, onData: (bytes: Uint8Array) => void): Promise<void>;
  /** A tar of the data directory. Call it only outside transactions, after a CHECKPOINT. */
  dump(): Promise<Uint8Array<ArrayBuffer>>;
  /** Closes the database cleanly and ends the thread. */
  close(): Promise<void>;
  /** Rejects nothing: resolves with the reason when the thread dies without having been closed. */
  readonly crashed: Promise<Error>;
}

interface Pending {
  readonly onData: (bytes: Uint8Array) => void;
  readonly resolve: (bytes: Uint8Array<ArrayBuffer> | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the worker and waits until the database answers. Rejects when it cannot be opened. */
export async function startPglite(input: WorkerInput): Promise<PgliteHost> {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: input,
    // why: test runners put loaders into execArgv that the worker must not inherit
    execArgv: [],
  });
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closing = false;
  let dead: Error | undefined;
  let reportCrash: (error: Error) => void;
  const crashed = new Promise<Error>((resolve) => {
    reportCrash = resolve;
  });

  function fail(error: Error): void {
    dead ??= error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
    if (!closing) reportCrash(error);
  }

  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: WorkerReply) => {
      switch (message.kind) {
        case 'ready':
          resolve();
          return;
        case 'data':
          pending.get(message.id)?.onData(message.bytes);
          return;
        case 'done':
        case 'dumped':
          pending.get(message.id)?.resolve(message.kind === 'dumped' ? message.bytes : undefined);
          pending.delete(message.id);
          return;
        case 'failed':
          if (message.id === undefined) {
            reject(new Error(message.reason));
            return;
          }
          pending.get(message.id)?.reject(new Error(message.reason));
          pending.delete(message.id);
      }
    });
    worker.on('error', (error) => {
      reject(error);
      fail(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', (code) => {
      const error = new Error(`PGlite's thread ended with code ${code}`);
      reject(error);
      fail(error);
    });
  });

  type Body<T> = T extends WorkerRequest ? Omit<T, 'id'> : never;
  function request(
    body: Body<WorkerRequest>,
    onData: (bytes: Uint8Array) => void,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (dead !== undefined) return Promise.reject(dead);
    const id = nextId++;
    return new Promise((resolve, reject) => {
      pending.set(id, { onData, resolve, reject });
      worker.postMessage({ ...body, id }, 'bytes' in body ? [body.bytes.buffer] : []);
    });
  }
  const ignore = (): void => undefined;

  return {
    crashed,
    exec: async (bytes, onData) => {
      await request({ kind: 'exec', bytes }, onData);
    },
    dump: async () => {
      const bytes = await request({ kind: 'dump' }, ignore);
      if (bytes === undefined) throw new Error('PGlite answered a dump without bytes');
      return bytes;
    },
    close: async () => {
      if (dead !== undefined) return;
      closing = true;
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      await request({ kind: 'close' }, ignore);
      await ended;
    },
  };
}
