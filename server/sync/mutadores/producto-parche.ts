import { aplicaParche } from '#server/productos/parche.ts';
import { type ArgsDe, ProductoParche } from '#shared/contracts/mutadores.ts';
import { APLICADA } from '../contexto.ts';
import { type Mutador, recibidoEn } from './mutador.ts';

/** Changes to a product, each field with the value that its author saw. What collides waits for a manager; see aplicaParche. */
export const productoParche: Mutador<ArgsDe<'producto.parche/1'>> = {
  name: 'producto.parche/1',
  parse: (value) => ProductoParche.parse(value),
  async apply(tx, autor, args, meta) {
    await aplicaParche(tx, meta.clock, autor, args, recibidoEn(meta));
    return APLICADA;
  },
};
