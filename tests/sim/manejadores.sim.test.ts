import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { contar, crearConteoLibre, deshacer } from '#client/offline/acciones.ts';
import { usaBases } from '#client/offline/bases.ts';
import { leeContado } from '#client/offline/vista-conteos.ts';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { startSync } from '#server/sync/port.ts';
import { testDb } from '../db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '../db/people.ts';
import { informe } from './historia.ts';
import { Manejadores } from './manejadores.ts';
import { Red } from './red.ts';
import { azar, Reloj } from './reloj.ts';
import { entra, Pestana, Telefono } from './telefono.ts';

/** The phone's real actions, journal, cache and engine against the server's real handlers on PostgreSQL. */
const RUNS = Number(process.env.SIM_DB_RUNS ?? 6);
const SEED = Number(process.env.SIM_SEED ?? 20_260_302);

type Paso =
  | { k: 'cuenta'; veces: number }
  | { k: 'deshace' }
  | { k: 'cambia' }
  | { k: 'espera'; ms: number }
  | { k: 'red'; maldad: number }
  | { k: 'choca'; en: number; momento: 'antes' | 'despues' }
  | { k: 'mata'; en: number };

const pasos: fc.Arbitrary<Paso> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ k: fc.constant('cuenta' as const), veces: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ k: fc.constantFrom('deshace' as const, 'cambia' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ k: fc.constant('espera' as const), ms: fc.constantFrom(400, 2_000, 12_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ k: fc.constant('red' as const), maldad: fc.constantFrom(0, 0.3, 0.6) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      k: fc.constant('choca' as const),
      en: fc.integer({ min: 1, max: 8 }),
      momento: fc.constantFrom('antes' as const, 'despues' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ k: fc.constant('mata' as const), en: fc.integer({ min: 1, max: 22 }) }),
  },
);

let db: Db;
let tienda: TestTienda;
let ana: TestUser;
let luis: TestUser;

beforeAll(async () => {
  db = await testDb();
  await startSync({ db, clock: { now: () => new Date(), newId } });
  tienda = await testTienda(db);
  ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  luis = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
});

async function vive(seed: number, historia: readonly Paso[]): Promise<void> {
  const reloj = new Reloj();
  const random = azar(seed);
  const servidor = new Manejadores(db, { now: () => new Date(reloj.now), newId }, [ana, luis]);
  const telefono = new Telefono(new Red(reloj, random), null);
  usaBases(telefono);
  let autor = ana;
  let tab: Pestana | null = null;
  const abre = () => {
    tab = new Pestana(telefono, () => servidor, reloj, random);
  };
  const enTurno = async (person: TestUser) => {
    const token = await servidor.registra(await telefono.journal.device(), person.id);
    await entra(telefono, person.id, token, reloj.now);
    autor = person;
    telefono.persona = { usuario: person.id, sesion: true };
  };
  await enTurno(ana);
  abre();
  const conteos = new Map<string, string>();
  const guardadas = new Map<string, string>();
  const conteoDe = async () => {
    const there = conteos.get(autor.id);
    if (there) return there;
    const id = await crearConteoLibre({ almacenId: tienda.almacenId });
    conteos.set(autor.id, id);
    return id;
  };

  for (const paso of historia) {
    if (!tab!.viva) abre();
    if (paso.k === 'cuenta') {
      const conteoId = await conteoDe();
      for (let i = 0; i < paso.veces; i += 1) {
        const linea = await contar({
          conteoId,
          intento: 1,
          ubicacionId: null,
          codigoCrudo: `SIN-ALTA-${i}`,
          simbologia: null,
          fuente: 'pistola',
          productoId: null,
          cantidad: String(i + 1),
          factor: '1',
        });
        guardadas.set(linea.id, autor.id);
      }
    } else if (paso.k === 'deshace') {
      const linea = await deshacer(await conteoDe(), 1);
      if (linea) guardadas.set(linea.id, autor.id);
    } else if (paso.k === 'cambia') await enTurno(autor === ana ? luis : ana);
    else if (paso.k === 'espera') await reloj.advance(paso.ms);
    else if (paso.k === 'red') telefono.red.maldad = paso.maldad;
    else if (paso.k === 'mata') servidor.matarEn = paso.en;
    else {
      tab!.choque = { en: paso.en, momento: paso.momento };
      tab!.engine.poke('foco');
      await reloj.advance(2_000);
    }
  }

  telefono.red.maldad = 0;
  servidor.matarEn = null;
  if (!tab!.viva) abre();
  tab!.choque = null;
  tab!.engine.poke('online');
  await reloj.advance(120_000);

  expect(await telefono.journal.db.mutations.where('state').notEqual('enviada').toArray()).toEqual([]);
  const ids = [...guardadas.keys()];
  const { rows } =
    ids.length === 0
      ? { rows: [] }
      : await sql<{ id: string; usuario_id: string }>`
          select id, usuario_id from inventario.conteo_lineas
          where conteo_id in (${sql.join([...conteos.values()])})`.execute(db.kysely);
  expect(new Map(rows.map((row) => [row.id, row.usuario_id]))).toEqual(guardadas);
  const contado = await Promise.all(
    [...conteos].filter(([usuario]) => usuario === autor.id).map(([usuario, id]) => leeContado(id, usuario)),
  );
  expect(contado.flat().every((row) => row.estado === 'enviado')).toBe(true);
  const propio = conteos.get(autor.id) ?? '';
  expect(await telefono.cache.db.conteo_lineas.where('conteoId').equals(propio).count()).toBe(
    ids.filter((id) => guardadas.get(id) === autor.id).length,
  );
  tab!.mata();
  await reloj.settle();
  usaBases(null);
  await telefono.tira();
}

test(`every line that was shown as saved is in the database once (seed ${SEED})`, {
  timeout: 60_000,
}, async () => {
  const historia = fc.record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    pasos: fc.array(pasos, { minLength: 3, maxLength: 14, size: 'max' }),
  });
  const result = await fc.check(
    fc.asyncProperty(historia, ({ seed, pasos: steps }) => vive(seed, steps)),
    {
      numRuns: RUNS,
      seed: SEED,
      interruptAfterTimeLimit: 15_000,
      markInterruptAsFailure: false,
      endOnFailure: true,
    },
  );
  expect(result.failed, informe(result)).toBe(false);
});
