import { EnvError, readEnv } from '#server/env.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { pgliteDir } from '#server/platform/db/dumps.ts';
import { acquireLock, LockedError } from '#server/platform/lock.ts';
import { rehace } from '#server/sync/rehace.ts';
import { cuenta } from '#shared/formato.ts';

/**
 * `npm run rebuild`: after a load whose triggers did not run. With DATABASE_URL the server may be on; with the embedded
 * database it must be off.
 */
async function hazlo(db: Db): Promise<string> {
  const { existencias, filas } = await rehace(db);
  return (
    `Listo: ${cuenta(existencias)} existencias no eran la suma de sus movimientos y ya lo son; ` +
    `${cuenta(filas)} renglones quedaron listados otra vez. Los teléfonos bajan sus datos de nuevo al conectarse; ` +
    'lo que tienen sin enviar no se toca.'
  );
}

async function main(): Promise<string> {
  const env = readEnv();
  if (env.databaseUrl !== undefined) {
    const db = await createDb({ kind: 'postgres', url: env.databaseUrl, max: 1, onProblem: () => {} });
    try {
      return await hazlo(db);
    } finally {
      await db.close();
    }
  }
  const lock = acquireLock(env.dataDir);
  try {
    const db = await createDb({ kind: 'pglite', dataDir: pgliteDir(env.dataDir) });
    try {
      return await hazlo(db);
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
  console.log(known ? error.message : `No se pudo: ${String(error)}. No se cambió nada a medias.`);
  process.exitCode = 1;
}
