/**
 * The text whose SHA-256 is the "huella" of an acta: every line of the conteo, voids included, every link of a code to
 * a product and every zero that a manager declared, as they were received up to the acta's `corte`.
 *
 * Recipe, so that anyone can make it again from `acta.json` (`lineas`) or from `acta.csv?tabla=lineas`:
 * 1. Take each record's first 21 columns, {@link COLUMNAS_HUELLA}, as text; what is absent is the empty text. In the CSV,
 *    first take away the one apostrophe that stands before a text which a spreadsheet would run as a formula.
 * 2. Sort the records by `id`, then by `registro`, comparing bytes.
 * 3. Write one JSON array of texts per record, without spaces and without escaping what JSON lets stand, and "\n" after
 *    each. In Python: `json.dumps(row, ensure_ascii=False, separators=(',', ':'))`.
 * 4. Put before them the array `["devcompras-acta/1", <conteo id>]`, written in the same way.
 * 5. The huella is the SHA-256 of those UTF-8 bytes, in lower-case hexadecimal.
 *
 * Decimals carry no trailing zeros; instants are UTC with six decimals.
 */
export const COLUMNAS_HUELLA = [
  /** `linea`, `liga` or `cero`. */
  'registro',
  /** Of the line or link; of the product for a declared zero. */
  'id',
  /** The line that a link is about. */
  'linea_id',
  'intento',
  /** Of a line: suma, cero, anula. Of a link: propuesta, ligada, ajena, pendiente. */
  'tipo',
  'producto_id',
  'codigo_crudo',
  'cantidad',
  'factor',
  /** The line that a void names. */
  'anula',
  'condicion',
  'ubicacion_id',
  'lote',
  'caduca',
  'dot',
  /** The line's note, or the link's reason. */
  'nota',
  'usuario_id',
  'device_id',
  /** The phone's own clock. */
  'contado_en',
  /** Corrected to the server's clock. */
  'instante',
  'recibido_en',
] as const;

export type ColumnaHuella = (typeof COLUMNAS_HUELLA)[number];
export type RenglonHuella = Readonly<Record<ColumnaHuella, string>>;

export const VERSION_HUELLA = 'devcompras-acta/1';

/** Order of UTF-16 units; the ids are ASCII, so it is that of their bytes. */
const compara = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The canonical text of the records, in whatever order they come. */
export function textoHuella(conteoId: string, renglones: readonly RenglonHuella[]): string {
  const ordenados = [...renglones].sort((a, b) => compara(a.id, b.id) || compara(a.registro, b.registro));
  const filas = [
    [VERSION_HUELLA, conteoId],
    ...ordenados.map((renglon) => COLUMNAS_HUELLA.map((columna) => renglon[columna])),
  ];
  return filas.map((fila) => `${JSON.stringify(fila)}\n`).join('');
}
