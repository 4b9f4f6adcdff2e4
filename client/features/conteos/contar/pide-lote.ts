import type { FilaProducto, LineaVista, Lugar } from '#client/offline/index.ts';
import { type DatosLote, datoQueFalta } from '#shared/domain/lotes.ts';

/** A label of a known product whose lot or date could not be read. */
export type EtiquetaMala = { crudo: string; explica: string };

/** What the sheet asks. Nothing waits for its answer: the lines are saved. */
export type PideLote = {
  producto: Pick<FilaProducto, 'id' | 'nombre' | 'pideLote' | 'pideCaducidad'>;
  lugar: Lugar;
  /** `lectura`: lines without it wait; `siguen`: it is known and may change; `corrige`: what lines say is wrong. */
  modo: 'lectura' | 'siguen' | 'corrige';
  /** What is in force, or what the lines to correct say. */
  actual: DatosLote;
  /** The label that did not tell, and why: only what carries it is meant. */
  mala: EtiquetaMala | null;
};

type Dicha = DatosLote & Pick<LineaVista, 'codigoCrudo'>;

export const mismosDatos = (a: DatosLote, b: DatosLote) =>
  a.lote === b.lote && a.caduca === b.caduca && a.dot === b.dot;

/** A line that says another lot already is not what was meant. */
const contradice = (linea: DatosLote, datos: DatosLote) =>
  (['lote', 'dot', 'caduca'] as const).some(
    (campo) => linea[campo] !== null && datos[campo] !== null && linea[campo] !== datos[campo],
  );

/** Does the answer mean this line too? `aContados`: the person said that what was counted says it wrong. */
export function esDelPedido(pedido: PideLote, datos: DatosLote, aContados: boolean, linea: Dicha): boolean {
  const { producto, modo, actual, mala } = pedido;
  if (modo !== 'lectura') return aContados && mismosDatos(linea, actual);
  return (
    datoQueFalta(producto, linea) !== null &&
    (mala === null || linea.codigoCrudo === mala.crudo) &&
    !contradice(linea, datos)
  );
}

/** What holds for the following scans after the answer. Another lot does not inherit the expiry of the one before. */
export function datosEnVigor({ actual }: PideLote, datos: DatosLote, aContados: boolean): DatosLote {
  const { lote, dot } = datos.lote === null && datos.dot === null ? actual : datos;
  const otro = actual.lote !== null && lote !== actual.lote && !aContados;
  return { lote, dot, caduca: datos.caduca ?? (otro ? null : actual.caduca) };
}
