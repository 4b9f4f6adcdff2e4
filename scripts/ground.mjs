// Runs on whatever node the machine has (18 or newer): only syntax and modules that it knows.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** Type stripping without a warning, which runs the server's TypeScript as it is. */
const MIN_NODE = [22, 18];
const WINDOWS = process.platform === 'win32';
const NPM = WINDOWS ? 'npm.cmd' : 'npm';
const LOCAL_NODE = path.join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');

/** One sentence for the person at the terminal, and the end. */
export function refuse(sentence) {
  process.stderr.write(`\n${sentence}\n\n`);
  process.exit(1);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * True when node_modules holds what package-lock.json says. npm writes down what it installed in
 * node_modules/.package-lock.json; optional packages of other platforms may be missing.
 */
export function isInstalled() {
  const wanted = readJson(path.join(ROOT, 'package-lock.json'))?.packages ?? {};
  const present = readJson(path.join(ROOT, 'node_modules', '.package-lock.json'))?.packages ?? {};
  return Object.entries(wanted).every(
    ([name, entry]) =>
      name === '' ||
      entry.link ||
      present[name]?.version === entry.version ||
      (entry.optional && !present[name]),
  );
}

/**
 * Installs when needed. `npm ci` refuses a lock file that lacks the optional packages of other platforms
 * (one made where the registry has only some of them); `npm install` takes the same versions and fills in.
 * Ends the process with a sentence when neither works.
 */
export function ensureInstalled() {
  if (isInstalled()) return;
  process.stdout.write('Instalando dependencias…\n');
  const options = { cwd: ROOT, shell: WINDOWS };
  const common = ['--no-audit', '--no-fund', '--loglevel=error'];
  if (spawnSync(NPM, ['ci', ...common], { ...options, stdio: 'ignore' }).status === 0) return;
  const install = spawnSync(NPM, ['install', '--no-save', ...common], { ...options, stdio: 'inherit' });
  if (install.status !== 0) {
    refuse('No se pudieron instalar las dependencias. Revisa la conexión a internet y vuelve a probar.');
  }
}

/** The version of a node binary as [major, minor]; undefined when it doesn't run. */
function versionOf(binary) {
  const result = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  const match = /^v(\d+)\.(\d+)\./.exec(result.stdout ?? '');
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

function isNewEnough(version) {
  return (
    version !== undefined &&
    (version[0] > MIN_NODE[0] || (version[0] === MIN_NODE[0] && version[1] >= MIN_NODE[1]))
  );
}

/**
 * The node that runs everything: the one pinned as an npm package; when npm held its install script back,
 * after `npm rebuild node`; else the machine's own when it is new enough. Ends with a sentence otherwise.
 */
export function findNode() {
  if (isNewEnough(versionOf(LOCAL_NODE))) return LOCAL_NODE;
  if (existsSync(path.dirname(path.dirname(LOCAL_NODE)))) {
    spawnSync(NPM, ['rebuild', 'node'], { cwd: ROOT, stdio: 'ignore', shell: WINDOWS });
    if (isNewEnough(versionOf(LOCAL_NODE))) return LOCAL_NODE;
  }
  if (isNewEnough(versionOf(process.execPath))) return process.execPath;
  return refuse(
    `Hace falta Node ${MIN_NODE.join('.')} o más nuevo y aquí hay ${process.version}. Corre \`npm rebuild node --foreground-scripts\` (npm pudo haber detenido su instalación) o instala Node 24.`,
  );
}

/** Environment in which npm packages' programs and `node` are the pinned ones. */
export function environment(node) {
  const bins = [path.dirname(node), path.join(ROOT, 'node_modules', '.bin')];
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [...bins, process.env[key] ?? ''].join(path.delimiter) };
}

/** The JavaScript entry of an installed package's program. */
export function programOf(name, program = name) {
  const directory = path.join(ROOT, 'node_modules', ...name.split('/'));
  const { bin } = readJson(path.join(directory, 'package.json')) ?? {};
  return path.join(directory, typeof bin === 'string' ? bin : bin[program]);
}

/** Runs a program to its end, its output to this terminal. Resolves with its exit code. */
export function run(node, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: ROOT, stdio: 'inherit', env: environment(node), ...options });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function filesUnder(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(directory, entry.name);
      return entry.isDirectory() ? filesUnder(file) : [file];
    });
}

/** What the built client is made from. Tests beside the code are not. */
function sourceFingerprint() {
  const hash = createHash('sha256');
  const files = [
    ...['client', 'shared', 'public'].flatMap((name) => filesUnder(path.join(ROOT, name))),
    ...['index.html', 'vite.config.ts', 'package.json', 'package-lock.json'].map((name) =>
      path.join(ROOT, name),
    ),
  ];
  for (const file of files) {
    if (!existsSync(file) || /\.(test|sim\.test|db\.test)\.tsx?$/.test(file)) continue;
    hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const DIST = path.join(ROOT, 'dist');
const STAMP = path.join(DIST, '.huella');
const OLD_ASSETS = path.join(ROOT, '.cache', 'assets');
/** A phone that was not opened for this long may ask for scripts that are gone, and then reloads. */
const KEEP_DAYS = 60;

/** Keeps this build's hashed files for the phones that still run it when the next one comes. */
function keepAssets() {
  mkdirSync(OLD_ASSETS, { recursive: true });
  const now = new Date();
  for (const name of existsSync(path.join(DIST, 'assets')) ? readdirSync(path.join(DIST, 'assets')) : []) {
    const kept = path.join(OLD_ASSETS, name);
    if (!existsSync(kept)) {
      copyFileSync(path.join(DIST, 'assets', name), kept);
      utimesSync(kept, now, now);
    }
  }
  for (const name of readdirSync(OLD_ASSETS)) {
    const kept = path.join(OLD_ASSETS, name);
    if (now.getTime() - statSync(kept).mtimeMs > KEEP_DAYS * 86_400_000) rmSync(kept);
  }
}

/** Puts the kept files of earlier builds beside the new ones. */
function bringBackAssets() {
  for (const name of readdirSync(OLD_ASSETS)) {
    const target = path.join(DIST, 'assets', name);
    if (!existsSync(target)) copyFileSync(path.join(OLD_ASSETS, name), target);
  }
}

/** True when dist/ was built from the sources as they are. */
export function isBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceFingerprint();
}

/** Builds the client into dist/, keeping hashed files of earlier builds. Resolves with the exit code. */
export async function build(node) {
  const fingerprint = sourceFingerprint();
  rmSync(STAMP, { force: true });
  keepAssets();
  const code = await run(node, [programOf('vite'), 'build', '--logLevel', 'warn']);
  if (code !== 0) return code;
  bringBackAssets();
  writeFileSync(STAMP, fingerprint);
  return 0;
}
