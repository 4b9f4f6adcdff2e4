import { type Centavos, DINERO_ESCALA, toDecimal } from '../decimal.ts';

interface AlmacenValuado {
  id: string;
  tipo: string;
  productos: number;
  valor: string;
}

/**
 * Worth of the company's own stock (consigned goods are not) in some almacenes, null: all of them. null where there was no
 * stock at all yet: nothing was worth nothing.
 */
export function valorDeAlmacenes(
  { almacenes }: { almacenes: readonly AlmacenValuado[] },
  cuales: ReadonlySet<string> | null,
): Centavos | null {
  const propios = almacenes.filter(({ id, tipo }) => tipo !== 'ajeno' && (cuales === null || cuales.has(id)));
  if (propios.every(({ productos }) => productos === 0)) return null;
  return propios.reduce((suma, { valor }) => suma + toDecimal(valor, DINERO_ESCALA), 0n);
}
