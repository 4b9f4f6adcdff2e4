import type { Db } from '#server/platform/db/db.ts';
import type { Valor } from '#shared/domain/catalogo/campo.ts';
import { CAMPOS_PRODUCTO } from '#shared/domain/catalogo/campos-producto.ts';
import { AppError } from '#shared/errores.ts';
import type { Rol } from '#shared/roles.ts';
import { type Fila, lockFila } from './campos.sql.ts';
import * as sql from './ficha.sql.ts';
import { TABLA_PRODUCTO } from './tabla.ts';

export interface Ficha extends sql.FichaRow {
  /** Values of the fields, decimals as text; what a save gives back as `base`. */
  valores: Fila;
  codigos: sql.CodigoRow[];
  lugares: sql.LugarRow[];
  proveedores: sql.ProveedorRow[];
  historia: { id: string; en: string; quien: string | null; accion: string; campos: CambioDicho[] }[];
  conteos: { id: string; folio: string; lineas: number }[];
}

export interface CambioDicho {
  campo: string;
  antes: Valor;
  despues: Valor;
}

/** Everything that the office knows of a product. Throws NO_ENCONTRADO. */
export async function fichaDe(
  db: Db,
  user: { rol: Rol; tiendaIds: readonly string[] },
  id: string,
): Promise<Ficha> {
  return db.asService(async (tx) => {
    const valores = await lockFila(tx, TABLA_PRODUCTO, id);
    const ficha = await sql.selectFicha(tx, id);
    if (valores === undefined || ficha === undefined) throw new AppError('NO_ENCONTRADO');
    const tiendas = user.rol === 'admin' ? null : user.tiendaIds;
    const historia = await sql.selectHistoria(tx, 'producto', id);
    return {
      ...ficha,
      valores,
      codigos: await sql.selectCodigos(tx, id),
      lugares: await sql.selectLugares(tx, id, tiendas),
      proveedores: await sql.selectProveedores(tx, id),
      historia: historia.map((h) => ({
        id: h.id,
        en: h.en.toISOString(),
        quien: h.quien,
        accion: h.accion,
        campos: Object.entries(h.datos.campos ?? {}).map(([campo, c]) => ({
          campo: CAMPOS_PRODUCTO.find((d) => d.campo === campo)?.nombre ?? campo,
          antes: c.antes as Valor,
          despues: c.despues as Valor,
        })),
      })),
      conteos: await sql.selectConteosAbiertos(tx, [id]),
    };
  });
}
