import type { Db } from './db/db.ts';
import { isCompanyEmpty } from './demo.sql.ts';
import type { Logger } from './logger.ts';

const LOCK_KEY = 4_206_116;

/**
 * Fills an empty database with the demo company. Of several processes that start at once one does it and
 * the others wait; on PGlite there is only one, and a lock on its only connection would wait for itself.
 */
export async function seedDemoWhenEmpty(db: Db, logger: Logger): Promise<void> {
  if (!(await isCompanyEmpty(db))) return;
  const lock = db.kind === 'postgres' ? await db.pool.connect() : undefined;
  try {
    await lock?.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    if (!(await isCompanyEmpty(db))) return;
    const started = performance.now();
    // Loaded only here: a server in use never needs the generator.
    const { seedDemo } = await import('../../database/seed/demo.ts');
    await seedDemo(db);
    logger.info({ ms: Math.round(performance.now() - started) }, 'empresa de demostración creada');
  } finally {
    await lock?.query('select pg_advisory_unlock($1)', [LOCK_KEY]);
    lock?.release();
  }
}
