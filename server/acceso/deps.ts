import type { Deps } from '#server/platform/deps.ts';

/** What the use cases of access need; the server's `Deps` and a request's `Context` both have it. */
export type AccesoDeps = Pick<Deps, 'db' | 'clock'>;
