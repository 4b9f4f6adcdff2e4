/** Sample rows for tests: what a test does not name has a quiet default. */
import type { Linea } from './conteo.ts';
import type { Movimiento } from './ledger.ts';

let siguiente = 0;

function idDeMuestra(letra: string): string {
  siguiente += 1;
  return `${letra}${String(siguiente).padStart(6, '0')}`;
}

/** A sale of one piece at ms 0, known at once. */
export function mov(datos: Partial<Movimiento> = {}): Movimiento {
  return {
    id: idDeMuestra('m'),
    tipo: 'venta',
    subtipo: null,
    cantidad: 100_000n,
    ocurridaEn: 0,
    precision: 'instante',
    orden: 0,
    createdAt: 0,
    ...datos,
  };
}

/** Ana's scan of one piece of product `p` in bin `A`, at ms 0. */
export function linea(datos: Partial<Linea> = {}): Linea {
  return {
    id: idDeMuestra('l'),
    conteoId: 'conteo',
    intento: 1,
    ubicacionId: 'A',
    codigoCrudo: null,
    productoId: 'p',
    cantidad: 100_000n,
    factor: 100_000n,
    tipo: 'suma',
    anula: null,
    condicion: 'vendible',
    usuarioId: 'ana',
    instante: 0,
    recibidoEn: null,
    ...datos,
  };
}

/** Ana's void of a line. */
export function anula(id: string, datos: Partial<Linea> = {}): Linea {
  return linea({ tipo: 'anula', anula: id, cantidad: 0n, productoId: null, ubicacionId: null, ...datos });
}
