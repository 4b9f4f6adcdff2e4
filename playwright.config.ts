import { defineConfig } from '@playwright/test';
import { findPostgres } from './tests/db/cluster.ts';
import { CHROMIUM, SWITCHES } from './tests/e2e/support/chromium.ts';
import type { Trabajador } from './tests/e2e/support/prueba.ts';

/** `npm run pantallas` makes the pictures of docs/img instead of running the tests. Workers inherit the word. */
if (process.argv.includes('--project=pantallas')) process.env.PANTALLAS = '1';
const PANTALLAS = process.env.PANTALLAS === '1';

if (!PANTALLAS && process.env.TEST_WORKER_INDEX === undefined && findPostgres() === undefined)
  process.stdout.write('La historia no se prueba sobre PostgreSQL: aquí no está instalado.\n');

/**
 * Everything runs on PGlite; the story once more on PostgreSQL. Two workers for two cores; a test that fails
 * is never run again to see it pass.
 */
export default defineConfig<object, Trabajador>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/preparacion.ts',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'line',
  use: {
    trace: 'retain-on-failure',
    actionTimeout: 20_000,
    launchOptions: { executablePath: CHROMIUM, args: SWITCHES },
  },
  projects: PANTALLAS
    ? [{ name: 'pantallas', testMatch: 'pantallas.e2e.ts', use: { base: 'pglite' } }]
    : [
        { name: 'pglite', testMatch: '*.e2e.ts', testIgnore: 'pantallas.e2e.ts', use: { base: 'pglite' } },
        { name: 'postgres', testMatch: 'historia.e2e.ts', use: { base: 'postgres' } },
      ],
});
