import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DbKind } from '../db/db.ts';
import { currentMigration } from '../db/migrate.ts';
import type { Deps } from '../deps.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** A database that doesn't answer in this time counts as away. */
const ANSWER_MS = 3_000;

/** The version of this program, from package.json. */
export const VERSION: string = (
  JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }
).version;

export interface HealthOk {
  readonly status: 'ok';
  readonly version: string;
  readonly database: { readonly kind: DbKind; readonly migration: string | null };
  readonly uptime_s: number;
}

export interface HealthBad {
  readonly status: 'starting' | 'broken';
  readonly version: string;
  /** One Spanish sentence for who runs the server. */
  readonly reason: string;
  readonly uptime_s: number;
}

export function unhealthy(status: HealthBad['status'], reason: string): HealthBad {
  return { status, version: VERSION, reason, uptime_s: Math.floor(process.uptime()) };
}

/** Asks the database. Never rejects. */
export async function checkHealth({
  db,
  logger,
}: Pick<Deps, 'db' | 'logger'>): Promise<HealthOk | HealthBad> {
  const late = new AbortController();
  try {
    const migration = await Promise.race([
      currentMigration(db),
      sleep(ANSWER_MS, undefined, { signal: late.signal, ref: false }).then(() => {
        throw new Error(`no answer in ${ANSWER_MS} ms`);
      }),
    ]);
    return {
      status: 'ok',
      version: VERSION,
      database: { kind: db.kind, migration: migration ?? null },
      uptime_s: Math.floor(process.uptime()),
    };
  } catch (error) {
    logger.warn({ err: error }, 'the database does not answer');
    return unhealthy('broken', 'La base de datos no contesta. Lo guardado en los teléfonos sigue ahí.');
  } finally {
    late.abort();
  }
}
