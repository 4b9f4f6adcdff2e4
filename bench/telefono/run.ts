/**
 * What a phone does at each scan, measured in Chromium: save (strict), look-up by code, search while typing, at full
 * speed and with a CPU four times slower. `node bench/telefono/run.ts [productos]`
 */
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';

const TOTAL = Number(process.argv[2] ?? 100_000);
const PORT = Number(process.env.PORT ?? 0);
const MIME: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };
/** Milliseconds, p95: [full speed, CPU ÷ 4]; null: no promise. */
const METAS: Record<string, [number | null, number | null]> = {
  guardar: [50, null],
  codigo: [10, null],
  texto: [50, 150],
};

const outDir = mkdtempSync(join(tmpdir(), 'devcompras-telefono-'));
const profile = mkdtempSync(join(tmpdir(), 'devcompras-perfil-'));
await build({
  configFile: join(import.meta.dirname, 'vite.config.ts'),
  root: import.meta.dirname,
  logLevel: 'warn',
  build: { outDir, emptyOutDir: true },
});
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://x').pathname;
  const file = join(outDir, path === '/' ? 'index.html' : path);
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': MIME[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});
await new Promise<void>((done) => server.listen(PORT, '127.0.0.1', done));
const { port } = server.address() as AddressInfo;

const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== undefined && existsSync(path),
);
// A profile on disk: an incognito context keeps IndexedDB in memory and would measure nothing.
const context = await chromium.launchPersistentContext(profile, {
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

let missed = 0;
try {
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log(`error de la página: ${error.message}`));
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => 'medible' in window);
  const filled = await page.evaluate((total) => window.medible.prepara(total), TOTAL);
  console.log(`${TOTAL} productos en la caché: ${(filled / 1000).toFixed(1)} s`);
  const first = await page.evaluate(() => window.medible.primeraBusqueda());
  console.log(`primera búsqueda, con la construcción del índice: ${(first / 1000).toFixed(2)} s`);
  await measure(page, 'a toda velocidad', 0);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await measure(page, 'CPU ÷ 4', 1);
} finally {
  await context.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(outDir, { recursive: true, force: true });
  rmSync(profile, { recursive: true, force: true });
}
process.exitCode = missed > 0 ? 1 : 0;

async function measure(page: Page, title: string, column: 0 | 1): Promise<void> {
  console.log(title);
  report('guardar', await page.evaluate(() => window.medible.guarda(400)), column);
  report('codigo', await page.evaluate((total) => window.medible.codigo(400, total), TOTAL), column);
  report('texto', await page.evaluate((total) => window.medible.texto(200, total), TOTAL), column);
  const { ms, renglones } = await page.evaluate(() => window.medible.contado());
  console.log(`  contado       ${ms.toFixed(1)} ms, ${renglones} renglones`);
}

function report(name: string, all: number[], column: 0 | 1): void {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!;
  const meta = METAS[name]![column];
  const ok = meta === null || at(0.95) <= meta;
  if (!ok) missed += 1;
  const promise = meta === null ? '' : `  meta p95 ≤ ${meta}: ${ok ? 'sí' : 'NO'}`;
  console.log(
    `  ${name.padEnd(12)}  p50 ${at(0.5).toFixed(1)}  p95 ${at(0.95).toFixed(1)}  máx ${at(1).toFixed(1)} ms${promise}`,
  );
}
