import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { lockFila, type TablaEditable, updateActivo } from '#server/productos/campos.sql.ts';
import { anota, conCodigoUnico, type Guardado, guardaFila } from '#server/productos/guarda.ts';
import type { GuardaFila } from '#shared/contracts/catalogo.ts';
import { CAMPOS_PROVEEDOR } from '#shared/domain/catalogo/campos-proveedor.ts';
import { limpiaRfc } from '#shared/domain/catalogo/rfc.ts';
import { AppError } from '#shared/errores.ts';

interface Puerto {
  readonly db: Db;
  readonly clock: Clock;
}
interface Quien {
  readonly id: string;
}

const PROVEEDOR: TablaEditable = {
  tabla: 'inventario.proveedores',
  entidad: 'proveedor',
  campos: CAMPOS_PROVEEDOR,
  conCodigo: true,
};

/** Adds or changes a supplier; the RFC is kept in capitals without blanks. */
export async function guardaProveedor(
  p: Puerto,
  quien: Quien,
  entrada: z.infer<typeof GuardaFila>,
): Promise<Guardado> {
  const { rfc } = entrada.cambios;
  const limpio =
    rfc !== undefined && typeof rfc.valor === 'string'
      ? { ...entrada.cambios, rfc: { ...rfc, valor: limpiaRfc(rfc.valor) } }
      : entrada.cambios;
  return conCodigoUnico(entrada.cambios.codigo?.valor, () =>
    p.db.asService((tx) =>
      guardaFila({ tx, clock: p.clock, por: quien.id }, PROVEEDOR, { ...entrada, cambios: limpio }),
    ),
  );
}

/** Out of use it is offered for no purchase; what was bought of it stays. */
export async function cambiaProveedorActivo(
  p: Puerto,
  quien: Quien,
  { id, activo }: { id: string; activo: boolean },
): Promise<void> {
  await p.db.asService(async (tx) => {
    if ((await lockFila(tx, PROVEEDOR, id)) === undefined) throw new AppError('NO_ENCONTRADO');
    if (await updateActivo(tx, PROVEEDOR, id, activo)) {
      await anota({ tx, clock: p.clock, por: quien.id }, PROVEEDOR, id, activo ? 'reactivado' : 'baja', {
        isActive: { antes: !activo, despues: activo },
      });
    }
  });
}
