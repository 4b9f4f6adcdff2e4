import { AppError } from '#shared/errores.ts';
import { Zip } from './abre-zip.ts';
import { leeCsv } from './lee-csv.ts';
import { type Libro, PESO_MAXIMO } from './lee-libro.ts';
import { leeBytes } from './lee-texto.ts';
import { leeXlsx } from './lee-xlsx.ts';
import { sinInstrucciones } from './lee-xml.ts';

const EXPORTA = 'ábrelo en su programa y expórtalo como Excel (.xlsx) o CSV';
/** First bytes of what people choose by mistake. */
const AJENOS: readonly [firma: string, que: string, remedio: string][] = [
  ['25504446', 'un PDF', 'pide el mismo reporte en Excel o CSV'],
  ['89504e47', 'una imagen', 'pide el reporte en Excel o CSV: de una foto no se leen cantidades'],
  ['ffd8ff', 'una foto', 'pide el reporte en Excel o CSV: de una foto no se leen cantidades'],
  ['47494638', 'una imagen', 'pide el reporte en Excel o CSV: de una foto no se leen cantidades'],
  ['52494646', 'una imagen o un audio', 'elige el archivo de Excel o CSV'],
  ['7b5c727466', 'un documento de texto (RTF)', EXPORTA],
  ['1f8b', 'un archivo comprimido (gzip)', 'descomprímelo y elige la hoja que trae dentro'],
  ['526172211a', 'un archivo comprimido (RAR)', 'descomprímelo y elige la hoja que trae dentro'],
  ['377abcaf271c', 'un archivo comprimido (7z)', 'descomprímelo y elige la hoja que trae dentro'],
  ['53514c69746520', 'una base de datos', EXPORTA],
  ['4d5a', 'un programa', 'elige el archivo de Excel o CSV'],
  ['7f454c46', 'un programa', 'elige el archivo de Excel o CSV'],
];
const OLE = 'd0cf11e0a1b11ae1';
/** BIFF 2 to 8 without the OLE wrapper: record 0x0009/0x0209/0x0409/0x0809. */
const BIFF = /^09(?:00|02|04|08)(?:04|06|08|10)00/;
const ODS_MAXIMO = 120 * 1024 * 1024;

function hex(bytes: Uint8Array, largo: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(largo, bytes.length)).toString('hex');
}

function noEsHoja(que: string, remedio: string): AppError {
  return new AppError('IMPORTACION_NO_ES_HOJA', { que, remedio });
}

/** SheetJS is loaded only where it is needed: half of all imports never do. */
async function conSheetJs(
  entrada: Uint8Array | string,
  formato: 'xlsx' | 'xls' | 'html' | 'xml' | 'ods',
): Promise<Libro> {
  const { leeConSheetJs } = await import('./lee-sheetjs.ts');
  return leeConSheetJs(entrada, formato);
}

async function abreZip(bytes: Uint8Array): Promise<Libro> {
  const zip = new Zip(bytes);
  const nombres = [...zip.entradas.keys()];
  if (zip.tiene('xl/workbook.bin')) return conSheetJs(bytes, 'xlsx');
  if (zip.tiene('mimetype') && zip.tiene('content.xml')) {
    const mime = await zip.texto('mimetype', 200);
    if (!mime.includes('spreadsheet')) throw noEsHoja('un documento de OpenDocument', EXPORTA);
    if (
      zip.tiene('META-INF/manifest.xml') &&
      /encryption-data/.test(await zip.texto('META-INF/manifest.xml'))
    ) {
      throw new AppError('IMPORTACION_CON_CONTRASENA');
    }
    sinInstrucciones(await zip.texto('content.xml', ODS_MAXIMO));
    return conSheetJs(bytes, 'ods');
  }
  if (nombres.some((nombre) => /^\/?(?:word|ppt|visio)\//.test(nombre))) {
    throw noEsHoja('un documento de Word o PowerPoint', EXPORTA);
  }
  if (nombres.some((nombre) => nombre.startsWith('Index/') || nombre === 'Index.zip')) {
    throw noEsHoja('una hoja de Numbers', 'en Numbers elige Archivo › Exportar a › Excel');
  }
  if (zip.tiene('[Content_Types].xml') || zip.tiene('xl/workbook.xml')) return leeXlsx(zip);
  throw noEsHoja('un archivo comprimido (zip)', 'descomprímelo y elige la hoja que trae dentro');
}

/** Offset of a stream's name in an OLE container, as UTF-16. */
function nombra(bytes: Buffer, nombre: string): boolean {
  return bytes.includes(Buffer.from(nombre, 'utf16le'));
}

/** True when the table of an OLE container speaks of sectors that the file doesn't reach. */
function oleCortado(bytes: Buffer): boolean {
  const potencia = bytes.length < 512 ? 0 : bytes.readUInt16LE(30);
  if (potencia !== 9 && potencia !== 12) return true;
  const sector = 2 ** potencia;
  const tablas = Math.min(109, bytes.readUInt32LE(44));
  for (let i = 0; i < tablas; i += 1) {
    const desde = (bytes.readUInt32LE(76 + i * 4) + 1) * sector;
    if (desde + sector > bytes.length) return true;
    for (let j = 0; j < sector / 4; j += 1) {
      // Each names the sector that follows; above this they are marks.
      const siguiente = bytes.readUInt32LE(desde + j * 4);
      if (siguiente < 0xfffffffa && (siguiente + 1) * sector >= bytes.length) return true;
    }
  }
  return false;
}

function abreOle(bytes: Buffer): Promise<Libro> {
  if (nombra(bytes, 'EncryptedPackage')) throw new AppError('IMPORTACION_CON_CONTRASENA');
  if (oleCortado(bytes)) throw new AppError('IMPORTACION_TRUNCADA');
  if (!nombra(bytes, 'Workbook') && !nombra(bytes, 'Book')) {
    if (nombra(bytes, 'WordDocument')) throw noEsHoja('un documento de Word', EXPORTA);
    throw noEsHoja('un archivo que no se reconoce', EXPORTA);
  }
  return conSheetJs(bytes, 'xls');
}

function abreMarcado(bytes: Uint8Array, inicio: string): Promise<Libro> | null {
  const { texto } = leeBytes(bytes);
  if (/urn:schemas-microsoft-com:office:spreadsheet/.test(inicio)) {
    sinInstrucciones(texto);
    if (!/<\/(?:\w+:)?Workbook>\s*$/i.test(texto.slice(-2_000))) throw new AppError('IMPORTACION_TRUNCADA');
    return conSheetJs(texto, 'xml');
  }
  if (!/<(?:!doctype html|html|head|body|table|meta|style|div)[\s>]/i.test(inicio)) return null;
  if (/<!ENTITY/i.test(texto)) throw new AppError('IMPORTACION_XML');
  if (!/<table[\s>]/i.test(texto)) {
    throw noEsHoja(
      'una página web sin tablas',
      'quizá tu sesión del otro programa venció: vuelve a entrar y descarga el reporte',
    );
  }
  if (!/<\/table\s*>/i.test(texto)) throw new AppError('IMPORTACION_TRUNCADA');
  return conSheetJs(texto, 'html');
}

/** Control characters that no text has, in its beginning. */
function pareceBinario(bytes: Uint8Array): boolean {
  const muestra = bytes.subarray(0, 8_000);
  const raros = muestra.reduce(
    (suma, byte) => suma + (byte < 9 || (byte > 13 && byte < 32 && byte !== 26) ? 1 : 0),
    0,
  );
  return raros > muestra.length * 0.02;
}

/**
 * Opens a file by what it is, whatever it is called. The size is checked before anything else, a zip's directory before anything
 * is inflated. Throws an AppError (IMPORTACION_*) that says what to do.
 */
export async function abre(bytes: Uint8Array, filename: string): Promise<Libro> {
  if (bytes.length === 0) throw new AppError('IMPORTACION_VACIA');
  if (bytes.length > PESO_MAXIMO) {
    const mb = Math.ceil(bytes.length / (1024 * 1024));
    throw new AppError('IMPORTACION_GRANDE', { mb, maximo: PESO_MAXIMO / (1024 * 1024) });
  }
  const firma = hex(bytes, 16);
  if (firma.startsWith('504b0304') || firma.startsWith('504b0506')) return abreZip(bytes);
  if (firma.startsWith(OLE)) return abreOle(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (BIFF.test(firma)) return conSheetJs(bytes, 'xls');
  const ajeno = AJENOS.find(([inicio]) => firma.startsWith(inicio));
  if (ajeno !== undefined && !(ajeno[0].length <= 4 && !pareceBinario(bytes)))
    throw noEsHoja(ajeno[1], ajeno[2]);
  const inicio = leeBytes(bytes.subarray(0, 4_000))
    .texto.replace(/^\ufeff/, '')
    .trimStart();
  if (inicio.startsWith('<')) {
    const libro = abreMarcado(bytes, inicio);
    if (libro !== null) return libro;
    throw noEsHoja(
      'un archivo XML',
      'si es una factura (CFDI) u otro documento, pide el reporte en Excel o CSV',
    );
  }
  const { codificacion } = leeBytes(bytes.subarray(0, 4_000));
  if (codificacion !== 'UTF-16' && pareceBinario(bytes)) {
    throw noEsHoja('un archivo que no se reconoce', EXPORTA);
  }
  return leeCsv(bytes, filename);
}
