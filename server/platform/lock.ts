import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

const FILE = 'devcompras.lock';
/** How often the holder touches its file, and how stale it may be for a machine whose processes can't be seen from here. */
const HEARTBEAT_MS = 5_000;
const FOREIGN_STALE_MS = 30_000;
/** Between making the file and filling it, another process sees it empty. */
const BEING_WRITTEN_MS = 1_000;

/** Who holds a data folder. `start` tells apart two processes that were given the same pid. */
export interface Holder {
  readonly pid: number;
  /** Boot and start time of the process, in the system's own notation. */
  readonly start: string;
  readonly host: string;
}

/** Another process is using the folder; the message is a Spanish sentence for who starts the server. */
export class LockedError extends Error {
  readonly holder: Holder;

  constructor(dir: string, holder: Holder) {
    const who = holder.host === hostname() ? `el proceso ${holder.pid}` : `otro equipo (${holder.host})`;
    super(
      `La carpeta de datos ${dir} ya está en uso por ${who}. Dos servidores en la misma carpeta pierden datos: apaga el otro, o usa otra carpeta con DATA_DIR.`,
    );
    this.name = 'LockedError';
    this.holder = holder;
  }
}

/**
 * When a process began: boot id + clock ticks on Linux, `ps`'s start time elsewhere on Unix, empty where
 * nothing can say. Undefined: no such process.
 */
export function processStart(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command name, in parentheses, may itself hold spaces; the start time is the 22nd field.
      return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
    }
    if (process.platform !== 'win32') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    }
  } catch {
    return '';
  }
  return '';
}

/** True while the holder may still be writing. */
function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== hostname()) return ageMs(file) < FOREIGN_STALE_MS;
  const start = processStart(holder.pid);
  if (start === undefined) return false;
  return start === '' || holder.start === '' || start === holder.start;
}

/** Undefined: the file is gone. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Null: not a holder's text, cut short by a crash or still being written. */
function parseHolder(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return null;
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function ageMs(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

/**
 * Takes the folder for this process, making it when needed. PGlite has no lock of its own, and two
 * processes on one folder silently lose data. A file left by a dead process, also one whose pid was given to
 * another program since, is replaced. Throws `LockedError`.
 */
export function acquireLock(dir: string): { release(): void } {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, FILE);
  const me: Holder = { pid: process.pid, start: processStart(process.pid) ?? '', host: hostname() };
  const text = JSON.stringify(me);
  for (;;) {
    try {
      writeFileSync(file, text, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = readText(file);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder === null && ageMs(file) < BEING_WRITTEN_MS) {
      pause(50);
      continue;
    }
    if (holder !== null && isAlive(holder, file)) throw new LockedError(dir, holder);
    discard(file, found);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // The folder went away under us; the database will say so.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      if (readText(file) === text) rmSync(file);
    },
  };
}

/**
 * Removes a dead holder's file. Renaming first makes sure that of two processes which saw the same dead
 * holder, the slower one doesn't remove the new file of the faster one: it finds another text and puts it back.
 */
function discard(file: string, dead: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) === dead) rmSync(aside, { force: true });
  else renameSync(aside, file);
}
