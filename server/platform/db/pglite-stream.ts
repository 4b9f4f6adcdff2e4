import { Duplex } from 'node:stream';
import { createFramer } from './frontend-framing.ts';
import type { PgliteHost } from './pglite-host.ts';

const PROTOCOL_3 = 196608;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

function backendMessage(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** AuthenticationOk, the parameters a client looks at, ReadyForQuery(idle). */
function greeting(): Buffer {
  const parameters: [string, string][] = [
    ['server_version', '18.0'],
    ['client_encoding', 'UTF8'],
    ['DateStyle', 'ISO, MDY'],
    ['integer_datetimes', 'on'],
    ['standard_conforming_strings', 'on'],
  ];
  return Buffer.concat([
    backendMessage('R', Buffer.alloc(4)),
    ...parameters.map(([name, value]) => backendMessage('S', Buffer.from(`${name}\0${value}\0`))),
    backendMessage('K', Buffer.alloc(8)),
    backendMessage('Z', Buffer.from('I')),
  ]);
}

function simpleQuery(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(backendMessage('Q', Buffer.from(`${text}\0`)));
}

/**
 * A socket as `pg.Client` expects it, whose other end is PGlite in its thread. PGlite has one session, so a
 * new connection begins by rolling back and discarding whatever the previous one left; the start-up
 * exchange itself is answered here.
 */
export class PgliteStream extends Duplex {
  readonly #host: PgliteHost;
  readonly #framer = createFramer();
  #started = false;
  #head: Buffer = Buffer.alloc(0);

  constructor(host: PgliteHost) {
    super({ allowHalfOpen: false });
    this.#host = host;
    void host.crashed.then((error) => this.destroy(error));
  }

  /** Called by `pg.Client`; there is nowhere to dial. */
  connect(): this {
    setImmediate(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Data is pushed as it arrives from the thread.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const work = this.#started ? this.#forward(chunk) : this.#startUp(chunk);
    work.then(
      () => done(),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  async #startUp(chunk: Buffer): Promise<void> {
    this.#head = Buffer.concat([this.#head, chunk]);
    if (this.#head.length < 8) return;
    const length = this.#head.readInt32BE(0);
    const code = this.#head.readInt32BE(4);
    if (this.#head.length < length) return;
    const rest = this.#head.subarray(length);
    this.#head = Buffer.alloc(0);
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      this.push(Buffer.from('N'));
      if (rest.length > 0) await this.#startUp(rest);
      return;
    }
    if (code !== PROTOCOL_3) throw new Error(`unexpected start-up code ${code}`);
    const ignore = (): void => undefined;
    await this.#host.exec(simpleQuery('ROLLBACK'), ignore);
    await this.#host.exec(simpleQuery('DISCARD ALL'), ignore);
    this.#started = true;
    this.push(greeting());
    if (rest.length > 0) await this.#forward(rest);
  }

  async #forward(chunk: Buffer): Promise<void> {
    const { batches, terminated } = this.#framer.push(chunk);
    for (const batch of batches) {
      await this.#host.exec(batch, (bytes) => this.push(bytes));
    }
    if (terminated) this.push(null);
  }
}
