import { describe, expect, it } from 'vitest';
import { contadoPorProducto, contadosPorIntento } from './conteo.ts';
import { anula, linea } from './muestras.ts';

const PARTES = {
  juego: [
    { productoId: 'balata', cantidad: 400_000n },
    { productoId: 'grasa', cantidad: 100_000n },
  ],
  servicio: [],
};
const partesDe = (id: string) => PARTES[id as keyof typeof PARTES] ?? null;

describe('kits (ES_JUEGO) are counted by their parts', () => {
  it('one kit counts each part as often as the kit holds it, and never the kit itself', () => {
    const contados = contadoPorProducto(
      [linea({ productoId: 'juego', cantidad: 300_000n }), linea({ productoId: 'balata' })],
      [],
      { partesDe },
    );
    expect([...contados].map(([id, c]) => [id, c.contado])).toEqual([
      ['balata', 1_300_000n],
      ['grasa', 300_000n],
    ]);
  });

  it('a void of the scan takes every part out', () => {
    const juego = linea({ productoId: 'juego' });
    expect(contadosPorIntento([juego, anula(juego.id)], [], { partesDe }).size).toBe(0);
  });

  it('services are out of scope: a line of one counts nothing', () => {
    expect(contadoPorProducto([linea({ productoId: 'servicio' })], [], { partesDe }).size).toBe(0);
  });
});
