import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';

/** What the worker is started with. `dataDir` undefined: in memory. `dump`: a tar(.gz) to begin from. */
export interface WorkerInput {
  readonly dataDir: string | undefined;
  readonly dump: Uint8Array<ArrayBuffer> | undefined;
}

export type WorkerRequest =
  | { readonly kind: 'exec'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'dump'; readonly id: number }
  | { readonly kind: 'close'; readonly id: number };

export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'data'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'dumped'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly id: number | undefined; readonly reason: string };

const port = parentPort;
if (port === null) throw new Error('pglite-worker runs only as a worker thread');

function reply(message: WorkerReply): void {
  port?.postMessage(message, 'bytes' in message ? [message.bytes.buffer] : []);
}

const input = workerData as WorkerInput;

/**
 * Old write-ahead segments are removed at a checkpoint instead of being kept for reuse: they are copied into
 * every dump, and after the demo's load they were 177 MB beside 109 MB of data.
 */
const SETTINGS = { wal_recycle: 'off', min_wal_size: '32MB', wal_init_zero: 'off' };

async function open(): Promise<PGlite> {
  return PGlite.create({
    startParams: [
      ...PGlite.defaultStartParams,
      ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    ...(input.dataDir === undefined ? {} : { dataDir: input.dataDir }),
    ...(input.dump === undefined ? {} : { loadDataDir: new Blob([input.dump]) }),
    extensions: { pg_trgm, unaccent, vector },
  });
}

async function handle(database: PGlite, request: WorkerRequest): Promise<void> {
  switch (request.kind) {
    case 'exec':
      // PGlite reuses its output memory, so each piece is copied before it leaves the thread.
      await database.execProtocolRawStream(request.bytes, {
        onRawData: (bytes) => reply({ kind: 'data', id: request.id, bytes: bytes.slice() }),
      });
      reply({ kind: 'done', id: request.id });
      return;
    case 'dump': {
      const file = await database.dumpDataDir('none');
      reply({ kind: 'dumped', id: request.id, bytes: new Uint8Array(await file.arrayBuffer()) });
      return;
    }
    case 'close':
      await database.close();
      reply({ kind: 'done', id: request.id });
      port?.close();
  }
}

try {
  const database = await open();
  let queue: Promise<void> = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    queue = queue
      .then(() => handle(database, request))
      .catch((error: unknown) => reply({ kind: 'failed', id: request.id, reason: String(error) }));
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'failed', id: undefined, reason: error instanceof Error ? error.message : String(error) });
  port.close();
}
