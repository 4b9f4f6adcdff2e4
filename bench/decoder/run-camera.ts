import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type FakeLabel, makeFakeVideo } from '#tests/e2e/support/fake-video.ts';
import type { CameraMeasures } from './camera.ts';
import { openChromium, serveBench } from './harness.ts';
import { percentile } from './stills-report.ts';

const LABELS: FakeLabel[] = [
  { codigo: '7501031311309', formato: 'EAN_13', seconds: 1.6 },
  { codigo: '17501031311306', formato: 'ITF', seconds: 1.6 },
  { codigo: 'PH-2840', formato: 'CODE_128', seconds: 1.6 },
];
const GAP_SECONDS = 1.2;
const LOOP_MS = LABELS.length * (1.6 + GAP_SECONDS) * 1000;

const read = (page: Page): Promise<CameraMeasures> =>
  page.evaluate(() => (window as unknown as { measures: CameraMeasures }).measures);

/** Runs the camera on a looping video of three labels; returns the figures as Markdown. */
export async function runCamera(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'devcompras-camera-'));
  const site = await serveBench();
  try {
    const looping = join(folder, 'three.y4m');
    makeFakeVideo(looping, LABELS, { gapSeconds: GAP_SECONDS, fps: 30 });
    const steady = join(folder, 'steady.y4m');
    makeFakeVideo(steady, [{ codigo: '7501031311309', formato: 'EAN_13', seconds: 1 }], { gapSeconds: 0 });

    const latency = await measure(looping, `${site.url}/camera.html?appearances`, LOOP_MS * 4, 1);
    const normal = await measure(looping, `${site.url}/camera.html`, LOOP_MS * 2, 1);
    const slow = await measure(looping, `${site.url}/camera.html`, LOOP_MS * 2, 4);
    const firstReads: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const { accepted } = await measure(steady, `${site.url}/camera.html`, 4000, 1);
      firstReads.push(accepted[0]?.at ?? Number.NaN);
    }

    const delays = latency.appeared.flatMap((at, index) => {
      const until = latency.appeared[index + 1] ?? Number.POSITIVE_INFINITY;
      const hit = latency.accepted.find((read) => read.at >= at && read.at < until);
      return hit ? [hit.at - at] : [];
    });
    const doubles = doubledIn(latency);
    const ms = (values: number[], share: number) => `${percentile(values, share).toFixed(1)} ms`;
    return [
      '| camera, looping video of 3 labels | figure | target |',
      '|---|---|---|',
      `| labels read / shown (distinct ${new Set(latency.accepted.map(({ codigo }) => codigo)).size} of 3) | ${latency.accepted.length} / ${latency.appeared.length} | all |`,
      `| counted twice in one showing | ${doubles} | 0 |`,
      `| label in view → accepted, median | ${ms(delays, 0.5)} | 300 ms |`,
      `| label in view → accepted, p95 | ${ms(delays, 0.95)} | 800 ms |`,
      `| cold page → first read, worst of 5 | ${Math.max(...firstReads).toFixed(0)} ms | 1200 ms |`,
      `| main thread per decoded frame, p95 | ${ms(normal.mainThreadMs, 0.95)} | 8 ms |`,
      `| the same, CPU ÷ 4 | ${ms(slow.mainThreadMs, 0.95)} | – |`,
      `| main thread lag of everything, p95 | ${ms(normal.lagMs, 0.95)} | 8 ms |`,
      `| decoded frames a second | ${(normal.frames / ((LOOP_MS * 2) / 1000)).toFixed(1)} | – |`,
      `| decode time per frame, median / p95 | ${ms(normal.decodeMs, 0.5)} / ${ms(normal.decodeMs, 0.95)} | – |`,
    ].join('\n');
  } finally {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads of the same code with no other appearance between them. */
function doubledIn({ accepted, appeared }: CameraMeasures): number {
  const showing = (at: number) => appeared.filter((start) => start <= at).length;
  const counted = accepted.map(({ codigo, at }) => `${codigo} ${showing(at)}`);
  return counted.length - new Set(counted).size;
}

async function measure(video: string, url: string, ms: number, throttle: number): Promise<CameraMeasures> {
  const browser = await openChromium(video);
  try {
    const page = await browser.newPage();
    if (throttle > 1) {
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    }
    await page.goto(url);
    await page.waitForTimeout(ms);
    return await read(page);
  } finally {
    await browser.close();
  }
}
