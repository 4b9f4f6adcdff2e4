import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asPostgres, type Cluster, findPostgres, freePort, OWNER } from '../db/cluster.ts';

/** A PostgreSQL that keeps its promises (fsync, full pages), to be knocked down and started again. */
export interface ClusterFirme extends Cluster {
  /** `pg_ctl stop -m immediate`. */
  inmediato(): Promise<void>;
  /** `kill -9` of the postmaster and of all its children at once. */
  mata(): Promise<void>;
  /** `kill -9` of one connection's process: PostgreSQL ends all the others and recovers by itself. */
  mataUna(azar: number): Promise<boolean>;
  /** Starts over the same files. Resolves when it answers. */
  arranca(): Promise<void>;
}

const AJUSTES = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '60',
  shared_buffers: '64MB',
  deadlock_timeout: '200ms',
};

/** Ends with this process's end of the pipe, however this process goes; keeps the files. */
const VIGILADO = 'exec 3<&0; "$0" "$@" & p=$!; (cat <&3 >/dev/null; kill -QUIT $p 2>/dev/null) & wait $p';
const PLAZO_MS = 60_000;

/** Processes whose parent is `pid`. */
function hijosDe(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        const stat = readFileSync(`/proc/${candidate}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    });
}

function mataPid(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // why: it ended in between
  }
}

export async function clusterFirme(): Promise<ClusterFirme> {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('PostgreSQL is not installed');
  const dir = await mkdtemp(path.join(tmpdir(), 'devcompras-firme-'));
  await chmod(dir, 0o777);
  const data = path.join(dir, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  const [hacer, hacerArgs] = asPostgres(path.join(bin, 'initdb'), initdb);
  execFileSync(hacer, hacerArgs, { stdio: 'pipe', cwd: dir });
  const port = await freePort();
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;
  let fin: Promise<void> = Promise.resolve();
  let log = '';

  async function contesta(): Promise<boolean> {
    const client = new pg.Client({ connectionString: adminUrl });
    // why: a server that dies under this connection is what the run is about
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function arranca(): Promise<void> {
    const hasta = Date.now() + PLAZO_MS;
    for (;;) {
      if (child === undefined || child.exitCode !== null) {
        const ajustes = Object.entries(AJUSTES).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
        const server = [
          path.join(bin!, 'postgres'),
          '-D',
          data,
          '-h',
          '127.0.0.1',
          '-p',
          String(port),
          '-k',
          dir,
        ];
        const [command, args] = asPostgres('sh', ['-c', VIGILADO, ...server, ...ajustes]);
        const nuevo = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'], cwd: dir });
        child = nuevo;
        nuevo.stderr.on('data', (chunk: Buffer) => {
          log = (log + chunk.toString()).slice(-4_000);
        });
        fin = new Promise((resolve) => nuevo.once('exit', () => resolve()));
      }
      if (await contesta()) return;
      if (Date.now() > hasta) throw new Error(`PostgreSQL did not start: ${log}`);
      // What was killed may still hold its shared memory: the next try finds it free.
      await sleep(50);
    }
  }

  const postmaster = () => Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  /** The pipe of a postmaster that is gone. */
  async function suelta(): Promise<void> {
    child?.stdin?.end();
    await fin;
  }

  await arranca();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create role ${OWNER} login createrole createdb nosuperuser`);
  await admin.end();

  return {
    adminUrl,
    ownerUrl: (database) => `postgres://${OWNER}@127.0.0.1:${port}/${database}`,
    arranca,
    async inmediato() {
      const [command, args] = asPostgres(path.join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate']);
      execFileSync(command, args, { stdio: 'pipe', cwd: dir });
      await suelta();
    },
    async mata() {
      const pid = postmaster();
      for (const uno of [pid, ...hijosDe(pid)]) mataPid(uno);
      await suelta();
    },
    async mataUna(azar) {
      const client = new pg.Client({ connectionString: adminUrl });
      // why: this connection ends with the others
      client.on('error', () => {});
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(
        "select pid from pg_stat_activity where backend_type = 'client backend' and usename <> 'postgres' order by state = 'active' desc, pid",
      );
      const activas = rows.map((row) => row.pid);
      const pid = activas[Math.floor(azar * azar * activas.length)];
      if (pid !== undefined) mataPid(pid);
      await client.end().catch(() => undefined);
      return pid !== undefined;
    },
    async stop() {
      if (child?.exitCode === null) {
        const [command, args] = asPostgres(path.join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate']);
        execFileSync(command, args, { stdio: 'pipe', cwd: dir });
      }
      await suelta();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
