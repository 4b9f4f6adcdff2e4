import { AppError } from '#shared/errores.ts';

/** What is needed of XML to read a sheet: tags, attributes and text. No DTD, no entity but the five and the numbered ones. */

const ENTIDADES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCIA = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/g;
/** Excel writes signs that XML can't hold as `_x000D_`, and an underscore before such a text as `_x005F_`. */
const ESCAPE_EXCEL = /_x([0-9A-F]{4})_/gi;

function deCodigo(punto: number): string {
  return punto <= 0x10ffff && (punto < 0xd800 || punto > 0xdfff) ? String.fromCodePoint(punto) : '\ufffd';
}

/** Text between tags as it was meant. An entity that is not one of XML's own stays as written: nothing is resolved. */
export function desescapa(texto: string): string {
  if (!texto.includes('&')) return texto;
  return texto.replace(REFERENCIA, (_todo, hexa?: string, deci?: string, nombre?: string) => {
    if (hexa !== undefined) return deCodigo(Number.parseInt(hexa, 16));
    if (deci !== undefined) return deCodigo(Number(deci));
    return ENTIDADES[nombre!.toLowerCase()]!;
  });
}

/** `desescapa`, and what Excel adds to it. */
export function textoExcel(crudo: string): string {
  const sinCdata = crudo.includes('<![CDATA[')
    ? crudo
        .split(CDATA)
        .map((parte, i) => (i % 2 === 1 ? parte : desescapa(parte)))
        .join('')
    : desescapa(crudo);
  return sinCdata.includes('_x')
    ? sinCdata.replace(ESCAPE_EXCEL, (_todo, hexa: string) => deCodigo(Number.parseInt(hexa, 16)))
    : sinCdata;
}

/** Refuses what could make a parser read other files or grow without end. Throws IMPORTACION_XML. */
export function sinInstrucciones(xml: string): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw new AppError('IMPORTACION_XML');
}

export type Atributos = Readonly<Record<string, string>>;

/** Attributes by their local name. */
export function atributos(texto: string): Atributos {
  const encontrados: Record<string, string> = {};
  for (const [, nombre, comillas, apostrofos] of texto.matchAll(
    /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    const valor = desescapa(comillas ?? apostrofos ?? '');
    encontrados[nombre!] = valor;
    encontrados[nombre!.slice(nombre!.indexOf(':') + 1)] ??= valor;
  }
  return encontrados;
}

/** Attributes of each element of a local name, in order. */
export function elementos(xml: string, nombre: string): Atributos[] {
  const inicio = new RegExp(`<(?:[\\w.-]+:)?${nombre}(?=[\\s/>])([^>]*)>`, 'g');
  return [...xml.matchAll(inicio)].map(([, resto]) => atributos(resto!));
}

/** What lies inside the first element of a local name; empty when there is none. */
export function interior(xml: string, nombre: string): string {
  const inicio = new RegExp(`<(?:[\\w.-]+:)?${nombre}(?:\\s[^>]*)?>`).exec(xml);
  if (inicio === null) return '';
  const desde = inicio.index + inicio[0].length;
  const fin = new RegExp(`</(?:[\\w.-]+:)?${nombre}\\s*>`).exec(xml.slice(desde));
  return fin === null ? xml.slice(desde) : xml.slice(desde, desde + fin.index);
}
