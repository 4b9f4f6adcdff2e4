import type { Deps } from '#server/platform/deps.ts';

/** What the background work of imports needs; a procedure's context and a script have it too. */
export type Taller = Pick<Deps, 'db' | 'clock' | 'logger' | 'events' | 'jobs'>;
