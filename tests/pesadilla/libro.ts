import { type ParteZip, zip } from './zip.ts';

/** A cell as XML, or a plain value: text goes inline, numbers as they are. */
export type CeldaEscrita = string | number | boolean | null | { readonly xml: string };

export interface HojaEscrita {
  readonly nombre: string;
  readonly filas: readonly (readonly CeldaEscrita[])[];
  /** Row numbers, from 1, that are hidden. */
  readonly ocultas?: readonly number[];
  readonly uniones?: readonly string[];
  readonly estado?: string;
  /** After the rows: protection, pictures. */
  readonly cola?: string;
  /** Instead of everything. */
  readonly xml?: string;
}

export interface LibroEscrito {
  readonly hojas: readonly HojaEscrita[];
  readonly de1904?: boolean;
  readonly textos?: readonly string[];
  readonly partes?: readonly ParteZip[];
}

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function escapa(texto: string): string {
  return texto.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export function letra(i: number): string {
  return i < 26 ? String.fromCharCode(65 + i) : letra(Math.floor(i / 26) - 1) + letra(i % 26);
}

/** Styles: 1 date, 2 date and time, 3 percent, 4 thirteen zeros, 5 pesos, 6 time. */
const ESTILOS = `<styleSheet ${NS}><numFmts count="3"><numFmt numFmtId="164" formatCode="0000000000000"/><numFmt numFmtId="165" formatCode="&quot;$&quot;#,##0.00;[Red]\\-&quot;$&quot;#,##0.00"/><numFmt numFmtId="166" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="166"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>`;

export function celdaXml(valor: CeldaEscrita, ref: string): string {
  if (valor === null) return '';
  if (typeof valor === 'object') return valor.xml.replace('<c', `<c r="${ref}"`);
  if (typeof valor === 'number') return `<c r="${ref}"><v>${valor}</v></c>`;
  if (typeof valor === 'boolean') return `<c r="${ref}" t="b"><v>${valor ? 1 : 0}</v></c>`;
  return `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${escapa(valor)}</t></is></c>`;
}

/** A number with one of the styles above. */
export function con(estilo: number, n: number): CeldaEscrita {
  return { xml: `<c s="${estilo}"><v>${n}</v></c>` };
}

export function hojaXml({ filas, ocultas = [], uniones = [], cola = '', xml }: HojaEscrita): string {
  if (xml !== undefined) return xml;
  const cuerpo = filas
    .map((fila, i) => {
      const celdas = fila.map((valor, j) => celdaXml(valor, `${letra(j)}${i + 1}`)).join('');
      return `<row r="${i + 1}"${ocultas.includes(i + 1) ? ' hidden="1"' : ''}>${celdas}</row>`;
    })
    .join('');
  const unidas =
    uniones.length === 0
      ? ''
      : `<mergeCells count="${uniones.length}">${uniones.map((una) => `<mergeCell ref="${una}"/>`).join('')}</mergeCells>`;
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet ${NS} xmlns:r="${R}"><sheetData>${cuerpo}</sheetData>${unidas}${cola}</worksheet>`;
}

export function partesDe({ hojas, de1904, textos, partes = [] }: LibroEscrito): ParteZip[] {
  const tipos = hojas.map(
    (_, i) =>
      `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
  );
  return [
    {
      nombre: '[Content_Types].xml',
      datos: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${tipos.join('')}</Types>`,
    },
    {
      nombre: '_rels/.rels',
      datos: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${R}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      nombre: 'xl/workbook.xml',
      datos: `<workbook ${NS} xmlns:r="${R}"><workbookPr${de1904 === true ? ' date1904="1"' : ''}/><sheets>${hojas.map(({ nombre, estado }, i) => `<sheet name="${escapa(nombre)}" sheetId="${i + 1}"${estado === undefined ? '' : ` state="${estado}"`} r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      nombre: 'xl/_rels/workbook.xml.rels',
      datos: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${hojas.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${R}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rIdE" Type="${R}/styles" Target="styles.xml"/>${textos === undefined ? '' : `<Relationship Id="rIdT" Type="${R}/sharedStrings" Target="sharedStrings.xml"/>`}</Relationships>`,
    },
    { nombre: 'xl/styles.xml', datos: ESTILOS },
    ...(textos === undefined
      ? []
      : [
          {
            nombre: 'xl/sharedStrings.xml',
            datos: `<sst ${NS} count="${textos.length}" uniqueCount="${textos.length}">${textos.map((texto) => `<si><t xml:space="preserve">${escapa(texto)}</t></si>`).join('')}</sst>`,
          },
        ]),
    ...hojas.map((hoja, i) => ({ nombre: `xl/worksheets/sheet${i + 1}.xml`, datos: hojaXml(hoja) })),
    ...partes,
  ];
}

/** A book written by hand, part by part. */
export function libro(escrito: LibroEscrito): Buffer {
  return zip(partesDe(escrito));
}

export function unaHoja(filas: HojaEscrita['filas'], mas: Partial<HojaEscrita> = {}): Buffer {
  return libro({ hojas: [{ nombre: 'Hoja1', filas, ...mas }] });
}
