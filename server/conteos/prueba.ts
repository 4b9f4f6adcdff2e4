import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { CierraPrueba, PruebaCerrada } from '#shared/contracts/conteos.ts';
import { AppError } from '#shared/errores.ts';
import type { Quien } from './acceso-conteo.ts';
import { closeConteo, insertResultados } from './aprueba.sql.ts';
import { resultadoNuevo } from './aprueba.ts';
import { loadRevision } from './carga-revision.ts';
import { decide } from './decisiones.ts';

/**
 * Keeps the figures of a test count under review, with decision `prueba`, and closes it. Posts nothing and changes no
 * stock; what the database refuses to post for a test count it refuses to anybody.
 * Throws NO_ENCONTRADO, PROHIBIDO, CONTEO_NO_ABIERTO, CONTEO_NO_ES_PRUEBA, PRUEBA_CON_PARTES.
 */
export function closePrueba(
  db: Db,
  clock: Clock,
  quien: Quien,
  { conteoId }: z.infer<typeof CierraPrueba>,
): Promise<z.infer<typeof PruebaCerrada>> {
  return decide(db, clock, quien, conteoId, async ({ tx, conteo, en, audita }) => {
    if (conteo.proposito !== 'prueba') throw new AppError('CONTEO_NO_ES_PRUEBA');
    if (conteo.estado !== 'en_revision') throw new AppError('PRUEBA_CON_PARTES');
    const cargada = await loadRevision(tx, conteo);
    const filas = [...cargada.contados.keys()].map((productoId) => ({
      ...resultadoNuevo(cargada, productoId),
      decision: 'prueba' as const,
      ajuste_id: null,
    }));
    await insertResultados(tx, { conteoId, usuarioId: quien.id, motivo: null, en }, filas);
    await closeConteo(tx, conteoId, en);
    const exactos = [...cargada.revisiones.values()].filter(({ estado }) => estado === 'cuadra').length;
    await audita('conteo.prueba_cerrada', {
      productos: filas.length,
      exactos,
      comparaCon: conteo.compara_con,
    });
    return { productos: filas.length, exactos };
  });
}
