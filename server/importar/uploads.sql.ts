import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';
import type {
  AnalisisImportacion,
  EnsayoImportacion,
  EstadoImportacion,
  OpcionesImportacion,
  TipoImportacion,
} from '#shared/contracts/importar.ts';

export interface UploadRow {
  id: string;
  filename: string;
  file_size: number;
  file_type: TipoImportacion | null;
  status: EstadoImportacion;
  tienda_id: string | null;
  sha256: string;
  opciones: OpcionesImportacion;
  generacion: number;
  analisis: AnalisisImportacion | null;
  ensayo: EnsayoImportacion | null;
  avance: Avance | null;
  firma: string | null;
  cancelar: boolean;
  error_details: ErrorDicho | null;
  records_processed: number;
  records_failed: number;
  user_id: string;
  por: string;
  created_at: Date;
  completed_at: Date | null;
  revertido_en: Date | null;
}

export interface Avance {
  etapa: 'en_fila' | 'leyendo' | 'comparando' | 'aplicando' | 'deshaciendo';
  hechas: number;
  total: number | null;
  segundosRestantes: number | null;
}

export interface ErrorDicho {
  error_type: string;
  user_message: string;
  suggestions: string[];
}

const COLUMNAS = sql`
  u.id, u.filename, coalesce(u.file_size, 0)::int as file_size, u.file_type, u.status, u.tienda_id, u.sha256, u.opciones,
  u.generacion, u.analisis, u.ensayo, u.avance, u.firma, u.cancelar, u.error_details, u.records_processed, u.records_failed,
  u.user_id, coalesce(p.nombre, 'Alguien') as por, u.created_at, u.completed_at, u.revertido_en`;
const DE = sql`inventario.uploads u left join inventario.usuarios p on p.id = u.user_id`;

/** `bloquea`: nobody else changes its state until the transaction ends. */
export async function findUpload(tx: Tx, id: string, bloquea = false): Promise<UploadRow | undefined> {
  const { rows } = await sql<UploadRow>`
    select ${COLUMNAS} from ${DE} where u.id = ${id} ${bloquea ? sql`for update of u` : sql``}`.execute(tx);
  return rows[0];
}

/** Newest first, under row-level security. */
export async function listUploads(
  tx: Tx,
  { antesDe, limite }: { antesDe: string | null; limite: number },
): Promise<UploadRow[]> {
  const { rows } = await sql<UploadRow>`
    select ${COLUMNAS} from ${DE}
     where u.sha256 is not null and (${antesDe}::uuid is null or u.id < ${antesDe}::uuid)
     order by u.id desc limit ${limite}`.execute(tx);
  return rows;
}

/** Imports of the same bytes that are alive, newest first. Runs as the service; who asks is looked at by the caller. */
export async function findGemelos(tx: Tx, sha256: string): Promise<UploadRow[]> {
  const { rows } = await sql<UploadRow>`
    select ${COLUMNAS} from ${DE}
     where u.sha256 = ${sha256} and u.status in ('pending', 'processing', 'ready', 'applying', 'completed')
     order by u.created_at desc limit 20`.execute(tx);
  return rows;
}

export async function insertUpload(
  tx: Tx,
  u: {
    id: string;
    filename: string;
    tamano: number;
    sha256: string;
    opciones: OpcionesImportacion;
    userId: string;
    at: Date;
  },
): Promise<void> {
  await sql`
    insert into inventario.uploads (id, filename, file_size, sha256, opciones, user_id, status, created_at, avance)
    values (${u.id}, ${u.filename}, ${u.tamano}, ${u.sha256}, ${JSON.stringify(u.opciones)}::jsonb, ${u.userId}, 'pending',
            ${u.at}, ${JSON.stringify({ etapa: 'en_fila', hechas: 0, total: null, segundosRestantes: null })}::jsonb)`.execute(
    tx,
  );
}

/** New options: what was read before counts no more. */
export async function updateOpciones(tx: Tx, id: string, opciones: OpcionesImportacion): Promise<void> {
  await sql`
    update inventario.uploads set opciones = ${JSON.stringify(opciones)}::jsonb, generacion = generacion + 1,
           status = 'pending', cancelar = false, error_message = null, error_details = null, completed_at = null,
           avance = ${JSON.stringify({ etapa: 'en_fila', hechas: 0, total: null, segundosRestantes: null })}::jsonb
     where id = ${id}`.execute(tx);
}

export async function updateEstado(
  tx: Tx,
  id: string,
  estado: EstadoImportacion,
  mas: { avance?: Avance | null; aplicadoPor?: string; revertidoPor?: string } = {},
): Promise<void> {
  const avance = mas.avance === undefined ? null : mas.avance;
  await sql`
    update inventario.uploads set status = ${estado}, cancelar = false,
           avance = ${avance === null ? null : JSON.stringify(avance)}::jsonb,
           aplicado_por = coalesce(${mas.aplicadoPor ?? null}::uuid, aplicado_por),
           revertido_por = coalesce(${mas.revertidoPor ?? null}::uuid, revertido_por)
     where id = ${id}`.execute(tx);
}

export async function updateCancelar(tx: Tx, id: string): Promise<void> {
  await sql`update inventario.uploads set cancelar = true where id = ${id}`.execute(tx);
}

/** Writes how far a reading is. False: it was cancelled, or its options are not the present ones. */
export async function updateAvance(tx: Tx, id: string, generacion: number, avance: Avance): Promise<boolean> {
  const { rows } = await sql<{ sigue: boolean }>`
    update inventario.uploads set avance = ${JSON.stringify(avance)}::jsonb
     where id = ${id} and generacion = ${generacion}
    returning not cancelar as sigue`.execute(tx);
  return rows[0]?.sigue ?? false;
}

/** `momento`: what was said of the last file from there, where nothing was said of this one. */
export async function updateAnalisis(
  tx: Tx,
  id: string,
  analisis: AnalisisImportacion,
  de: { tiendaId: string | null; momento: OpcionesImportacion['momento'] },
): Promise<void> {
  await sql`
    update inventario.uploads set analisis = ${JSON.stringify(analisis)}::jsonb, firma = ${analisis.firma},
           file_type = ${analisis.tipo.tipo}, tienda_id = ${de.tiendaId},
           opciones = ${JSON.stringify(de.momento === undefined ? {} : { momento: de.momento })}::jsonb || opciones
     where id = ${id}`.execute(tx);
}

export async function updateEnsayo(
  tx: Tx,
  id: string,
  ensayo: EnsayoImportacion,
  tiendaId: string | null,
): Promise<void> {
  await sql`
    update inventario.uploads set ensayo = ${JSON.stringify(ensayo)}::jsonb, status = 'ready', avance = null,
           records_failed = ${ensayo.conError}, tienda_id = coalesce(${tiendaId}::uuid, tienda_id)
     where id = ${id}`.execute(tx);
}

/** `conserva`: what was read stays, only the comparison is made anew. */
export async function updateEmpieza(tx: Tx, id: string, at: Date, conserva: boolean): Promise<void> {
  await sql`
    update inventario.uploads set status = 'processing', started_at = coalesce(started_at, ${at}), ensayo = null,
           analisis = case when ${conserva} then analisis end
     where id = ${id}`.execute(tx);
}

export async function updateFin(
  tx: Tx,
  id: string,
  estado: 'completed' | 'failed' | 'cancelled' | 'reverted',
  mas: { at: Date; procesadas?: number; error?: ErrorDicho },
): Promise<void> {
  const error = mas.error === undefined ? null : JSON.stringify(mas.error);
  await sql`
    update inventario.uploads set status = ${estado}, avance = null, cancelar = false,
           completed_at = case when ${estado} = 'reverted' then completed_at else ${mas.at}::timestamptz end,
           revertido_en = case when ${estado} = 'reverted' then ${mas.at}::timestamptz else revertido_en end,
           records_processed = coalesce(${mas.procesadas ?? null}::int, records_processed),
           error_message = ${mas.error?.user_message ?? null}, error_details = ${error}::jsonb
     where id = ${id}`.execute(tx);
}

/** The bytes of an import. */
export async function findBytes(tx: Tx, sha256: string): Promise<Buffer> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from inventario.archivos where sha256 = ${sha256}`.execute(tx);
  return rows[0]!.bytes;
}

export async function findMapas(tx: Tx): Promise<Record<string, OpcionesImportacion>> {
  const { rows } = await sql<{ firma: string; opciones: OpcionesImportacion }>`
    select firma, opciones from inventario.importacion_mapas order by en desc limit 1000`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.firma, row.opciones]));
}

export async function upsertMapa(
  tx: Tx,
  m: { firma: string; opciones: OpcionesImportacion; por: string; at: Date },
): Promise<void> {
  await sql`
    insert into inventario.importacion_mapas (firma, opciones, por, en)
    values (${m.firma}, ${JSON.stringify(m.opciones)}::jsonb, ${m.por}, ${m.at})
    on conflict (firma) do update set opciones = excluded.opciones, por = excluded.por, en = excluded.en`.execute(
    tx,
  );
}

/** Whether a reading of these options still counts; they don't change until the transaction ends. */
export async function isVigente(tx: Tx, id: string, generacion: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from inventario.uploads where id = ${id} and generacion = ${generacion} and not cancelar for share`.execute(
    tx,
  );
  return rows.length > 0;
}

/** From here on what was written is taken back; why, so that a run after this one knows it too. */
export async function updateRevirtiendo(tx: Tx, id: string, error: ErrorDicho | null): Promise<void> {
  await sql`
    update inventario.uploads set status = 'reverting', cancelar = false, error_message = ${error?.user_message ?? null},
           error_details = ${error === null ? null : JSON.stringify(error)}::jsonb
     where id = ${id}`.execute(tx);
}

/** Who asked for the undoing, else who imported. */
export async function findPorDeshacer(tx: Tx, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(revertido_por, aplicado_por, user_id) as id from inventario.uploads where id = ${id}`.execute(
    tx,
  );
  return rows[0]!.id;
}
