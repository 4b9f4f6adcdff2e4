import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { makeFakeVideo } from '#tests/e2e/support/fake-video.ts';
import { openChromium, serveBench } from './harness.ts';

/** One thing the screen must do, and whether it did. */
export interface Check {
  name: string;
  passed: boolean;
  got: string;
}

const CODES = ['7501031311309', 'PH-2840', '17501031311306'];

/** The real components in Chromium: three labels in a looping video, offline; and the keys of a wedge. */
export async function checkView(screenshot?: string): Promise<Check[]> {
  const folder = mkdtempSync(join(tmpdir(), 'devcompras-view-'));
  const video = join(folder, 'three.y4m');
  makeFakeVideo(
    video,
    [
      { codigo: CODES[0]!, formato: 'EAN_13', seconds: 2.2 },
      { codigo: CODES[1]!, formato: 'CODE_128', seconds: 2.2 },
      { codigo: CODES[2]!, formato: 'ITF', seconds: 2.2 },
    ],
    { gapSeconds: 1.2 },
  );
  const site = await serveBench();
  const browser = await openChromium(video);
  const checks: Check[] = [];
  const check: Checker = (name, got, wanted) => {
    checks.push({ name, passed: got === wanted, got: got || '(nothing)' });
  };
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
    });
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${site.url}/view.html`);

    await checkWedge(page, check);
    await page.getByRole('button', { name: 'Borrar lecturas' }).click();

    // The worker and its wasm load with the camera; from then on nothing is asked of the network.
    await page.getByRole('button', { name: 'Cámara' }).click();
    await page.locator('li').first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Borrar lecturas' }).click();
    await page.waitForTimeout(10_200);
    const counts = await countByCode(page);
    check(
      'three labels in a looping video: 3/3',
      [...counts.keys()].sort().join(' '),
      [...CODES].sort().join(' '),
    );
    check('0 doubled', String(await page.getByText('Doble', { exact: true }).count()), '0');
    if (screenshot) await page.screenshot({ path: screenshot });
    await checkFallback(browser, site.url, check);
    check('no error in the console', errors.join(' | '), '');
    await checkRefusal(site.url, check);
    return checks;
  } finally {
    await browser.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Checker = (name: string, got: string | null, wanted: string) => void;

/** Without WebAssembly @zxing/browser reads on the main thread. */
async function checkFallback(browser: Browser, url: string, check: Checker): Promise<void> {
  const page = await browser.newPage();
  await page.addInitScript('delete globalThis.WebAssembly');
  await page.goto(`${url}/view.html`);
  await page.getByRole('button', { name: 'Cámara' }).click();
  await page.waitForTimeout(11_000);
  const counts = await countByCode(page);
  check('without WebAssembly: 3/3', [...counts.keys()].sort().join(' '), [...CODES].sort().join(' '));
  check('and 0 doubled', String(await page.getByText('Doble', { exact: true }).count()), '0');
  await page.close();
}

/** A refused camera leaves a card with other ways, and no dead screen. */
async function checkRefusal(url: string, check: Checker): Promise<void> {
  const browser = await openChromium('refused');
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    await page.goto(`${url}/view.html`);
    await page.getByRole('button', { name: 'Cámara' }).click();
    const card = page.getByRole('alert').filter({ hasText: 'Permitir cámara' });
    await card.waitFor({ timeout: 5000 }).catch(() => undefined);
    const buttons = await card.getByRole('button').allInnerTexts();
    check('camera refused', buttons.join(', '), 'Permitir cámara, Usar una foto, Escribir código');
    await card.getByRole('button', { name: 'Escribir código' }).click();
    check(
      'Escribir código goes to the field',
      await page.evaluate(() => document.activeElement?.tagName ?? ''),
      'INPUT',
    );
  } finally {
    await browser.close();
  }
}

async function checkWedge(page: Page, check: Checker): Promise<void> {
  const field = page.getByLabel('Cantidad');
  const newest = () => page.locator('.row-title').first().textContent();

  await field.click();
  await field.pressSequentially('12', { delay: 150 });
  await page.waitForTimeout(200);
  await page.keyboard.type('7501031311309', { delay: 3 });
  await page.keyboard.press('Enter');
  check('a burst into Cantidad is a scan', await newest(), '7501031311309');
  check('and leaves Cantidad as it was', await field.inputValue(), '12');

  await field.fill('');
  await field.pressSequentially('1234567', { delay: 100 });
  await page.waitForTimeout(200);
  check('typing by hand stays in the field', await field.inputValue(), '1234567');

  await page.getByRole('button', { name: 'Sumar' }).focus();
  await page.keyboard.type('PH-2840', { delay: 3 });
  await page.keyboard.press('Enter');
  check('a burst with a button in focus is a scan', await newest(), 'PH-2840');
  check('and presses nothing', await page.getByLabel('Veces').textContent(), '0');

  const code = page.getByLabel('Código', { exact: true });
  await code.click();
  await page.keyboard.type('A1', { delay: 120 });
  await page.keyboard.press('Enter');
  check('a short code typed into Código', await newest(), 'A1');
  check('empties the field', await code.inputValue(), '');

  await page.keyboard.type('7501031311316', { delay: 3 });
  await page.waitForTimeout(250);
  check('a burst without Enter into Código', await newest(), '7501031311316');
  check('empties it too', await code.inputValue(), '');

  await page.keyboard.type('7501031311308', { delay: 90 });
  await page.keyboard.press('Enter');
  const told = await page.getByRole('status').filter({ hasText: 'no cuadra' }).count();
  check('a wrong check digit is told', String(told), '1');
  check('and stays to be corrected', await code.inputValue(), '7501031311308');
  await code.fill('');
}

async function countByCode(page: Page): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const code of await page.locator('.row-title').allTextContents()) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
