import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EnvError, readEnv } from '#server/env.ts';
import { importaDesdeConsola } from '#server/importar/desde-consola.ts';
import { systemClock } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { pgliteDir } from '#server/platform/db/dumps.ts';
import { MigrationError, migrate } from '#server/platform/db/migrate.ts';
import { toAppError } from '#server/platform/errors.ts';
import { createEvents } from '#server/platform/events.ts';
import { createJobs } from '#server/platform/jobs/jobs.ts';
import { acquireLock, LockedError } from '#server/platform/lock.ts';
import { createLogger } from '#server/platform/logger.ts';
import { OpcionesImportacion } from '#shared/contracts/importar.ts';
import { mensajeDe } from '#shared/errores.ts';

const USO = `Uso: npm run importar -- ARCHIVO [--aplicar] [--tipo inventario|ventas|compras|productos] [--almacen CODIGO]
       [--fecha AAAA-MM-DD] [--momento antes_de_abrir|al_cerrar] [--traslape omitir|sustituir|sumar]
       [--nuevos omitir|crear] [--usuario CORREO]
Sin --aplicar solo ensaya: escribe en JSON lo que haría y no cambia nada.
Sale con 0 si todo salió bien, 1 si el archivo no se pudo leer o aplicar, 2 si la orden está mal escrita, 3 si falta contestar algo.`;

/** What a person wrote wrong in the order itself. */
class UsoError extends Error {}

function lee() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        aplicar: { type: 'boolean', default: false },
        tipo: { type: 'string' },
        almacen: { type: 'string' },
        fecha: { type: 'string' },
        momento: { type: 'string' },
        traslape: { type: 'string' },
        nuevos: { type: 'string' },
        usuario: { type: 'string' },
      },
    });
    const [archivo, ...sobra] = positionals;
    if (archivo === undefined || sobra.length > 0) throw new UsoError(USO);
    const { tipo, fecha, momento, traslape, nuevos } = values;
    const opciones = OpcionesImportacion.parse(
      Object.fromEntries(
        Object.entries({ tipo, fecha, momento, traslape, productosNuevos: nuevos }).filter(
          ([, v]) => v !== undefined,
        ),
      ),
    );
    return { archivo, opciones, aplicar: values.aplicar, almacen: values.almacen, correo: values.usuario };
  } catch (error) {
    throw error instanceof UsoError ? error : new UsoError(USO);
  }
}

async function con<T>(fn: (db: Db) => Promise<T>): Promise<T> {
  const env = readEnv();
  if (env.databaseUrl !== undefined) {
    const db = await createDb({ kind: 'postgres', url: env.databaseUrl, max: 3, onProblem: () => {} });
    try {
      await migrate(db);
      return await fn(db);
    } finally {
      await db.close();
    }
  }
  const lock = acquireLock(env.dataDir);
  try {
    const db = await createDb({ kind: 'pglite', dataDir: pgliteDir(env.dataDir) });
    try {
      await migrate(db);
      return await fn(db);
    } finally {
      await db.close();
    }
  } finally {
    lock.release();
  }
}

async function main(): Promise<number> {
  const { archivo, ...pedido } = lee();
  const bytes = await readFile(archivo).catch(() => {
    throw new UsoError(`No se encontró el archivo ${archivo}.`);
  });
  const logger = createLogger('silent');
  const hecha = await con(async (db) => {
    const events = await createEvents(db, logger);
    try {
      const taller = { db, events, logger, clock: systemClock, jobs: createJobs(db, logger) };
      return await importaDesdeConsola(taller, { filename: path.basename(archivo), bytes, ...pedido });
    } finally {
      await events.close();
    }
  });
  const {
    filename,
    status,
    file_type: tipo,
    opciones,
    analisis,
    ensayo,
    error,
    records_processed: aplicadas,
  } = hecha;
  console.log(
    JSON.stringify(
      { archivo: filename, estado: status, tipo, aplicadas, opciones, analisis, ensayo, error },
      null,
      2,
    ),
  );
  if (error !== null) return 1;
  return (ensayo?.faltan.length ?? 0) > 0 ? 3 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UsoError) {
    console.error(error.message);
    process.exitCode = 2;
  } else if (error instanceof LockedError) {
    console.error(
      `${error.message}\nCon el servidor prendido, importa desde la pantalla «Importar»; desde aquí hace falta apagarlo.`,
    );
    process.exitCode = 1;
  } else if (error instanceof EnvError || error instanceof MigrationError) {
    console.error(error.message);
    process.exitCode = 1;
  } else {
    const app = toAppError(error);
    console.error(
      JSON.stringify(
        { error_type: app.code, user_message: mensajeDe(app.code, app.data), suggestions: [] },
        null,
        2,
      ),
    );
    if (app.code === 'ERROR_INTERNO') console.error(String(error));
    process.exitCode = app.code === 'IMPORTACION_FALTA' ? 3 : 1;
  }
}
