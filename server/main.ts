import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { announce } from './announce.ts';
import { createDeps, jobWorkers, restPlugins } from './app.ts';
import { refuseDemoPasswords } from './demo-passwords.ts';
import { type Env, EnvError, readEnv } from './env.ts';
import { createHttp } from './http.ts';
import { systemClock } from './platform/clock.ts';
import { MigrationError } from './platform/db/migrate.ts';
import { type FrontDoor, openFrontDoor } from './platform/http/front-door.ts';
import { LockedError } from './platform/lock.ts';
import { createLogger, type Logger } from './platform/logger.ts';
import { type OpenDatabase, openDatabase } from './platform/open-database.ts';
import { seedDemoWhenEmpty } from './platform/seed-demo.ts';
import { appRouter } from './trpc/app-router.ts';

const CLIENT_DIR = path.resolve(import.meta.dirname, '../dist');
/** After this long a shutdown that hangs is cut. */
const SHUTDOWN_MS = 30_000;
/** A terminal's Ctrl-C reaches npm, the starter and this process at once: echoes of one signal. */
const SIGNAL_ECHO_MS = 1_000;

/** One sentence for who started the server, and the end. */
function refuse(sentence: string): never {
  process.stderr.write(`\n${sentence}\n\n`);
  process.exit(1);
}

/** The sentence of a failure that whoever starts the server can mend; undefined: it is our own. */
function sentenceOf(error: unknown, env: Env): string | undefined {
  if (error instanceof LockedError || error instanceof MigrationError || error instanceof EnvError) {
    return error.message;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `El puerto ${env.port} ya está ocupado. Cierra el otro programa o usa otro con PORT.`;
  if (code === 'EACCES')
    return `No hay permiso para usar ${env.host}:${env.port} o la carpeta ${env.dataDir}.`;
  if (code === 'EADDRNOTAVAIL') return `HOST=${env.host} no es una dirección de este equipo.`;
  if (code?.startsWith('28') || code?.startsWith('3D'))
    return `PostgreSQL no dejó entrar: ${message}. Revisa DATABASE_URL.`;
  return undefined;
}

function readEnvOrRefuse(): Env {
  try {
    return readEnv();
  } catch (error) {
    if (error instanceof EnvError) refuse(error.message);
    throw error;
  }
}

/** Ends in order: no new requests, then the events, then the database with its dump. */
function shutdownOnSignals(logger: Logger, end: () => Promise<void>): void {
  let since: number | undefined;
  async function stop(reason: string): Promise<void> {
    if (since !== undefined) {
      if (Date.now() - since > SIGNAL_ECHO_MS) process.exit(1);
      return;
    }
    since = Date.now();
    logger.info({ reason }, 'apagando');
    const late = sleep(SHUTDOWN_MS, 'late' as const, { ref: false });
    const result = await Promise.race([
      end().then(
        () => 'done' as const,
        (error: unknown) => error,
      ),
      late,
    ]);
    if (result !== 'done') logger.error({ err: result }, 'el apagado no terminó bien');
    process.exit(result === 'done' ? 0 : 1);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
  // The starter is gone without having said so.
  process.on('disconnect', () => void stop('disconnect'));
}

async function start(env: Env, logger: Logger): Promise<void> {
  let database: OpenDatabase | undefined;
  let door: FrontDoor | undefined;
  const ending: (() => Promise<void>)[] = [];
  shutdownOnSignals(logger, async () => {
    await door?.close();
    for (const end of ending.reverse()) await end();
    await database?.close();
  });

  const clock = systemClock;
  door = await openFrontDoor(env.host, env.port);
  const { server, setReason, url } = door;
  try {
    database = await openDatabase({ env, logger, clock, onStep: (reason) => setReason('starting', reason) });
  } catch (error) {
    await door.close();
    throw error;
  }
  const { db } = database;
  void database.crashed.then((error) => {
    logger.fatal({ err: error }, 'la base de datos integrada se detuvo');
    process.exit(1);
  });
  if (env.demo) {
    setReason('starting', 'Creando la empresa de demostración.');
    await seedDemoWhenEmpty(db, logger);
  }

  await refuseDemoPasswords(env, db);

  const deps = await createDeps(env, db, logger, clock);
  ending.push(() => deps.events.close());
  ending.push(() => deps.jobs.close());
  let handler: Parameters<FrontDoor['open']>[0] | undefined;
  const app = await createHttp({
    deps,
    router: appRouter,
    rest: restPlugins,
    clientDir: CLIENT_DIR,
    serverFactory: (listener) => {
      handler = listener;
      return server;
    },
  });
  ending.push(() => app.close());
  await app.ready();
  // Not before: a request that reaches the routes while they are put together ends the process.
  if (handler !== undefined) door.open(handler);
  for (const work of jobWorkers) await work(deps);
  await announce(deps, url);
}

const env = readEnvOrRefuse();
const logger = createLogger(env.logLevel);
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    logger.fatal({ err: error }, event);
    process.exit(1);
  });
}
try {
  await start(env, logger);
} catch (error) {
  const sentence = sentenceOf(error, env);
  if (sentence !== undefined) refuse(sentence);
  logger.fatal({ err: error }, 'no se pudo arrancar');
  process.exit(1);
}
