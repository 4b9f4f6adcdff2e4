import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import { type TablaEditable, updateActivo } from '#server/productos/campos.sql.ts';
import { anota, conCodigoUnico, type Edita, type Guardado, guardaFila } from '#server/productos/guarda.ts';
import type { GuardaFila, SerieUbicaciones } from '#shared/contracts/catalogo.ts';
import { CAMPOS_ALMACEN, CAMPOS_TIENDA, CAMPOS_UBICACION } from '#shared/domain/catalogo/campos-tienda.ts';
import { serieUbicaciones, zonaDe } from '#shared/domain/catalogo/serie-ubicaciones.ts';
import { AppError } from '#shared/errores.ts';
import { plural } from '#shared/formato.ts';
import type { Rol } from '#shared/roles.ts';
import * as sql from './tiendas.sql.ts';

export interface Puerto {
  readonly db: Db;
  readonly clock: Clock;
}
export interface Quien {
  readonly id: string;
  readonly rol: Rol;
  readonly tiendaIds: readonly string[];
}
type Guarda = z.infer<typeof GuardaFila>;

const TIENDA: TablaEditable = {
  tabla: 'inventario.tiendas',
  entidad: 'tienda',
  campos: CAMPOS_TIENDA,
  conCodigo: true,
};
const ALMACEN: TablaEditable = {
  tabla: 'inventario.almacenes',
  entidad: 'almacen',
  campos: CAMPOS_ALMACEN,
  conCodigo: true,
};
/** Two almacenes may each have an A-01-1. */
const UBICACION: TablaEditable = {
  tabla: 'inventario.ubicaciones',
  entidad: 'ubicacion',
  campos: CAMPOS_UBICACION,
  conCodigo: false,
};

const por = (p: Puerto, tx: Tx, quien: Quien, tiendaId: string | null): Edita => ({
  tx,
  clock: p.clock,
  por: quien.id,
  tiendaId,
});

/** Adds a shop, with its general almacén, or changes one. */
export async function guardaTienda(p: Puerto, quien: Quien, entrada: Guarda): Promise<Guardado> {
  const codigo = entrada.cambios.codigo?.valor;
  return conCodigoUnico(codigo, () =>
    p.db.asService(async (tx) => {
      const estrena = !(await sql.existsTienda(tx, entrada.id));
      const e = por(p, tx, quien, estrena ? null : entrada.id);
      const hecho = await guardaFila(e, TIENDA, entrada);
      if (estrena && hecho.estado === 'guardado') {
        const nombre = String(entrada.cambios.nombre?.valor ?? '');
        await guardaFila(
          por(p, tx, quien, entrada.id),
          ALMACEN,
          {
            id: p.clock.newId(),
            nuevo: true,
            cambios: {
              codigo: { base: null, valor: codigo ?? null },
              nombre: { base: null, valor: nombre },
              tipo: { base: null, valor: 'general' },
            },
          },
          { tienda_id: entrada.id },
        );
      }
      return hecho;
    }),
  );
}

/** Throws ALMACEN_GENERAL_UNICO, ALMACEN_GENERAL_FIJO and what guardaFila does. */
export async function guardaAlmacen(
  p: Puerto,
  quien: Quien,
  { tiendaId, ...entrada }: Guarda & { tiendaId: string },
): Promise<Guardado> {
  return conCodigoUnico(entrada.cambios.codigo?.valor, () =>
    p.db.asService(async (tx) => {
      if (!(await sql.existsTienda(tx, tiendaId))) throw new AppError('NO_ENCONTRADO');
      const antes = await sql.findAlmacen(tx, entrada.id);
      const tipo = entrada.cambios.tipo?.valor;
      if (tipo === 'general' && (await sql.hasGeneral(tx, antes?.tiendaId ?? tiendaId, entrada.id)))
        throw new AppError('ALMACEN_GENERAL_UNICO');
      if (antes?.tipo === 'general' && tipo !== undefined && tipo !== 'general')
        throw new AppError('ALMACEN_GENERAL_FIJO');
      return guardaFila(por(p, tx, quien, tiendaId), ALMACEN, entrada, { tienda_id: tiendaId });
    }),
  );
}

/** An admin's, or a gerente's of the shop. Throws UBICACION_DE_OTRO, NO_ENCONTRADO. */
async function exigeAlmacen(tx: Tx, quien: Quien, almacenId: string): Promise<string> {
  const almacen = await sql.findAlmacen(tx, almacenId);
  if (almacen === undefined || !(quien.rol === 'admin' || quien.tiendaIds.includes(almacen.tiendaId)))
    throw new AppError('UBICACION_DE_OTRO');
  return almacen.tiendaId;
}

export async function guardaUbicacion(
  p: Puerto,
  quien: Quien,
  { almacenId, ...entrada }: Guarda & { almacenId: string },
): Promise<Guardado> {
  return conCodigoUnico(entrada.cambios.codigo?.valor, () =>
    p.db.asService(async (tx) => {
      const antes = await sql.findUbicacion(tx, entrada.id);
      const tiendaId = await exigeAlmacen(tx, quien, antes?.almacenId ?? almacenId);
      const codigo = entrada.cambios.codigo?.valor;
      if (
        typeof codigo === 'string' &&
        (await sql.findUbicacionRepetida(tx, antes?.almacenId ?? almacenId, codigo.trim(), entrada.id))
      )
        throw new AppError('CODIGO_EN_USO', { codigo });
      const zona = entrada.cambios.zona?.valor;
      const cambios =
        zona === null || zona === ''
          ? {
              ...entrada.cambios,
              zona: {
                base: entrada.cambios.zona!.base,
                valor: zonaDe(String(codigo ?? antes?.codigo ?? '')),
              },
            }
          : entrada.cambios;
      return guardaFila(
        por(p, tx, quien, tiendaId),
        UBICACION,
        { ...entrada, cambios },
        { almacen_id: almacenId },
      );
    }),
  );
}

/**
 * Bins from the first to the last (A-01-1..A-12-4): says which would be new, or makes them all in one transaction. Those
 * that are there stay as they are. Throws SERIE_MALA with what is wrong, UBICACION_DE_OTRO.
 */
export async function haceSerie(
  p: Puerto,
  quien: Quien,
  { almacenId, serie, aplica }: z.infer<typeof SerieUbicaciones>,
): Promise<{ nuevas: string[]; habia: number }> {
  const leida = serieUbicaciones(serie);
  if (!leida.ok) throw new AppError('SERIE_MALA', { detalle: leida.frase });
  const larga = leida.codigos.find((c) => c.length > 50);
  if (larga !== undefined)
    throw new AppError('SERIE_MALA', { detalle: `«${larga.slice(0, 20)}…» pasa de 50 letras.` });
  return p.db.asService(async (tx) => {
    const tiendaId = await exigeAlmacen(tx, quien, almacenId);
    const habidas = new Set(await sql.selectCodigosDe(tx, almacenId, leida.codigos));
    const nuevas = leida.codigos.filter((c) => !habidas.has(c));
    if (aplica && nuevas.length > 0) {
      await sql.insertUbicaciones(
        tx,
        almacenId,
        nuevas.map((codigo) => ({ id: p.clock.newId(), codigo, zona: zonaDe(codigo) })),
      );
      await anota(
        por(p, tx, quien, tiendaId),
        { entidad: 'almacen' },
        almacenId,
        'ubicaciones',
        {},
        { serie, nuevas },
      );
    }
    return { nuevas, habia: habidas.size };
  });
}

/**
 * Takes a shop, an almacén or a bin out of use, or back. What holds stock or is being counted is refused by name. Throws
 * TIENDA_CON_EXISTENCIA, TIENDA_CON_CONTEOS, ALMACEN_CON_EXISTENCIA, ALMACEN_GENERAL_FIJO, NO_ENCONTRADO.
 */
export async function cambiaActiva(
  p: Puerto,
  quien: Quien,
  { que, id, activa }: { que: 'tienda' | 'almacen' | 'ubicacion'; id: string; activa: boolean },
): Promise<void> {
  await p.db.asService(async (tx) => {
    const tabla = que === 'tienda' ? TIENDA : que === 'almacen' ? ALMACEN : UBICACION;
    const tiendaId = await tiendaDe(tx, que, id);
    if (que !== 'ubicacion' && !activa) await exigeVacio(tx, que, id);
    if (que === 'ubicacion' && !(quien.rol === 'admin' || quien.tiendaIds.includes(tiendaId)))
      throw new AppError('UBICACION_DE_OTRO');
    if (await updateActivo(tx, tabla, id, activa)) {
      await anota(por(p, tx, quien, tiendaId), tabla, id, activa ? 'reactivada' : 'baja', {
        isActive: { antes: !activa, despues: activa },
      });
    }
  });
}

async function tiendaDe(tx: Tx, que: 'tienda' | 'almacen' | 'ubicacion', id: string): Promise<string> {
  if (que === 'tienda') {
    if (!(await sql.existsTienda(tx, id))) throw new AppError('NO_ENCONTRADO');
    return id;
  }
  const fila = que === 'almacen' ? await sql.findAlmacen(tx, id) : await sql.findUbicacion(tx, id);
  if (fila === undefined) throw new AppError('NO_ENCONTRADO');
  return fila.tiendaId;
}

async function exigeVacio(tx: Tx, que: 'tienda' | 'almacen', id: string): Promise<void> {
  const de = que === 'tienda' ? { tiendaId: id } : { almacenId: id };
  if (que === 'almacen') {
    const almacen = await sql.findAlmacen(tx, id);
    if (almacen?.tipo === 'general' && almacen.tiendaActiva) throw new AppError('ALMACEN_GENERAL_FIJO');
  }
  const con = await sql.countConExistencia(tx, de);
  if (con > 0) {
    throw new AppError(que === 'tienda' ? 'TIENDA_CON_EXISTENCIA' : 'ALMACEN_CON_EXISTENCIA', {
      cuantos: plural(con, 'producto', 'productos'),
    });
  }
  const folios = await sql.selectConteosDe(tx, de);
  if (folios.length > 0) throw new AppError('TIENDA_CON_CONTEOS', { folios: folios.join(', ') });
}
