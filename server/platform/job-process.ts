import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Codigo } from '#shared/codes.ts';
import { AppError, type ErrorData } from '#shared/errores.ts';

/** What a job's process sends once, as its last word. */
export type JobReply =
  | { readonly kind: 'done'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly code: Codigo; readonly data: ErrorData }
  | { readonly kind: 'failed'; readonly reason: string };

export interface JobLimits {
  /** From the process's start, not counting the wait for a free one. */
  readonly plazoMs?: number | undefined;
  /** The process's own heap. */
  readonly memoriaMb?: number | undefined;
}

/** Two cores are what a small server has, and one of them answers the phones. */
const AT_ONCE = 2;
const MOST_WAITING = 8;
const PLAZO_MS = 60_000;
const MEMORIA_MB = 256;
/** The phones come first. */
const NICE = 5;
const STDERR_KEPT = 4_000;

let running = 0;
const waiting: (() => void)[] = [];

async function turn(): Promise<void> {
  if (running < AT_ONCE) {
    running += 1;
    return;
  }
  if (waiting.length >= MOST_WAITING) throw new AppError('DOCUMENTOS_OCUPADOS');
  // The one that ends hands its place over, so `running` doesn't move.
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function done(): void {
  const next = waiting.shift();
  if (next === undefined) running -= 1;
  else next();
}

/** Starts a module as a process of its own: nicer than the server, with a limited heap, without the server's environment. */
export function launch(file: URL, memoriaMb: number): ChildProcess {
  const { SystemRoot } = process.env;
  const child = fork(fileURLToPath(file), [], {
    execArgv: ['--no-warnings', `--max-old-space-size=${memoriaMb}`],
    // It needs none of the server's secrets. Windows starts no program without its root.
    env: SystemRoot === undefined ? {} : { SystemRoot },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  if (child.pid !== undefined) {
    try {
      os.setPriority(child.pid, NICE);
    } catch {
      // Some systems don't let a process be nicer; it then runs as the rest.
    }
  }
  return child;
}

function run(file: URL, input: unknown, limits: JobLimits): Promise<Uint8Array> {
  const plazoMs = limits.plazoMs ?? PLAZO_MS;
  return new Promise((resolve, reject) => {
    const child = launch(file, limits.memoriaMb ?? MEMORIA_MB);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_KEPT);
    });
    let settled = false;
    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(alarm);
      act();
      child.kill('SIGKILL');
    };
    const alarm = setTimeout(() => {
      settle(() =>
        reject(new AppError('DOCUMENTO_TARDADO', { segundos: Math.max(1, Math.round(plazoMs / 1000)) })),
      );
    }, plazoMs);
    child.on('message', (reply: JobReply) => {
      settle(() => {
        if (reply.kind === 'done') resolve(reply.bytes);
        else if (reply.kind === 'refused') reject(new AppError(reply.code, reply.data));
        else reject(new Error(reply.reason));
      });
    });
    child.on('error', (error) => settle(() => reject(error)));
    // `close`, not `exit`: by then all that it said is here.
    child.on('close', (code, signal) => {
      settle(() => {
        const reason = new Error(
          `the job ended with ${signal ?? `code ${code}`} and made nothing: ${stderr}`,
        );
        // SIGKILL that is not ours is the system's, out of memory too.
        const full = signal === 'SIGKILL' || /heap out of memory/i.test(stderr);
        reject(full ? new AppError('DOCUMENTO_MUY_GRANDE', {}, reason) : reason);
      });
    });
    child.send(input as never, (error) => {
      if (error !== null) settle(() => reject(error));
    });
  });
}

/**
 * Makes a document in a process of its own, so that phones are answered meanwhile: the module at `file` calls
 * `replyWith` (job-reply.ts) and gets `input` (structured clone). Two at once, eight waiting.
 *
 * why a process and no thread: V8 ends the whole process when a thread's heap fills faster than it can be stopped.
 *
 * Rejects with DOCUMENTOS_OCUPADOS when more wait, DOCUMENTO_TARDADO after `plazoMs`, DOCUMENTO_MUY_GRANDE when its
 * memory ends, the AppError that it refused with, or a plain Error when it broke. The process is always ended.
 */
export async function runJob(file: URL, input: unknown, limits: JobLimits = {}): Promise<Uint8Array> {
  await turn();
  try {
    return await run(file, input, limits);
  } finally {
    done();
  }
}
