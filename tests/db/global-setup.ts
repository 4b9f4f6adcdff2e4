import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { type Cluster, findPostgres, startCluster } from './cluster.ts';
import { TEMPLATE } from './names.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the throw-away cluster listens; undefined when there is no PostgreSQL here. */
    cluster: { adminUrl: string; ownerUrl: string } | undefined;
  }
}

interface Shared {
  users: number;
  starting: Promise<Cluster>;
}

/** One cluster for all vitest projects of a run: each project loads this module anew, so it hangs on globalThis. */
const holder = globalThis as typeof globalThis & { devcomprasCluster?: Shared };

async function startWithTemplate(): Promise<Cluster> {
  const cluster = await startCluster();
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE} owner devcompras`);
  await admin.end();
  const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl(TEMPLATE), max: 2 });
  try {
    await migrate(db);
  } finally {
    await db.close();
  }
  return cluster;
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (findPostgres() === undefined) {
    project.provide('cluster', undefined);
    return undefined;
  }
  holder.devcomprasCluster ??= { users: 0, starting: startWithTemplate() };
  const shared = holder.devcomprasCluster;
  shared.users++;
  const cluster = await shared.starting;
  project.provide('cluster', { adminUrl: cluster.adminUrl, ownerUrl: cluster.ownerUrl('') });
  return async () => {
    shared.users--;
    if (shared.users > 0) return;
    delete holder.devcomprasCluster;
    await cluster.stop();
  };
}
