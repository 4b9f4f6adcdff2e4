import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MENSAJES } from '#shared/codes.ts';
import { MENSAJES_PISO } from '#shared/codes-piso.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const IMPORTA = /^(?:import|export)\s(?!type\b)[^;]*?from\s+'([^']+)'/gm;
const APARTE = /import\(\s*'([^']+)'/g;
/** Screens behind the router's lazy routes bring every sentence with them. */
const RUTAS = path.join(ROOT, 'client/app/router.tsx');

function alcanza(file: string, found: Set<string>): Set<string> {
  if (found.has(file) || !/\.tsx?$/.test(file) || !existsSync(file)) return found;
  found.add(file);
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(IMPORTA), ...(file === RUTAS ? [] : text.matchAll(APARTE))];
  for (const [, to] of named) {
    if (to!.startsWith('#')) alcanza(path.join(ROOT, to!.slice(1)), found);
    else if (to!.startsWith('.')) alcanza(path.resolve(path.dirname(file), to!), found);
  }
  return found;
}

test('every error that the way to counting can name has its sentence in the first JavaScript', () => {
  const files = [...alcanza(path.join(ROOT, 'client/main.tsx'), new Set())].filter(
    (file) => !/shared\/codes[\w-]*\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(200);
  const lacking = files.flatMap((file) =>
    [...new Set(readFileSync(file, 'utf8').match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g))]
      .filter((word) => Object.hasOwn(MENSAJES, word) && !Object.hasOwn(MENSAJES_PISO, word))
      .map((word) => `${word} in ${path.relative(ROOT, file)}`),
  );
  expect(lacking).toEqual([]);
});
