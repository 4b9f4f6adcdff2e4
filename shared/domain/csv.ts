/** Text of a person, or a number of ours (decimal text), which needs no defusing. */
export type CeldaCsv = string | { numero: string } | null;

/** What a spreadsheet takes for a formula when a text begins with it, also after blanks. */
const FORMULA = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** An apostrophe makes a spreadsheet show the text as it is. A cell of ours never runs as a formula. */
export function desarma(texto: string): string {
  return FORMULA.test(texto) ? `'${texto}` : texto;
}

function celda(valor: CeldaCsv): string {
  if (valor === null) return '';
  const texto = typeof valor === 'string' ? desarma(valor) : valor.numero;
  return /[",\r\n]/.test(texto) ? `"${texto.replaceAll('"', '""')}"` : texto;
}

/**
 * A CSV that Excel in Mexico opens right with a double click: BOM (accents), commas, decimal point, CRLF. Quotes are
 * doubled; texts that a spreadsheet would run are defused.
 */
export function csvDe(encabezados: readonly string[], filas: Iterable<readonly CeldaCsv[]>): string {
  const renglones = [encabezados.map(celda).join(',')];
  for (const fila of filas) renglones.push(fila.map(celda).join(','));
  return `\uFEFF${renglones.join('\r\n')}\r\n`;
}
