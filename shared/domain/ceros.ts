import { UNA_UNIDAD } from './cantidad.ts';
import { type Liga, type Linea, lineasVivas } from './conteo.ts';
import { expandeJuego, type PartesDe } from './juegos.ts';

/** "There is none", said by a manager of a product that nobody counted. `en` in ms. */
export interface CeroDeclarado {
  productoId: string;
  por: string;
  en: number;
}

/**
 * Lines of the conteo with one `cero` for each declared zero that still stands. A zero yields to any living line of its
 * product, whichever came first, so the outcome doesn't depend on the order in which they arrive.
 */
export function conCeros(
  lineas: readonly Linea[],
  ligas: readonly Liga[],
  ceros: readonly CeroDeclarado[],
  conteoId: string,
  partesDe: PartesDe = () => null,
): Linea[] {
  if (ceros.length === 0) return [...lineas];
  const contados = new Set(
    lineasVivas(lineas, ligas).flatMap((viva) => expandeJuego(viva, partesDe).map((l) => l.productoId)),
  );
  const declaradas = ceros
    .filter(({ productoId }) => !contados.has(productoId))
    .map(
      ({ productoId, por, en }): Linea => ({
        id: `cero:${productoId}`,
        conteoId,
        intento: 1,
        ubicacionId: null,
        codigoCrudo: null,
        productoId,
        cantidad: 0n,
        factor: UNA_UNIDAD,
        tipo: 'cero',
        anula: null,
        condicion: 'vendible',
        usuarioId: por,
        instante: en,
        recibidoEn: en,
      }),
    );
  return [...lineas, ...declaradas];
}
