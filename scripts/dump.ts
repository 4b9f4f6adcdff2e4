import { EnvError, readEnv } from '#server/env.ts';
import { systemClock } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import { pgliteDir, writeDump } from '#server/platform/db/dumps.ts';
import { acquireLock, LockedError } from '#server/platform/lock.ts';

/** `npm run dump`: writes a dump of the embedded database now. The server must be off (it dumps by itself). */
async function main(): Promise<string> {
  const env = readEnv();
  if (env.databaseUrl !== undefined) {
    throw new EnvError('Con DATABASE_URL los respaldos son los de PostgreSQL: usa pg_dump.');
  }
  const lock = acquireLock(env.dataDir);
  try {
    const db = await createDb({ kind: 'pglite', dataDir: pgliteDir(env.dataDir) });
    try {
      return `Respaldo escrito: ${await writeDump(db, env.dataDir, env.dumpKeep, systemClock)}`;
    } finally {
      await db.close();
    }
  } finally {
    lock.release();
  }
}

try {
  console.log(await main());
} catch (error) {
  const known = error instanceof EnvError || error instanceof LockedError;
  console.log(known ? error.message : `No se pudo escribir el respaldo: ${String(error)}`);
  process.exitCode = 1;
}
