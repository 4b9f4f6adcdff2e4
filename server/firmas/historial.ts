import type { Quien } from '#server/conteos/acceso-conteo.ts';
import type { Db } from '#server/platform/db/db.ts';
import { findDecididas } from './historial.sql.ts';

/** Signed and rejected ones of the shops of this person, newest first; `despues`: last one of the former page. */
export async function listDecididas(
  db: Db,
  quien: Quien,
  { despues, limite }: { despues: { en: string; id: string } | null; limite: number },
) {
  const tiendas = quien.rol === 'admin' ? null : quien.tiendaIds;
  const desde = despues === null ? null : { en: new Date(despues.en), id: despues.id };
  const rows = await db.asService((tx) => findDecididas(tx, tiendas, desde, limite), { readOnly: true });
  return rows.map((row) => ({
    id: row.id,
    tipo: row.tipo,
    decision: row.decision,
    productoId: row.producto_id,
    codigo: row.codigo,
    nombre: row.nombre,
    unidad: row.unidad,
    almacenNombre: row.almacen_nombre,
    tienda: row.tienda,
    zonaHoraria: row.zona_horaria,
    cantidad: row.cantidad,
    motivo: row.motivo,
    razon: row.razon,
    propuso: row.propuso,
    propuestoEn: row.propuesto_en.toISOString(),
    decidio: row.decidio,
    decididoEn: row.decidido_en.toISOString(),
    folio: row.folio,
    transaccionId: row.transaccion_id,
    asiento: row.asiento?.toISOString() ?? null,
  }));
}
