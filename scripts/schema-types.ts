import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { migrate } from '#server/platform/db/migrate.ts';

/** Where the generated types live; `schema-types.db.test.ts` fails when they are behind the migrations. */
export const SCHEMA_TYPES_FILE = path.resolve(import.meta.dirname, '../server/platform/db/schema-types.ts');

const HEADER = `/** Made by \`npm run schema-types\` from the migrations; not edited by hand. */
import type { ColumnType } from 'kysely';

/** \`timestamptz\`: an instant. */
type Instant = ColumnType<Date, Date | string, Date | string>;
/** \`jsonb\`: written as JSON text, because the driver would send an array as a PostgreSQL array. */
type Json = ColumnType<unknown, string, string>;
/** \`numeric\`: decimal text; never a float. */
type Decimal = ColumnType<string, string, string>;
/** \`int8\`: read as text, written as anything whole. */
type Int8 = ColumnType<string, string | number | bigint, string | number | bigint>;
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

type Read<T> = T extends ColumnType<infer S, infer _I, infer _U> ? S : T;
type Write<T> = T extends ColumnType<infer _S, infer I, infer _U> ? I : T;
/** May be null, therefore also left out. */
type Opt<T> = ColumnType<Read<T> | null, Write<T> | null | undefined, Write<T> | null>;
/** Has a default. */
type Def<T> = ColumnType<Read<T>, Write<T> | undefined, Write<T>>;
/** Computed by the database. */
type Calc<T> = ColumnType<Read<T>, never, never>;
`;

const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Bytes',
  int2: 'number',
  int4: 'number',
  int8: 'Int8',
  float4: 'number',
  float8: 'number',
  numeric: 'Decimal',
  jsonb: 'Json',
  json: 'Json',
  timestamptz: 'Instant',
};

interface Column {
  readonly schema: string;
  readonly relation: string;
  readonly name: string;
  readonly udt: string;
  readonly nullable: boolean;
  readonly has_default: boolean;
  readonly computed: boolean;
}

function typeOf(udt: string): string {
  if (!udt.startsWith('_')) return TYPES[udt] ?? 'string';
  const element = TYPES[udt.slice(1)];
  return element === 'number' || element === 'boolean' ? `${element}[]` : 'string[]';
}

function property({ name, udt, nullable, has_default, computed }: Column): string {
  const type = typeOf(udt);
  if (computed) return `    ${name}: Calc<${nullable ? `${type} | null` : type}>;`;
  if (nullable) return `    ${name}: Opt<${type}>;`;
  return `    ${name}: ${has_default ? `Def<${type}>` : type};`;
}

/** The TypeScript text of \`Database\` for a migrated database: every table and view of our schemas. */
export async function schemaTypes(db: Db): Promise<string> {
  const { rows } = await db.pool.query<Column>(`
    select n.nspname as schema, c.relname as relation, a.attname as name, t.typname as udt,
           not a.attnotnull and c.relkind <> 'v' as nullable,
           a.atthasdef or a.attidentity <> '' as has_default,
           a.attgenerated <> '' or c.relkind in ('v', 'm') as computed
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
    where n.nspname in ('auth', 'genai', 'inventario', 'sync') and c.relkind in ('r', 'p', 'v', 'm')
      and a.attnum > 0 and not a.attisdropped
    order by 1, 2, a.attnum`);
  const tables = Map.groupBy(rows, ({ schema, relation }) => `${schema}.${relation}`);
  const blocks = [...tables].map(
    ([table, columns]) => `  '${table}': {\n${columns.map(property).join('\n')}\n  };`,
  );
  return `${HEADER}\nexport interface Database {\n${blocks.join('\n')}\n}\n`;
}

if (import.meta.main) {
  const db = await createDb({ kind: 'pglite', dataDir: undefined });
  await migrate(db);
  await writeFile(SCHEMA_TYPES_FILE, await schemaTypes(db));
  await db.close();
}
