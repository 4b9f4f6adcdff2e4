import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openChromium, serveBench } from './harness.ts';
import type { StillResult } from './stills.ts';
import { type Judged, type ManifestEntry, stillsReport } from './stills-report.ts';

/** Runs every image of `imagesDir/manifest.json` through the shipped decoder in Chromium; returns the tables. */
export async function runStills(imagesDir: string): Promise<string> {
  const manifest = JSON.parse(readFileSync(join(imagesDir, 'manifest.json'), 'utf8')) as ManifestEntry[];
  const site = await serveBench(imagesDir);
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${site.url}/stills.html`);
    await page.waitForFunction(() => 'still' in window);
    const judged: Judged[] = [];
    for (const entry of manifest) {
      const url = `/images/${entry.file.split('/').map(encodeURIComponent).join('/')}`;
      const result = await page.evaluate(
        (at) => (window as unknown as { still(url: string): Promise<StillResult> }).still(at),
        url,
      );
      judged.push({ entry, result });
    }
    return stillsReport(judged);
  } finally {
    await browser.close();
    await site.close();
  }
}
