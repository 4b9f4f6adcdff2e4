import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { findPostgres, startCluster } from '#tests/db/cluster.ts';

/** `npm run schema-sql`: the whole schema as PostgreSQL dumps it, so that a review shows what a migration changes. */
const FILE = path.resolve(import.meta.dirname, '../database/schema.sql');

/** Lines that differ between machines and versions, not between schemas. */
const NOISE = /^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*|)$/;

const cluster = await startCluster();
try {
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query('create database esquema owner devcompras');
  await admin.end();
  const url = cluster.ownerUrl('esquema');
  const db = await createDb({ kind: 'postgres', url, max: 2 });
  await migrate(db);
  await db.close();
  const program = path.join(findPostgres() ?? '', 'pg_dump');
  const dump = execFileSync(program, ['--schema-only', '--no-owner', '--no-tablespaces', url], {
    encoding: 'utf8',
  });
  const lines = dump.split('\n').filter((line) => !NOISE.test(line));
  writeFileSync(
    FILE,
    `-- Made by \`npm run schema-sql\` from the migrations; not edited by hand.\n${lines.join('\n')}\n`,
  );
} finally {
  await cluster.stop();
}
