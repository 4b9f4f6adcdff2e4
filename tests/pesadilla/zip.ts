import { crc32, deflateRawSync } from 'node:zlib';

export interface ParteZip {
  readonly nombre: string;
  readonly datos: Uint8Array | string;
  /** Sizes that the directory says instead of the true ones. */
  readonly dice?: { readonly inflado?: number; readonly comprimido?: number };
  readonly sinComprimir?: boolean;
  /** Already deflated, with the size and checksum of what it holds. */
  readonly crudo?: { readonly inflado: number; readonly crc: number };
  readonly cifrada?: boolean;
  /** Byte of the archive that this entry claims to begin at; of an earlier entry, to overlap it. */
  readonly lugar?: number;
}

/** Writes a zip by hand, honest or not. */
export function zip(partes: readonly ParteZip[]): Buffer {
  const trozos: Buffer[] = [];
  const directorio: Buffer[] = [];
  let lugar = 0;
  for (const { nombre, datos, dice, sinComprimir, crudo, cifrada, lugar: otro } of partes) {
    const claro = Buffer.from(datos as Uint8Array);
    const metodo = sinComprimir === true ? 0 : 8;
    const comprimido = crudo !== undefined || metodo === 0 ? claro : deflateRawSync(claro, { level: 6 });
    const crc = crudo?.crc ?? crc32(claro);
    const inflado = dice?.inflado ?? crudo?.inflado ?? claro.length;
    const bandera = cifrada === true ? 1 : 0x800;
    const cabeza = Buffer.alloc(30);
    cabeza.writeUInt32LE(0x04034b50, 0);
    cabeza.writeUInt16LE(20, 4);
    cabeza.writeUInt16LE(bandera, 6);
    cabeza.writeUInt16LE(metodo, 8);
    cabeza.writeUInt32LE(crc, 14);
    cabeza.writeUInt32LE(dice?.comprimido ?? comprimido.length, 18);
    cabeza.writeUInt32LE(inflado, 22);
    cabeza.writeUInt16LE(Buffer.byteLength(nombre), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(bandera, 8);
    central.writeUInt16LE(metodo, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(dice?.comprimido ?? comprimido.length, 20);
    central.writeUInt32LE(inflado, 24);
    central.writeUInt16LE(Buffer.byteLength(nombre), 28);
    central.writeUInt32LE(otro ?? lugar, 42);
    directorio.push(central, Buffer.from(nombre));
    if (otro === undefined) {
      trozos.push(cabeza, Buffer.from(nombre), comprimido);
      lugar += 30 + Buffer.byteLength(nombre) + comprimido.length;
    }
  }
  const indice = Buffer.concat(directorio);
  const fin = Buffer.alloc(22);
  fin.writeUInt32LE(0x06054b50, 0);
  fin.writeUInt16LE(partes.length, 8);
  fin.writeUInt16LE(partes.length, 10);
  fin.writeUInt32LE(indice.length, 12);
  fin.writeUInt32LE(lugar, 16);
  return Buffer.concat([...trozos, indice, fin]);
}
