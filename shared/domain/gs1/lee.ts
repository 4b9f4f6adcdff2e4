import { GS, limpiaCodigo, simbologiaClave } from '../codigos.ts';
import { CANTIDAD_ESCALA, type Cantidad } from '../decimal.ts';
import { type CodigoGs1, type Elemento, lectura, sinParentesis } from './elementos.ts';
import { fechaGs1 } from './valor.ts';

export type { CodigoGs1 } from './elementos.ts';

/** One element of a label. `fecha` for the dates, `medida` for 310n–369n, `decimales` where the AI announces them. */
export interface AiLeido {
  readonly ai: string;
  readonly titulo: string;
  readonly valor: string;
  readonly fecha: string | null;
  readonly medida: Medida | null;
  readonly decimales: number | null;
}

export interface Medida {
  readonly unidad: string;
  readonly cantidad: Cantidad;
}

export interface Gs1Leido {
  readonly ok: true;
  readonly ais: readonly AiLeido[];
  /** Of the item (01), else of what the carton holds (02); 14 digits, check digit verified. */
  readonly gtin: string | null;
  readonly lote: string | null;
  /** Use by (17, 7003), else best before (15), as `2026-12-31`. */
  readonly caduca: string | null;
  readonly serie: string | null;
  /** Pieces: variable count (30), else contents of the carton (37), as `Cantidad`. */
  readonly cantidad: Cantidad | null;
  /** Net weight (310n, 320n, 356n). */
  readonly peso: Medida | null;
}

export interface Gs1Fallido {
  readonly ok: false;
  readonly code: CodigoGs1;
  /** Where it stopped. */
  readonly ai: string | null;
  /** A GTIN that stood before the fault and whose check digit holds: the product is sure although the rest is not. */
  readonly gtin: string | null;
}

export interface OpcionesGs1 {
  /** Name that the reader gives to the symbology, if it gives one. */
  readonly simbologia?: string | undefined;
  /** The reader is known to deliver FNC1 (the camera's decoder is; a keyboard wedge may not be). */
  readonly separa?: boolean | undefined;
  /** Year of today, for the century of two-digit years. */
  readonly anio?: number | undefined;
}

/** why a constant is enough: the window of ±50 years moves only what a label says about half a century away. */
const ANIO_BASE = 2026;
const PREFIJO_GS1 = /^\](?:C1|d2|Q3|e0|J1)/;
const OTRO_PREFIJO = /^\][A-Za-z][0-9A-Za-z]/;
/** Symbologies that hold element strings only, or may hold them; the rest never do. */
const SIEMPRE_GS1: ReadonlySet<string> = new Set([
  'gs1128',
  'ean128',
  'gs1datamatrix',
  'gs1qrcode',
  'databarexpanded',
  'databarexpandedstacked',
  'rssexpanded',
  'databarexp',
]);
const NUNCA_GS1 = /^(?:ean|upc|itf|code39|code93|codabar|isbn)/;

function aiLeido({ ident, valor }: Elemento, anio: number): AiLeido {
  const { ai, titulo, decimales, unidad } = ident;
  const prueba = ident.partes[0]?.prueba;
  const conFecha = prueba === 'fecha' || prueba === 'fecha_con_dia';
  return {
    ai,
    titulo,
    valor,
    decimales,
    fecha: conFecha ? fechaGs1(valor.slice(0, 6), anio) : null,
    medida:
      unidad === null
        ? null
        : { unidad, cantidad: BigInt(valor) * 10n ** BigInt(CANTIDAD_ESCALA - (decimales ?? 0)) },
  };
}

/**
 * Reads a GS1 element string: from a symbol (FNC1 as 0x1D), after one of the identifiers ]C1 ]d2 ]Q3 ]e0 ]J1 or
 * not, or typed with parentheses. Never a guess: where a separator was lost and the text can be cut in two ways, it is
 * GS1_SIN_SEPARADOR with the GTIN that is sure. Plain codes are GS1_NO_ES: without any mark, only a text that begins
 * with 00, 01, 02 or 03 in full length is taken for one.
 */
export function leeGs1(texto: string, opts: OpcionesGs1 = {}): Gs1Leido | Gs1Fallido {
  const anio = opts.anio ?? ANIO_BASE;
  const limpio = limpiaCodigo(texto.replaceAll('\u241d', GS).replace(/<GS>/gi, GS));
  const simbolo = simbologiaClave(opts.simbologia ?? '');
  const noEs: Gs1Fallido = { ok: false, code: 'GS1_NO_ES', ai: null, gtin: null };
  const conPrefijo = PREFIJO_GS1.test(limpio);
  if (!conPrefijo && (OTRO_PREFIJO.test(limpio) || (NUNCA_GS1.test(simbolo) && !SIEMPRE_GS1.has(simbolo)))) {
    return noEs;
  }
  const cuerpo = conPrefijo ? limpio.slice(3) : limpio;
  const impreso = sinParentesis(cuerpo);
  const marcado = conPrefijo || impreso !== null || cuerpo.startsWith(GS) || SIEMPRE_GS1.has(simbolo);
  if (!marcado && !/^(?:00\d{18}|0[123]\d{14})/.test(cuerpo)) return noEs;

  const separa = impreso !== null || opts.separa === true;
  const { elementos, fallo, ai } = lectura(impreso ?? cuerpo, { anio, separa });
  const ais = elementos.map((elemento) => aiLeido(elemento, anio));
  const de = (...claves: string[]): AiLeido | undefined => {
    for (const clave of claves) {
      const encontrado = ais.find((leido) => leido.ai === clave);
      if (encontrado !== undefined) return encontrado;
    }
    return undefined;
  };
  const gtin = de('01', '02', '03')?.valor ?? null;
  if (fallo !== null) return { ok: false, code: fallo, ai, gtin };
  const piezas = de('30', '37')?.valor;
  return {
    ok: true,
    ais,
    gtin,
    lote: de('10')?.valor ?? null,
    caduca: de('17', '7003', '15')?.fecha ?? null,
    serie: de('21')?.valor ?? null,
    cantidad: piezas === undefined ? null : BigInt(piezas) * 10n ** BigInt(CANTIDAD_ESCALA),
    peso: ais.find((leido) => /^(?:310|320|356)/.test(leido.ai))?.medida ?? null,
  };
}
