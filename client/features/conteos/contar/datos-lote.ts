import type { LineaVista, Lugar, RenglonContado } from '#client/offline/index.ts';
import { unidadesDe } from '#shared/domain/conteo.ts';
import type { Cantidad } from '#shared/domain/decimal.ts';
import { type DatosLote, datoQueFalta, SIN_DATOS } from '#shared/domain/lotes.ts';
import { cantidadVista, diaVisto } from '#shared/formato.ts';

/** Does the product ask for something that its code does not say? */
export const pideDatos = (producto: { pideLote: boolean; pideCaducidad: boolean }) =>
  producto.pideLote || producto.pideCaducidad;

const productoDe = (linea: LineaVista) =>
  linea.liga?.estado === 'ligada' ? linea.liga.productoId : linea.productoId;

const cuenta = (linea: LineaVista) =>
  linea.tipo === 'suma' && !linea.anulada && linea.estado !== 'rechazada' && linea.estado !== 'tardia';

/**
 * What was said of the newest piece of this product in this bin: it holds for the following ones. With `crudo` only of
 * those with that very label: what a damaged label says cannot be told from another's, but is the same on its equals.
 */
export function datosRecordados(
  lineas: readonly LineaVista[],
  lugar: Pick<Lugar, 'productoId' | 'ubicacionId' | 'intento'>,
  crudo: string | null = null,
): DatosLote {
  const ultima = lineas.findLast(
    (linea) =>
      cuenta(linea) &&
      linea.intento === lugar.intento &&
      linea.ubicacionId === lugar.ubicacionId &&
      (crudo === null || linea.codigoCrudo === crudo) &&
      productoDe(linea) === lugar.productoId,
  );
  if (ultima === undefined) return SIN_DATOS;
  return { lote: ultima.lote, caduca: ultima.caduca, dot: ultima.dot };
}

/** Lots of this product that I counted in this conteo, with the expiry last said of each; the newest first. */
export function lotesConocidos(lineas: readonly LineaVista[], productoId: string): DatosLote[] {
  const porLote = new Map<string, DatosLote>();
  for (const linea of [...lineas].reverse()) {
    if (!cuenta(linea) || linea.lote === null || productoDe(linea) !== productoId) continue;
    const { lote, caduca, dot } = linea;
    const antes = porLote.get(lote);
    if (antes === undefined) porLote.set(lote, { lote, caduca, dot });
    else if (antes.caduca === null && caduca !== null) porLote.set(lote, { ...antes, caduca });
  }
  return [...porLote.values()];
}

/** The lines of one row that say the same. */
export type LoteContado = DatosLote & { unidades: Cantidad; lineas: number };

/** What a row's lines say of their lots, newest first. */
export function lotesDe({ lineas }: Pick<RenglonContado, 'lineas'>): LoteContado[] {
  const grupos = new Map<string, LoteContado>();
  for (const linea of lineas) {
    if (linea.tipo !== 'suma') continue;
    const { lote, caduca, dot } = linea;
    const clave = `${lote}|${caduca}|${dot}`;
    const grupo = grupos.get(clave) ?? { lote, caduca, dot, unidades: 0n, lineas: 0 };
    grupo.unidades += unidadesDe(linea);
    grupo.lineas += 1;
    grupos.set(clave, grupo);
  }
  return [...grupos.values()];
}

/** "Lote L-2031 · cad. 31 dic 2026"; null when nothing was said. */
export function textoDatos({ lote, caduca, dot }: DatosLote): string | null {
  const partes = [
    lote === null ? null : `Lote ${lote}`,
    dot === null ? null : `DOT ${dot}`,
    caduca === null ? null : `cad. ${diaVisto(caduca)}`,
  ].filter((parte) => parte !== null);
  return partes.length === 0 ? null : partes.join(' · ');
}

/** What a row of `Contado` says of its lots, and what is missing where the product asks for it. */
export function textoLotes(renglon: Pick<RenglonContado, 'lineas' | 'pideLote' | 'pideCaducidad'>): {
  dicho: string | null;
  falta: string | null;
} {
  // Most rows have nothing to say of lots, and the list is drawn again after each scan.
  const algo = pideDatos(renglon) || renglon.lineas.some(({ lote, caduca, dot }) => lote ?? caduca ?? dot);
  if (!algo) return { dicho: null, falta: null };
  const grupos = lotesDe(renglon);
  const dichos = grupos.flatMap((grupo) => {
    const texto = textoDatos(grupo);
    return texto === null ? [] : [grupos.length > 1 ? `${texto} (${cantidadVista(grupo.unidades)})` : texto];
  });
  const faltantes = grupos.filter((grupo) => datoQueFalta(renglon, grupo) !== null);
  const que = faltantes.some((grupo) => datoQueFalta(renglon, grupo) === 'lote')
    ? 'sin lote'
    : 'sin caducidad';
  const cuantos = faltantes.reduce((suma, grupo) => suma + grupo.unidades, 0n);
  return {
    dicho: dichos.length === 0 ? null : dichos.join(', '),
    falta:
      faltantes.length === 0
        ? null
        : faltantes.length === grupos.length
          ? que
          : `${cantidadVista(cuantos)} ${que}`,
  };
}

/** Rows whose product asks for a lot or an expiry that some line lacks. */
export function renglonesIncompletos(contado: readonly RenglonContado[]): RenglonContado[] {
  return contado.filter((renglon) => renglon.productoId !== null && textoLotes(renglon).falta !== null);
}

/** Correcting a quantity makes one line of several: their lot goes on only where they all say the same. */
export function datosQueQuedan(
  lineas: readonly LineaVista[],
  lugar: Lugar,
): { datos: DatosLote; nota: string | null } {
  const suyas = lineas.filter(
    (linea) =>
      cuenta(linea) &&
      linea.intento === lugar.intento &&
      linea.ubicacionId === lugar.ubicacionId &&
      linea.condicion === (lugar.condicion ?? 'vendible') &&
      productoDe(linea) === lugar.productoId,
  );
  const grupos = lotesDe({ lineas: suyas });
  const [uno, otro] = grupos;
  if (uno === undefined) return { datos: SIN_DATOS, nota: null };
  if (otro === undefined) return { datos: { lote: uno.lote, caduca: uno.caduca, dot: uno.dot }, nota: null };
  const dichos = grupos.flatMap((grupo) => {
    const texto = textoDatos(grupo);
    return texto === null ? [] : [`${texto} (${cantidadVista(grupo.unidades)})`];
  });
  return { datos: SIN_DATOS, nota: `Antes de corregir: ${dichos.join(', ')}` };
}
