import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The colours declared in the block that starts with `selector`. */
function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  expect(start, `tokens.css holds ${selector}`).toBeGreaterThanOrEqual(0);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
}

/** Relative luminance of WCAG 2.2 for `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const light = colours(':root');
const dark = colours('[data-tema="oscuro"]');
const darkBySystem = colours(':root:not([data-tema="claro"])');

const SURFACES = ['paper', 'ground', 'sunken'] as const;

/** Text on the way to counting: text, surface. All of the app's text uses these pairs. */
const COUNTING: [string, string][] = [
  ...SURFACES.flatMap((surface): [string, string][] => [
    ['ink', surface],
    ['ink-soft', surface],
  ]),
  // Lines and rows carry their state on paper; hero digits too.
  ...(['ok', 'warn', 'bad', 'info'] as const).flatMap((tone): [string, string][] => [
    [tone, 'paper'],
    [tone, 'ground'],
    [tone, `${tone}-soft`],
  ]),
  ['on-signal', 'signal'],
  ['on-signal', 'signal-press'],
  ['paper', 'ink'],
  ['on-alarm', 'alarm'],
];

/** Shapes that carry meaning without text: 3:1 (WCAG 1.4.11). */
const SHAPES: [string, string][] = SURFACES.flatMap((surface): [string, string][] => [
  ['line-strong', surface],
  ['focus', surface],
]);

describe.each([
  ['claro', light],
  ['oscuro', dark],
])('contrast of the tokens, %s', (_name, theme) => {
  it.each(COUNTING)('%s on %s reaches 7:1', (text, surface) => {
    expect(contrast(theme[text]!, theme[surface]!)).toBeGreaterThanOrEqual(7);
  });

  it.each(SHAPES)('%s on %s reaches 3:1', (shape, surface) => {
    expect(contrast(theme[shape]!, theme[surface]!)).toBeGreaterThanOrEqual(3);
  });
});

describe('themes', () => {
  it('the dark of the system and the dark that was chosen are one', () => {
    expect(darkBySystem).toEqual(dark);
  });

  it('both themes name the same colours', () => {
    expect(Object.keys(dark)).toEqual(Object.keys(light));
  });

  it('computes the contrast of black and white as 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });
});
