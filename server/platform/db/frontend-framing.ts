/**
 * Cuts a byte stream of PostgreSQL frontend messages into batches that PGlite may run in one go.
 *
 * A batch ends where the server is expected to answer: Query `Q`, Sync `S`, Flush `H`, function call `F`,
 * CopyDone `c`, CopyFail `f`. Handing PGlite half an extended query (Parse without Sync) would make it
 * answer ReadyForQuery too early, and after an error it must see the Sync in the same call.
 */
const BATCH_END = new Set([...'QSHFcf'].map((c) => c.charCodeAt(0)));
const TERMINATE = 'X'.charCodeAt(0);
const HEADER = 5;

export interface Frames {
  /** Complete batches, in order. */
  readonly batches: Uint8Array<ArrayBuffer>[];
  /** True once the client said Terminate. */
  readonly terminated: boolean;
}

/** Collects chunks as they come; `push` returns what is complete. One per connection. */
export function createFramer(): { push(chunk: Uint8Array): Frames } {
  let chunks: Uint8Array[] = [];
  let size = 0;
  /** Bytes of whole messages at the head of `chunks`. */
  let scanned = 0;

  function joined(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    chunks = [all];
    return all;
  }

  /** Length of the message at `offset` including its type byte, or undefined while its header is incomplete. */
  function messageLength(offset: number): { type: number; length: number } | undefined {
    if (offset + HEADER > size) return undefined;
    const bytes = chunks.length === 1 ? (chunks[0] as Uint8Array) : joined();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { type: view.getUint8(offset), length: 1 + view.getInt32(offset + 1) };
  }

  return {
    push(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      const batches: Uint8Array<ArrayBuffer>[] = [];
      let start = 0;
      for (;;) {
        const message = messageLength(scanned);
        if (message === undefined || scanned + message.length > size) break;
        if (message.type === TERMINATE) return { batches, terminated: true };
        scanned += message.length;
        if (BATCH_END.has(message.type)) {
          batches.push(joined().slice(start, scanned));
          start = scanned;
        }
      }
      if (start > 0) {
        const rest = joined().slice(start);
        chunks = rest.length === 0 ? [] : [rest];
        size = rest.length;
        scanned -= start;
      }
      return { batches, terminated: false };
    },
  };
}
