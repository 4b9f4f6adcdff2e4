/**
 * Measures the scanner in Chromium.
 *
 *   node bench/decoder/run.ts [--images FOLDER] [--out FILE] [--only stills|camera|view]
 *
 * `--images` (or BARCODES_DIR): a folder of pictures with a manifest.json of `{file, set, format, text}`; without
 * one the still images are skipped. Exits 1 when a check of the screen fails.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCamera } from './run-camera.ts';
import { runStills } from './run-stills.ts';
import { checkView } from './run-view.ts';

const { values } = parseArgs({
  options: { images: { type: 'string' }, out: { type: 'string' }, only: { type: 'string' } },
});
const imagesDir = values.images ?? process.env.BARCODES_DIR;
const wanted = (part: string) => values.only === undefined || values.only === part;
const parts: string[] = [];

if (wanted('view')) {
  const checks = await checkView();
  const rows = checks.map(({ name, passed, got }) => `| ${name} | ${passed ? 'yes' : `NO: ${got}`} |`);
  parts.push(['## The screen', '| check | passed |', '|---|---|', ...rows].join('\n'));
  if (checks.some(({ passed }) => !passed)) process.exitCode = 1;
}
if (wanted('camera')) parts.push(`## The camera\n${await runCamera()}`);
if (wanted('stills')) {
  parts.push(
    imagesDir
      ? `## Still images\n${await runStills(imagesDir)}`
      : '## Still images\nSkipped: no --images and no BARCODES_DIR.',
  );
}

const report = `${parts.join('\n\n')}\n`;
process.stdout.write(report);
if (values.out) writeFileSync(values.out, report);
