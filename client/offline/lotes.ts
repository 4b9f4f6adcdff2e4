import { cantidadTexto } from '#shared/domain/cantidad.ts';
import { lineasVivas } from '#shared/domain/conteo.ts';
import type { DatosLote } from '#shared/domain/lotes.ts';
import { anulacion, contexto, guarda, linea, mias } from './acciones.ts';
import { sumables } from './lineas.ts';
import type { LineaVista, Lugar } from './modelo.ts';

const NOTA_MAX = 500;

/** "lote L-2031", "DOT 2319"; null when the line said none. */
function loQueDecia({ lote, dot }: Pick<LineaVista, 'lote' | 'dot'>): string | null {
  return lote !== null ? `lote ${lote}` : dot === null ? null : `DOT ${dot}`;
}

/** The correction keeps what was noted before and, where a lot is replaced, says which. */
function notaDe(de: LineaVista, datos: DatosLote): string | null {
  const antes = loQueDecia(de);
  const corregido = antes !== null && antes !== loQueDecia(datos) ? `Antes decía ${antes}` : null;
  return (
    [de.nota, corregido]
      .filter((parte) => parte !== null)
      .join(' · ')
      .slice(0, NOTA_MAX) || null
  );
}

export type CualesLineas = (linea: LineaVista) => boolean;

/**
 * Says lot, expiry or DOT of my living lines of a product in a place, or corrects them: each line is voided and entered
 * anew with the same quantity, all in one transaction, so that no moment counts them twice or not at all. What `datos`
 * leaves null stays as it was; another lot takes the place of a DOT and the reverse. Lines that say so already are left
 * alone. Returns the units' lines that changed; 0 when there were none.
 */
export async function corrigeLote(lugar: Lugar, datos: DatosLote, cuales: CualesLineas): Promise<number> {
  const ctx = await contexto();
  const { lineas, ligas } = await mias(ctx, lugar.conteoId);
  const condicion = lugar.condicion ?? 'vendible';
  const porId = new Map(lineas.map((cada) => [cada.id, cada]));
  const nuevas = lineasVivas(sumables(lineas), ligas).flatMap((viva) => {
    const de = porId.get(viva.id);
    if (
      de === undefined ||
      viva.tipo !== 'suma' ||
      viva.usuarioId !== ctx.persona.usuarioId ||
      viva.productoId !== lugar.productoId ||
      viva.ubicacionId !== lugar.ubicacionId ||
      viva.intento !== lugar.intento ||
      viva.condicion !== condicion ||
      !cuales(de)
    )
      return [];
    const otro = datos.lote !== null || datos.dot !== null;
    const queda: DatosLote = {
      lote: otro ? datos.lote : de.lote,
      dot: otro ? datos.dot : de.dot,
      caduca: datos.caduca ?? de.caduca,
    };
    if (queda.lote === de.lote && queda.dot === de.dot && queda.caduca === de.caduca) return [];
    const { mutacion } = linea(ctx, {
      ...lugar,
      ...queda,
      condicion,
      codigoCrudo: de.codigoCrudo,
      simbologia: de.simbologia,
      fuente: 'manual',
      cantidad: cantidadTexto(viva.cantidad),
      factor: cantidadTexto(viva.factor),
      nota: notaDe(de, queda),
      tipo: 'suma',
      anula: null,
    });
    return [anulacion(ctx, de).mutacion, mutacion];
  });
  if (nuevas.length > 0) await guarda(nuevas);
  return nuevas.length / 2;
}
