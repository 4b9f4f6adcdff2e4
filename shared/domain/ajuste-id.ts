import { v5 } from 'uuid';

/** Fixed for ever: every derived id of the product is a uuidv5 under it. */
const ESPACIO = '6f4c1b52-0d0e-5b6a-9a53-7c2f1e8d4b90';

function derivado(clase: string, ...partes: string[]): string {
  return v5([clase, ...partes].join('\u001f'), ESPACIO);
}

/** Id of the one `ajuste` of a (conteo, producto): approving twice makes the same row, so it posts once. */
export function ajusteId(conteoId: string, productoId: string): string {
  return derivado('ajuste', conteoId.toLowerCase(), productoId.toLowerCase());
}

/** Id of an imported movement from its natural key: the same file or ERP row twice is one row. */
export function movimientoImportadoId(origen: string, origenId: string): string {
  return derivado('importado', origen, origenId);
}

/** Id of a product that an import adds: the same code in the next file, or on a second try, is the same product. */
export function productoImportadoId(codigo: string): string {
  return derivado('producto-importado', codigo);
}

/** Id of what takes back a movement of an undone import. */
export function deshechaId(movimientoId: string): string {
  return derivado('deshecha', movimientoId);
}

/** Id of the movement that a signed proposal posts: two tablets that sign at once post one row. */
export function ajusteFirmadoId(propuestaId: string): string {
  return derivado('ajuste-firmado', propuestaId.toLowerCase());
}

/** Id of the contra-ajuste of a movement learned after the approval of (conteo, producto). */
export function contraAjusteId(conteoId: string, productoId: string, movimientoId: string): string {
  return derivado('contra-ajuste', conteoId, productoId, movimientoId);
}

/**
 * Ids of the transfer of the damaged goods of (conteo, producto): what pairs its rows, and one row for each almacén.
 * Deciding twice makes the same rows.
 */
export function mermaIds(conteoId: string, productoId: string) {
  const de = (clase: string) => derivado(clase, conteoId.toLowerCase(), productoId.toLowerCase());
  return { traspaso: de('merma'), salida: de('merma-salida'), entrada: de('merma-entrada') };
}

/**
 * Id of the line of a row of a paper sheet that one person captures: the same page captured twice, also on two phones, gives
 * the same lines. `vez` grows when a row that was voided is captured anew. Each counter's own sheet has ids of its own.
 */
export function renglonHojaId(
  de: { conteoId: string; intento: number; usuarioId: string },
  renglon: number,
  vez: number,
): string {
  return derivado('hoja', de.conteoId, String(de.intento), de.usuarioId, String(renglon), String(vez));
}

/**
 * Id of the line of an imported row from what it says. `igual` numbers rows that say the same, so that a file imported twice,
 * or again with some rows mended, adds only what is new.
 */
export function renglonImportadoId(
  de: { conteoId: string; intento: number; usuarioId: string },
  celdas: readonly string[],
  igual: number,
): string {
  return derivado('importada', de.conteoId, String(de.intento), de.usuarioId, ...celdas, String(igual));
}

/** Ids of the n-th pair of movements that a join of two products posts in an almacén: what pairs them, and one row each. */
export function fusionIds(fusionId: string, almacenId: string, n: number | string) {
  const de = (clase: string) => derivado(clase, fusionId, almacenId, String(n));
  return { traspaso: de('fusion'), salida: de('fusion-salida'), entrada: de('fusion-entrada') };
}

/** Id of the conteo that is proposed by itself for an almacén and a local day: a job that runs twice makes one. */
export function conteoDelDiaId(almacenId: string, fecha: string): string {
  return derivado('conteo-del-dia', almacenId.toLowerCase(), fecha);
}
