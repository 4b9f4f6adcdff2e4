/** So that Excel reads accents. */
const BOM = '\ufeff';
const NUMBER = /^-?\d+(\.\d+)?$/;
/** What a spreadsheet runs as a formula, and the apostrophe itself, so that taking one away gives the text back. */
const FORMULA = /^[=+\-@\t\r']/;

/**
 * A text that no spreadsheet runs: an apostrophe goes before one that begins with `= + - @`, a tab, a return or an
 * apostrophe. Numbers stay as they are.
 */
export function sinFormula(texto: string): string {
  return FORMULA.test(texto) && !NUMBER.test(texto) ? `'${texto}` : texto;
}

function celda(texto: string): string {
  const seguro = sinFormula(texto);
  return /[",\r\n]/.test(seguro) ? `"${seguro.replaceAll('"', '""')}"` : seguro;
}

/** RFC 4180 in UTF-8 with BOM: commas, CRLF, no formulas. */
export function aCsv(filas: Iterable<readonly string[]>): string {
  const renglones: string[] = [];
  for (const fila of filas) renglones.push(fila.map(celda).join(','));
  return `${BOM}${renglones.join('\r\n')}\r\n`;
}
