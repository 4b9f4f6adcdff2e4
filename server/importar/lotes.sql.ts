import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type {
  FilaImportacion,
  ProblemaImportacion,
  ReparacionImportacion,
} from '#shared/contracts/importar.ts';

/** What applying does with a row. */
export interface PlanFila {
  readonly e: 'nuevo' | 'cambiado' | 'igual' | 'omitido';
  /** Why it is left out, a sentence. */
  readonly m?: string | undefined;
  /** What is there now, of a changed one: field → [before, after] as text. */
  readonly antes?: Readonly<Record<string, readonly [string | null, string | null]>> | undefined;
  /** Units, where rows of one key add up. */
  readonly t?: string | undefined;
  /** Of the catalogue: what undoing needs. */
  readonly deshacer?: Deshacer | undefined;
}

export interface Deshacer {
  readonly productoId: string;
  readonly creado: boolean;
  readonly codigos: readonly { id: string; factor: string | null; activo: boolean | null; puesto: string }[];
  readonly ubicaciones: readonly string[];
}

export interface LoteRow {
  n: number;
  filas: FilaImportacion[];
  plan: PlanFila[] | null;
  aplicado_en: Date | null;
}

export async function deleteLectura(tx: Tx, uploadId: string): Promise<void> {
  await sql`delete from inventario.importacion_lotes where upload_id = ${uploadId}`.execute(tx);
  await sql`delete from inventario.importacion_problemas where upload_id = ${uploadId}`.execute(tx);
  await sql`delete from inventario.importacion_reparaciones where upload_id = ${uploadId}`.execute(tx);
}

export async function insertLote(
  tx: Tx,
  uploadId: string,
  n: number,
  filas: readonly FilaImportacion[],
): Promise<void> {
  await sql`
    insert into inventario.importacion_lotes (upload_id, n, filas)
    values (${uploadId}, ${n}, ${JSON.stringify(filas)}::jsonb)`.execute(tx);
}

export async function insertProblemas(
  tx: Tx,
  uploadId: string,
  desde: number,
  problemas: readonly ProblemaImportacion[],
): Promise<void> {
  await sql`
    insert into inventario.importacion_problemas (upload_id, n, gravedad, datos)
    select ${uploadId}, ${desde}::int + x.n::int, x.datos ->> 'gravedad', x.datos
      from jsonb_array_elements(${JSON.stringify(problemas)}::jsonb) with ordinality as x(datos, n)`.execute(
    tx,
  );
}

export async function insertReparaciones(
  tx: Tx,
  uploadId: string,
  desde: number,
  reparaciones: readonly ReparacionImportacion[],
): Promise<void> {
  await sql`
    insert into inventario.importacion_reparaciones (upload_id, n, datos)
    select ${uploadId}, ${desde}::int + x.n::int, x.datos
      from jsonb_array_elements(${JSON.stringify(reparaciones)}::jsonb) with ordinality as x(datos, n)`.execute(
    tx,
  );
}

export async function countLotes(tx: Tx, uploadId: string): Promise<{ lotes: number; aplicados: number }> {
  const { rows } = await sql<{ lotes: number; aplicados: number }>`
    select count(*)::int as lotes, count(aplicado_en)::int as aplicados
      from inventario.importacion_lotes where upload_id = ${uploadId}`.execute(tx);
  return rows[0]!;
}

export async function findLote(tx: Tx, uploadId: string, n: number): Promise<LoteRow | undefined> {
  const { rows } = await sql<LoteRow>`
    select n, filas, plan, aplicado_en from inventario.importacion_lotes
     where upload_id = ${uploadId} and n = ${n}`.execute(tx);
  return rows[0];
}

export interface Cuentas {
  readonly nuevos: number;
  readonly cambiados: number;
  readonly iguales: number;
  readonly omitidos: number;
}

export function cuentaPlan(plan: readonly PlanFila[]): Cuentas {
  const de = (e: PlanFila['e']) => plan.filter((p) => p.e === e).length;
  return { nuevos: de('nuevo'), cambiados: de('cambiado'), iguales: de('igual'), omitidos: de('omitido') };
}

export async function updatePlan(
  tx: Tx,
  uploadId: string,
  n: number,
  plan: readonly PlanFila[],
  aplicadoEn: Date | null,
): Promise<void> {
  const c = cuentaPlan(plan);
  await sql`
    update inventario.importacion_lotes set plan = ${JSON.stringify(plan)}::jsonb, nuevos = ${c.nuevos},
           cambiados = ${c.cambiados}, iguales = ${c.iguales}, omitidos = ${c.omitidos}, aplicado_en = ${aplicadoEn}
     where upload_id = ${uploadId} and n = ${n}`.execute(tx);
}

/** Counts of the lots by state, without their rows. */
export async function findCuentas(
  tx: Tx,
  uploadId: string,
): Promise<(Cuentas & { n: number; filas: number })[]> {
  const { rows } = await sql<Cuentas & { n: number; filas: number }>`
    select n, nuevos, cambiados, iguales, omitidos, nuevos + cambiados + iguales + omitidos as filas
      from inventario.importacion_lotes where upload_id = ${uploadId} order by n`.execute(tx);
  return rows;
}

export async function findProblemas(
  tx: Tx,
  uploadId: string,
  de: { gravedad: string | null; tras: number; limite: number },
): Promise<(ProblemaImportacion & { n: number })[]> {
  const { rows } = await sql<{ n: number; datos: ProblemaImportacion }>`
    select n, datos from inventario.importacion_problemas
     where upload_id = ${uploadId} and n > ${de.tras} and (${de.gravedad}::text is null or gravedad = ${de.gravedad})
     order by n limit ${de.limite}`.execute(tx);
  return rows.map(({ n, datos }) => ({ ...datos, n }));
}

export async function findReparaciones(
  tx: Tx,
  uploadId: string,
  de: { tras: number; limite: number },
): Promise<(ReparacionImportacion & { n: number })[]> {
  const { rows } = await sql<{ n: number; datos: ReparacionImportacion }>`
    select n, datos from inventario.importacion_reparaciones
     where upload_id = ${uploadId} and n > ${de.tras} order by n limit ${de.limite}`.execute(tx);
  return rows.map(({ n, datos }) => ({ ...datos, n }));
}

/** Rows of imports that ended that long ago; the report stays. */
export async function deleteLotesViejos(tx: Tx, antesDe: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from inventario.importacion_lotes l using inventario.uploads u
     where u.id = l.upload_id and coalesce(u.revertido_en, u.completed_at) < ${antesDe}
       and u.status in ('completed', 'failed', 'cancelled', 'reverted')`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
