/** GS, the separator that GS1 element strings use inside a symbol (FNC1). It survives every cleaning. */
export const GS = '\u001d';
/** Longer than any retail label (a GS1-128 holds 48 characters, a GS1 DataMatrix in use here under 200). */
export const CODIGO_MAXIMO = 200;

const LARGOS_GTIN: ReadonlySet<number> = new Set([8, 12, 13, 14]);
const DIGITOS = /^\d+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: why: stripping control characters is the point
const CONTROLES = /[\u0000-\u001c\u001e\u001f\u007f-\u009f\u200b-\u200f\u2060\ufeff]/g;

/** What a reader or a person delivered, without control characters (GS stays) and outer blanks. */
export function limpiaCodigo(raw: string): string {
  return raw.replace(CONTROLES, '').trim();
}

/** GS1 check digit (modulo 10, weights 3 and 1 from the right) of digits *without* their check digit. */
export function checkDigit(digits: string): number {
  let suma = 0;
  for (let i = 0; i < digits.length; i += 1) {
    suma += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  }
  return (10 - (suma % 10)) % 10;
}

/** True for digits of length 8, 12, 13 or 14 whose last one is their check digit. */
export function esGtin(digits: string): boolean {
  return (
    LARGOS_GTIN.has(digits.length) &&
    DIGITOS.test(digits) &&
    checkDigit(digits.slice(0, -1)) === Number(digits.at(-1))
  );
}

/**
 * In-shop numbers: prefix 20–29 of an EAN-13 or GTIN-14, 2 of a GTIN-8, and number system 2 of a UPC-A, which
 * is the same range printed with 12 digits. Two shops may give one of them to different things.
 */
function esInterno(digits: string): boolean {
  if (digits.length <= 12) return digits.startsWith('2');
  const ean = digits.length === 14 ? digits.slice(1) : digits;
  return ean.startsWith('2') || ean.startsWith('02');
}

/**
 * The 14-digit key under which one item is one item: UPC-A, EAN-13 and GTIN-14 of it give the same.
 * null where the length is not 8/12/13/14, the check digit is wrong, or the number is in-shop; the trimmed
 * raw text is the key then ("000123" ≠ "123").
 */
export function gtinKey(raw: string): string | null {
  const codigo = limpiaCodigo(raw);
  if (!esGtin(codigo) || /^0+$/.test(codigo) || esInterno(codigo)) return null;
  return codigo.padStart(14, '0');
}

/**
 * The 12-digit UPC-A that 8 digits of UPC-E (number system 0 or 1, six digits, check digit) stand for; null when
 * they are not a valid UPC-E. Only for a symbology known to be UPC-E: the same digits may be a GTIN-8.
 */
export function expandUpcE(digits: string): string | null {
  if (!/^[01]\d{7}$/.test(digits)) return null;
  const sistema = digits[0]!;
  const [a, b, c, d, e, ultimo] = digits.slice(1, 7).split('') as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  let cuerpo: string;
  if (ultimo <= '2') cuerpo = `${a}${b}${ultimo}0000${c}${d}${e}`;
  else if (ultimo === '3') cuerpo = `${a}${b}${c}00000${d}${e}`;
  else if (ultimo === '4') cuerpo = `${a}${b}${c}${d}00000${e}`;
  else cuerpo = `${a}${b}${c}${d}${e}0000${ultimo}`;
  const upcA = `${sistema}${cuerpo}${digits[7]}`;
  return esGtin(upcA) ? upcA : null;
}

/** One spelling for the names that readers give to a symbology: `UPC_E`, `upc-e` and `UPCE` are `upce`. */
export function simbologiaClave(simbologia: string): string {
  return simbologia.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** AIM identifier that some readers are set to send before the data: `]E0` EAN, `]C1` GS1-128, `]d2` GS1 DataMatrix. */
const AIM = /^\][A-Za-z][0-9A-Za-z]/;

/** The GTIN-14 of a GS1 element string that begins with AI 01 or 02, bracketed or not, after an AIM identifier or not. */
export function extraeGtinDeGs1(raw: string): string | null {
  const cuerpo = limpiaCodigo(raw).replace(AIM, '').replace(GS, '');
  const gtin = /^(?:01|02|\(0[12]\))(\d{14})/.exec(cuerpo)?.[1];
  return gtin !== undefined && esGtin(gtin) ? gtin : null;
}

/**
 * Candidates to look a reading up with, best first: the exact text, the text without its AIM identifier, its GTIN key, the
 * expanded UPC-E, and the key of the GTIN inside a GS1 string. UPC-E is expanded when the symbology says so; eight digits
 * of unknown symbology (a wedge) try both readings. Compare each with `codigo` and with `clave_gtin`.
 */
export function lookupKeys(raw: string, simbologia?: string): string[] {
  const codigo = limpiaCodigo(raw);
  if (codigo === '') return [];
  const datos = codigo.replace(AIM, '');
  const simbolo = simbologia === undefined ? '' : simbologiaClave(simbologia);
  const claves = [codigo, datos];
  const agrega = (gtin: string | null) => {
    const clave = gtin === null ? null : gtinKey(gtin);
    if (clave !== null) claves.push(clave);
  };
  if (!(simbolo === 'upce' && datos.length === 8)) agrega(datos);
  if (simbolo === 'upce' || simbolo === '') agrega(expandUpcE(datos));
  if (datos.length >= 16) agrega(extraeGtinDeGs1(datos));
  return [...new Set(claves)].filter((clave) => clave !== '');
}

/** Begins as a GS1 element string does: its AIM identifier, AIs in parentheses, or 00–03 in full length. */
const COMO_GS1 = /^(?:\](?:C1|d2|Q3|e0|J1)|\(\d{2,4}\)|00\d{18}|0[123]\d{14})/;

/**
 * May this be a GS1 label? Cheap, so that a bare code never waits for the parser. `gs1`: what the reader said, which
 * settles it either way.
 */
export function pareceGs1(raw: string, gs1?: boolean): boolean {
  return gs1 ?? (COMO_GS1.test(raw) || raw.includes(GS));
}

/** A code for a person to read: separators as a dot between the fields. */
export function codigoVisto(codigo: string): string {
  return codigo.replaceAll(GS, ' · ');
}

export type ValidezManual = 'valido' | 'vacio' | 'muy_largo' | 'digito_verificador_malo';

/**
 * Judges a code typed by hand. `digito_verificador_malo`: 8, 12, 13 or 14 digits whose check digit fails, almost
 * always a typing error; in-house codes of those lengths exist, so the screen offers to use it anyway.
 */
export function validaManual(raw: string): ValidezManual {
  const codigo = limpiaCodigo(raw);
  if (codigo === '') return 'vacio';
  if (codigo.length > CODIGO_MAXIMO) return 'muy_largo';
  if (!DIGITOS.test(codigo) || !LARGOS_GTIN.has(codigo.length)) return 'valido';
  return esGtin(codigo) || expandUpcE(codigo) !== null ? 'valido' : 'digito_verificador_malo';
}
