import type { FilaHoja, Union } from '#shared/domain/importar/celda.ts';
import { AppError } from '#shared/errores.ts';
import { decodificador, type Zip } from './abre-zip.ts';
import type { HojaLibro, Libro } from './lee-libro.ts';
import { type ContextoHoja, LectorHoja, type Muestra, textosDe } from './lee-xlsx-hoja.ts';
import { elementos, interior, sinInstrucciones } from './lee-xml.ts';

const TEXTOS_MAXIMO = 3_000_000;
const TEXTOS_LETRAS = 120_000_000;
const DIAS_1904 = 1462;
/** Built-in number formats that are dates or times; 45–47 are times, 27–36 and 50–58 East Asian dates. */
const FECHAS_DE_SUYO = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** How a number format shows a number. Text in quotes, colours and locales are no part of it. */
export function muestraDe(id: number, formato: string | undefined): Muestra {
  if (id === 9 || id === 10) return { k: 'porciento' };
  if (FECHAS_DE_SUYO(id)) return { k: 'fecha' };
  if (formato === undefined) return { k: 'general' };
  const [positivo = ''] = formato.split(';');
  const limpio = positivo.replace(/"[^"]*"|\\.|_.|\*.|\[\$[^\]]*\]|\[(?![hms]+\])[^\]]*\]/gi, '');
  if (/general/i.test(limpio)) return { k: 'general' };
  if (/[ymdhs]/i.test(limpio)) return { k: 'fecha' };
  if (limpio.includes('%')) return { k: 'porciento' };
  return /^0{2,20}$/.test(limpio.trim()) ? { k: 'ceros', ancho: limpio.trim().length } : { k: 'general' };
}

function ruta(desde: string, destino: string): string {
  if (destino.startsWith('/')) return destino.slice(1);
  const partes = desde.split('/').slice(0, -1);
  for (const parte of destino.split('/')) {
    if (parte === '..') partes.pop();
    else if (parte !== '.') partes.push(parte);
  }
  return partes.join('/');
}

function relacionesDe(parte: string): string {
  const corte = parte.lastIndexOf('/') + 1;
  return `${parte.slice(0, corte)}_rels/${parte.slice(corte)}.rels`;
}

async function xml(zip: Zip, parte: string): Promise<string> {
  const texto = await zip.texto(parte);
  sinInstrucciones(texto);
  return texto;
}

async function relaciones(zip: Zip, parte: string): Promise<{ id: string; tipo: string; destino: string }[]> {
  const donde = relacionesDe(parte);
  if (!zip.tiene(donde)) return [];
  return elementos(await xml(zip, donde), 'Relationship').flatMap(({ Id, Type = '', Target, TargetMode }) =>
    Id === undefined || Target === undefined || TargetMode === 'External'
      ? []
      : [{ id: Id, tipo: Type.slice(Type.lastIndexOf('/') + 1), destino: ruta(parte, Target) }],
  );
}

async function leeEstilos(zip: Zip, parte: string): Promise<Muestra[]> {
  const texto = await xml(zip, parte);
  const formatos = new Map(
    elementos(interior(texto, 'numFmts'), 'numFmt').map(({ numFmtId, formatCode }) => [
      Number(numFmtId),
      formatCode,
    ]),
  );
  return elementos(interior(texto, 'cellXfs'), 'xf').map(({ numFmtId = '0' }) =>
    muestraDe(Number(numFmtId), formatos.get(Number(numFmtId))),
  );
}

/** Texts that cells share, read as they are inflated. */
async function leeTextos(zip: Zip, parte: string): Promise<string[]> {
  const textos: string[] = [];
  let letras = 0;
  let pendiente = '';
  let prefijo: string | null = null;
  let decodifica: TextDecoder | null = null;
  for await (const trozo of zip.infla(parte)) {
    decodifica ??= decodificador(trozo);
    pendiente += decodifica.decode(trozo, { stream: true });
    if (prefijo === null) {
      const raiz = /<((?:[\w.-]+:)?)sst[\s>/]/.exec(pendiente);
      sinInstrucciones(raiz === null ? pendiente : pendiente.slice(0, raiz.index));
      if (raiz === null) continue;
      prefijo = raiz[1]!;
    }
    const abre = `<${prefijo}si`;
    const cierra = `</${prefijo}si>`;
    let p = 0;
    for (;;) {
      const inicio = pendiente.indexOf(abre, p);
      if (inicio < 0) break;
      const corchete = pendiente.indexOf('>', inicio);
      if (corchete < 0) break;
      if (pendiente.charCodeAt(corchete - 1) === 47) {
        textos.push('');
        p = corchete + 1;
        continue;
      }
      const fin = pendiente.indexOf(cierra, corchete);
      if (fin < 0) break;
      const texto = textosDe(pendiente.slice(corchete + 1, fin), prefijo);
      textos.push(texto);
      letras += texto.length;
      p = fin + cierra.length;
    }
    pendiente = pendiente.slice(p);
    if (textos.length > TEXTOS_MAXIMO || letras > TEXTOS_LETRAS || pendiente.length > 4 * TEXTOS_LETRAS) {
      throw new AppError('IMPORTACION_MEMORIA');
    }
  }
  return textos;
}

class HojaXlsx implements HojaLibro {
  readonly nombre: string;
  readonly oculta: boolean;
  readonly dibujos: boolean;
  filas = 0;
  uniones: readonly Union[] = [];
  readonly #zip: Zip;
  readonly #parte: string;
  readonly #contexto: () => Promise<ContextoHoja>;

  constructor(
    datos: { nombre: string; oculta: boolean; dibujos: boolean },
    zip: Zip,
    parte: string,
    contexto: () => Promise<ContextoHoja>,
  ) {
    this.nombre = datos.nombre;
    this.oculta = datos.oculta;
    this.dibujos = datos.dibujos;
    this.#zip = zip;
    this.#parte = parte;
    this.#contexto = contexto;
  }

  async *lee(): AsyncGenerator<readonly FilaHoja[]> {
    yield* this.#anda(new LectorHoja(await this.#contexto()));
  }

  async mide(): Promise<void> {
    const lector = new LectorHoja(null);
    for await (const _ of this.#anda(lector));
    this.filas = lector.filas;
  }

  async *#anda(lector: LectorHoja): AsyncGenerator<readonly FilaHoja[]> {
    let decodifica: TextDecoder | null = null;
    for await (const trozo of this.#zip.infla(this.#parte)) {
      decodifica ??= decodificador(trozo);
      const filas = lector.recibe(decodifica.decode(trozo, { stream: true }));
      if (filas.length > 0) yield filas;
    }
    this.uniones = lector.termina();
  }
}

/** A book of Excel 2007 and later. Sheets of charts and macros are left out. Throws the IMPORTACION_* of a file as a whole. */
export async function leeXlsx(zip: Zip): Promise<Libro> {
  const libro =
    (await relaciones(zip, '')).find(({ tipo }) => tipo === 'officeDocument')?.destino ?? 'xl/workbook.xml';
  const texto = await xml(zip, libro);
  const partes = await relaciones(zip, libro);
  const destino = (tipo: string) =>
    partes.find((una) => una.tipo === tipo && zip.tiene(una.destino))?.destino;
  const propiedades = elementos(texto, 'workbookPr')[0];
  const diasDeMas = ['1', 'true', 'on'].includes(propiedades?.date1904 ?? '') ? DIAS_1904 : 0;
  let contexto: Promise<ContextoHoja> | null = null;
  const prepara = (): Promise<ContextoHoja> => {
    contexto ??= (async () => {
      const [estilos, textos] = [destino('styles'), destino('sharedStrings')];
      return {
        diasDeMas,
        estilos: estilos === undefined ? [] : await leeEstilos(zip, estilos),
        textos: textos === undefined ? [] : await leeTextos(zip, textos),
      };
    })();
    return contexto;
  };
  const hojas: HojaLibro[] = [];
  for (const una of elementos(interior(texto, 'sheets'), 'sheet')) {
    const parte = partes.find(({ id }) => id === una['r:id'] || id === una.id);
    if (parte === undefined || parte.tipo !== 'worksheet') continue;
    if (!zip.tiene(parte.destino)) {
      throw new AppError('IMPORTACION_DANADA', {
        detalle: `le falta la hoja «${(una.name ?? '').slice(0, 60)}»`,
      });
    }
    const dibujos = (await relaciones(zip, parte.destino)).some(({ tipo }) => tipo === 'drawing');
    const datos = {
      nombre: una.name ?? `Hoja ${hojas.length + 1}`,
      oculta: (una.state ?? 'visible') !== 'visible',
      dibujos,
    };
    hojas.push(new HojaXlsx(datos, zip, parte.destino, prepara));
  }
  if (hojas.length === 0)
    throw new AppError('IMPORTACION_SIN_TABLA', { detalle: 'no tiene hojas con celdas' });
  return { formato: 'xlsx', hojas, diasDeMas, nota: null };
}
