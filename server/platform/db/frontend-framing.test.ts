import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFramer } from './frontend-framing.ts';

/** A frontend message: type, length, body. */
function message(type: string, body: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

describe('framing of frontend messages', () => {
  test('an extended query is one batch, handed over only with its Sync', () => {
    const framer = createFramer();
    const query = Buffer.concat([message('P', Buffer.from('x')), message('B'), message('D'), message('E')]);
    expect(framer.push(query)).toEqual({ batches: [], terminated: false });
    const { batches } = framer.push(message('S'));
    expect(batches.map((batch) => Buffer.from(batch))).toEqual([Buffer.concat([query, message('S')])]);
  });

  test('Terminate ends the stream after what came before it', () => {
    const framer = createFramer();
    const { batches, terminated } = framer.push(
      Buffer.concat([message('Q', Buffer.from('a\0')), message('X')]),
    );
    expect(batches).toHaveLength(1);
    expect(terminated).toBe(true);
  });

  test('however the bytes are cut, the batches are the same and nothing is lost', () => {
    const part = fc.tuple(
      fc.constantFrom('P', 'B', 'E', 'Q', 'S', 'H', 'c'),
      fc.uint8Array({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 17 })),
        (parts, cuts) => {
          const messages = parts.map(([type, body]) => message(type, body));
          const expected: Buffer[] = [];
          let open: Buffer[] = [];
          for (const [i, bytes] of messages.entries()) {
            open.push(bytes);
            if ('QSHc'.includes(parts[i]?.[0] ?? '-')) {
              expected.push(Buffer.concat(open));
              open = [];
            }
          }
          const stream = Buffer.concat(messages);
          const framer = createFramer();
          const got: Buffer[] = [];
          for (let at = 0, i = 0; at < stream.length; i++) {
            const size = cuts[i] ?? 23;
            for (const batch of framer.push(stream.subarray(at, at + size)).batches)
              got.push(Buffer.from(batch));
            at += size;
          }
          expect(got).toEqual(expected);
        },
      ),
    );
  });
});
