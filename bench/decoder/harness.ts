/** Builds the bench's pages with Vite as the app is built, serves them with the images, and opens Chromium. */
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import { fakeCameraArgs } from '#tests/e2e/support/fake-video.ts';

const MIME: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
};

export interface BenchSite {
  url: string;
  close(): Promise<void>;
}

/** The built pages at `/`, `imagesDir` (when given) under `/images/`. The build lives in a temporary folder. */
export async function serveBench(imagesDir?: string, port = 0): Promise<BenchSite> {
  const outDir = mkdtempSync(join(tmpdir(), 'devcompras-decoder-'));
  await build({
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    root: import.meta.dirname,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
    if (path === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const inImages = imagesDir !== undefined && path.startsWith('/images/');
    const file = inImages ? join(imagesDir, path.slice('/images/'.length)) : join(outDir, path);
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': MIME[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/**
 * Chromium of `CHROMIUM_PATH`, of the system, or Playwright's own. `camera`: a video for the fake camera,
 * `'refused'` for a person who says no, or nothing for a machine without one.
 */
export async function openChromium(camera?: string): Promise<Browser> {
  const system = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const executablePath = system.find((path) => path !== undefined && existsSync(path));
  const cameraArgs =
    camera === 'refused'
      ? ['--use-fake-device-for-media-stream', '--deny-permission-prompts']
      : camera
        ? fakeCameraArgs(camera)
        : [];
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...cameraArgs,
    ],
  });
}
