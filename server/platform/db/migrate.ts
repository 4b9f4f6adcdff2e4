import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';
import type { Db } from './db.ts';

/** The folder of the product's own migrations. */
export const MIGRATIONS_DIR = path.resolve(import.meta.dirname, '../../../database/migrations');

/** Any number that no other program locks; the same for every version of this one. */
const LOCK_KEY = 4_206_115;
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

export interface Migration {
  /** `NNNN_name`, unique and in order. */
  readonly name: string;
  readonly sql: string;
  /** sha256 of the text with LF line ends. */
  readonly checksum: string;
}

export interface MigrationResult {
  /** Names applied by this run, in order. */
  readonly applied: readonly string[];
  /** The newest name in the database; undefined when there is none at all. */
  readonly current: string | undefined;
}

/** Why the database and this program don't fit together. The sentence is for the log of who runs the server. */
export class MigrationError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'MigrationError';
  }
}

/** Reads the migrations of a folder in order. Rejects on a wrong name or on the same number twice. */
export async function readMigrations(dir: string = MIGRATIONS_DIR): Promise<Migration[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  const migrations: Migration[] = [];
  for (const file of files) {
    const number = FILE_NAME.exec(file)?.[1];
    if (number === undefined) throw new MigrationError(`${file}: se esperaba NNNN_nombre.sql`);
    if (numbers.has(number)) throw new MigrationError(`${file}: el número ${number} está repetido`);
    numbers.add(number);
    const sql = (await readFile(path.join(dir, file), 'utf8')).replaceAll('\r\n', '\n');
    migrations.push({
      name: file.slice(0, -'.sql'.length),
      sql,
      checksum: createHash('sha256').update(sql).digest('hex'),
    });
  }
  return migrations;
}

async function appliedOn(client: ClientBase): Promise<Map<string, string>> {
  await client.query(`
    create schema if not exists sync;
    create table if not exists sync.migracion (
      nombre text primary key,
      suma text not null,
      aplicada_en timestamptz not null default now()
    )`);
  const { rows } = await client.query<{ nombre: string; suma: string }>(
    'select nombre, suma from sync.migracion order by nombre',
  );
  return new Map(rows.map((row) => [row.nombre, row.suma]));
}

function check(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const [name, checksum] of applied) {
    const expected = known.get(name);
    if (expected === undefined) {
      throw new MigrationError(
        `La base de datos tiene la migración ${name}, que este programa no conoce: es de una versión más nueva. Instala esa versión.`,
      );
    }
    if (expected !== checksum) {
      throw new MigrationError(
        `El archivo ${name}.sql cambió después de aplicarse. Regrésalo como estaba y pon el cambio en una migración nueva.`,
      );
    }
  }
  const newest = [...applied.keys()].at(-1);
  const late = migrations.find(({ name }) => newest !== undefined && name < newest && !applied.has(name));
  if (late !== undefined) {
    throw new MigrationError(
      `${late.name} llegó tarde: la base de datos ya va en ${newest}. Dale un número mayor.`,
    );
  }
}

/**
 * Brings the database up to date: each file in its own transaction, forward only, all under an advisory
 * lock. A second process that starts meanwhile waits, finds nothing to do and succeeds.
 */
export async function migrate(db: Db, migrations?: readonly Migration[]): Promise<MigrationResult> {
  const all = migrations ?? (await readMigrations());
  const client = await db.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    try {
      const applied = await appliedOn(client);
      check(all, applied);
      const names: string[] = [];
      for (const migration of all) {
        if (applied.has(migration.name)) continue;
        await apply(client, migration);
        names.push(migration.name);
      }
      return { applied: names, current: names.at(-1) ?? [...applied.keys()].at(-1) };
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK_KEY]);
    }
  } finally {
    client.release();
  }
}

async function apply(client: ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into sync.migracion (nombre, suma) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const { message, position } = error as Error & { position?: string };
    const line =
      position === undefined ? '' : ` (línea ${sql.slice(0, Number(position)).split('\n').length})`;
    throw new MigrationError(`La migración ${name} no se pudo aplicar${line}: ${message}`, error);
  }
}

/** The newest migration the database holds; undefined when the runner has never been there. */
export async function currentMigration(db: Db): Promise<string | undefined> {
  const { rows } = await db.pool.query<{ nombre: string }>(
    'select nombre from sync.migracion order by nombre desc limit 1',
  );
  return rows[0]?.nombre;
}
