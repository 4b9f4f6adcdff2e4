import { createHash } from 'node:crypto';
import type { Importacion, OpcionesImportacion } from '#shared/contracts/importar.ts';
import { AppError } from '#shared/errores.ts';
import { findAlmacenPorCodigo, findQuienImporta } from './consola.sql.ts';
import { guarda } from './recibe.ts';
import type { Taller } from './taller.ts';
import { trabajosDe } from './trabajos.ts';
import * as q from './uploads.sql.ts';
import { findImportacion } from './vista.ts';

export interface Pedido {
  readonly filename: string;
  readonly bytes: Buffer;
  readonly opciones: OpcionesImportacion;
  /** Code of the almacén, in place of `opciones.almacenId`. */
  readonly almacen: string | undefined;
  /** E-mail of who imports; an active admin when left out. */
  readonly correo: string | undefined;
  readonly aplicar: boolean;
}

/**
 * One file from beginning to end in this process, without the queue. What is only tried leaves a cancelled import behind, with
 * its report. Throws USUARIO_SIN_ALTA, ALMACENES_DESCONOCIDOS, IMPORTACION_FALTA.
 */
export async function importaDesdeConsola(t: Taller, p: Pedido): Promise<Importacion> {
  const quien = await t.db.asService((tx) => findQuienImporta(tx, p.correo), { readOnly: true });
  if (quien === undefined) throw new AppError('USUARIO_SIN_ALTA');
  const almacenId =
    p.almacen === undefined
      ? undefined
      : await t.db.asService((tx) => findAlmacenPorCodigo(tx, p.almacen!), { readOnly: true });
  if (p.almacen !== undefined && almacenId === undefined) {
    throw new AppError('ALMACENES_DESCONOCIDOS', { codigos: p.almacen });
  }
  const opciones = { ...p.opciones, ...(almacenId === undefined ? {} : { almacenId }) };
  const sha256 = createHash('sha256').update(p.bytes).digest('hex');
  const id = await t.db.asService((tx) => guarda(tx, t, quien.id, { ...p, sha256, opciones }));
  const { leer, aplicar } = trabajosDe(t);
  const corrida = { id, retry: Number.MAX_SAFE_INTEGER, signal: new AbortController().signal };
  await leer.run({ uploadId: id, generacion: 1 }, corrida);
  const claims = { sub: quien.id, role: 'authenticated' };
  const ensayada = await findImportacion(t.db, claims, id);
  const deja = () => t.db.asService((tx) => q.updateFin(tx, id, 'cancelled', { at: t.clock.now() }));
  if (ensayada.status !== 'ready') return ensayada;
  const nada = ensayada.ensayo === null || ensayada.ensayo.nuevos + ensayada.ensayo.cambiados === 0;
  if (!p.aplicar || nada) {
    await deja();
    return ensayada;
  }
  const falta = ensayada.ensayo!.faltan[0];
  if (falta !== undefined) {
    await deja();
    throw new AppError('IMPORTACION_FALTA', { frase: falta.frase });
  }
  await t.db.asService((tx) => q.updateEstado(tx, id, 'applying', { aplicadoPor: quien.id }));
  await aplicar.run({ uploadId: id }, corrida);
  return findImportacion(t.db, claims, id);
}
