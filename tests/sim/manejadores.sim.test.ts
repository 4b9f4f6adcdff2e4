import { beforeAll, expect, test } from 'vitest';
import type { Db } from '#server/platform/db/db.ts';
import { testDb } from '../db/harness.ts';
import { buscaCon } from './busca.ts';
import { abreServidor, historiasSql, viveSql } from './historia-sql.ts';

/** `npm run sim -- --sql` plays any number of them. */
const HISTORIAS = 6;
const PASOS = 30;
const SEMILLA = Date.now() % 2 ** 31;

let db: Db;
beforeAll(async () => {
  db = await testDb();
  await abreServidor(db);
});

test(`every line that was shown as saved is in the database once (seed ${SEMILLA})`, {
  timeout: 120_000,
}, async () => {
  const bloque = { semilla: SEMILLA, cuantas: HISTORIAS, pasos: PASOS };
  const hallazgo = await buscaCon(historiasSql(PASOS), (historia) => viveSql(db, historia), bloque);
  expect(hallazgo).toBeNull();
});
