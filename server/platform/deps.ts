import type { Env } from '../env.ts';
import type { Clock } from './clock.ts';
import type { Db } from './db/db.ts';
import type { Events } from './events.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Logger } from './logger.ts';

/** Who an access token speaks for; null when it is expired, forged or for somebody else. */
export type VerifyAccessToken = (
  token: string,
) => Promise<{ sub: string; email?: string | undefined } | null>;

/** What every part of the server is given; made once in `main.ts`, or by a test. */
export interface Deps {
  readonly env: Env;
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly verifyAccessToken: VerifyAccessToken;
}
