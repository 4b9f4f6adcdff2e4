import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import type { FilaMovimiento, TipoImportacion } from '#shared/contracts/importar.ts';
import { findAlmacenesDe } from './catalogo.sql.ts';
import { type Comun, claveBase, Grupos, situa } from './claves.ts';
import { countLotes, findLote } from './lotes.sql.ts';
import type { Contexto } from './puesta.ts';
import { RecogeTraslapes } from './recoge-traslapes.ts';
import type { UploadRow } from './uploads.sql.ts';

/** What the rows of a file have in common, by what was detected and what a person said. */
export function comunDe({ opciones, analisis }: UploadRow): Omit<Comun, 'tipo'> & { tipo: TipoImportacion } {
  if (analisis === null) throw new Error('the file was not read');
  return {
    tipo: opciones.tipo ?? analisis.tipo.tipo,
    almacenId: opciones.almacenId ?? analisis.almacen?.almacenId ?? null,
    fecha: opciones.fecha ?? analisis.fecha?.fecha ?? null,
    momento: opciones.momento,
  };
}

/** Of a file of movements: where rows belong, and which of them say the same. Reads all lots once, a lot at a time. */
export async function cargaContexto(
  db: Db,
  clock: Clock,
  upload: UploadRow,
  exige: () => void,
): Promise<{ contexto: Contexto; lotes: number }> {
  const paso = <T>(fn: (tx: Tx) => Promise<T>) => db.asService(fn, { readOnly: true });
  const almacenes = await paso((tx) => findAlmacenesDe(tx, upload.user_id));
  const { lotes } = await paso((tx) => countLotes(tx, upload.id));
  const { tipo, ...resto } = comunDe(upload);
  const grupos = new Grupos();
  const comun: Comun = { tipo: tipo === 'productos' ? 'inventario' : tipo, ...resto };
  /** Calls with the key of each row that has a place, a lot at a time. */
  const recorre = async (fn: (clave: string, donde: string, fila: FilaMovimiento) => void) => {
    for (let n = 1; n <= lotes; n++) {
      exige();
      const lote = await paso((tx) => findLote(tx, upload.id, n));
      for (const [i, cruda] of (lote?.filas ?? []).entries()) {
        const fila = cruda as FilaMovimiento;
        const s = situa(fila, comun);
        if (s !== null) fn(claveBase(fila, comun, s), `${n}:${i}`, fila);
      }
    }
  };
  if (tipo !== 'productos') {
    await recorre((clave) => grupos.ve(clave));
    if (grupos.hayRepetidas) await recorre((clave, donde, fila) => grupos.agrega(clave, donde, fila));
    grupos.cierra(comun.tipo);
  }
  return {
    lotes,
    contexto: {
      uploadId: upload.id,
      comun,
      almacenes: new Map(almacenes.map((a) => [a.id, a])),
      grupos,
      decision: upload.opciones.traslape,
      crea: upload.opciones.productosNuevos === 'crear',
      ahora: clock.now(),
      traslapes: new RecogeTraslapes(),
    },
  };
}
