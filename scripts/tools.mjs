// The programs that tests need beside node: found, else installed, else said to be missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { environment, programOf, ROOT } from './ground.mjs';

const APT_TIMEOUT_MS = 240_000;
const IS_ROOT = process.getuid?.() === 0;

function inPath(names) {
  const directories = (process.env.PATH ?? '').split(path.delimiter);
  return names
    .flatMap((name) => directories.map((directory) => path.join(directory, name)))
    .find((file) => existsSync(file));
}

let aptUpdated = false;

/** Installs Debian packages. False when there is no apt, no root, or no network. */
function aptInstall(...packages) {
  if (!IS_ROOT || inPath(['apt-get']) === undefined) return false;
  const options = {
    stdio: 'ignore',
    timeout: APT_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  process.stdout.write(`Instalando ${packages.join(', ')} con apt…\n`);
  if (!aptUpdated) aptUpdated = spawnSync('apt-get', ['update', '-q'], options).status === 0;
  return (
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options).status ===
    0
  );
}

function installedChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && existsSync(named)) return named;
  return [
    inPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find((file) => file !== undefined && existsSync(file));
}

/**
 * A Chromium for the browser tests: the machine's, else Debian's package, else Playwright's download.
 * `path` undefined with `found` true means Playwright's own.
 */
export function findChromium(node) {
  const present = installedChromium();
  if (present !== undefined) return { found: true, path: present };
  if (aptInstall('chromium', 'fonts-liberation')) return { found: true, path: installedChromium() };
  process.stdout.write('Descargando Chromium con Playwright…\n');
  const download = spawnSync(node, [programOf('playwright'), 'install', 'chromium'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: environment(node),
    timeout: APT_TIMEOUT_MS,
  });
  return { found: download.status === 0, path: undefined };
}

function installedPostgres() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).map((version) => path.join(debian, version, 'bin'))
    : [];
  const directories = [
    ...versions,
    '/opt/homebrew/opt/postgresql/bin',
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  return directories.some((directory) => existsSync(path.join(directory, 'initdb')));
}

/** True when there is a PostgreSQL to start a throw-away cluster with, if need be after installing it. */
export function hasPostgres() {
  return installedPostgres() || (aptInstall('postgresql') && installedPostgres());
}
