// `npm test`: everything, from a bare clone, ending in one line that says how many passed and failed.
// `npm run validate:full` (--full) adds coverage, longer runs (FULL=1) and every browser test three times.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, ensureInstalled, environment, findNode, isBuilt, programOf, ROOT } from './ground.mjs';
import { findChromium, hasPostgres } from './tools.mjs';

const FULL = process.argv.includes('--full');
const RESULTS = path.join(ROOT, '.cache', 'resultados');
const STAGE_TIMEOUT_MS = (FULL ? 60 : 8) * 60_000;

const total = { passed: 0, failed: 0, skipped: 0 };
const times = [];
const skips = [];
const failures = [];

function add(stage, { passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failures.push(`${stage}: ${failed}`);
}

/** Notes what was left out and why, counted as one skipped. */
function skip(stage, reason) {
  skips.push(`${stage}: ${reason}`);
  total.skipped++;
}

async function timed(stage, work) {
  process.stdout.write(`\n── ${stage}\n`);
  const started = performance.now();
  const result = await work();
  times.push([stage, (performance.now() - started) / 1000]);
  return result;
}

/** Runs a program, cutting it after the stage's time; resolves with its exit code. */
function execute(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: ROOT, stdio: 'inherit', env: { ...environment(node), ...env } });
    const timer = setTimeout(() => {
      process.stdout.write(`Se pasó de ${STAGE_TIMEOUT_MS / 60_000} minutos; se corta.\n`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    }, STAGE_TIMEOUT_MS);
    child.on('error', () => resolve(1));
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}

/** One check that passes or fails as a whole. */
async function check(stage, args) {
  const code = await timed(stage, () => execute(args));
  add(stage, code === 0 ? { passed: 1 } : { failed: 1 });
}

function report(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A run that ended badly without naming a failed test (a file that didn't load) is one failure. */
function countOf(code, { passed, failed, skipped }) {
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

async function vitest(postgres) {
  const file = path.join(RESULTS, 'vitest.json');
  const projects = postgres ? [] : ['--project', 'unit', '--project', 'db-pglite'];
  if (!postgres) skip('pruebas sobre PostgreSQL y simulación', 'no hay PostgreSQL y apt no pudo instalarlo');
  const code = await timed('vitest: unidad, base de datos, simulación', () =>
    execute([
      programOf('vitest'),
      'run',
      ...projects,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...(FULL ? ['--coverage'] : []),
    ]),
  );
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
    testResults = [],
  } = report(file) ?? {};
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  for (const { name, message } of unloaded)
    process.stdout.write(`No cargó ${path.relative(ROOT, name)}: ${message}\n`);
  add(
    'vitest',
    countOf(code, {
      passed: numPassedTests,
      failed: numFailedTests + unloaded.length,
      skipped: numPendingTests + numTodoTests,
    }),
  );
}

async function e2e() {
  const chromium = findChromium(node);
  if (!chromium.found) {
    skip('pruebas en el navegador', 'no hay Chromium, y ni apt ni Playwright pudieron instalarlo');
    return;
  }
  const file = path.join(RESULTS, 'playwright.json');
  const code = await timed('playwright: en el navegador', () =>
    execute([programOf('playwright'), 'test', '--reporter=line,json', ...(FULL ? ['--repeat-each=3'] : [])], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      ...(chromium.path === undefined ? {} : { CHROMIUM_PATH: chromium.path }),
    }),
  );
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report(file)?.stats ?? {};
  if (flaky > 0) skips.push(`${flaky} pruebas del navegador pasaron solo al repetirse`);
  add('playwright', countOf(code, { passed: expected + flaky, failed: unexpected, skipped }));
}

function finish() {
  process.stdout.write('\n── Tiempos\n');
  for (const [stage, seconds] of times)
    process.stdout.write(`${seconds.toFixed(1).padStart(7)} s  ${stage}\n`);
  if (skips.length > 0)
    process.stdout.write(`\nNo se probó:\n${skips.map((line) => `  ${line}\n`).join('')}`);
  if (failures.length > 0)
    process.stdout.write(`\nFalló:\n${failures.map((line) => `  ${line}\n`).join('')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await timed('instalación', async () => ensureInstalled());
const node = findNode();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
if (FULL) process.env.FULL = '1';

await check('tipos (tsc)', [programOf('typescript', 'tsc'), '--noEmit', '-p', '.']);
await check('estilo (biome)', [
  programOf('@biomejs/biome', 'biome'),
  'check',
  '--diagnostic-level=error',
  '.',
]);
await vitest(await timed('PostgreSQL', async () => hasPostgres()));
const built = await timed('compilación', async () => (isBuilt() ? 0 : build(node)));
add('compilación', built === 0 ? { passed: 1 } : { failed: 1 });
if (!existsSync(path.join(ROOT, 'playwright.config.ts')))
  skip('pruebas en el navegador', 'no hay playwright.config.ts');
else if (built !== 0) skip('pruebas en el navegador', 'la app no compiló');
else await e2e();
finish();
