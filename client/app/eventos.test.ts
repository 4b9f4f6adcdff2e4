import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LectorSse } from './eventos.ts';

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
