import { isAppError } from '#shared/errores.ts';
import type { JobReply } from './job-process.ts';

/** The process's side of `runJob`: makes the document from the input and sends it, or why there is none. */
export function replyWith<Input>(make: (input: Input) => Promise<Uint8Array>): void {
  if (process.send === undefined) throw new Error('this module runs only as a process of runJob');
  process.once('message', (input) => {
    make(input as Input).then(
      (bytes) => send({ kind: 'done', bytes }),
      (error: unknown) =>
        send(
          isAppError(error)
            ? { kind: 'refused', code: error.code, data: error.data }
            : {
                kind: 'failed',
                reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
              },
        ),
    );
  });
  // A server that is gone waits for no document.
  process.once('disconnect', () => process.exit(0));
}

function send(reply: JobReply): void {
  process.send?.(reply);
}
