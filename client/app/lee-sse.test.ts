import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LectorDeEventos } from './lee-sse.ts';

const TEXTO =
  'id: a-1\ndata: {"x":1}\n\n: ping\n\nid: a-9\n\nevent: perdido\ndata: {}\n\nid: a-10\r\ndata: uno\r\ndata: dos\r\n\r\n';
const DEBE = [
  { id: 'a-1', event: 'message', data: '{"x":1}' },
  { id: 'a-9', event: 'message', data: null },
  { id: null, event: 'perdido', data: '{}' },
  { id: 'a-10', event: 'message', data: 'uno\ndos' },
];

test('events are the same however the network cuts them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(TEXTO.length), { maxLength: 12 }), (cortes) => {
      const lector = new LectorDeEventos();
      const puntos = [0, ...cortes.sort((a, b) => a - b), TEXTO.length];
      // A lone \r at the end of a chunk waits for its \n.
      const partes = puntos.slice(1).map((hasta, i) => TEXTO.slice(puntos[i], hasta));
      expect(partes.flatMap((parte) => lector.push(parte))).toEqual(DEBE);
    }),
  );
});
