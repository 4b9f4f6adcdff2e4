import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

/** Given to each page once: at every look it would be half a megabyte more to read. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 A and AA, and axe's own good practice: landmarks, headings, regions. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export type AxeOptions = {
  /** CSS selectors left out; say why at the call. */
  exclude?: string[];
  /** Only this part of the page. */
  include?: string;
  /** `colores`: contrast alone, for another theme of a screen that was checked. `sin_colores`: all but it, for another size. */
  only?: 'colores' | 'sin_colores';
};

/**
 * Fails, after the rest of the test, with one line per violation (rule, how bad, where, what to do). Call it in the state that is to be
 * checked: open dialogs and error states are screens of their own.
 */
export async function expectAccessible(page: Page, options: AxeOptions = {}): Promise<void> {
  let lines = await violationsOf(page, options);
  // why: right after a change of theme or size a busy browser still reports colours of before; what is wrong stays wrong.
  for (let again = 0; lines.length > 0 && again < 3; again += 1) {
    await settled(page);
    lines = await violationsOf(page, options);
  }
  expect.soft(lines, `accessibility of ${page.url()}`).toEqual([]);
}

/** Two frames drawn after everything asked for so far. */
function settled(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)));
      }),
  );
}

async function violationsOf(page: Page, options: AxeOptions): Promise<string[]> {
  await settled(page);
  // why: what a fixed bar covers until one scrolls counts as a small target there; `smallTargets` measures the boxes.
  const off = ['target-size', ...(options.only === 'sin_colores' ? ['color-contrast'] : [])];
  const run: RunOptions = {
    resultTypes: ['violations'],
    runOnly:
      options.only === 'colores'
        ? { type: 'rule', values: ['color-contrast'] }
        : { type: 'tag', values: RULES },
    ...(options.only === 'colores'
      ? {}
      : { rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])) }),
  };
  const context = {
    include: [options.include ?? 'html'],
    exclude: options.exclude ?? [],
  };
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    ([where, how]) =>
      (window as unknown as { axe: { run(c: object, o: RunOptions): Promise<AxeResults> } }).axe.run(
        where,
        how,
      ),
    [context, run] as const,
  );
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id} (${violation.impact ?? 'sin grado'}) ${node.target.join(' ')}: ${(node.failureSummary ?? violation.help).replace(/\s+/g, ' ')}`,
    ),
  );
}

/** Doubles the letters as a person would, waits a frame and fails where the page must be panned sideways. */
export async function expectReadableAt200(page: Page): Promise<void> {
  const style = await page.addStyleTag({ content: ':root { font-size: 200%; }' });
  const wide = await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
  await style.evaluate((node) => (node as HTMLStyleElement).remove());
  expect.soft(wide, `${page.url()} fits its width with text at 200 %`).toEqual([]);
}

/** Names of pressable things smaller than `least` CSS px, in the viewport's current state. */
export async function smallTargets(page: Page, least = 48): Promise<string[]> {
  return page.evaluate((limit) => {
    const out: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea, [role="tab"]',
    )) {
      // A field's target is its box, a hidden radio's is its label.
      const target =
        element.closest<HTMLElement>('.box, .check-row, .chip, .segment, .catalogo-marca') ?? element;
      const { width, height } = target.getBoundingClientRect();
      const seen = width > 1 && height > 1 && !element.matches('.skip-link, :disabled');
      if (seen && (width < limit - 0.5 || height < limit - 0.5))
        out.push(
          `${element.getAttribute('aria-label') ?? element.textContent?.trim()} ${Math.round(width)}×${Math.round(height)}`,
        );
    }
    return out;
  }, least);
}
