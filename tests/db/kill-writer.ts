import { createDb } from '#server/platform/db/create-db.ts';

/** A process to be killed: writes numbered rows one by one and prints each number once its commit is confirmed. */
const db = await createDb({ kind: 'pglite', dataDir: process.argv[2] });
await db.pool.query('create table if not exists acuse (n int primary key, relleno text)');
for (let n = 1; ; n++) {
  await db.pool.query('insert into acuse values ($1, $2)', [n, 'x'.repeat(500)]);
  process.stdout.write(`${n}\n`);
}
