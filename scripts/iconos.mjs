// Draws the mark once, as SVG text, and renders the PNG icons of public/ from it with Chromium.
// Run after changing the drawing: node scripts/iconos.mjs  (CHROMIUM_PATH names another browser).
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const YELLOW = '#ffc700';
const INK = '#14130f';
const out = join(fileURLToPath(new URL('..', import.meta.url)), 'public');

/** Barcode bars, [left, width] in a 512 square: wide and narrow ones, as a scanner sees them. */
const BARS = [
  [84, 44],
  [142, 20],
  [176, 60],
  [250, 20],
  [284, 36],
  [334, 20],
  [368, 60],
];
/** Centre line and half height of the check mark that the bars make together. */
const LEFT = [84, 250];
const FOOT = [206, 350];
const RIGHT = [428, 138];
const HALF = 80;

const centre = (x) => {
  const [from, to] = x < FOOT[0] ? [LEFT, FOOT] : [FOOT, RIGHT];
  return from[1] + ((x - from[0]) * (to[1] - from[1])) / (to[0] - from[0]);
};

/** One bar: a slice of the check mark, cut straight at its sides. */
const bar = ([x, width]) => {
  const xs = [x, ...(x < FOOT[0] && x + width > FOOT[0] ? [FOOT[0]] : []), x + width];
  const top = xs.map((at) => `${at} ${Math.round(centre(at) - HALF)}`);
  const bottom = xs.map((at) => `${at} ${Math.round(centre(at) + HALF)}`).reverse();
  return `M${[...top, ...bottom].join('L')}Z`;
};

const path = BARS.map(bar).join('');

/** `scale` < 1 leaves the safe zone of maskable icons; `corner` rounds the field. */
const mark = ({ scale = 1, corner = 0 }) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="${corner}" fill="${YELLOW}"/><path transform="translate(${256 - 256 * scale} ${256 - 245 * scale}) scale(${scale})" fill="${INK}" d="${path}"/></svg>\n`;

const PNG = [
  { file: 'icono-192.png', size: 192, svg: mark({ corner: 80 }) },
  { file: 'icono-512.png', size: 512, svg: mark({ corner: 80 }) },
  { file: 'icono-maskable-192.png', size: 192, svg: mark({ scale: 0.78 }) },
  { file: 'icono-maskable-512.png', size: 512, svg: mark({ scale: 0.78 }) },
  { file: 'apple-touch-icon.png', size: 180, svg: mark({ scale: 0.92 }) },
];

await mkdir(out, { recursive: true });
await writeFile(join(out, 'favicon.svg'), mark({ scale: 1.12, corner: 80 }));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage();
for (const { file, size, svg } of PNG) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  await page.screenshot({ path: join(out, file), omitBackground: true });
}
await browser.close();
