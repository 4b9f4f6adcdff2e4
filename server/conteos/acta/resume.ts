import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { ActaVerificada, ResumenActa, VerificaActa } from '#shared/contracts/acta.ts';
import type { Quien } from '../acceso-conteo.ts';
import { findConteoParaRevisar } from '../revision.ts';
import { composeActa, corteDe } from './compone.ts';
import { computeHuella } from './huella.ts';
import { archivoDelActa, papelDe } from './palabras.ts';

/** What the screen of an acta shows. Throws as `composeActa`. */
export async function summarizeActa(
  db: Db,
  clock: Clock,
  quien: Quien,
  conteoId: string,
): Promise<ResumenActa> {
  const acta = await composeActa(db, clock, quien, conteoId);
  const { conteo, huella } = acta;
  return {
    conteoId: conteo.id,
    folio: conteo.folio,
    nombre: conteo.nombre,
    tienda: conteo.tienda,
    almacen: conteo.almacen,
    zonaHoraria: conteo.zonaHoraria,
    alcance: conteo.alcance,
    estado: conteo.estado,
    proposito: conteo.proposito,
    abiertoEn: conteo.abiertoEn,
    terminadoEn: conteo.terminadoEn,
    cancelacion: conteo.cancelacion,
    faltas: acta.borrador?.faltas ?? null,
    totales: acta.totales,
    personas: acta.personas.map((persona) => ({ nombre: persona.nombre, papel: papelDe(persona) })),
    tardias: acta.tardias,
    huella: { valor: huella.valor, lineas: huella.lineas, corte: huella.corte },
    archivo: archivoDelActa(acta),
  };
}

/**
 * Is this still the huella of the lines that had been received by the acta's cut?
 * Throws NO_ENCONTRADO, PROHIBIDO, REVISION_CONTASTE_CIEGO.
 */
export async function verifyActa(
  db: Db,
  clock: Clock,
  quien: Quien,
  pedido: z.infer<typeof VerificaActa>,
): Promise<ActaVerificada> {
  const ahora = clock.now();
  return db.asService(
    async (tx) => {
      const conteo = await findConteoParaRevisar(tx, quien, pedido.conteoId);
      const corte = pedido.corte === undefined ? corteDe(conteo, ahora) : new Date(pedido.corte);
      const { valor, lineas, despues } = await computeHuella(tx, conteo.id, corte);
      return {
        coincide: valor === pedido.hash,
        huella: valor,
        lineas,
        lineasEntonces: pedido.lineas ?? null,
        corte: corte.toISOString(),
        despues,
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}
