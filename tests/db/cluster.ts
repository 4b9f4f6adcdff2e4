import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A throw-away PostgreSQL. */
export interface Cluster {
  /** As superuser `postgres`, database `postgres`. */
  readonly adminUrl: string;
  /** URL of a database for the tests' owner role, which is no superuser. */
  ownerUrl(database: string): string;
  stop(): Promise<void>;
}

/** Name of the role the application connects as in tests: may create roles and databases, nothing more. */
export const OWNER = 'devcompras';

/** The folder with initdb and postgres, newest version first; undefined where none is installed. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian)
        .sort((a, b) => Number(b) - Number(a))
        .map((v) => path.join(debian, v, 'bin'))
    : [];
  const fromPath = (process.env.PATH ?? '').split(path.delimiter);
  return [...versions, '/opt/homebrew/opt/postgresql/bin', ...fromPath].find(
    (dir) => existsSync(path.join(dir, 'initdb')) && existsSync(path.join(dir, 'postgres')),
  );
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** postgres refuses to run as root; there the `postgres` account of the package runs it. */
export function asPostgres(command: string, args: string[]): [string, string[]] {
  const root = process.getuid?.() === 0;
  return root ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
}

/** What a throw-away cluster gives up for speed: it need not survive anything. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  shared_buffers: '128MB',
  deadlock_timeout: '200ms',
};

/**
 * Runs the server given as arguments until it ends or our end of the pipe closes, which also happens when the
 * test run is killed: then it is shut down at once and its files go. An abandoned server would live for ever.
 */
const WATCHED = 'exec 3<&0; "$0" "$@" & p=$!; (cat <&3 >/dev/null; kill -QUIT $p) & wait $p; rm -rf "$2"';

/**
 * Makes and starts a cluster, with these settings over the usual ones. Rejects when there is no PostgreSQL or it doesn't
 * come up in 30 s.
 */
export async function startCluster(others: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('PostgreSQL is not installed');
  const dir = await mkdtemp(path.join(tmpdir(), 'devcompras-pg-'));
  await chmod(dir, 0o777);
  const data = path.join(dir, 'data');
  const [initdb, initdbArgs] = asPostgres(path.join(bin, 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]);
  execFileSync(initdb, initdbArgs, { stdio: 'pipe', cwd: dir });

  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, ...others }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = [path.join(bin, 'postgres'), '-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', dir];
  const [command, args] = asPostgres('sh', ['-c', WATCHED, ...server, ...settings]);
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'], cwd: dir });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });

  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: adminUrl });
    try {
      await client.connect();
      await client.query(`create role ${OWNER} login createrole createdb nosuperuser`);
      await client.end();
      break;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (child.exitCode !== null || tries > 300)
        throw new Error(`PostgreSQL did not start: ${log}`, { cause: error });
      await sleep(100);
    }
  }
  return {
    adminUrl,
    ownerUrl: (database) => `postgres://${OWNER}@127.0.0.1:${port}/${database}`,
    async stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.stdin.end();
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}
