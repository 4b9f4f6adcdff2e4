/** Writes database/schema.sql, to review what a migration changes. Run: `node database/dump-schema.ts`. */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { findPostgres, startCluster } from '../tests/db/cluster.ts';

const cluster = await startCluster();
try {
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query('create database esquema owner devcompras');
  await admin.end();
  const url = cluster.ownerUrl('esquema');
  const db = await createDb({ kind: 'postgres', url, max: 1 });
  await migrate(db);
  await db.close();
  const dump = execFileSync(
    path.join(findPostgres()!, 'pg_dump'),
    ['--schema-only', '--no-owner', '-n', 'inventario', '-n', 'sync', '-n', 'genai', '-n', 'auth', url],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  // pg_dump's own versions and its per-run guard would differ at every run.
  const texto = dump
    .split('\n')
    .filter((linea) => !/^(\\(un)?restrict |-- Dumped |SET transaction_timeout)/.test(linea))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
  await writeFile(path.resolve(import.meta.dirname, 'schema.sql'), texto);
  console.log(`database/schema.sql, ${texto.split('\n').length} lines`);
} finally {
  await cluster.stop();
}
