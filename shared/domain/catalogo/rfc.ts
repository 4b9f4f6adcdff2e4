const FORMA = /^([A-ZÑ&]{3,4})(\d{2})(\d{2})(\d{2})([A-Z0-9]{2})([0-9A])$/;
const GENERICOS: ReadonlySet<string> = new Set(['XAXX010101000', 'XEXX010101000']);
const ALFABETO = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';

/** As it is written and kept: capitals, without blanks or dashes. */
export function limpiaRfc(texto: string): string {
  return texto.toUpperCase().replace(/[\s.-]/g, '');
}

/** The check digit of the first 11 (company) or 12 (person) characters: modulo 11, as Anexo 3 of the SAT's rules. */
export function digitoRfc(cuerpo: string): string {
  const doce = cuerpo.padStart(12, ' ');
  let suma = 0;
  for (let i = 0; i < 12; i += 1) suma += ALFABETO.indexOf(doce[i]!) * (13 - i);
  const resto = suma % 11;
  if (resto === 0) return '0';
  return resto === 1 ? 'A' : String(11 - resto);
}

export type ValidezRfc = 'valido' | 'forma' | 'fecha' | 'digito';

/** Judges an RFC: its form, its date, its check digit. A few real ones fail the last, so a screen only warns of it. */
export function validaRfc(texto: string): ValidezRfc {
  const rfc = limpiaRfc(texto);
  if (GENERICOS.has(rfc)) return 'valido';
  const partes = FORMA.exec(rfc);
  if (partes === null) return 'forma';
  const [mes, dia] = [Number(partes[3]), Number(partes[4])];
  // The century is not said, so a 29 February is taken as right.
  const dias = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][mes - 1];
  if (dias === undefined || dia < 1 || dia > dias) return 'fecha';
  return digitoRfc(rfc.slice(0, -1)) === rfc.at(-1) ? 'valido' : 'digito';
}

/** What is wrong, to go after «RFC»; null when it can be kept. */
export function fraseRfc(texto: string): string | null {
  const validez = validaRfc(texto);
  if (validez === 'forma')
    return 'lleva 3 o 4 letras, la fecha en 6 dígitos y 3 de homoclave, como ABC010203XY9';
  if (validez === 'fecha') return 'trae una fecha que no existe; revisa sus seis dígitos';
  return null;
}
