import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const DOC = ['docs/reglas.md', 'docs/reglas-de-conteo.md']
  .map((doc) => readFileSync(path.join(ROOT, doc), 'utf8'))
  .join('\n');

interface Fila {
  regla: string;
  /** Path from the root and title. */
  pruebas: [file: string, title: string][];
}

const filas: Fila[] = DOC.split('\n').flatMap((line) => {
  const [, regla, pruebas] = /^\| (?!regla \|)(.+?) \| (.*) \|$/.exec(line) ?? [];
  if (regla === undefined || pruebas === undefined) return [];
  return {
    regla,
    pruebas: pruebas.split('<br>').map((prueba): [string, string] => {
      const [, file = '', title = ''] = /^\[[^\]]+\]\(\.\.\/([^)]+)\): (.+)$/.exec(prueba) ?? [];
      return [file, title];
    }),
  };
});

/** Does the file name a test, or a group of them, exactly so? */
function names(source: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) =>
    source.includes(quote + title.replaceAll(quote, `\\${quote}`) + quote),
  );
}

test('every rule of docs/reglas.md and docs/reglas-de-conteo.md names a test that is there', () => {
  expect(filas.length).toBeGreaterThan(100);
  const sources = new Map<string, string>();
  const wrong = filas.flatMap(({ regla, pruebas }) =>
    pruebas.flatMap(([file, title]) => {
      const absolute = path.join(ROOT, file);
      if (file === '' || !existsSync(absolute)) return [`${regla}: no hay archivo «${file}»`];
      const source = sources.get(file) ?? readFileSync(absolute, 'utf8');
      sources.set(file, source);
      const isTest = /\.(test\.tsx?|e2e\.ts)$/.test(file);
      return isTest && names(source, title) ? [] : [`${regla}: ${file} no tiene «${title}»`];
    }),
  );
  expect(wrong).toEqual([]);
});

test('no rule is written twice, and none without a test', () => {
  const reglas = filas.map(({ regla }) => regla);
  expect(new Set(reglas).size).toBe(reglas.length);
  const rows = DOC.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| regla'));
  expect(rows.length).toBe(filas.length);
});
