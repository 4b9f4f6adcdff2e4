import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Made by a program, or a list of data: long without hiding anything. */
const LISTS = new Set(['server/platform/db/schema-types.ts', 'database/seed/familias.ts']);
const MAX_LINES = 400;
/** A test file is read case by case, so it may be longer. */
const MAX_TEST_LINES = 700;

interface Source {
  readonly file: string;
  readonly text: string;
  /** Without comments, so that a rule's name in one doesn't break it. */
  readonly code: string;
  /** Modules imported for their values, and for their types only. */
  readonly values: readonly string[];
  readonly types: readonly string[];
}

const IMPORT =
  /(?:^|\n)\s*(import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)\s*import\s+'([^']+)'/g;

/** `./x` and `#shared/x` as a path from the root; packages as they are. */
function target(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier);
  return specifier.startsWith('#') ? specifier.slice(1) : `pkg:${specifier}`;
}

function read(file: string): Source {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const found = [...text.matchAll(IMPORT)].map(([, , type, from, dynamic, bare]) => ({
    type: type !== undefined,
    to: target(file, from ?? dynamic ?? bare ?? ''),
  }));
  return {
    file,
    text,
    code: text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, ''),
    values: found.filter(({ type }) => !type).map(({ to }) => to),
    types: found.filter(({ type }) => type).map(({ to }) => to),
  };
}

const all = ['client', 'server', 'shared', 'database', 'scripts', 'tests', 'bench']
  .flatMap((dir) =>
    globSync(`${dir}/**/*.{ts,tsx,mjs}`, {
      cwd: ROOT,
      // What bench/peers installs on demand.
      exclude: (name) => name.endsWith('node_modules'),
    }),
  )
  .map((file) => file.split(path.sep).join('/'))
  .sort()
  .map(read);
const isTest = ({ file }: Source): boolean => /\.test\.tsx?$/.test(file);
const product = all.filter((source) => !isTest(source));
const inside = (dir: string) => product.filter(({ file }) => file.startsWith(`${dir}/`));

/** Names the offenders; an empty list passes. */
function none(sources: readonly Source[], breaks: (source: Source) => unknown): void {
  expect(sources.filter((source) => breaks(source)).map(({ file }) => file)).toEqual([]);
}
const to = (prefix: RegExp) => (module: string) => prefix.test(module);

test('there is something to look at', () => {
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(({ values }) => values.length > 0).length).toBeGreaterThan(all.length / 2);
});

describe('who may import whom', () => {
  test('client: values only from client and shared, types also from server', () => {
    none(inside('client'), ({ values }) => values.some(to(/^(server|tests|database|scripts|bench)\//)));
    none(inside('client'), ({ types }) => types.some(to(/^(tests|database|scripts|bench)\//)));
  });

  test('client/ui knows React and icons only', () => {
    const allowed = /^(client\/ui\/|pkg:(react|react-dom|lucide-react|@fontsource\/)(\/|$|[\w-]))/;
    none(inside('client/ui'), ({ values, types }) =>
      [...values, ...types].some((module) => !allowed.test(module)),
    );
  });

  test('a feature reaches another only through its index', () => {
    none(inside('client/features'), ({ file, values, types }) => {
      const own = file.split('/')[2];
      return [...values, ...types].some((module) => {
        const [, feature, ...rest] = /^client\/features\/([^/]+)\/(.+)$/.exec(module) ?? [];
        return feature !== undefined && feature !== own && !/^index\.tsx?$/.test(rest.join('/'));
      });
    });
  });

  test('shared imports zod, uuid and itself; nothing else', () => {
    const allowed = /^(shared\/|pkg:(zod|uuid)(\/|$))/;
    none(inside('shared'), ({ values, types }) =>
      [...values, ...types].some((module) => !allowed.test(module)),
    );
  });

  test('server never imports the client or what only tests have', () => {
    none(inside('server'), ({ values, types }) => [...values, ...types].some(to(/^(client|tests|bench)\//)));
  });

  test('the platform knows no capability, except where they are put together', () => {
    none(inside('server/platform'), ({ values }) =>
      values.some((module) => /^server\//.test(module) && !/^server\/(platform|trpc|env)/.test(module)),
    );
  });
});

describe('what stands where', () => {
  test('SQL only in *.sql.ts, the platform’s database folder, seeds and migrations', () => {
    const sql =
      /\bsql(<[^`]*>)?`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\.query(<[^(]*>)?\(\s*[`']/;
    none(
      inside('server'),
      ({ file, code }) =>
        !/\.sql\.ts$|^server\/platform\/(db\/|open-database|seed-demo)/.test(file) && sql.test(code),
    );
  });

  test('shared/domain has no clock, no randomness, no I/O', () => {
    none(inside('shared/domain'), ({ code }) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(|\bcrypto\.|\bperformance\.|\bsetTimeout\(/.test(
        code,
      ),
    );
  });

  test('on the server only the platform reads the clock or makes ids', () => {
    none(
      inside('server'),
      ({ file, code }) =>
        !/^server\/(platform\/|main\.ts)/.test(file) &&
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(/.test(code),
    );
  });

  test('money and quantities are never floats', () => {
    none([...inside('shared'), ...inside('server')], ({ code }) => /\bparseFloat\(/.test(code));
  });

  test('no file says only that it helps', () => {
    none(all, ({ file }) => /(^|\/)(services?|utils?|helpers?|types|interfaces|common)\.[^/]+$/.test(file));
  });

  test('names are kebab-case', () => {
    none(all, ({ file }) => !/^([a-z0-9.-]+\/)*[a-z0-9]+([.-][a-z0-9]+)*\.(d\.)?(ts|tsx|mjs)$/.test(file));
  });

  test(`files stay under ${MAX_LINES} lines`, () => {
    none(all, (source) => {
      const lines = source.text.split('\n').length;
      return !LISTS.has(source.file) && lines > (isTest(source) ? MAX_TEST_LINES : MAX_LINES);
    });
  });

  test('every suppression says why', () => {
    const suppression = /(@ts-expect-error|@ts-ignore|biome-ignore)\b(?!.*\bwhy:)/;
    none(all, ({ file, text }) => file !== 'tests/architecture.test.ts' && suppression.test(text));
  });
});
