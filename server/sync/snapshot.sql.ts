import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

/** A chunk as the manifest keeps it; `hasta`: the last producto in it, null in the one of the categorías. */
export interface TrozoGuardado {
  readonly filas: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly hasta: string | null;
}

export interface SnapshotRow {
  readonly ver: number;
  readonly token: string;
  readonly huella: string;
  readonly filas: number;
  readonly trozos: readonly TrozoGuardado[];
  readonly creadoEn: Date;
}

/** The manifest in force; undefined before the first one. */
export async function selectSnapshot(tx: Tx, scope: string): Promise<SnapshotRow | undefined> {
  const { rows } = await sql<Omit<SnapshotRow, 'ver'> & { ver: string }>`
    select ver, token, huella, filas, trozos, creado_en as "creadoEn"
      from sync.snapshot where scope = ${scope} and ver is not null`.execute(tx);
  const [row] = rows;
  return row === undefined ? undefined : { ...row, ver: Number(row.ver) };
}

/** Takes the right to build for `segundos`; false while another process has it. */
export async function tomaTurno(tx: Tx, scope: string, segundos: number): Promise<boolean> {
  const { rows } = await sql`
    insert into sync.snapshot as s (scope, armando_hasta) values (${scope}, now() + make_interval(secs => ${segundos}))
    on conflict (scope) do update set armando_hasta = excluded.armando_hasta
      where s.armando_hasta is null or s.armando_hasta < now()
    returning scope`.execute(tx);
  return rows.length > 0;
}

export async function dejaTurno(tx: Tx, scope: string): Promise<void> {
  await sql`update sync.snapshot set armando_hasta = null where scope = ${scope}`.execute(tx);
}

export async function updateSnapshot(tx: Tx, scope: string, s: Omit<SnapshotRow, 'creadoEn'>): Promise<void> {
  await sql`
    update sync.snapshot
       set ver = ${s.ver}, token = ${s.token}, huella = ${s.huella}, filas = ${s.filas},
           trozos = ${JSON.stringify(s.trozos)}::jsonb, creado_en = now(), armando_hasta = null
     where scope = ${scope}`.execute(tx);
}

/** Marks these chunks as of a manifest in force, and returns those that are here. */
export async function tocaTrozos(tx: Tx, sha256s: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ sha256: string }>`
    update sync.snapshot_trozo set visto_en = now() where sha256 = any(${[...sha256s]}::text[])
    returning sha256`.execute(tx);
  return new Set(rows.map((row) => row.sha256));
}

export async function insertTrozo(tx: Tx, sha256: string, contenido: Buffer): Promise<void> {
  await sql`
    insert into sync.snapshot_trozo (sha256, contenido, visto_en) values (${sha256}, ${contenido}, now())
    on conflict (sha256) do update set visto_en = excluded.visto_en`.execute(tx);
}

/** Chunks of earlier manifests stay as long as a phone that began with one may take. */
export async function deleteTrozosViejos(
  tx: Tx,
  vigentes: readonly string[],
  segundos: number,
): Promise<void> {
  await sql`
    delete from sync.snapshot_trozo
     where visto_en < now() - make_interval(secs => ${segundos}) and sha256 <> all(${[...vigentes]}::text[])`.execute(
    tx,
  );
}

export async function selectTrozo(tx: Tx, sha256: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ contenido: Buffer }>`
    select contenido from sync.snapshot_trozo where sha256 = ${sha256}`.execute(tx);
  return rows[0] === undefined ? undefined : Buffer.from(rows[0].contenido);
}

/** Changes of a scope above a version, counted up to `tope`, and the rows that it has (living or gone) up to `tope`. */
export async function cuentaCambios(tx: Tx, scope: string, ver: number, tope: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select 1 from sync.change where scope = ${scope} and ver > ${ver}::bigint limit ${tope}) x`.execute(tx);
  return rows[0]?.n ?? 0;
}

export async function selectCategoriaIds(tx: Tx, tras: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from inventario.categorias
     where ${tras}::uuid is null or id > ${tras}::uuid order by categorias.id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}

/** The last producto in the order of their id. */
export async function selectUltimoProducto(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from inventario.productos order by productos.id desc limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Productos after one, up to another if given, in the order of their id. */
export async function selectProductoIds(
  tx: Tx,
  tras: string | null,
  hasta: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from inventario.productos
     where (${tras}::uuid is null or id > ${tras}::uuid) and (${hasta}::uuid is null or id <= ${hasta}::uuid)
     order by productos.id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}

export interface LlaveCodigo {
  readonly id: string;
  readonly productoId: string;
}

/** Codes of these productos after one of them, in the order of producto and id. */
export async function selectCodigoIds(
  tx: Tx,
  productoIds: readonly string[],
  tras: LlaveCodigo | null,
  limit: number,
): Promise<LlaveCodigo[]> {
  const despues =
    tras === null ? sql`true` : sql`(producto_id, id) > (${tras.productoId}::uuid, ${tras.id}::uuid)`;
  const { rows } = await sql<LlaveCodigo>`
    select id::text as id, producto_id::text as "productoId" from inventario.codigos_barras c
     where producto_id = any(${[...productoIds]}::uuid[]) and ${despues}
     order by c.producto_id, c.id limit ${limit}`.execute(tx);
  return rows;
}
