import type { Claims, Db, Tx } from '#server/platform/db/db.ts';
import type { FilaMovimiento, FilaProducto, Importacion } from '#shared/contracts/importar.ts';
import { AppError } from '#shared/errores.ts';
import { findAlmacenesDe } from './catalogo.sql.ts';
import { situa } from './claves.ts';
import { comunDe } from './contexto.ts';
import { noSeDeshace } from './deshace.ts';
import { findCuentas, findLote, findProblemas, findReparaciones, type PlanFila } from './lotes.sql.ts';
import * as q from './uploads.sql.ts';
import { findAlmacenes, findHay, findNombres } from './vista.sql.ts';

function aImportacion(u: q.UploadRow, porque: string | null): Importacion & { generacion: number } {
  return {
    id: u.id,
    filename: u.filename,
    file_size: u.file_size,
    file_type: u.opciones.tipo ?? u.file_type,
    status: u.status,
    tiendaId: u.tienda_id,
    sha256: u.sha256,
    opciones: u.opciones,
    generacion: u.generacion,
    analisis: u.analisis,
    ensayo: u.ensayo,
    avance: u.avance,
    error: u.error_details,
    records_processed: u.records_processed,
    records_failed: u.records_failed,
    por: u.por,
    creadoEn: u.created_at.toISOString(),
    terminadoEn: (u.revertido_en ?? u.completed_at)?.toISOString() ?? null,
    noSeDeshace: porque,
  };
}

/** History, newest first; `tras` is the id of the last one of the page before. */
export async function listImportaciones(
  db: Db,
  claims: Claims,
  { tras, limite }: { tras: string | null; limite: number },
) {
  const rows = await db.withUser(claims, (tx) => q.listUploads(tx, { antesDe: tras, limite: limite + 1 }), {
    readOnly: true,
  });
  return {
    importaciones: rows.slice(0, limite).map((u) => {
      // What a list shows; the rest comes with one of them.
      const { analisis: _a, opciones: _o, ...resto } = aImportacion(u, null);
      return {
        ...resto,
        ensayo: resto.ensayo === null ? null : { ...resto.ensayo, traslapes: [], porAlmacen: [] },
      };
    }),
    tras: rows.length > limite ? rows[limite - 1]!.id : null,
  };
}

async function suya(tx: Tx, id: string): Promise<q.UploadRow> {
  const u = await q.findUpload(tx, id);
  if (u?.sha256 == null) throw new AppError('NO_ENCONTRADO');
  return u;
}

/** One import with all that is known of it. Throws NO_ENCONTRADO. */
export async function findImportacion(db: Db, claims: Claims, id: string) {
  const u = await db.withUser(claims, (tx) => suya(tx, id), { readOnly: true });
  // Looks at conteos that the person may not review.
  const porque =
    u.status === 'completed' ? await db.asService((tx) => noSeDeshace(tx, u), { readOnly: true }) : null;
  return aImportacion(u, porque);
}

export type EstadoFila = PlanFila['e'];
const CUENTA: Readonly<Record<EstadoFila, 'nuevos' | 'cambiados' | 'iguales' | 'omitidos'>> = {
  nuevo: 'nuevos',
  cambiado: 'cambiados',
  igual: 'iguales',
  omitido: 'omitidos',
};

export interface FilaVista {
  /** Its place among all rows, for the next page. */
  readonly n: number;
  readonly hoja: string;
  readonly fila: number;
  readonly estado: EstadoFila;
  readonly motivo: string | null;
  readonly codigo: string;
  readonly nombre: string;
  readonly unidad: string | null;
  readonly almacen: string | null;
  readonly cantidad: string | null;
  readonly devolucion: boolean;
  /** Units there are now in the books; null: nothing is known, or it is no inventory. */
  readonly hay: string | null;
  readonly fecha: string | null;
  readonly hora: string | null;
  readonly folio: string | null;
  readonly importe: string | null;
  readonly antes: Readonly<Record<string, readonly [string | null, string | null]>> | null;
}

interface Cruda {
  readonly n: number;
  readonly fila: FilaMovimiento | FilaProducto;
  readonly plan: PlanFila;
}

/** Rows from place `desde` on, as many as `limite`; whole lots that hold none of that state are not read. */
async function cruda(
  tx: Tx,
  id: string,
  de: { filtro: EstadoFila | null; desde: number; limite: number },
): Promise<Cruda[]> {
  const salida: Cruda[] = [];
  let antes = 0;
  for (const c of await findCuentas(tx, id)) {
    const [inicio, fin] = [antes, antes + c.filas];
    antes = fin;
    if (fin <= de.desde || (de.filtro !== null && c[CUENTA[de.filtro]] === 0)) continue;
    const lote = await findLote(tx, id, c.n);
    for (const [i, fila] of (lote?.filas ?? []).entries()) {
      const [n, plan] = [inicio + i, lote?.plan?.[i]];
      if (n < de.desde || plan === undefined || (de.filtro !== null && plan.e !== de.filtro)) continue;
      salida.push({ n, fila, plan });
      if (salida.length === de.limite) return salida;
    }
  }
  return salida;
}

const esMovimiento = (fila: FilaMovimiento | FilaProducto): fila is FilaMovimiento => 'cantidad' in fila;

/** A page of the dry run's rows. Throws NO_ENCONTRADO. */
export async function listFilas(
  db: Db,
  claims: Claims,
  id: string,
  de: { filtro: EstadoFila | null; desde: number; limite: number },
): Promise<{ filas: FilaVista[]; desde: number | null }> {
  return db.withUser(
    claims,
    async (tx) => {
      const u = await suya(tx, id);
      if (u.analisis === null) return { filas: [], desde: null };
      const { tipo, ...comun } = comunDe(u);
      const halladas = await cruda(tx, id, { ...de, limite: de.limite + 1 });
      const pagina = halladas.slice(0, de.limite);
      const nombres = await findNombres(
        tx,
        pagina.flatMap(({ fila }) => (fila.productoId === null ? [] : [fila.productoId])),
      );
      const almacenes = await findAlmacenes(tx);
      const donde = (fila: FilaMovimiento) =>
        situa(fila, { tipo: tipo === 'productos' ? 'inventario' : tipo, ...comun });
      const hay =
        tipo !== 'inventario'
          ? new Map<string, string | null>()
          : await findHay(
              tx,
              pagina.flatMap(({ fila }) => {
                const s = esMovimiento(fila) ? donde(fila) : null;
                return s === null || fila.productoId === null
                  ? []
                  : [{ producto: fila.productoId, almacen: s.almacenId }];
              }),
            );
      const filas = pagina.map(({ n, fila, plan }): FilaVista => {
        const conocido = fila.productoId === null ? undefined : nombres.get(fila.productoId);
        const comunes = {
          n,
          hoja: fila.hoja,
          fila: fila.fila,
          estado: plan.e,
          motivo: plan.m ?? null,
          codigo: fila.codigo,
          unidad: conocido?.unidad ?? null,
          antes: plan.antes ?? null,
        };
        if (!esMovimiento(fila)) {
          return {
            ...comunes,
            nombre: conocido?.nombre ?? fila.campos.nombre ?? fila.codigo,
            almacen: null,
            cantidad: null,
            devolucion: false,
            hay: null,
            fecha: null,
            hora: null,
            folio: null,
            importe: null,
          };
        }
        const s = donde(fila);
        return {
          ...comunes,
          nombre: conocido?.nombre ?? fila.nombre ?? fila.codigo,
          almacen: s === null ? null : (almacenes.get(s.almacenId) ?? null),
          cantidad: plan.t ?? fila.cantidad,
          devolucion: fila.devolucion,
          hay: s === null ? null : (hay.get(`${fila.productoId} ${s.almacenId}`) ?? null),
          fecha: s?.hasta ?? null,
          hora: fila.hora,
          folio: fila.folio,
          importe: fila.importe,
        };
      });
      return { filas, desde: halladas.length > de.limite ? halladas[de.limite]!.n : null };
    },
    { readOnly: true },
  );
}

export async function listProblemas(
  db: Db,
  claims: Claims,
  id: string,
  de: { gravedad: string | null; tras: number; limite: number },
) {
  return db.withUser(
    claims,
    async (tx) => ({ problemas: await findProblemas(tx, (await suya(tx, id)).id, de) }),
    {
      readOnly: true,
    },
  );
}

export async function listReparaciones(
  db: Db,
  claims: Claims,
  id: string,
  de: { tras: number; limite: number },
) {
  return db.withUser(
    claims,
    async (tx) => ({ reparaciones: await findReparaciones(tx, (await suya(tx, id)).id, de) }),
    { readOnly: true },
  );
}

/** Almacenes to choose from when a file doesn't say its own. */
export async function listAlmacenes(db: Db, usuarioId: string) {
  const filas = await db.asService((tx) => findAlmacenesDe(tx, usuarioId), { readOnly: true });
  return filas.map((a) => ({ id: a.id, codigo: a.codigo, nombre: a.nombre, tienda: a.tienda }));
}
