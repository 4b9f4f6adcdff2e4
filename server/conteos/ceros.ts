import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { CerosDeclarados, DeclaraCeros } from '#shared/contracts/conteos.ts';
import {
  CANTIDAD_ESCALA,
  COSTO_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  importe,
  toDecimal,
} from '#shared/domain/decimal.ts';
import type { Quien } from './acceso-conteo.ts';
import { loadRevision } from './carga-revision.ts';
import { insertCeros } from './ceros.sql.ts';
import { decide } from './decisiones.ts';
import { exigePartesDobleCiego } from './doble-ciego.ts';
import { findCostos, findNombres, findPartes, findTeoricosAntesDe } from './revision.sql.ts';

/**
 * Declares that there is none of products of the scope that nobody counted. Those with stock in the book are written
 * only when they are also in `confirmados`, so that each is looked at twice; the rest of them come back in
 * `porConfirmar`. Products that were counted, approved or are outside the scope are left alone. Repeating writes nothing.
 * Throws NO_ENCONTRADO, PROHIBIDO, CONTEO_NO_ABIERTO, DOBLE_CIEGO_ABIERTO.
 */
export function declareCeros(
  db: Db,
  clock: Clock,
  quien: Quien,
  pedido: z.infer<typeof DeclaraCeros>,
): Promise<z.infer<typeof CerosDeclarados>> {
  return decide(db, clock, quien, pedido.conteoId, async ({ tx, conteo, en, audita }) => {
    // What is still to confirm shows the stock.
    const partes = await findPartes(tx, conteo.id);
    const nombres = await findNombres(
      tx,
      partes.map((parte) => parte.usuario_id),
    );
    exigePartesDobleCiego(conteo, partes, nombres);
    const cargada = await loadRevision(tx, conteo);
    const alcance = new Set(cargada.alcance.productoIds);
    const sobrantes = [...new Set(pedido.productoIds)].filter(
      (id) => alcance.has(id) && !cargada.contados.has(id) && !cargada.resultados.has(id),
    );
    const teoricos = new Map(
      (await findTeoricosAntesDe(tx, conteo.almacen_id, sobrantes, en)).map((row) => [
        row.producto_id,
        toDecimal(row.cantidad, CANTIDAD_ESCALA),
      ]),
    );
    const confirmados = new Set(pedido.confirmados);
    const porConfirmar = sobrantes.filter((id) => teoricos.get(id) !== 0n && !confirmados.has(id));
    const costos = await findCostos(
      tx,
      conteo.almacen_id,
      porConfirmar.map((id) => ({ producto_id: id, instante: en })),
    );
    const faltan = new Set(porConfirmar);
    const puestos = sobrantes.filter((id) => !faltan.has(id));
    if (puestos.length > 0) {
      await insertCeros(tx, { conteoId: conteo.id, por: quien.id, en }, puestos);
      await audita('conteo.ceros_declarados', { productos: puestos });
    }
    return {
      puestos: puestos.length,
      porConfirmar: porConfirmar.map((id) => {
        const producto = cargada.productos.get(id);
        const teorico = teoricos.get(id) ?? 0n;
        const costo = costos.get(id)?.costo_unitario ?? null;
        return {
          productoId: id,
          codigo: producto?.codigo ?? '',
          nombre: producto?.nombre ?? '',
          unidad: producto?.unidad ?? 'PZA',
          teorico: formatDecimal(teorico, CANTIDAD_ESCALA),
          valor:
            costo === null
              ? null
              : formatDecimal(importe(teorico, toDecimal(costo, COSTO_ESCALA)), DINERO_ESCALA, {
                  minDecimales: 2,
                }),
        };
      }),
    };
  });
}
