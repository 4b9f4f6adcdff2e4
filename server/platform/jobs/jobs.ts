import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromKysely, type JobWithMetadata, PgBoss, type Db as PgBossDb } from 'pg-boss';
import type * as z from 'zod/mini';
import type { Db, Tx } from '../db/db.ts';
import { sqlState } from '../db/retry.ts';
import type { Logger } from '../logger.ts';

/** pg-boss keeps its tables here, and makes and migrates them itself. */
const SCHEMA = 'pgboss';
/** A process that is silent for this long is taken for dead, and another does its work. */
const HEARTBEAT_S = 30;
const MONITOR_S = 15;
/** Only what NOTIFY does not tell waits for this: second tries, and what a dead process left. */
const POLL_S = 5;
const STOP_MS = 10_000;
/** Schema, table, function, row or catalogue entry that is there already. */
const MADE_MEANWHILE: ReadonlySet<string> = new Set(['23505', '42P06', '42P07', '42710', '42723', 'XX000']);
const START_TRIES = 10;
const START_PAUSE_MS = 300;

/** What a run of a job is told. */
export interface Run {
  readonly id: string;
  /** 0 the first time. */
  readonly retry: number;
  /** Aborted when the server stops or the job's time is over: leave at a point from which the next run goes on. */
  readonly signal: AbortSignal;
}

/**
 * A kind of work that outlives the process that was asked for it. It may run more than once (a process dies after the work and
 * before the note of it), so `run` does each of its effects once however often it is called.
 */
export interface JobKind<Data extends object> {
  /** `capability.verb`; data and meaning only change by addition, since jobs wait in the database across versions. */
  readonly name: string;
  readonly schema: z.ZodMiniType<Data>;
  /** Runs after the first that failed; the waits grow from `retryDelayS` by doubling, with chance, up to `retryMaxS`. */
  readonly retries: number;
  readonly retryDelayS: number;
  readonly retryMaxS?: number | undefined;
  /** A run that takes longer is given up and counts as failed. */
  readonly timeoutS: number;
  /** How many of this kind at once in one process; 1 when left out. */
  readonly atOnce?: number | undefined;
  run(data: Data, run: Run): Promise<void>;
}

export interface EnqueueOptions {
  /** While one of the same kind and key waits or runs, another is not added. */
  readonly key?: string | undefined;
  /** Not before this instant. */
  readonly at?: Date | undefined;
}

/** Work that is done later, by whichever process of the server is free; all of it is in the database. */
export interface Jobs {
  /** Makes the queue, so that jobs of this kind can be added. `work` and `schedule` do it too. */
  prepare<Data extends object>(kind: JobKind<Data>): Promise<void>;
  /**
   * Added when `tx` commits; a rolled back transaction adds nothing. Null: the same key waits or runs already. The kind must
   * have been prepared: a queue cannot be made inside the transaction of the embedded database's one connection.
   */
  enqueue<Data extends object>(
    tx: Tx,
    kind: JobKind<Data>,
    data: Data,
    options?: EnqueueOptions,
  ): Promise<string | null>;
  /** From now on this process does jobs of this kind. */
  work<Data extends object>(kind: JobKind<Data>): Promise<void>;
  /** Adds one at each moment of a cron expression, in an IANA time zone, once for all processes; replaces the former schedule of the key. */
  schedule<Data extends object>(
    kind: JobKind<Data>,
    cron: string,
    zone: string,
    data: Data,
    key?: string,
  ): Promise<void>;
  unschedule<Data extends object>(kind: JobKind<Data>, key?: string): Promise<void>;
  /** Waits for what runs, at most ten seconds; what is cut goes on in the next process. */
  close(): Promise<void>;
}

function adapter(db: Db): PgBossDb {
  return {
    // Several statements in one text answer with a list; pg-boss knows that.
    executeSql: (text, values) => db.pool.query(text, values === undefined ? undefined : [...values]),
    async listen(channel, onNotification, onReconnect) {
      const stop = await db.listen(channel, (payload) => {
        if (payload === '') onReconnect();
        else onNotification(payload);
      });
      return { close: stop };
    },
  };
}

/**
 * The job queue of this process, over pg-boss (SELECT … FOR UPDATE SKIP LOCKED in PostgreSQL itself). Nothing is done before
 * the first call, so that a process or a test that needs no job pays nothing.
 */
export function createJobs(db: Db, logger: Logger, pollS = POLL_S): Jobs {
  let starting: Promise<PgBoss> | undefined;
  const queues = new Map<string, Promise<void>>();
  const ready = new Set<string>();
  const stopping = new AbortController();

  async function start(left = START_TRIES): Promise<PgBoss> {
    const boss = new PgBoss({
      schema: SCHEMA,
      db: adapter(db),
      useListenNotify: true,
      // The embedded database is one connection: its housekeeping is ours.
      reindex: db.kind === 'postgres',
      monitorVacuum: db.kind === 'postgres',
      monitorIntervalSeconds: MONITOR_S,
      superviseIntervalSeconds: MONITOR_S,
    });
    boss.on('error', (error) => {
      if (!stopping.signal.aborted) logger.warn({ err: error }, 'the job queue had a failure');
    });
    try {
      await boss.start();
    } catch (error) {
      // Two processes that start at once on an empty database make the same tables: the second finds them there.
      if (left > 0 && MADE_MEANWHILE.has(sqlState(error) ?? '')) {
        await sleep(START_PAUSE_MS);
        return start(left - 1);
      }
      throw error;
    }
    return boss;
  }

  async function open<Data extends object>(kind: JobKind<Data>): Promise<PgBoss> {
    starting ??= start();
    const boss = await starting;
    let made = queues.get(kind.name);
    if (made === undefined) {
      const options = {
        policy: 'exclusive',
        notify: true,
        retryLimit: kind.retries,
        retryDelay: kind.retryDelayS,
        retryBackoff: true,
        ...(kind.retryMaxS === undefined ? {} : { retryDelayMax: kind.retryMaxS }),
        expireInSeconds: kind.timeoutS,
        heartbeatSeconds: HEARTBEAT_S,
      };
      made = boss.createQueue(kind.name, options).then(() => {
        const { policy: _fixed, ...changing } = options;
        return boss.updateQueue(kind.name, changing);
      });
      queues.set(kind.name, made);
    }
    await made;
    ready.add(kind.name);
    return boss;
  }

  async function handle<Data extends object>(kind: JobKind<Data>, job: JobWithMetadata<Data>): Promise<void> {
    const signal = AbortSignal.any([job.signal, stopping.signal]);
    try {
      await kind.run(kind.schema.parse(job.data), { id: job.id, retry: job.retryCount, signal });
    } catch (error) {
      const last = job.retryCount >= job.retryLimit;
      if (!stopping.signal.aborted)
        logger[last ? 'error' : 'warn'](
          { err: error, job: kind.name, id: job.id, retry: job.retryCount },
          'job failed',
        );
      throw error;
    }
  }

  return {
    async prepare(kind) {
      await open(kind);
    },
    async enqueue(tx, kind, data, { key, at } = {}) {
      if (!ready.has(kind.name)) throw new Error(`the queue ${kind.name} was not prepared`);
      const boss = await open(kind);
      return boss.send(kind.name, kind.schema.parse(data), {
        db: fromKysely(tx),
        // The queue holds one for each key: without one it gets a key of its own.
        singletonKey: key ?? randomUUID(),
        ...(at === undefined ? {} : { startAfter: at }),
      });
    },
    async work(kind) {
      const boss = await open(kind);
      await boss.work(
        kind.name,
        {
          includeMetadata: true,
          batchSize: 1,
          localConcurrency: kind.atOnce ?? 1,
          pollingIntervalSeconds: Math.min(2, pollS),
          notifyPollingIntervalSeconds: pollS,
        },
        async ([job]: JobWithMetadata<never>[]) => {
          if (job !== undefined) await handle(kind, job);
        },
      );
    },
    async schedule(kind, cron, zone, data, key) {
      const boss = await open(kind);
      await boss.schedule(kind.name, cron, kind.schema.parse(data), {
        tz: zone,
        ...(key === undefined ? {} : { key }),
      });
    },
    async unschedule(kind, key) {
      const boss = await open(kind);
      await boss.unschedule(kind.name, key);
    },
    async close() {
      if (starting === undefined) return;
      stopping.abort();
      const boss = await starting.catch(() => undefined);
      await boss?.stop({ graceful: true, timeout: STOP_MS, close: false });
    },
  };
}
