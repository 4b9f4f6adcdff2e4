import type { Tx } from '#server/platform/db/db.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import { AppError } from '#shared/errores.ts';
import type { Analiza } from './analiza.ts';
import { findAlmacenesDe, findCatalogo } from './catalogo.sql.ts';
import { deleteLectura, insertLote, insertProblemas, insertReparaciones } from './lotes.sql.ts';
import type { Marcha } from './marcha.ts';
import type { Taller } from './taller.ts';
import { findBytes, findMapas, findUpload, isVigente, updateAnalisis } from './uploads.sql.ts';

const ZONA = 'America/Mexico_City';

/** Reads the file of an import into lots, problems and repairs; nothing of the books is touched. */
export async function lectura(
  t: Taller,
  analiza: Analiza,
  uploadId: string,
  generacion: number,
  marcha: Marcha,
): Promise<void> {
  /** What a reading of former options still sends is not written: the present one began with an empty place. */
  const escribe = (fn: (tx: Tx) => Promise<void>) =>
    t.db.asService(async (tx) => {
      if (!(await isVigente(tx, uploadId, generacion))) throw new AppError('IMPORTACION_DETENIDA');
      await fn(tx);
    });
  const u = await t.db.asService((tx) => findUpload(tx, uploadId), { readOnly: true });
  if (u === undefined) return;
  marcha.etapa('leyendo');
  const { bytes, catalogo, mapas, almacenes } = await t.db.asService(
    async (tx) => {
      const suyos = await findAlmacenesDe(tx, u.user_id);
      return {
        bytes: await findBytes(tx, u.sha256),
        catalogo: await findCatalogo(tx, suyos),
        mapas: await findMapas(tx),
        almacenes: suyos,
      };
    },
    { readOnly: true },
  );
  if (almacenes.length === 0) throw new AppError('IMPORTACION_SIN_ALMACENES');
  await escribe((tx) => deleteLectura(tx, u.id));
  let [lotes, problemas, reparaciones] = [0, 0, 0];
  const analisis = await analiza(
    {
      bytes,
      filename: u.filename,
      opciones: u.opciones,
      catalogo,
      mapas,
      hoy: fechaLocal(t.clock.now().getTime(), almacenes[0]?.zona_horaria ?? ZONA),
    },
    {
      filas: (lote) => escribe((tx) => insertLote(tx, u.id, ++lotes, lote)),
      problemas: async (lote) => {
        await escribe((tx) => insertProblemas(tx, u.id, problemas, lote));
        problemas += lote.length;
      },
      reparaciones: async (lote) => {
        await escribe((tx) => insertReparaciones(tx, u.id, reparaciones, lote));
        reparaciones += lote.length;
      },
      avance: (hechas, total) => marcha.avanza(hechas, total),
    },
    marcha.signal,
  );
  const almacenId = u.opciones.almacenId ?? analisis.almacen?.almacenId;
  const tiendaId = almacenes.find((a) => a.id === almacenId)?.tienda_id ?? null;
  await escribe((tx) =>
    updateAnalisis(tx, u.id, analisis, { tiendaId, momento: mapas[analisis.firma]?.momento }),
  );
}
