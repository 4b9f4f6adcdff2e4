import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const ENDED_ELSEWHERE = ['**/node_modules/**', '**/dist/**', 'tests/e2e/**'];
const SETUP = ['tests/setup.ts'];
const GLOBAL = ['tests/db/global-setup.ts'];

/**
 * unit: no I/O. db: PostgreSQL. db-pglite: the files named `*.both.db.test.ts`, once more on the embedded
 * database. sim: several phones against a server.
 */
export default defineConfig({
  test: {
    // One less than the cores by default, which on two leaves half of the machine waiting for the disk.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts', 'server/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
      // What runs only as a process of its own (main, the embedded database's worker) is tested and not counted.
      thresholds: { 'shared/**': { lines: 95 }, 'server/**': { lines: 85 } },
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,client,server,database,scripts,bench}/**/*.test.{ts,tsx}', 'tests/*.test.ts'],
          exclude: [...ENDED_ELSEWHERE, '**/*.db.test.ts', '**/*.sim.test.ts'],
          setupFiles: SETUP,
          // Some start processes; on a busy machine of two cores their turn may be long in coming.
          testTimeout: 40_000,
        },
      },
      {
        test: {
          name: 'db',
          // Each file closes what it opened (tests/setup.ts), so a worker may keep the server's modules: a third of the time.
          isolate: false,
          include: ['**/*.db.test.ts'],
          exclude: ENDED_ELSEWHERE,
          globalSetup: GLOBAL,
          setupFiles: SETUP,
          testTimeout: 40_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'db-pglite',
          isolate: false,
          include: ['**/*.both.db.test.ts'],
          exclude: ENDED_ELSEWHERE,
          env: { DB_KIND: 'pglite' },
          globalSetup: GLOBAL,
          setupFiles: SETUP,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'sim',
          include: ['**/*.sim.test.ts'],
          exclude: ENDED_ELSEWHERE,
          globalSetup: GLOBAL,
          setupFiles: SETUP,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
