import { deflateRawSync } from 'node:zlib';
import { CFB, utils, type WorkBook, write } from '@e965/xlsx';
import type { Caso } from './caso.ts';
import { libro, partesDe, unaHoja } from './libro.ts';
import { zip } from './zip.ts';

const FILAS = [
  ['Clave', 'Existencia'],
  ['FIL-001', 4],
  ['BAT-35', 2],
] as const;
export const BUENO = (): Buffer => unaHoja(FILAS.map((fila) => [...fila]));

export function deSheetJs(filas: unknown[][], bookType: 'biff8' | 'biff5' | 'xlsb' | 'biff2'): Buffer {
  const libroJs: WorkBook = utils.book_new();
  utils.book_append_sheet(libroJs, utils.aoa_to_sheet(filas), 'Inventario');
  return write(libroJs, { type: 'buffer', bookType }) as Buffer;
}

/** The container of an encrypted .xlsx, as Excel makes it. */
function cifrado(): Buffer {
  const ole = CFB.utils.cfb_new();
  CFB.utils.cfb_add(ole, '/EncryptionInfo', Buffer.from('<encryption/>'));
  CFB.utils.cfb_add(ole, '/EncryptedPackage', Buffer.alloc(4096, 7));
  return Buffer.from(CFB.write(ole, { type: 'buffer' }) as Uint8Array);
}

/** A .xls whose stream says, after its beginning, that the rest is encrypted. */
function xlsConContrasena(): Buffer {
  const ole = CFB.read(
    deSheetJs(
      FILAS.map((fila) => [...fila]),
      'biff8',
    ),
    { type: 'buffer' },
  );
  const entrada = CFB.find(ole, '/Workbook')!;
  const flujo = Buffer.from(entrada.content as Uint8Array);
  const bof = 4 + flujo.readUInt16LE(2);
  const filepass = Buffer.concat([Buffer.from([0x2f, 0, 54, 0, 1, 0, 1, 0, 1, 0]), Buffer.alloc(48, 9)]);
  CFB.utils.cfb_add(ole, '/Workbook', Buffer.concat([flujo.subarray(0, bof), filepass, flujo.subarray(bof)]));
  return Buffer.from(CFB.write(ole, { type: 'buffer' }) as Uint8Array);
}

const HOJA = 'xl/worksheets/sheet1.xml';
const sin = (nombre: string) =>
  partesDe({ hojas: [{ nombre: 'Hoja1', filas: FILAS.map((fila) => [...fila]) }] }).filter(
    (parte) => parte.nombre !== nombre,
  );

/** A sheet that says to hold 500 MB of blanks: the directory is enough to refuse it. */
function bomba(): Buffer {
  const mega = deflateRawSync(Buffer.alloc(1024 * 1024, 32), { level: 9 });
  return zip([...sin(HOJA), { nombre: HOJA, datos: mega, crudo: { inflado: 500 * 1024 * 1024, crc: 0 } }]);
}

const CORTES = [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 0.99];
const DOCTYPE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
const RISAS = `<!DOCTYPE x [<!ENTITY a "ja">${Array.from({ length: 20 }, (_, i) => `<!ENTITY ${'a'.repeat(i + 2)} "&${'a'.repeat(i + 1)};&${'a'.repeat(i + 1)};">`).join('')}]>`;

/** Files that are refused whole, each with what to do. */
export const CASOS_NEGADOS: readonly Caso[] = [
  ...CORTES.map(
    (parte): Caso => ({
      nombre: `.xlsx cortado al ${Math.round(parte * 100)} %`,
      archivo: 'a.xlsx',
      bytes: () => BUENO().subarray(0, Math.max(8, Math.floor(BUENO().length * parte))),
      espera: {
        codigo: 'IMPORTACION_TRUNCADA',
        dice: /incompleto.*expórtalo o descárgalo otra vez/s,
        ms: 1_000,
      },
    }),
  ),
  {
    nombre: '.xlsx cifrado con contraseña',
    archivo: 'a.xlsx',
    bytes: cifrado,
    espera: { codigo: 'IMPORTACION_CON_CONTRASENA', dice: /quita la contraseña/ },
  },
  {
    nombre: '.xls con contraseña',
    archivo: 'a.xls',
    bytes: xlsConContrasena,
    espera: { codigo: 'IMPORTACION_CON_CONTRASENA', dice: /quita la contraseña/ },
  },
  {
    nombre: 'zip con contraseña',
    archivo: 'a.xlsx',
    bytes: () => zip([{ nombre: 'xl/workbook.xml', datos: 'x', cifrada: true }]),
    espera: { codigo: 'IMPORTACION_CON_CONTRASENA', dice: /quita la contraseña/ },
  },
  {
    nombre: 'bomba: 500 MB de espacios',
    archivo: 'a.xlsx',
    bytes: bomba,
    espera: { codigo: 'IMPORTACION_BOMBA', dice: /se infla a 500 MB.*copia las celdas/s, ms: 1_000 },
  },
  {
    nombre: 'bomba que miente sobre su tamaño',
    archivo: 'a.xlsx',
    bytes: () =>
      zip([
        ...sin(HOJA),
        { nombre: HOJA, datos: Buffer.alloc(80 * 1024 * 1024, 32), dice: { inflado: 1_000 } },
      ]),
    espera: { codigo: 'IMPORTACION_BOMBA', dice: /copia las celdas/, ms: 1_000 },
  },
  {
    nombre: 'bomba de partes encimadas',
    archivo: 'a.xlsx',
    bytes: () =>
      zip([
        ...sin(''),
        ...Array.from({ length: 200 }, (_, i) => ({
          nombre: `x${i}`,
          datos: '',
          lugar: 0,
          dice: { comprimido: 100_000, inflado: 3_000_000 },
        })),
      ]),
    espera: { codigo: 'IMPORTACION_BOMBA', dice: /copia las celdas/, ms: 1_000 },
  },
  {
    nombre: 'zip de veinte mil partes',
    archivo: 'a.xlsx',
    bytes: () =>
      zip(Array.from({ length: 20_000 }, (_, i) => ({ nombre: `p${i}`, datos: '', sinComprimir: true }))),
    espera: { codigo: 'IMPORTACION_DANADA', dice: /20000 partes/, ms: 1_000 },
  },
  {
    nombre: 'zip dentro de zip',
    archivo: 'a.xlsx',
    bytes: () => zip([{ nombre: 'dentro.xlsx', datos: BUENO() }]),
    espera: { codigo: 'IMPORTACION_NO_ES_HOJA', dice: /comprimido \(zip\).*descomprímelo/s },
  },
  {
    nombre: 'nombres de parte que salen de su carpeta',
    archivo: 'a.xlsx',
    bytes: () =>
      zip([
        ...sin(HOJA),
        { nombre: '../../../../etc/passwd', datos: 'x' },
        { nombre: `../${HOJA}`, datos: 'x' },
      ]),
    espera: { codigo: 'IMPORTACION_DANADA', dice: /le falta la hoja «Hoja1»/ },
  },
  {
    nombre: 'entidad externa (XXE)',
    archivo: 'a.xlsx',
    bytes: () =>
      zip([
        ...sin(HOJA),
        {
          nombre: HOJA,
          datos: `<?xml version="1.0"?>${DOCTYPE}<worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>`,
        },
      ]),
    espera: { codigo: 'IMPORTACION_XML', dice: /DOCTYPE.*guárdalo como \.xlsx/s },
  },
  {
    nombre: 'mil millones de risas en los textos',
    archivo: 'a.xlsx',
    bytes: () => {
      const partes = partesDe({
        hojas: [{ nombre: 'H', filas: [[{ xml: '<c t="s"><v>0</v></c>' }, 1]] }],
        textos: ['x'],
      });
      return zip(
        partes.map((parte) =>
          parte.nombre === 'xl/sharedStrings.xml'
            ? {
                ...parte,
                datos: `<?xml version="1.0"?>${RISAS}<sst><si><t>&${'a'.repeat(21)};</t></si></sst>`,
              }
            : parte,
        ),
      );
    },
    espera: { codigo: 'IMPORTACION_XML', dice: /ENTITY/ },
  },
  {
    nombre: 'entidades en el libro',
    archivo: 'a.xlsx',
    bytes: () =>
      zip([...sin('xl/workbook.xml'), { nombre: 'xl/workbook.xml', datos: `${DOCTYPE}<workbook/>` }]),
    espera: { codigo: 'IMPORTACION_XML', dice: /DOCTYPE/ },
  },
  {
    nombre: 'una hoja que termina a la mitad de una fila',
    archivo: 'a.xlsx',
    bytes: () => unaHoja([], { xml: '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Clave</v></c>' }),
    espera: { codigo: 'IMPORTACION_DANADA', dice: /se corta a la mitad.*deja que lo repare/s },
  },
  {
    nombre: 'una parte cambiada después de hecha (suma distinta)',
    archivo: 'a.xlsx',
    bytes: () =>
      zip([
        ...sin(HOJA),
        {
          nombre: HOJA,
          datos: '<worksheet><sheetData/></worksheet>',
          sinComprimir: true,
          crudo: { inflado: 35, crc: 1 },
        },
      ]),
    espera: { codigo: 'IMPORTACION_DANADA', dice: /no está completa/ },
  },
  {
    nombre: 'textos comunes que faltan',
    archivo: 'a.xlsx',
    bytes: () =>
      libro({ hojas: [{ nombre: 'H', filas: [[{ xml: '<c t="s"><v>9</v></c>' }, 1]] }], textos: ['x'] }),
    espera: { codigo: 'IMPORTACION_DANADA', dice: /le faltan textos/ },
  },
  {
    nombre: 'archivo vacío',
    archivo: 'a.xlsx',
    bytes: () => Buffer.alloc(0),
    espera: { codigo: 'IMPORTACION_VACIA', dice: /vacío/ },
  },
  {
    nombre: 'CSV de puros renglones vacíos',
    archivo: 'a.csv',
    bytes: () => Buffer.from('\r\n \r\n'),
    espera: { codigo: 'IMPORTACION_VACIA', dice: /vacío/ },
  },
  {
    nombre: 'CSV con comillas que no se cierran',
    archivo: 'a.csv',
    bytes: () => Buffer.from('Clave,Existencia\nFIL-001,1\n"BAT-35,2\nx,3\n'),
    espera: { codigo: 'IMPORTACION_DANADA', dice: /comillas que no se cierran/ },
  },
  {
    nombre: 'más de 50 MB',
    archivo: 'a.csv',
    bytes: () => Buffer.alloc(50 * 1024 * 1024 + 1, 65),
    espera: { codigo: 'IMPORTACION_GRANDE', dice: /pesa 51 MB.*hasta 50 MB/s, ms: 1_000 },
  },
  {
    nombre: 'un PDF llamado .xlsx',
    archivo: 'a.xlsx',
    bytes: () => Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj'),
    espera: { codigo: 'IMPORTACION_NO_ES_HOJA', dice: /es un PDF.*pide el mismo reporte/s },
  },
  {
    nombre: 'una foto',
    archivo: 'a.xlsx',
    bytes: () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70]),
    espera: { codigo: 'IMPORTACION_NO_ES_HOJA', dice: /es una foto/ },
  },
  {
    nombre: 'un documento de Word',
    archivo: 'a.xlsx',
    bytes: () =>
      zip([
        { nombre: '[Content_Types].xml', datos: '<Types/>' },
        { nombre: 'word/document.xml', datos: '<w/>' },
      ]),
    espera: { codigo: 'IMPORTACION_NO_ES_HOJA', dice: /Word/ },
  },
  {
    nombre: 'basura binaria llamada .csv',
    archivo: 'a.csv',
    bytes: () => Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 7919) % 256)),
    espera: { codigo: 'IMPORTACION_NO_ES_HOJA', dice: /no se reconoce/ },
  },
  {
    nombre: 'página de inicio de sesión llamada .xls',
    archivo: 'a.xls',
    bytes: () => Buffer.from('<!DOCTYPE html><html><body><form>Entrar</form></body></html>'),
    espera: { codigo: 'IMPORTACION_NO_ES_HOJA', dice: /página web sin tablas.*sesión/s },
  },
  {
    nombre: 'HTML cortado',
    archivo: 'a.xls',
    bytes: () => Buffer.from('<html><table><tr><td>Clave</td><td>Existencia</td></tr><tr><td>FIL'),
    espera: { codigo: 'IMPORTACION_TRUNCADA', dice: /incompleto/ },
  },
  {
    nombre: 'una factura XML (CFDI)',
    archivo: 'a.xml',
    bytes: () => Buffer.from('<?xml version="1.0"?><cfdi:Comprobante Version="4.0"/>'),
    espera: { codigo: 'IMPORTACION_NO_ES_HOJA', dice: /CFDI/ },
  },
  {
    nombre: 'una hoja que no existe',
    archivo: 'a.xlsx',
    bytes: BUENO,
    opciones: { hoja: 'Otra' },
    espera: { codigo: 'IMPORTACION_HOJA', dice: /«Otra».*«Hoja1»/s },
  },
  {
    nombre: 'una hoja con una sola celda',
    archivo: 'a.xlsx',
    bytes: () => unaHoja([['hola']]),
    espera: { codigo: 'IMPORTACION_SIN_TABLA', dice: /deja una fila de títulos/ },
  },
  ...[0.1, 0.3, 0.5].map(
    (parte): Caso => ({
      nombre: `.xls cortado al ${parte * 100} %`,
      archivo: 'a.xls',
      bytes: () => {
        const entero = deSheetJs(
          FILAS.map((fila) => [...fila]),
          'biff8',
        );
        return entero.subarray(0, Math.floor(entero.length * parte));
      },
      espera: { codigo: 'IMPORTACION_TRUNCADA', dice: /incompleto/, ms: 1_000 },
    }),
  ),
  {
    nombre: '.xls al que le falta el final',
    archivo: 'a.xls',
    bytes: () => {
      const entero = deSheetJs(
        FILAS.map((fila) => [...fila]),
        'biff8',
      );
      return entero.subarray(0, Math.floor(entero.length * 0.9));
    },
    espera: { codigo: 'IMPORTACION_DANADA', dice: /dañado.*guárdalo como \.xlsx/s, ms: 1_000 },
  },
];
