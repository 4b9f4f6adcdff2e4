import type { Quien } from '#server/conteos/acceso-conteo.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type { EstadoImportacion, OpcionesImportacion } from '#shared/contracts/importar.ts';
import { AppError } from '#shared/errores.ts';
import { IMPORTA_ARCHIVOS } from '#shared/roles.ts';
import { noSeDeshace } from './deshace.ts';
import { laVe } from './recibe.ts';
import type { Taller } from './taller.ts';
import { trabajosDe } from './trabajos.ts';
import * as q from './uploads.sql.ts';

const ESTADO: Record<EstadoImportacion, string> = {
  pending: 'en fila',
  processing: 'leyéndose',
  ready: 'listo para aplicar',
  applying: 'aplicándose',
  completed: 'aplicado',
  failed: 'fallido',
  cancelled: 'cancelado',
  reverting: 'deshaciéndose',
  reverted: 'deshecho',
};

/** Options that change what is done with the rows and nothing of how they are read. */
const SOLO_ENSAYO: ReadonlySet<string> = new Set(['momento', 'traslape']);

async function toma(
  tx: Tx,
  quien: Quien,
  id: string,
  estados: readonly EstadoImportacion[],
): Promise<q.UploadRow> {
  const u = await q.findUpload(tx, id, true);
  if (u === undefined || !laVe(quien, u)) throw new AppError('NO_ENCONTRADO');
  if (!IMPORTA_ARCHIVOS.includes(quien.rol)) throw new AppError('PROHIBIDO');
  if (!estados.includes(u.status)) throw new AppError('IMPORTACION_ESTADO', { estado: ESTADO[u.status] });
  return u;
}

function cambiadas(antes: OpcionesImportacion, ahora: OpcionesImportacion): string[] {
  const claves = new Set([...Object.keys(antes), ...Object.keys(ahora)]) as Set<keyof OpcionesImportacion>;
  return [...claves].filter((k) => JSON.stringify(antes[k]) !== JSON.stringify(ahora[k]));
}

/**
 * What a person decided about a file; it is read or compared anew. Throws NO_ENCONTRADO, PROHIBIDO, IMPORTACION_ESTADO.
 */
export async function cambiaOpciones(
  t: Taller,
  quien: Quien,
  id: string,
  opciones: OpcionesImportacion,
): Promise<void> {
  const { leer } = trabajosDe(t);
  await t.jobs.prepare(leer);
  await t.db.asService(async (tx) => {
    const u = await toma(tx, quien, id, ['pending', 'processing', 'ready', 'failed', 'cancelled']);
    const que = cambiadas(u.opciones, opciones);
    if (que.length === 0 && u.status === 'ready') return;
    const soloEnsayo = u.status === 'ready' && que.every((k) => SOLO_ENSAYO.has(k));
    await q.updateOpciones(tx, id, opciones);
    const generacion = u.generacion + 1;
    await t.jobs.enqueue(tx, leer, { uploadId: id, generacion, soloEnsayo }, { key: `${id}:${generacion}` });
  });
}

/**
 * Begins to write it into the books, as the person saw it. Throws NO_ENCONTRADO, PROHIBIDO, IMPORTACION_ESTADO,
 * IMPORTACION_CAMBIO, IMPORTACION_FALTA, IMPORTACION_NADA.
 */
export async function empiezaAplicar(t: Taller, quien: Quien, id: string, generacion: number): Promise<void> {
  const { aplicar } = trabajosDe(t);
  await t.jobs.prepare(aplicar);
  await t.db.asService(async (tx) => {
    const u = await toma(tx, quien, id, ['ready', 'applying']);
    if (u.status === 'applying') return;
    if (u.generacion !== generacion || u.ensayo === null) throw new AppError('IMPORTACION_CAMBIO');
    const falta = u.ensayo.faltan[0];
    if (falta !== undefined) throw new AppError('IMPORTACION_FALTA', { frase: falta.frase });
    if (u.ensayo.nuevos + u.ensayo.cambiados === 0) throw new AppError('IMPORTACION_NADA');
    const total = u.ensayo.nuevos + u.ensayo.cambiados + u.ensayo.iguales + u.ensayo.omitidos;
    await q.updateEstado(tx, id, 'applying', {
      aplicadoPor: quien.id,
      avance: { etapa: 'aplicando', hechas: 0, total, segundosRestantes: null },
    });
    await t.jobs.enqueue(tx, aplicar, { uploadId: id }, { key: id });
  });
}

/** Stops it; what was written already is taken back. Throws NO_ENCONTRADO, PROHIBIDO, IMPORTACION_ESTADO. */
export async function cancela(t: Taller, quien: Quien, id: string): Promise<void> {
  await t.db.asService(async (tx) => {
    const u = await toma(tx, quien, id, ['pending', 'processing', 'ready', 'applying']);
    // Nobody works on it: there is nothing to stop.
    if (u.status === 'ready' || u.status === 'pending')
      await q.updateFin(tx, id, 'cancelled', { at: t.clock.now() });
    else await q.updateCancelar(tx, id);
  });
}

/** Begins to undo an applied import. Throws NO_ENCONTRADO, PROHIBIDO, IMPORTACION_ESTADO, IMPORTACION_NO_SE_DESHACE. */
export async function empiezaDeshacer(t: Taller, quien: Quien, id: string): Promise<void> {
  const { deshacer } = trabajosDe(t);
  await t.jobs.prepare(deshacer);
  await t.db.asService(async (tx) => {
    const u = await toma(tx, quien, id, ['completed', 'reverting']);
    if (u.status === 'reverting') return;
    const porque = await noSeDeshace(tx, u);
    if (porque !== null) throw new AppError('IMPORTACION_NO_SE_DESHACE', { porque });
    await q.updateEstado(tx, id, 'reverting', {
      revertidoPor: quien.id,
      avance: { etapa: 'deshaciendo', hechas: 0, total: null, segundosRestantes: null },
    });
    await t.jobs.enqueue(tx, deshacer, { uploadId: id }, { key: id });
  });
}
