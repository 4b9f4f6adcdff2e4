import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { testDb } from '../db/harness.ts';
import { buscaCon } from './busca.ts';
import { type HistoriaSql, historiasSql, viveSql } from './historia-sql.ts';
import { Violacion } from './invariantes.ts';
import { semillaDeHoy } from './semilla.ts';
import { ServidorSql } from './servidor-sql.ts';

/** `npm run sim -- --sql` plays any number of them. */
const HISTORIAS = 150;
const PASOS = 60;
/** Where the machine is busy, those that fit in this: a suite must not wait for them. */
const PLAZO_MS = 30_000;
const SEMILLA = semillaDeHoy();

/** The shortest histories in which these bugs show. */
const SEMBRADAS: Record<string, HistoriaSql> = {
  sin_rebobinar: {
    seed: 1,
    pasos: [
      { k: 'respalda' },
      { k: 'cuenta', t: 0, veces: 2 },
      { k: 'espera', ms: 12_000 },
      { k: 'restaura', epoca: true },
    ],
  },
  bifurca_olvida: {
    seed: 1,
    pasos: [
      { k: 'espera', ms: 2_000 },
      { k: 'clona', p: 0 },
      { k: 'cuenta', t: 0, veces: 1 },
      { k: 'cuenta', t: 1, veces: 2 },
      { k: 'espera', ms: 12_000 },
    ],
  },
  scope_queda: {
    seed: 1,
    pasos: [
      { k: 'otorga' },
      { k: 'mueve', id: 0, a: 1 },
      { k: 'espera', ms: 400 },
      { k: 'choca', t: 0, en: 99, momento: 'antes' },
      { k: 'espera', ms: 12_000 },
      { k: 'quita' },
    ],
  },
};

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
  let jugadas = 0;
  const bloque = {
    semilla: SEMILLA,
    cuantas: HISTORIAS,
    pasos: PASOS,
    plazoMs: PLAZO_MS,
    jugada: () => {
      jugadas += 1;
    },
  };
  const hallazgo = await buscaCon(historiasSql(PASOS), (historia) => viveSql(servidor, historia), bloque);
  console.log(`historias sobre SQL: ${jugadas} de ${HISTORIAS}, de hasta ${PASOS} pasos, semilla ${SEMILLA}`);
  expect(hallazgo).toBeNull();
  expect(jugadas).toBeGreaterThan(0);
});

test.each([
  ['acked mutations never sent again', 'sin_rebobinar'],
  ['taking a new id forgets the unsent', 'bifurca_olvida'],
  ['rows of a revoked scope kept', 'scope_queda'],
] as const)('on the real SQL too, %s is caught', { timeout: 120_000 }, async (_name, falla) => {
  const historia = SEMBRADAS[falla]!;
  await expect(viveSql(servidor, historia, falla)).rejects.toBeInstanceOf(Violacion);
  await viveSql(servidor, historia);
});
