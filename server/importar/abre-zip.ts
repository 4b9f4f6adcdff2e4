import { crc32, createInflateRaw } from 'node:zlib';
import { AppError } from '#shared/errores.ts';

export interface EntradaZip {
  readonly nombre: string;
  readonly comprimido: number;
  readonly inflado: number;
}
interface Entrada extends EntradaZip {
  readonly metodo: number;
  readonly crc: number;
  readonly lugar: number;
}

/** A book of 1,048,576 rows × 8 columns inflates to about 500 MB. */
const INFLADO_MAXIMO = 800 * 1024 * 1024;
/** Sheets deflate 5 to 30 times; only what is made for it reaches hundreds. */
const VECES_MAXIMO = 150;
const VECES_DESDE = 64 * 1024 * 1024;
const ENTRADAS_MAXIMO = 5_000;
const FIN = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const TROZO = 256 * 1024;

function mb(bytes: number): number {
  return Math.round(bytes / (1024 * 1024));
}

function danada(detalle: string): AppError {
  return new AppError('IMPORTACION_DANADA', { detalle });
}

/** Sizes and place beyond 4 GB stand in an extra field; some writers use it for small entries too. */
function zip64(extra: Buffer, de: { inflado: number; comprimido: number; lugar: number }): typeof de {
  const grande = 0xffffffff;
  for (let p = 0; p + 4 <= extra.length; ) {
    const largo = extra.readUInt16LE(p + 2);
    if (extra.readUInt16LE(p) === 1) {
      let q = p + 4;
      const sigue = (valor: number): number => {
        if (valor !== grande || q + 8 > p + 4 + largo || q + 8 > extra.length) return valor;
        q += 8;
        return Number(extra.readBigUInt64LE(q - 8));
      };
      return {
        inflado: sigue(de.inflado),
        comprimido: sigue(de.comprimido),
        lugar: sigue(de.lugar),
      };
    }
    p += 4 + largo;
  }
  return de;
}

/**
 * The directory of a zip, summed and judged before anything is inflated; parts are inflated on demand, by name as it is written
 * there (never a path on a disk), and never beyond the size that the directory said.
 */
export class Zip {
  readonly entradas: ReadonlyMap<string, EntradaZip>;
  readonly #bytes: Buffer;

  /** Throws IMPORTACION_TRUNCADA, _BOMBA, _DANADA or _CON_CONTRASENA. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entradas = this.#directorio();
    this.entradas = new Map(entradas.map((una) => [una.nombre, una]));
    let inflado = 0;
    let comprimido = 0;
    for (const una of entradas) {
      inflado += una.inflado;
      comprimido += una.comprimido;
    }
    const veces = inflado / Math.max(1, this.#bytes.length);
    if (inflado > INFLADO_MAXIMO || (inflado > VECES_DESDE && veces > VECES_MAXIMO)) {
      throw new AppError('IMPORTACION_BOMBA', { mb: mb(inflado) });
    }
    // Entries that share bytes are how a small file says that it is a huge one.
    if (comprimido > this.#bytes.length) throw new AppError('IMPORTACION_BOMBA', { mb: mb(inflado) });
  }

  #directorio(): Entrada[] {
    const b = this.#bytes;
    let fin = -1;
    for (let p = b.length - 22; p >= Math.max(0, b.length - 65_557); p -= 1) {
      if (b[p] === 0x50 && b.readUInt32LE(p) === FIN) {
        fin = p;
        break;
      }
    }
    if (fin < 0) throw new AppError('IMPORTACION_TRUNCADA');
    let cuantas = b.readUInt16LE(fin + 10);
    let lugar = b.readUInt32LE(fin + 16);
    if ((cuantas === 0xffff || lugar === 0xffffffff) && fin >= 20) {
      const grande = Number(b.readBigUInt64LE(fin - 12));
      if (grande + 56 <= b.length && b.readUInt32LE(grande) === 0x06064b50) {
        cuantas = Number(b.readBigUInt64LE(grande + 32));
        lugar = Number(b.readBigUInt64LE(grande + 48));
      }
    }
    if (cuantas > ENTRADAS_MAXIMO) throw danada(`dice tener ${cuantas} partes`);
    const entradas: Entrada[] = [];
    for (let p = lugar; entradas.length < cuantas; ) {
      if (p + 46 > fin || b.readUInt32LE(p) !== CENTRAL) throw new AppError('IMPORTACION_TRUNCADA');
      const largos = [b.readUInt16LE(p + 28), b.readUInt16LE(p + 30), b.readUInt16LE(p + 32)] as const;
      const nombre = b.subarray(p + 46, p + 46 + largos[0]).toString('utf8');
      if ((b.readUInt16LE(p + 8) & 1) !== 0) throw new AppError('IMPORTACION_CON_CONTRASENA');
      const extra = b.subarray(p + 46 + largos[0], p + 46 + largos[0] + largos[1]);
      const medidas = zip64(extra, {
        inflado: b.readUInt32LE(p + 24),
        comprimido: b.readUInt32LE(p + 20),
        lugar: b.readUInt32LE(p + 42),
      });
      // Windows programs write `xl\worksheets\sheet1.xml`.
      const una = {
        nombre: nombre.replaceAll('\\', '/'),
        metodo: b.readUInt16LE(p + 10),
        crc: b.readUInt32LE(p + 16),
      };
      entradas.push({ ...una, ...medidas });
      p += 46 + largos[0] + largos[1] + largos[2];
    }
    return entradas;
  }

  tiene(nombre: string): boolean {
    return this.entradas.has(nombre);
  }

  /** Inflated bytes in pieces. Throws IMPORTACION_DANADA, _TRUNCADA or _BOMBA when they are not what the directory said. */
  async *infla(nombre: string): AsyncGenerator<Buffer> {
    const entrada = this.entradas.get(nombre) as Entrada | undefined;
    if (entrada === undefined) throw danada(`le falta la parte ${nombre.slice(0, 80)}`);
    const b = this.#bytes;
    const { lugar } = entrada;
    if (lugar + 30 > b.length) throw new AppError('IMPORTACION_TRUNCADA');
    if (b.readUInt32LE(lugar) !== LOCAL) throw danada('su índice no coincide con su contenido');
    const desde = lugar + 30 + b.readUInt16LE(lugar + 26) + b.readUInt16LE(lugar + 28);
    if (desde + entrada.comprimido > b.length) throw new AppError('IMPORTACION_TRUNCADA');
    const crudo = b.subarray(desde, desde + entrada.comprimido);
    if (entrada.metodo !== 0 && entrada.metodo !== 8)
      throw danada('está comprimido de una forma que no se conoce');
    let salidos = 0;
    let crc = 0;
    for await (const trozo of entrada.metodo === 0 ? [crudo] : inflado(crudo)) {
      salidos += trozo.length;
      if (salidos > entrada.inflado) throw new AppError('IMPORTACION_BOMBA', { mb: mb(salidos) });
      crc = crc32(trozo, crc);
      yield trozo;
    }
    if (salidos !== entrada.inflado || crc !== entrada.crc)
      throw danada('una de sus partes no está completa');
  }

  /** A small part as text. */
  async texto(nombre: string, maximo = 16 * 1024 * 1024): Promise<string> {
    const inflado = this.entradas.get(nombre)?.inflado ?? 0;
    if (inflado > maximo) throw new AppError('IMPORTACION_BOMBA', { mb: mb(inflado) });
    const trozos: Buffer[] = [];
    for await (const trozo of this.infla(nombre)) trozos.push(trozo);
    return decodificador(trozos[0] ?? Buffer.alloc(0)).decode(Buffer.concat(trozos));
  }
}

async function* inflado(crudo: Buffer): AsyncGenerator<Buffer> {
  const flujo = createInflateRaw({ chunkSize: TROZO });
  flujo.end(crudo);
  try {
    for await (const trozo of flujo) yield trozo as Buffer;
  } catch (error) {
    throw (error as { code?: string }).code?.startsWith('Z_') === true
      ? danada('una de sus partes no se puede descomprimir')
      : error;
  } finally {
    flujo.destroy();
  }
}

/** XML says with its first bytes whether it is UTF-16; else it is UTF-8. */
export function decodificador(inicio: Uint8Array): TextDecoder {
  const [a, b] = inicio;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return new TextDecoder('utf-16le');
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}
