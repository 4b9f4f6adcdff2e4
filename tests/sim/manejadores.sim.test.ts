import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { testDb } from '../db/harness.ts';
import { buscaCon } from './busca.ts';
import { historiasSql, viveSql } from './historia-sql.ts';
import { ServidorSql } from './mundo-sql.ts';

/** `npm run sim -- --sql` plays any number of them. */
const HISTORIAS = 150;
const PASOS = 60;
/** A fifth of it is enough on a quiet machine. */
const PLAZO_MS = 60_000;
const SEMILLA = Date.now() % 2 ** 31;

let servidor: ServidorSql;
beforeAll(async () => {
  const db = await testDb();
  const { rows } = await sql<{ nombre: string }>`select current_database() as nombre`.execute(db.kysely);
  servidor = await ServidorSql.abre(db, inject('cluster')!.adminUrl.replace(/postgres$/, rows[0]!.nombre));
});
afterAll(() => servidor.cierra());

test(`every line that was shown as saved is in the database once (seed ${SEMILLA})`, {
  timeout: 240_000,
}, async () => {
  const bloque = { semilla: SEMILLA, cuantas: HISTORIAS, pasos: PASOS, plazoMs: PLAZO_MS };
  const hallazgo = await buscaCon(historiasSql(PASOS), (historia) => viveSql(servidor, historia), bloque);
  expect(hallazgo).toBeNull();
});
