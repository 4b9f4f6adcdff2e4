import { existsSync } from 'node:fs';
import { EnvError, readEnv } from '#server/env.ts';
import { systemClock } from '#server/platform/clock.ts';
import { listDumps, restoreDump } from '#server/platform/db/dumps.ts';
import { acquireLock, LockedError } from '#server/platform/lock.ts';

/** `npm run restore -- FILE`: puts a dump in the place of the embedded database. The server must be off. */
async function main(file: string | undefined): Promise<string> {
  const env = readEnv();
  if (env.databaseUrl !== undefined) {
    throw new EnvError('Con DATABASE_URL los respaldos son los de PostgreSQL: usa pg_restore.');
  }
  if (file === undefined) {
    const dumps = await listDumps(env.dataDir);
    return dumps.length === 0
      ? `No hay respaldos en ${env.dataDir}.`
      : `Di cuál: npm run restore -- ARCHIVO\nRespaldos, del más nuevo al más viejo:\n  ${dumps.join('\n  ')}`;
  }
  if (!existsSync(file)) throw new EnvError(`No existe el archivo ${file}.`);
  const lock = acquireLock(env.dataDir);
  try {
    const { migration, previous } = await restoreDump(env.dataDir, file, systemClock);
    const before = previous === undefined ? '' : ` Lo que había quedó en ${previous}.`;
    return `Listo: se restauró ${file} (migración ${migration ?? 'ninguna'}).${before} Arranca con npm start.`;
  } finally {
    lock.release();
  }
}

try {
  console.log(await main(process.argv[2]));
} catch (error) {
  const known = error instanceof EnvError || error instanceof LockedError;
  console.log(known ? error.message : `No se pudo restaurar: ${String(error)}. No se cambió nada.`);
  process.exitCode = 1;
}
