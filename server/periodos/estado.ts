import { exigeTienda, type Quien } from '#server/conteos/acceso-conteo.ts';
import { findContraAjustes, findPropuestas } from '#server/firmas/firmas.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { fechaLocal, inicioDelDia, masDias } from '#shared/domain/instante.ts';
import { AppError } from '#shared/errores.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import * as q from './estado.sql.ts';
import { findPeriodo } from './periodos.sql.ts';

const CIERRES_POR_TIENDA = 20;

/** Last day that an instant closes, in the shop's calendar. */
const diaDe = (hasta: Date | null, zona: string) =>
  hasta === null ? null : masDias(fechaLocal(hasta.getTime(), zona), -1);

/** Up to where the books of each shop of this person are closed, and by whom and why. */
export async function listPeriodos(db: Db, clock: Clock, quien: Quien) {
  return db.asService(
    async (tx) => {
      const tiendas = await q.findTiendas(tx, quien.rol === 'admin' ? null : quien.tiendaIds);
      const cierres = await q.findCierres(
        tx,
        tiendas.map((t) => t.id),
        CIERRES_POR_TIENDA,
      );
      const ahora = clock.now().getTime();
      return tiendas.map((t) => ({
        tiendaId: t.id,
        codigo: t.codigo,
        nombre: t.nombre,
        zonaHoraria: t.zona_horaria,
        /** Today in the shop: the last day that can be closed is the one before. */
        hoy: fechaLocal(ahora, t.zona_horaria),
        /** Last closed day, and the first open instant. null: nothing is closed. */
        cerradoHasta: diaDe(t.cerrado_hasta, t.zona_horaria),
        primerInstante: t.cerrado_hasta?.toISOString() ?? null,
        historial: cierres
          .filter((c) => c.tienda_id === t.id)
          .map((c) => ({
            id: c.id,
            accion: c.accion,
            hasta: diaDe(c.hasta, t.zona_horaria),
            motivo: c.motivo,
            por: c.por,
            en: c.en.toISOString(),
          })),
      }));
    },
    { readOnly: true },
  );
}

/**
 * What would be left inside if the shop closed up to the end of that day: conteos that have not ended, ajustes without
 * their signature, phones that hold what they have not sent. Nothing of it is lost: it posts at the first open instant.
 * Throws NO_ENCONTRADO, PROHIBIDO.
 */
export async function findAvisosDeCierre(
  db: Db,
  quien: Quien,
  { tiendaId, hasta }: { tiendaId: string; hasta: string },
) {
  return db.asService(
    async (tx) => {
      exigeTienda(quien, tiendaId, REVISA_CONTEOS);
      const periodo = await findPeriodo(tx, tiendaId);
      if (periodo === undefined) throw new AppError('NO_ENCONTRADO');
      const corte = new Date(inicioDelDia(masDias(hasta, 1), periodo.zona_horaria));
      const mirada = { usuarioId: quien.id, tiendas: [tiendaId] };
      const dentro = (fila: { instante: Date }) => fila.instante < corte;
      const conteos = await q.findConteosSinCerrar(tx, tiendaId, corte);
      return {
        conteos: conteos.map((c) => ({
          id: c.id,
          folio: c.folio,
          nombre: c.nombre,
          almacen: c.almacen,
          estado: c.estado,
          abiertoEn: c.abierto_en.toISOString(),
        })),
        propuestas: (await findPropuestas(tx, mirada)).filter(dentro).length,
        contraAjustes: (await findContraAjustes(tx, mirada)).filter(dentro).length,
        telefonos: await q.countTelefonosPendientes(tx, tiendaId),
      };
    },
    { readOnly: true },
  );
}
