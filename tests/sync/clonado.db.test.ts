import 'fake-indexeddb/auto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { Cache } from '#client/offline/cache.ts';
import { CacheDb } from '#client/offline/cache-db.ts';
import { SyncEngine } from '#client/offline/core/engine.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { altaDe, Journal } from '#client/offline/journal.ts';
import { JournalDb } from '#client/offline/journal-db.ts';
import { journalPort } from '#client/offline/journal-port.ts';
import { registra } from '#server/acceso/registra.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { httpStatusOf, toAppError } from '#server/platform/errors.ts';
import { ensureEpoch } from '#server/sync/epoca.ts';
import { hello } from '#server/sync/hello.ts';
import { syncPort } from '#server/sync/port.ts';
import { pull } from '#server/sync/pull.ts';
import { push } from '#server/sync/push.ts';
import type { ArgsDe, NombreMutador } from '#shared/contracts/mutadores.ts';
import { ESQUEMA_PULL } from '#shared/contracts/sync.ts';
import { testDb } from '../db/harness.ts';
import { type TestUser, testTienda, testUser } from '../db/people.ts';
import { linea } from './telefono.ts';

/** What of a handler's failure reaches a phone. */
async function alaRed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const app = toAppError(error);
    throw new NetFailure('http', { status: httpStatusOf(app), code: app.code });
  }
}

/** The phone's real engine and journal over the real handlers; several people use it. */
class Compartido {
  readonly journal: Journal;
  readonly engine: SyncEngine;
  /** So many answers of a registration are lost after the server did it. */
  pierdeAltas = 0;
  enTurno: TestUser | null = null;
  readonly #db: Db;

  constructor(db: Db, nombre: string) {
    this.#db = db;
    this.journal = new Journal({ open: () => new JournalDb(`journal-${nombre}`) });
    const cache = new Cache(() => new CacheDb(`cache-${nombre}`));
    const port = syncPort({ db, clock: systemClock });
    this.engine = new SyncEngine({
      journal: journalPort(this.journal),
      cache: {
        schema: ESQUEMA_PULL,
        cursors: () => cache.cursors(),
        applyPull: (answer, sent, device) => cache.applyPull(answer, sent, device),
        dropLevel: (device, mid) => cache.dropLevel(device, mid),
        reopen: () => cache.reopen(),
        rebuild: () => cache.rebuild(),
      },
      net: {
        hello: (input) => alaRed(hello(port, this.enTurno!.id, input)),
        push: (input) => alaRed(push(port, input)),
        pull: (input) => alaRed(pull(port, this.enTurno!.id, input)),
      },
      auth: {
        hasSession: () => true,
        refresh: async () => 'ok',
        register: async () => {
          await this.entra(this.enTurno!);
          return 'ok';
        },
      },
      clock: {
        now: () => Date.now(),
        mono: () => performance.now(),
        sleep: (ms, signal) =>
          new Promise((done) => {
            const timer = setTimeout(done, ms);
            signal.addEventListener('abort', () => {
              clearTimeout(timer);
              done();
            });
          }),
      },
      random: () => 0.5,
      app: 'prueba',
      log: () => {},
    });
  }

  /** Log-in: this person is registered on this phone. */
  async entra(quien: TestUser): Promise<void> {
    this.enTurno = quien;
    const { id: deviceId, secret } = await this.journal.device();
    const salida = await alaRed(
      registra({ db: this.#db, clock: systemClock }, quien.claims, {
        deviceId,
        secret,
        nombre: 'Moto del almacén',
        app: 'prueba',
        turnosDeAntes: await this.journal.turnosDeAntes(),
      }),
    );
    if (this.pierdeAltas > 0) {
      this.pierdeAltas -= 1;
      throw new NetFailure('sin_red');
    }
    const { token, emitidoEn, expiraEn, ...identidad } = salida.turno;
    await this.journal.enter(
      { ...identidad, expiraEn },
      { usuario: quien.id, token, emitido_en: emitidoEn, expira_en: expiraEn },
      altaDe(deviceId, salida),
    );
  }

  async guarda<N extends NombreMutador>(autor: TestUser, name: N, args: ArgsDe<N>): Promise<string> {
    await this.journal.save([
      {
        name,
        args: JSON.stringify(args),
        usuario: autor.id,
        createdAt: new Date().toISOString(),
        desfaseGuardarMs: 0,
        entidad: (args as { id: string }).id,
        conteo: null,
      },
    ]);
    return (args as { id: string }).id;
  }

  async rondas(cuantas: number): Promise<void> {
    for (let i = 0; i < cuantas; i += 1) await this.engine.round(new AbortController().signal);
  }

  async estados(): Promise<string[]> {
    const rows = await this.journal.db.mutations.toArray();
    return rows.map((row) => `${row.state} ${row.last_error ?? ''}`.trim());
  }

  /** The same bytes in another phone. */
  async clona(nombre: string): Promise<Compartido> {
    const copia = new Compartido(this.#db, nombre);
    for (const table of this.journal.db.tables) {
      await copia.journal.db.table(table.name).bulkAdd(await table.toArray());
    }
    copia.enTurno = this.enTurno;
    return copia;
  }
}

test('a cloned phone that several people share takes a new id and sends each line as its author: nothing lost, nothing in quarantine, also when the answer of its registration is lost', async () => {
  const db = await testDb();
  await ensureEpoch(db, systemClock);
  const tienda = await testTienda(db);
  const ana = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  const luis = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
  const abre = { almacenId: tienda.almacenId, nombre: '', ciego: true, abiertoEn: new Date().toISOString() };
  const autores = new Map<string, string>();
  const suyo = new Map<string, string>();
  const cuenta = async (telefono: Compartido, quien: TestUser) =>
    autores.set(
      await telefono.guarda(quien, 'conteo.linea/1', linea(suyo.get(quien.id)!, { codigoCrudo: newId() })),
      quien.id,
    );

  const uno = new Compartido(db, 'uno');
  for (const quien of [ana, luis]) {
    await uno.entra(quien);
    suyo.set(quien.id, await uno.guarda(quien, 'conteo.libre/1', { id: newId(), ...abre }));
    await cuenta(uno, quien);
  }
  await uno.rondas(1);
  const dos = await uno.clona('dos');
  await cuenta(uno, luis);
  await uno.rondas(1);
  // Luis is in on both; what Ana did on the clone before is still unsent.
  await cuenta(dos, ana);
  await cuenta(dos, luis);
  dos.pierdeAltas = 1;
  await dos.rondas(4);

  expect(await dos.estados()).toEqual(Array(6).fill('enviada'));
  expect(await uno.estados()).toEqual(Array(5).fill('enviada'));
  expect((await dos.journal.device()).id).not.toBe((await uno.journal.device()).id);
  const { rows } = await sql<{ id: string; usuario_id: string }>`
    select id, usuario_id from inventario.conteo_lineas where conteo_id = any(${[...suyo.values()]}::uuid[])`.execute(
    db.kysely,
  );
  expect(new Map(rows.map((row) => [row.id, row.usuario_id]))).toEqual(autores);
  expect(rows).toHaveLength(autores.size);
  const { rows: cartas } = await sql<{ n: number }>`
    select count(*)::int as n from sync.rejection where usuario_id = any(${[ana.id, luis.id]}::uuid[])`.execute(
    db.kysely,
  );
  expect(cartas).toEqual([{ n: 0 }]);
});
