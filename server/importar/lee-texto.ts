/** What bytes of a text file say, and how that was known. */
export interface TextoLeido {
  readonly texto: string;
  readonly codificacion: 'UTF-8' | 'UTF-16' | 'Windows-1252' | 'CP850';
}

/** Where letters of Spanish stand in the code page of DOS, which old points of sale still write. */
const CP850: Readonly<Record<number, string>> = Object.fromEntries(
  [...'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»'].map((letra, i) => [0x80 + i, letra]),
);
const LETRAS_CP850 = new Set([0x82, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0x90, 0x81]);
const LETRAS_1252 = new Set([
  0xe1, 0xe9, 0xed, 0xf3, 0xfa, 0xf1, 0xd1, 0xc1, 0xc9, 0xcd, 0xd3, 0xda, 0xfc, 0xdc,
]);
const MUESTRA = 1_000_000;

function esLetra(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122));
}

/** Letters of each code page that stand beside a plain letter, where a currency sign or a quote would not. */
function pareceCp850(bytes: Uint8Array): boolean {
  let dos = 0;
  let windows = 0;
  for (let i = 0; i < Math.min(bytes.length, MUESTRA); i += 1) {
    const byte = bytes[i]!;
    if (byte < 0x80 || !(esLetra(bytes[i - 1]) || esLetra(bytes[i + 1]))) continue;
    if (LETRAS_CP850.has(byte)) dos += 1;
    else if (LETRAS_1252.has(byte)) windows += 1;
  }
  return dos > windows;
}

function deCp850(bytes: Uint8Array): string {
  const trozos: string[] = [];
  const latin = new TextDecoder('latin1');
  let desde = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const otra = bytes[i]! < 0x80 ? undefined : (CP850[bytes[i]!] ?? (bytes[i] === 0xb5 ? 'Á' : undefined));
    if (otra === undefined) continue;
    if (i > desde) trozos.push(latin.decode(bytes.subarray(desde, i)));
    trozos.push(otra);
    desde = i + 1;
  }
  trozos.push(latin.decode(bytes.subarray(desde)));
  return trozos.join('');
}

/** UTF-16 without a mark: every other byte of plain text is zero. */
function utf16SinMarca(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const largo = Math.min(bytes.length, 4_000) & ~1;
  if (largo < 4) return null;
  let pares = 0;
  let nones = 0;
  for (let i = 0; i < largo; i += 2) {
    if (bytes[i] === 0) pares += 1;
    if (bytes[i + 1] === 0) nones += 1;
  }
  if (nones > largo * 0.3 && pares < largo * 0.05) return 'utf-16le';
  return pares > largo * 0.3 && nones < largo * 0.05 ? 'utf-16be' : null;
}

/** Text of a file whose encoding nobody says: marks, then UTF-8 if every byte agrees, then what Windows and DOS wrote. */
export function leeBytes(bytes: Uint8Array): TextoLeido {
  const [a, b, c] = bytes;
  const marca16 = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null;
  const utf16 = marca16 ?? (a === 0xef && b === 0xbb && c === 0xbf ? null : utf16SinMarca(bytes));
  if (utf16 !== null) return { texto: new TextDecoder(utf16).decode(bytes), codificacion: 'UTF-16' };
  try {
    return { texto: new TextDecoder('utf-8', { fatal: true }).decode(bytes), codificacion: 'UTF-8' };
  } catch {
    if (pareceCp850(bytes)) return { texto: deCp850(bytes), codificacion: 'CP850' };
    return { texto: new TextDecoder('windows-1252').decode(bytes), codificacion: 'Windows-1252' };
  }
}
