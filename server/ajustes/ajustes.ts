import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Quien } from '#server/conteos/acceso-conteo.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import {
  type AjustesGuardados,
  type AjustesTolerancias,
  type GuardaAjuste,
  leeTolerancias,
} from '#shared/contracts/ajustes-empresa.ts';
import { type AjustesTelefono, leeAjustesTelefono } from '#shared/contracts/ajustes-telefono.ts';
import { AppError } from '#shared/errores.ts';
import { type AjusteRow, findAjustes, upsertAjuste } from './ajustes.sql.ts';

const DEL_TELEFONO = ['escaner', 'bloqueo'] as const;
const TODOS = [...DEL_TELEFONO, 'tolerancias'] as const;

/** The phone part, the same for everybody. What was never saved, or makes no sense any more, is the default. */
export function readTelefono(db: Db): Promise<AjustesTelefono> {
  return db.asService(async (tx) => telefonoDe(await findAjustes(tx, DEL_TELEFONO)));
}

function telefonoDe(filas: ReadonlyMap<string, AjusteRow>): AjustesTelefono {
  return leeAjustesTelefono({
    escaner: filas.get('escaner')?.valor,
    bloqueo: filas.get('bloqueo')?.valor,
  });
}

/** What a new plan starts from. For who plans; not for counters. */
export function readTolerancias(db: Db): Promise<AjustesTolerancias> {
  return db.asService(async (tx) =>
    leeTolerancias((await findAjustes(tx, ['tolerancias'])).get('tolerancias')?.valor),
  );
}

/** Everything with its version and who changed it, for the admin's screen. */
export function readEmpresa(db: Db): Promise<AjustesGuardados> {
  return db.asService(async (tx) => {
    const filas = await findAjustes(tx, TODOS);
    const telefono = telefonoDe(filas);
    const con = <T>(clave: (typeof TODOS)[number], valor: T) => {
      const fila = filas.get(clave);
      return {
        valor,
        version: fila?.version ?? 0,
        cambiado: fila === undefined ? null : { por: fila.por, en: fila.updated_at.toISOString() },
      };
    };
    return {
      escaner: con('escaner', telefono.escaner),
      bloqueo: con('bloqueo', telefono.bloqueo),
      tolerancias: con('tolerancias', leeTolerancias(filas.get('tolerancias')?.valor)),
    };
  });
}

/**
 * Saves one setting over the version that its author saw; audited with what it was before. Throws AJUSTES_CAMBIARON when
 * somebody saved it meanwhile: nothing is written.
 */
export async function saveAjuste(
  db: Db,
  clock: Clock,
  quien: Quien,
  { clave, version, valor }: GuardaAjuste,
): Promise<{ version: number }> {
  return db.asService(async (tx) => {
    const en = clock.now();
    const antes = (await findAjustes(tx, [clave])).get(clave);
    const nueva = await upsertAjuste(tx, { clave, valor, version, por: quien.id, en });
    if (nueva === undefined) throw new AppError('AJUSTES_CAMBIARON', { quien: antes?.por ?? 'Otra persona' });
    await audita(tx, {
      id: clock.newId(),
      en,
      usuarioId: quien.id,
      accion: 'ajustes.guardado',
      entidad: 'configuracion',
      entidadId: clave,
      tiendaId: null,
      datos: { antes: antes?.valor ?? null, despues: valor, version: nueva },
    });
    return { version: nueva };
  });
}
