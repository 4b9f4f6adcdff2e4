/**
 * The built service worker in a real browser, against a server that can lie: opening without network, API
 * answers that are never kept, a captive portal, and a new version that waits to be accepted.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';

const DIST = join(import.meta.dirname, '../../dist');
const MIME: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** `portal`: answers 200 with its own page to everything; `portal_salvo_sw`: lets only sw.js through. */
type Mode = 'normal' | 'portal' | 'portal_salvo_sw';

class Servidor {
  mode: Mode = 'normal';
  apiHits = 0;
  readonly dir = mkdtempSync(join(tmpdir(), 'version-'));
  readonly #http: Server;

  constructor() {
    cpSync(DIST, this.dir, { recursive: true });
    this.#http = createServer((request, response) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const send = (type: string, body: Buffer | string) =>
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body);
      if (this.mode === 'portal' || (this.mode === 'portal_salvo_sw' && path !== '/sw.js'))
        return send('text/html', '<title>Portal</title><h1>Acepta los términos</h1>');
      if (path.startsWith('/api/') || path.startsWith('/auth/')) {
        this.apiHits += 1;
        return send('application/json', JSON.stringify({ vez: this.apiHits }));
      }
      const wanted = join(this.dir, path);
      const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(this.dir, 'index.html');
      return send(MIME[extname(file)] ?? 'application/octet-stream', readFileSync(file));
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((done) => this.#http.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** The next version: another shell, and a worker whose list names its hashes, as a build makes them. */
  publish(mark: string): void {
    const shell = join(this.dir, 'index.html');
    const worker = join(this.dir, 'sw.js');
    const old = readFileSync(shell);
    const next = Buffer.from(
      old.toString('utf8').replace('</head>', `<meta name="version" content="${mark}"></head>`),
    );
    const sri = (bytes: Buffer) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
    const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');
    const list = readFileSync(worker, 'utf8');
    expect(list, 'sw.js lists the shell with its integrity').toContain(sri(old));
    writeFileSync(worker, list.replace(sri(old), sri(next)).replace(md5(old), md5(next)));
    writeFileSync(shell, next);
  }

  async close(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((done) => this.#http.close(done));
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Registers the worker by hand, so that the test does not depend on what the app does first. */
async function install(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((done) =>
        navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }),
      );
  });
}

/** Looks for a new version; resolves with whether one waits after it settled. */
function lookForUpdate(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (!registration) throw new Error('no registration');
    await registration.update().catch(() => undefined);
    const worker = registration.installing;
    if (worker)
      await new Promise<void>((done) => {
        const look = () => worker.state !== 'installing' && done();
        worker.addEventListener('statechange', look);
        look();
      });
    return registration.waiting !== null;
  });
}

/** 1 when the open page is the published version, 0 when it is the first one. */
const version = (page: Page) => page.locator('meta[name="version"]').count();

/** docs/rendimiento.md: what the way to counting may weigh, as a phone gets it. */
const PRESUPUESTO_KB = 220;

test('the first JavaScript keeps its budget, and what it leaves for later is kept for when there is no network', () => {
  const shell = readFileSync(join(DIST, 'index.html'), 'utf8');
  const scripts = [...shell.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, at]) =>
    readFileSync(join(DIST, at!)),
  );
  expect(scripts.length).toBeGreaterThan(3);
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
  expect(bytes / 1_000, 'kB of gzip that dist/index.html asks for').toBeLessThanOrEqual(PRESUPUESTO_KB);
  const kept = readFileSync(join(DIST, 'sw.js'), 'utf8');
  const later = new Set(scripts.flatMap((script) => String(script).match(/assets\/[\w.-]+\.js/g) ?? []));
  expect(later.size).toBeGreaterThan(20);
  expect([...later].filter((name) => !kept.includes(name))).toEqual([]);
});

test.describe('service worker', () => {
  let servidor: Servidor;
  let url: string;

  test.beforeEach(async () => {
    expect(existsSync(join(DIST, 'sw.js')), 'dist/ is built before the e2e tests').toBe(true);
    servidor = new Servidor();
    url = await servidor.open();
  });

  test.afterEach(() => servidor.close());

  test('opens any screen without network, and never keeps an API answer', async ({ page, context }) => {
    await install(page, url);
    const ask = (path: string) =>
      page.evaluate(
        (to) =>
          fetch(to).then(
            (r) => r.text(),
            () => 'sin red',
          ),
        path,
      );
    const [first, second] = [await ask('/api/salud'), await ask('/api/salud')];
    expect(first).not.toBe(second);

    await context.setOffline(true);
    await page.goto(`${url}/conteos/abc.def?x=1`);
    await expect(page.locator('#root')).toBeAttached();
    expect(await ask('/api/salud')).toBe('sin red');
    expect(await ask('/auth/v1/user')).toBe('sin red');
    const kept = await page.evaluate(async () => {
      const urls: string[] = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          urls.push(new URL(request.url).pathname);
      return urls;
    });
    expect(kept.filter((path) => path.startsWith('/api') || path.startsWith('/auth'))).toEqual([]);
    expect(kept).toContain('/index.html');
  });

  test('a captive portal never becomes the app', async ({ page }) => {
    await install(page, url);
    servidor.publish('2');

    servidor.mode = 'portal';
    expect(await lookForUpdate(page)).toBe(false);
    servidor.mode = 'portal_salvo_sw';
    expect(await lookForUpdate(page)).toBe(false);
    await page.reload();
    await expect(page.locator('#root')).toBeAttached();
    expect(await version(page)).toBe(0);

    servidor.mode = 'normal';
    expect(await lookForUpdate(page)).toBe(true);
  });

  test('a new version waits until it is accepted', async ({ page }) => {
    await install(page, url);
    servidor.publish('2');
    expect(await lookForUpdate(page)).toBe(true);
    await page.reload();
    expect(await version(page)).toBe(0);

    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const taken = new Promise((done) =>
        navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }),
      );
      registration?.waiting?.postMessage({ type: 'SKIP_WAITING' });
      await taken;
    });
    await page.goto(url);
    expect(await version(page)).toBe(1);
  });
});
