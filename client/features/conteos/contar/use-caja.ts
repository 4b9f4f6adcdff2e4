import { type RefObject, useCallback, useRef, useState } from 'react';
import { anular, type ConteoDetalle, type FilaProducto, type LineaVista } from '#client/offline/index.ts';
import { type Cantidad, UNA_UNIDAD } from '#shared/domain/cantidad.ts';
import { unidadesDe } from '#shared/domain/conteo.ts';
import type { useEscritura } from './use-escritura.ts';

type Escritura = ReturnType<typeof useEscritura>;

/** A carton that was counted whole, and may be open. */
export type Caja = {
  producto: FilaProducto;
  lineaId: string;
  /** Units that it counted. */
  unidades: Cantidad;
  /** The label says how many, not the catalogue. */
  segunEtiqueta: boolean;
};

/** Was a carton of this product read before in this conteo, also if it was taken back? */
export function yaSePregunto(
  lineas: readonly Pick<LineaVista, 'id' | 'productoId' | 'factor' | 'cantidad' | 'codigoCrudo' | 'tipo'>[],
  productoId: string,
  estaLinea: string,
): boolean {
  return lineas.some(
    (linea) =>
      linea.id !== estaLinea &&
      linea.tipo === 'suma' &&
      linea.productoId === productoId &&
      linea.codigoCrudo !== null &&
      unidadesDe(linea) > UNA_UNIDAD,
  );
}

type LineaDeCaja = Pick<
  LineaVista,
  'id' | 'productoId' | 'codigoCrudo' | 'tipo' | 'anulada' | 'cantidad' | 'factor'
>;

/** The carton's line as it stands: saying its lot meanwhile has entered it anew. */
export function lineaDeCaja(
  lineas: readonly LineaDeCaja[],
  { lineaId, producto, unidades }: Pick<Caja, 'lineaId' | 'unidades'> & { producto: { id: string } },
): string {
  const suya = lineas.find((linea) => linea.id === lineaId);
  if (suya === undefined || !suya.anulada) return lineaId;
  const otra = lineas.findLast(
    (linea) =>
      linea.tipo === 'suma' &&
      !linea.anulada &&
      linea.productoId === producto.id &&
      linea.codigoCrudo === suya.codigoCrudo &&
      unidadesDe(linea) === unidades,
  );
  return otra?.id ?? lineaId;
}

/**
 * The first carton of each product in a conteo asks once whether it is closed. It is counted whole at once, so that no
 * stream of readings ever waits: the question is a card, and reading another product answers that it is.
 */
export function useCaja(
  conteo: RefObject<{ conteo: ConteoDetalle }>,
  enOrden: Escritura['enOrden'],
  avisa: Escritura['avisa'],
  muestra: (producto: FilaProducto, marca: string | null) => void,
) {
  const [caja, setCaja] = useState<Caja | null>(null);
  const preguntados = useRef(new Set<string>());

  const trasContar = useCallback(
    (leida: Caja) => {
      const { producto, lineaId, unidades } = leida;
      const deCaja = unidades > UNA_UNIDAD;
      const primera =
        deCaja &&
        !preguntados.current.has(producto.id) &&
        !yaSePregunto(conteo.current.conteo.lineas, producto.id, lineaId);
      if (deCaja) preguntados.current.add(producto.id);
      // A second one while the card stands: the one in hand is the newest.
      setCaja((abierta) => (primera || (deCaja && abierta?.producto.id === producto.id) ? leida : null));
    },
    [conteo],
  );

  const cierra = useCallback(() => setCaja(null), []);

  /** The carton is open: its line is voided and the pad takes the pieces. */
  const abierta = useCallback(() => {
    if (caja === null) return;
    setCaja(null);
    enOrden(
      async () => {
        const { id, lineas } = conteo.current.conteo;
        await anular(id, lineaDeCaja(lineas, caja));
        muestra(caja.producto, null);
        avisa('Se quitó la caja. Cuenta las piezas, escríbelas y toca Sumar.', 'ok');
      },
      { valor: 'caja abierta', producto: caja.producto.nombre, codigo: caja.producto.codigo },
    );
  }, [avisa, caja, conteo, enOrden, muestra]);

  return { caja, trasContar, cierra, abierta };
}
