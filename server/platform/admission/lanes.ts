import { Lane, type LaneLimits, type LanePorts } from './lane.ts';

/** Kinds of work with limits of their own, so that noisy phones never stand before a log-in or an approval. */
export const LANES = ['push', 'pull', 'hello', 'snapshot', 'photos', 'login', 'office'] as const;
export type LaneName = (typeof LANES)[number];

/** `running/waiting` of one lane, as the environment says it. */
export type LaneSize = Pick<LaneLimits, 'running' | 'waiting'>;

/** The most that waits: bodies of push are ≤ 256 kB, so 200 of them are 50 MB. */
const WAITING: Readonly<Record<LaneName, number>> = {
  push: 200,
  pull: 200,
  hello: 300,
  snapshot: 60,
  photos: 20,
  login: 200,
  office: 120,
};

/** Connections that phones never hold: log-ins and approvals need not wait for theirs. */
const FOR_PEOPLE = 2;

/** Share of the other connections to the database; what phones may hold at once adds up to all of them. */
const SHARE: Readonly<Record<LaneName, number>> = {
  push: 0.3,
  pull: 0.3,
  hello: 0.2,
  snapshot: 0.1,
  photos: 0.1,
  login: 0.3,
  office: 0.5,
};

/**
 * What one key may have waiting or running. A phone sends one of each at a time; the second is the one it repeats after
 * its deadline while the first still runs. A screen of the office asks for many things at once.
 */
const PER_KEY: Readonly<Record<LaneName, number>> = {
  push: 2,
  pull: 2,
  hello: 2,
  snapshot: 4,
  photos: 2,
  login: 8,
  office: 24,
};

const PHOTO = /^\/api\/archivos(\/|$)/;
const TRPC = '/api/trpc/';
const OF_PROCEDURE: readonly (readonly [RegExp, LaneName])[] = [
  [/^sync\.(push|quarantine)$/, 'push'],
  [/^sync\.(pull|verify)$/, 'pull'],
  [/^sync\.hello$/, 'hello'],
  [/^(sync\.registra|acceso\..*)$/, 'login'],
];

/** The procedures of a call, `%`-signs and batches included. */
function procedures(path: string): string[] {
  try {
    return decodeURIComponent(path.slice(TRPC.length)).split(',');
  } catch {
    return [];
  }
}

/**
 * The lane of a path; null for what is never held up: health and the app's own files. A batch goes where its most crowded
 * procedure goes.
 */
export function laneOf(path: string): LaneName | null {
  if (path === '/api/health') return null;
  if (path.startsWith('/auth/')) return 'login';
  // Opening one is as light as a greeting; open it holds no turn, and is bounded apart.
  if (path === '/api/eventos') return 'hello';
  if (path.startsWith('/api/sync/snapshot/')) return 'snapshot';
  if (PHOTO.test(path)) return 'photos';
  if (!path.startsWith('/api/')) return null;
  if (!path.startsWith(TRPC)) return 'office';
  const names = procedures(path);
  const found = OF_PROCEDURE.find(([pattern]) => names.some((name) => pattern.test(name)));
  return found?.[1] ?? 'office';
}

/** The lanes of a process with this many connections to its database; `sizes` overrules single ones. */
export function createLanes(
  connections: number,
  options: { readonly waitMs: number; readonly sizes: Readonly<Partial<Record<LaneName, LaneSize>>> },
  ports: LanePorts,
): Readonly<Record<LaneName, Lane>> {
  const made = LANES.map((name) => {
    const size = options.sizes[name] ?? {
      running: Math.max(1, Math.round((connections - FOR_PEOPLE) * SHARE[name])),
      waiting: WAITING[name],
    };
    return [name, new Lane({ ...size, waitMs: options.waitMs, perKey: PER_KEY[name] }, ports)] as const;
  });
  return Object.fromEntries(made) as Record<LaneName, Lane>;
}
