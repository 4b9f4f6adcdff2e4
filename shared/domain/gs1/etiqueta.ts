import { CANTIDAD_DUDOSA } from '../cantidad.ts';
import { type Cantidad, multiplica } from '../decimal.ts';
import type { DatosLote } from '../lotes.ts';
import { type CodigoGs1, leeGs1, type Medida, type OpcionesGs1 } from './lee.ts';

/** What counting needs of a GS1 label. */
export interface EtiquetaGs1 extends DatosLote {
  /** Of the item (01), or of what the carton or pallet holds (02); check digit verified. null: it names no product. */
  readonly gtin: string | null;
  /** Serial number of a pallet or parcel (00). */
  readonly sscc: string | null;
  /** Serial number of the piece (21): information. */
  readonly serie: string | null;
  /** How many the label says: pieces of the item (30), or units of `gtin` inside (37). */
  readonly piezas: { readonly cantidad: Cantidad; readonly adentro: boolean } | null;
  /** Net measures (310n–316n, 357n…), none of them zero. */
  readonly medidas: readonly Medida[];
  /** What is wrong with it and at which AI. The GTIN, if there is one, stood before the fault and is sure. */
  readonly fallo: { readonly code: CodigoGs1; readonly ai: string | null } | null;
}

/** Gross measures (33n, 34n) say nothing about what is sold. */
const BRUTA = /^3[34]/;

const VACIA = { gtin: null, sscc: null, serie: null, piezas: null, medidas: [], fallo: null } as const;
const SIN_LOTE = { lote: null, caduca: null, dot: null } as const;

/** null: no GS1 label, an ordinary code. Never throws and never guesses: what cannot be told apart is a `fallo`. */
export function etiquetaDe(texto: string, opts: OpcionesGs1 = {}): EtiquetaGs1 | null {
  const leido = leeGs1(texto, opts);
  if (!leido.ok) {
    if (leido.code === 'GS1_NO_ES') return null;
    return { ...VACIA, ...SIN_LOTE, gtin: leido.gtin, fallo: { code: leido.code, ai: leido.ai } };
  }
  const hay = (ai: string) => leido.ais.find((cada) => cada.ai === ai);
  return {
    gtin: leido.gtin,
    sscc: hay('00')?.valor ?? null,
    serie: leido.serie,
    lote: leido.lote,
    caduca: leido.caduca,
    dot: null,
    piezas:
      leido.cantidad === null || leido.cantidad === 0n
        ? null
        : { cantidad: leido.cantidad, adentro: hay('02') !== undefined },
    medidas: leido.ais.flatMap(({ ai, medida }) =>
      medida !== null && medida.cantidad > 0n && !BRUTA.test(ai) ? medida : [],
    ),
    fallo: null,
  };
}

/** How many of a product's unit one of the label's unit makes, ×100,000; spellings as `esMedida` has them. */
const POR_UNIDAD: Readonly<Record<string, readonly [unidades: string, factor: bigint][]>> = {
  kg: [
    ['KG KGS KILO KILOS KGM', 100_000n],
    ['G GR GRS GRAMO GRAMOS GRM', 100_000_000n],
  ],
  m: [
    ['M MT MTS METRO METROS MTR', 100_000n],
    ['CM', 10_000_000n],
  ],
  l: [['L LT LTS LITRO LITROS LTR', 100_000n]],
  'm²': [['M2', 100_000n]],
  'm³': [['M3', 100_000n]],
  gal: [['GAL GALON GALONES', 100_000n]],
};

function enUnidad({ unidad, cantidad }: Medida, pedida: string): Cantidad | null {
  const factor = POR_UNIDAD[unidad]?.find(([cuales]) => cuales.split(' ').includes(pedida))?.[1];
  return factor === undefined ? null : multiplica(cantidad, 5, factor, 5, 5);
}

export interface CuantoDice {
  readonly cantidad: Cantidad;
  readonly factor: Cantidad;
  /** What the label itself says, if anything; null: one of the code's own factor. */
  readonly dice: 'medida' | 'piezas' | null;
  /** The label says more than anybody has: it was not taken. */
  readonly absurda: boolean;
}

const UNO = 100_000n;

/**
 * What one reading of the label counts. A measured unit takes the net measure (310n for kg); else the pieces it says (30),
 * or the units inside (37) times the factor of their code; else one of the code's factor.
 */
export function cuantoDice(etiqueta: EtiquetaGs1 | null, unidad: string, factor: Cantidad): CuantoDice {
  const uno: CuantoDice = { cantidad: UNO, factor, dice: null, absurda: false };
  if (etiqueta === null) return uno;
  const pedida = unidad
    .normalize('NFD')
    .replace(/[\u0300-\u036f.\s]/g, '')
    .toUpperCase();
  for (const medida of etiqueta.medidas) {
    const cantidad = enUnidad(medida, pedida);
    if (cantidad !== null) return { cantidad, factor: UNO, dice: 'medida', absurda: false };
  }
  const { piezas } = etiqueta;
  if (piezas === null) return uno;
  const dicho = { cantidad: piezas.cantidad, factor: piezas.adentro ? factor : UNO };
  if (multiplica(dicho.cantidad, 5, dicho.factor, 5, 5) > CANTIDAD_DUDOSA) return { ...uno, absurda: true };
  return { ...dicho, dice: 'piezas', absurda: false };
}
