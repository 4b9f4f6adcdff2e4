import type { Tx } from '#server/platform/db/db.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import { sinVersion } from './claves.ts';
import { findBasesEncima, findConteosEncima, findEncimadas } from './libro.sql.ts';
import type { PlanFila } from './lotes.sql.ts';
import { aBuscada, type Contexto, type Puesta } from './puesta.ts';

/**
 * Looks what the rows to be written meet: other files, the ERP, conteos, bases. Names it all; rows that a decision leaves out,
 * or that a conteo forbids, are returned and marked in `plan`; what they replace goes into `revierte`.
 */
export async function miraTraslapes(
  tx: Tx,
  c: Contexto,
  puestas: readonly Puesta[],
  plan: PlanFila[],
  revierte: string[],
): Promise<ReadonlySet<number>> {
  const fuera = new Set<number>();
  const porI = new Map(puestas.map((p) => [p.i, p]));
  const omite = (i: number, m: string) => {
    fuera.add(i);
    plan[i] = { e: 'omitido', m };
  };
  const dias = ({ s, almacen }: Puesta) => ({ almacen: almacen.nombre, desde: s.desde, hasta: s.hasta });
  const buscadas = puestas.map(aBuscada);
  const inventario = c.comun.tipo === 'inventario';

  if (!inventario) {
    const sustituidas = new Set<string>();
    const vistas = new Set<number>();
    for (const row of await findEncimadas(tx, c.uploadId, buscadas)) {
      // The same document in both files is no overlap: it is the same row.
      if (row.origen === 'archivo' && c.grupos.claves.has(sinVersion(row.origen_id).clave)) continue;
      const p = porI.get(row.i)!;
      const deArchivo = row.origen === 'archivo';
      if (!vistas.has(row.i)) {
        c.traslapes.agrega({
          con: deArchivo ? 'archivo' : 'erp',
          caso: deArchivo ? 'archivo' : 'erp',
          id: row.upload_id ?? row.conexion_id,
          nombre: deArchivo || row.conexion_id !== null ? row.nombre : `otra fuente (${row.nombre})`,
          ...dias(p),
          decisiones: deArchivo ? ['omitir', 'sustituir', 'sumar'] : ['omitir', 'sumar'],
        });
      }
      vistas.add(row.i);
      if (c.decision === 'omitir' || (c.decision === 'sustituir' && !deArchivo))
        omite(row.i, `Ya está en ${row.nombre}.`);
      else if (c.decision === 'sustituir' && !sustituidas.has(row.id)) {
        sustituidas.add(row.id);
        revierte.push(row.id);
      }
    }
    for (const p of puestas) {
      const hasta = p.almacen.movimientos_hasta;
      if (
        hasta === null ||
        vistas.has(p.i) ||
        p.s.desde > fechaLocal(hasta.getTime(), p.almacen.zona_horaria)
      )
        continue;
      c.traslapes.agrega({
        con: 'erp',
        caso: 'conexion',
        id: null,
        nombre: 'tu caja o ERP',
        ...dias(p),
        decisiones: ['omitir', 'sumar'],
      });
      if (c.decision === 'omitir' || c.decision === 'sustituir')
        omite(p.i, 'Ese día ya lo trajo tu caja o ERP.');
    }
  }

  for (const row of await findConteosEncima(tx, buscadas)) {
    if (fuera.has(row.i)) continue;
    const p = porI.get(row.i)!;
    const conteo = { con: 'conteo' as const, id: row.conteo_id, nombre: row.folio, ...dias(p) };
    if (!inventario) c.traslapes.agrega({ ...conteo, caso: 'conteo_tardio', decisiones: [] });
    else if (row.impide) {
      c.traslapes.agrega({ ...conteo, caso: 'conteo_impide', decisiones: ['omitir'] });
      omite(row.i, `El conteo ${row.folio} es posterior y ya se aprobó.`);
    } else if (fechaLocal(row.instante.getTime(), p.almacen.zona_horaria) === p.s.hasta) {
      c.traslapes.agrega({ ...conteo, caso: 'conteo_dia', decisiones: ['omitir', 'sustituir'] });
      if (c.decision === 'omitir') omite(row.i, `El conteo ${row.folio} ya lo dijo ese día.`);
    }
  }

  for (const row of await findBasesEncima(tx, c.uploadId, buscadas)) {
    if (fuera.has(row.i)) continue;
    const p = porI.get(row.i)!;
    // The same key: that row is changed by this one, and says so.
    if (row.origen_id !== null && sinVersion(row.origen_id).clave === p.clave) continue;
    const base = { con: 'inventario' as const, id: row.upload_id, ...dias(p) };
    const nombre =
      row.nombre === null ? ` (${row.fecha.split('-').reverse().join('/')})` : ` (${row.nombre})`;
    if (inventario && row.mismo_dia) {
      c.traslapes.agrega({ ...base, nombre, caso: 'inventario_dia', decisiones: ['omitir', 'sustituir'] });
      if (c.decision === 'omitir') omite(row.i, 'Ese día ya tiene existencia inicial.');
    } else c.traslapes.agrega({ ...base, nombre, caso: 'inventario_despues', decisiones: [] });
  }
  return fuera;
}
