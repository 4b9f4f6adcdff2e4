import { type Celda, type FilaHoja, SIN_VALOR, type Union } from '#shared/domain/importar/celda.ts';
import { AppError } from '#shared/errores.ts';
import { atributos, elementos, sinInstrucciones, textoExcel } from './lee-xml.ts';

/** How a cell's number is shown, by its style. */
export type Muestra =
  | { readonly k: 'general' }
  | { readonly k: 'fecha' }
  | { readonly k: 'porciento' }
  | { readonly k: 'ceros'; readonly ancho: number };

export interface ContextoHoja {
  readonly textos: readonly string[];
  readonly estilos: readonly Muestra[];
  /** Days to add to a date's serial: 1,462 in a book of the 1904 system. */
  readonly diasDeMas: number;
}

/** A row of 16,384 cells with long texts stays under it. */
const FILA_MAXIMA = 32 * 1024 * 1024;
/** Joined cells stand after the rows. */
const COLA_MAXIMA = 8 * 1024 * 1024;
const COLUMNAS_MAXIMO = 16_384;
const FILAS_MAXIMO = 1_048_576;

/** Column, from 0, of a reference such as `AB12`; -1 when it is none. */
function columnaDe(texto: string, desde: number): number {
  let columna = 0;
  let i = desde;
  for (; i < texto.length; i += 1) {
    const signo = texto.charCodeAt(i);
    if (signo >= 65 && signo <= 90) columna = columna * 26 + signo - 64;
    else if (signo >= 97 && signo <= 122) columna = columna * 26 + signo - 96;
    else break;
  }
  return i === desde ? -1 : columna - 1;
}

function atributo(texto: string, nombre: string): string | null {
  const lugar = texto.indexOf(`${nombre}="`);
  if (lugar > 0 && texto.charCodeAt(lugar - 1) <= 32) {
    const desde = lugar + nombre.length + 2;
    const fin = texto.indexOf('"', desde);
    return fin < 0 ? null : texto.slice(desde, fin);
  }
  return texto.includes(`${nombre}='`) || lugar > 0 ? (atributos(texto)[nombre] ?? null) : null;
}

/** The text of every `<t>` of a rich or plain string, without what is only for its pronunciation. */
export function textosDe(cuerpo: string, prefijo: string): string {
  const limpio = cuerpo.includes(`${prefijo}rPh`)
    ? cuerpo.replace(new RegExp(`<${prefijo}rPh[\\s>][\\s\\S]*?</${prefijo}rPh>`, 'g'), '')
    : cuerpo;
  const abre = `<${prefijo}t`;
  const cierra = `</${prefijo}t>`;
  let texto = '';
  for (let p = limpio.indexOf(abre); p >= 0; p = limpio.indexOf(abre, p)) {
    const fin = limpio.indexOf('>', p);
    if (fin < 0) break;
    const signo = limpio.charCodeAt(p + abre.length);
    if ((signo > 32 && signo !== 62) || limpio.charCodeAt(fin - 1) === 47) {
      p = fin + 1;
      continue;
    }
    const hasta = limpio.indexOf(cierra, fin);
    if (hasta < 0) break;
    texto += limpio.slice(fin + 1, hasta);
    p = hasta + cierra.length;
  }
  return textoExcel(texto);
}

/**
 * Reads the XML of a sheet as it is inflated, in pieces of any size, and never holds more than a row. Formulas are not
 * looked at: only the result that the file keeps.
 */
export class LectorHoja {
  /** Rows written down so far, with or without cells. */
  filas = 0;
  #pendiente = '';
  #buscado = 0;
  #ultima = 0;
  #estado: 'cabeza' | 'filas' | 'cola' = 'cabeza';
  #p = '';
  #cola = '';
  readonly #contexto: ContextoHoja | null;

  /** `contexto` null: rows are only counted. */
  constructor(contexto: ContextoHoja | null) {
    this.#contexto = contexto;
  }

  /** Rows that this piece completes. */
  recibe(texto: string): FilaHoja[] {
    if (this.#estado === 'cola') {
      if (this.#cola.length < COLA_MAXIMA) this.#cola += texto;
      return [];
    }
    this.#pendiente = this.#pendiente === '' ? texto : this.#pendiente + texto;
    if (this.#estado === 'cabeza' && !this.#cabeza()) return [];
    return this.#corta();
  }

  /** Throws IMPORTACION_DANADA when the sheet ends before its rows do. */
  termina(): Union[] {
    if (this.#estado === 'filas') {
      throw new AppError('IMPORTACION_DANADA', { detalle: 'una hoja se corta a la mitad de sus filas' });
    }
    return elementos(this.#cola, 'mergeCell').flatMap(({ ref }) => {
      const [a = '', b = a] = (ref ?? '').split(':');
      const union = {
        fila: Number(/\d+/.exec(a)?.[0] ?? 0) - 1,
        columna: columnaDe(a, 0),
        filaFin: Number(/\d+/.exec(b)?.[0] ?? 0) - 1,
        columnaFin: columnaDe(b, 0),
      };
      return union.fila >= 0 && union.columna >= 0 && union.filaFin >= union.fila ? [union] : [];
    });
  }

  #cabeza(): boolean {
    const texto = this.#pendiente;
    const inicio = /<((?:[\w.-]+:)?)sheetData(\s*\/?)>/.exec(texto);
    if (inicio === null) {
      sinInstrucciones(texto);
      if (texto.length > FILA_MAXIMA)
        throw new AppError('IMPORTACION_DANADA', { detalle: 'una hoja no tiene filas' });
      return false;
    }
    sinInstrucciones(texto.slice(0, inicio.index));
    this.#p = inicio[1]!;
    const resto = texto.slice(inicio.index + inicio[0].length);
    if (inicio[2]!.endsWith('/')) {
      this.#estado = 'cola';
      this.#cola = resto;
      this.#pendiente = '';
      return false;
    }
    this.#estado = 'filas';
    this.#pendiente = resto;
    return true;
  }

  #corta(): FilaHoja[] {
    const filas: FilaHoja[] = [];
    const abre = `<${this.#p}row`;
    const cierra = `</${this.#p}row>`;
    const fin = `</${this.#p}sheetData>`;
    const texto = this.#pendiente;
    let p = 0;
    for (;;) {
      const inicio = texto.indexOf('<', p);
      if (inicio < 0) {
        p = texto.length;
        break;
      }
      if (texto.startsWith(fin, inicio)) {
        this.#estado = 'cola';
        this.#cola = texto.slice(inicio + fin.length);
        this.#pendiente = '';
        return filas;
      }
      p = inicio;
      const signo = texto.charCodeAt(inicio + abre.length);
      if (!texto.startsWith(abre, inicio) || (signo > 32 && signo !== 62 && signo !== 47)) {
        const despues = texto.indexOf('>', inicio);
        if (despues < 0) break;
        p = despues + 1;
        continue;
      }
      const corchete = texto.indexOf('>', inicio);
      if (corchete < 0) break;
      if (texto.charCodeAt(corchete - 1) === 47) {
        this.#numera(texto.slice(inicio + abre.length, corchete - 1));
        p = corchete + 1;
        continue;
      }
      const hasta = texto.indexOf(cierra, Math.max(corchete, this.#buscado));
      if (hasta < 0) {
        this.#buscado = Math.max(0, texto.length - inicio - cierra.length);
        break;
      }
      this.#buscado = 0;
      const fila = this.#fila(texto.slice(inicio + abre.length, corchete), texto, corchete + 1, hasta);
      if (fila !== null) filas.push(fila);
      p = hasta + cierra.length;
    }
    this.#pendiente = p === 0 ? texto : texto.slice(p);
    if (this.#pendiente.length > FILA_MAXIMA) {
      throw new AppError('IMPORTACION_DANADA', { detalle: `la fila ${this.#ultima + 1} no termina` });
    }
    return filas;
  }

  #numera(atributosFila: string): number {
    const escrita = Number(atributo(atributosFila, 'r') ?? this.#ultima + 1);
    const fila = Number.isInteger(escrita) && escrita > this.#ultima ? escrita : this.#ultima + 1;
    if (fila > FILAS_MAXIMO) throw new AppError('IMPORTACION_DANADA', { detalle: `tiene una fila ${fila}` });
    this.#ultima = fila;
    this.filas += 1;
    return fila;
  }

  #fila(atributosFila: string, texto: string, desde: number, hasta: number): FilaHoja | null {
    const fila = this.#numera(atributosFila);
    if (this.#contexto === null) return null;
    const abre = `<${this.#p}c`;
    const cierra = `</${this.#p}c>`;
    const celdas: Celda[] = [];
    let alguna = false;
    let columna = -1;
    for (let p = texto.indexOf(abre, desde); p >= 0 && p < hasta; p = texto.indexOf(abre, p)) {
      const signo = texto.charCodeAt(p + abre.length);
      const corchete = texto.indexOf('>', p);
      if (corchete < 0 || corchete >= hasta) break;
      if (signo > 32 && signo !== 62 && signo !== 47) {
        p = corchete + 1;
        continue;
      }
      const propios = texto.slice(p + abre.length, corchete);
      const ref = propios.startsWith(' r="')
        ? columnaDe(propios, 4)
        : columnaDe(atributo(propios, 'r') ?? '', 0);
      columna = ref >= 0 ? ref : columna + 1;
      if (columna >= COLUMNAS_MAXIMO)
        throw new AppError('IMPORTACION_DANADA', { detalle: 'tiene una columna que no existe' });
      if (texto.charCodeAt(corchete - 1) === 47) {
        p = corchete + 1;
        continue;
      }
      const fin = texto.indexOf(cierra, corchete);
      if (fin < 0 || fin > hasta) break;
      const celda = this.#celda(propios, texto.slice(corchete + 1, fin));
      if (celda !== null && celda !== '') {
        while (celdas.length < columna) celdas.push(null);
        celdas[columna] = celda;
        alguna = true;
      }
      p = fin + cierra.length;
    }
    if (!alguna) return null;
    const escondida = atributosFila.includes('hidden') ? atributo(atributosFila, 'hidden') : null;
    return { fila, celdas, oculta: escondida === '1' || escondida === 'true' };
  }

  #celda(propios: string, cuerpo: string): Celda {
    const tipo = atributo(propios, 't');
    if (tipo === 'inlineStr') return textosDe(cuerpo, this.#p);
    const abre = `<${this.#p}v`;
    const lugar = cuerpo.indexOf(abre);
    const desde = lugar < 0 ? -1 : cuerpo.indexOf('>', lugar) + 1;
    const hasta = desde <= 0 ? -1 : cuerpo.indexOf(`</${this.#p}v>`, desde);
    if (hasta < 0) {
      // A formula that no spreadsheet has calculated yet: programs write such files.
      return cuerpo.includes(`<${this.#p}f`) ? { k: 'error', texto: SIN_VALOR } : null;
    }
    const crudo = cuerpo.slice(desde, hasta);
    const { textos, estilos, diasDeMas } = this.#contexto!;
    if (tipo === 's') {
      const texto = textos[Number(crudo)];
      if (texto === undefined)
        throw new AppError('IMPORTACION_DANADA', { detalle: 'le faltan textos a su lista común' });
      return texto;
    }
    if (tipo === 'str') return textoExcel(crudo);
    if (tipo === 'b') return crudo.trim() === '1' || crudo.trim() === 'true';
    if (tipo === 'e') return { k: 'error', texto: textoExcel(crudo) };
    if (tipo === 'd') return deIso(crudo);
    if (crudo.trim() === '') return null;
    const n = Number(crudo);
    if (!Number.isFinite(n)) return textoExcel(crudo);
    const estilo = atributo(propios, 's');
    const muestra = estilo === null ? undefined : estilos[Number(estilo)];
    if (muestra === undefined || muestra.k === 'general') return n;
    if (muestra.k === 'fecha') return { k: 'fecha', serie: n + (n >= 1 ? diasDeMas : 0) };
    if (muestra.k === 'porciento') return { k: 'porciento', n };
    return Number.isInteger(n) && n >= 0 ? { k: 'ceros', n, ancho: muestra.ancho } : n;
  }
}

/** ISO dates in cells (`t="d"`), which strict books have. */
function deIso(crudo: string): Celda {
  const partes = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?/.exec(crudo.trim());
  if (partes === null) return textoExcel(crudo);
  const [, ano, mes, dia, hora = '0', minuto = '0', segundo = '0'] = partes;
  const dias = Date.UTC(Number(ano), Number(mes) - 1, Number(dia)) / 86_400_000 + 25_569;
  return { k: 'fecha', serie: dias + (Number(hora) * 3600 + Number(minuto) * 60 + Number(segundo)) / 86_400 };
}
