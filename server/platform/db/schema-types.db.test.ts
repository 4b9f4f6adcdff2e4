import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { testDb } from '#tests/db/harness.ts';
import { SCHEMA_TYPES_FILE, schemaTypes } from '../../../scripts/schema-types.ts';

test('the column types are what the migrations make (else run `npm run schema-types`)', async () => {
  const db = await testDb({ kind: 'pglite' });
  expect(await readFile(SCHEMA_TYPES_FILE, 'utf8')).toBe(await schemaTypes(db));
});
