import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { NetFailure } from '#client/offline/core/ports.ts';
import { newId } from '#server/platform/clock.ts';
import { startSync } from '#server/sync/port.ts';
import type { HelloEntrada, Mutacion, PullSalida, PushEntrada, PushSalida } from '#shared/contracts/sync.ts';
import { testDb } from '../db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '../db/people.ts';
import { linea } from '../sync/telefono.ts';
import { Manejadores } from './manejadores.ts';
import { huella } from './memoria.ts';
import { semillaDeHoy } from './semilla.ts';
import { Servidor } from './servidor.ts';
import type { ServidorDeSim } from './telefono.ts';

/** The fast model answers as what it stands in for, or hundreds of thousands of its histories would prove nothing. */
const SEMILLA = semillaDeHoy();

/** What a call ended with, without what differs by nature: ids of epochs, hours, words. */
async function dicho<T>(work: () => T | Promise<T>, corto: (value: T) => unknown): Promise<unknown> {
  try {
    return corto(await work());
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    return { falla: error.code };
  }
}
const push = ({ kind, expectedMid, resend, results }: PushSalida) => ({
  kind,
  expectedMid,
  resend: resend === true,
  results: results.map(({ mid, status }) => [mid, status]),
});

type Llamada =
  | { k: 'push'; t: number; desde: number; cuantas: number; cojea: number; acked: number; oldest: number }
  | { k: 'hello'; t: number; acked: number }
  | { k: 'pull'; t: number; u: number; limit: number }
  | { k: 'registra'; t: number; u: number }
  | { k: 'otro_contenido'; t: number; mid: number }
  | { k: 'revoca'; t: number }
  | { k: 'activo'; u: number; si: boolean };

const t = fc.nat(1);
const u = fc.nat(1);
const llamadas: fc.Arbitrary<Llamada> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      k: fc.constant('push' as const),
      t,
      desde: fc.integer({ min: -3, max: 2 }),
      cuantas: fc.integer({ min: 1, max: 5 }),
      cojea: fc.nat(9),
      acked: fc.nat(6),
      oldest: fc.nat(9),
    }),
  },
  { weight: 3, arbitrary: fc.record({ k: fc.constant('hello' as const), t, acked: fc.nat(6) }) },
  {
    weight: 4,
    arbitrary: fc.record({ k: fc.constant('pull' as const), t, u, limit: fc.integer({ min: 2, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ k: fc.constant('registra' as const), t, u }) },
  { weight: 2, arbitrary: fc.record({ k: fc.constant('otro_contenido' as const), t, mid: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ k: fc.constant('revoca' as const), t }) },
  { weight: 1, arbitrary: fc.record({ k: fc.constant('activo' as const), u, si: fc.boolean() }) },
);

let db: Awaited<ReturnType<typeof testDb>>;
let tienda: TestTienda;
beforeAll(async () => {
  db = await testDb();
  await startSync({ db, clock: { now: () => new Date(), newId } });
  tienda = await testTienda(db);
});

async function abreConteo(id: string, gente: readonly TestUser[]): Promise<void> {
  await db.asService(async (tx) => {
    await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por)
      values (${id}, ${tienda.id}, ${tienda.almacenId}, 'libre', ${gente[0]!.id})`.execute(tx);
    await sql`insert into inventario.conteo_intentos (conteo_id, intento) values (${id}, 1)`.execute(tx);
    for (const { id: usuario, nombre } of gente) {
      await sql`insert into inventario.conteo_contadores (conteo_id, usuario_id, nombre)
        values (${id}, ${usuario}, ${nombre})`.execute(tx);
    }
  });
}

type Lado = { servidor: ServidorDeSim; turnos: Map<string, string>; cursors: Record<string, string>[] };
type Equipo = { id: string; secret: string; flujo: Mutacion[] };

/** One sequence of calls to both, with the same mutations; each side has its own turnos and cursors. */
class Careo {
  readonly modelo = new Servidor(() => Date.now());
  readonly lados: Lado[];
  readonly equipos: Equipo[] = [0, 1].map((n) => ({ id: newId(), secret: `${n}`.repeat(40), flujo: [] }));
  readonly conteoId = newId();
  readonly gente: TestUser[];

  constructor(gente: TestUser[]) {
    this.gente = gente;
    const reales = new Manejadores(db, { now: () => new Date(), newId }, gente);
    this.lados = [this.modelo, reales].map((servidor) => ({
      servidor,
      turnos: new Map(),
      cursors: [{}, {}, {}, {}],
    }));
    for (const { id } of gente) {
      for (const scope of [`usuario:${id}`, `lineas:${this.conteoId}:${id}`]) this.modelo.otorga(id, scope);
    }
  }

  async ambos<T>(llama: (lado: Lado) => T | Promise<T>, corto: (value: T) => unknown): Promise<void> {
    const [modelo, real] = [
      await dicho(() => llama(this.lados[0]!), corto),
      await dicho(() => llama(this.lados[1]!), corto),
    ];
    expect(modelo).toEqual(real);
  }

  registra(n: number, persona: number): Promise<void> {
    const { id, secret } = this.equipos[n]!;
    const usuario = this.gente[persona]!.id;
    return this.ambos(
      async ({ servidor, turnos }) => {
        const { token } = await servidor.registra({ id, secret }, usuario, []);
        turnos.set(`${n}:${persona}`, token);
      },
      () => 'ok',
    );
  }

  /** The stream grows as it is asked for: lines, poison, unknown mutators, turnos of nobody and of the other phone. */
  #mutacion(n: number, mid: number, cojea: number): Mutacion {
    const { flujo } = this.equipos[n]!;
    while (flujo.length < mid) {
      const nueva = linea(this.conteoId, { cantidad: String(flujo.length + 1) });
      const args = JSON.stringify(cojea === 1 ? { ...nueva, cantidad: '-1' } : nueva);
      flujo.push({
        mid: flujo.length + 1,
        name: cojea === 2 ? 'futuro/1' : 'conteo.linea/1',
        args,
        hash: cojea === 3 ? huella(`${args} `) : huella(args),
        createdAt: new Date().toISOString(),
        // Whose, by `turnos` of each side.
        turno: cojea === 4 ? 'de-nadie' : `${cojea === 5 ? 1 - n : n}:${flujo.length % 2}`,
      });
    }
    return flujo[mid - 1]!;
  }

  async haz(llamada: Llamada): Promise<void> {
    if (llamada.k === 'registra') return this.registra(llamada.t, llamada.u);
    if (llamada.k === 'revoca') {
      const { id } = this.equipos[llamada.t]!;
      this.modelo.revoca(id);
      await sql`update sync.device set revoked_at = now() where id = ${id}`.execute(db.kysely);
      return;
    }
    if (llamada.k === 'activo') {
      const { id } = this.gente[llamada.u]!;
      this.modelo.desactiva(id, !llamada.si);
      await sql`update inventario.usuarios set is_active = ${llamada.si} where id = ${id}`.execute(db.kysely);
      return;
    }
    const equipo = this.equipos[llamada.t]!;
    if (llamada.k === 'otro_contenido') {
      const old = equipo.flujo[llamada.mid];
      if (!old) return;
      const args = JSON.stringify(linea(this.conteoId, { cantidad: '7' }));
      equipo.flujo[llamada.mid] = { ...old, args, hash: huella(args) };
      return;
    }
    if (llamada.k === 'pull') return this.#baja(llamada);
    const acked = this.#acked(equipo, llamada.acked);
    const base = { deviceId: equipo.id, secret: equipo.secret, acked };
    if (llamada.k === 'hello') {
      const entrada: HelloEntrada = { ...base, app: 'sim', schema: 1, pending: 0, oldestPendingAt: null };
      return this.ambos(
        ({ servidor }) => servidor.hello(entrada),
        ({ expectedMid, revoked, forked }) => ({ expectedMid, revoked, forked }),
      );
    }
    await this.#envia(llamada, base);
  }

  #acked({ flujo }: Equipo, n: number): HelloEntrada['acked'] {
    const mutation = flujo[n];
    return mutation ? { mid: mutation.mid, hash: mutation.hash } : null;
  }

  #envia(
    { t: n, desde, cuantas, cojea, oldest }: Llamada & { k: 'push' },
    base: Pick<PushEntrada, 'deviceId' | 'secret' | 'acked'>,
  ): Promise<void> {
    const siguiente = (this.modelo.estado.equipos.get(base.deviceId)?.lastMid ?? 0) + 1;
    const primera = Math.max(1, siguiente + desde);
    const mutations = Array.from({ length: cuantas }, (_, i) => this.#mutacion(n, primera + i, cojea));
    // One is left out, or comes twice.
    if (cojea === 6 && cuantas > 2) mutations.splice(1, 1);
    if (cojea === 7) mutations.push(mutations[0]!);
    return this.ambos(
      ({ servidor, turnos }) =>
        servidor.push({
          ...base,
          epoch: null,
          desfaseEnviarMs: 0,
          oldestMid: oldest === 0 ? primera : 1,
          pending: cuantas,
          mutations: mutations.map((m) => ({ ...m, turno: turnos.get(m.turno) ?? 'de-nadie' })),
        }),
      push,
    );
  }

  async #baja({ t: n, u: persona, limit }: Llamada & { k: 'pull' }): Promise<void> {
    const { id, secret } = this.equipos[n]!;
    const usuario = this.gente[persona]!.id;
    await this.ambos(
      async ({ servidor, cursors }) => {
        const filas = new Set<string>();
        let salida: PullSalida;
        do {
          const at = cursors[n * 2 + persona]!;
          salida = await servidor.pull(
            { deviceId: id, secret, schema: 1, cursors: { ...at }, limit },
            usuario,
          );
          for (const scope of salida.scopesRemoved) delete at[scope];
          for (const page of salida.pages) {
            at[page.scope] = page.cursor;
            for (const row of page.upserts.conteo_lineas ?? []) filas.add(String(row.id));
            for (const row of page.upserts.rechazos ?? []) filas.add(`${row.deviceId}:${row.mid}`);
          }
        } while (!salida.done);
        return { lastMid: salida.lastMid, filas: [...filas].sort() };
      },
      (value) => value,
    );
  }

  /** The same lines of the same people, the same dead letters with the same text, the same numbers. */
  async igualAlFinal(): Promise<void> {
    const ids = this.equipos.map((equipo) => equipo.id);
    const lineas = await sql<{ id: string; usuario_id: string }>`
      select id, usuario_id from inventario.conteo_lineas where conteo_id = ${this.conteoId}`.execute(
      db.kysely,
    );
    const cartas = await sql<{ clave: string; result: string; args: string }>`
      select device_id || ':' || mid as clave, result, args from sync.rejection
      where device_id in (${sql.join(ids)})`.execute(db.kysely);
    const numeros = await sql<{ clave: string; result: string }>`
      select device_id || ':' || mid as clave, result from sync.mutation
      where device_id in (${sql.join(ids)})`.execute(db.kysely);
    const { filas, cartas: suyas, equipos } = this.modelo.estado;
    const delModelo = [...filas].flatMap(([key, { fila }]) =>
      key.startsWith('conteo_lineas|') ? [[fila.id, fila.usuarioId]] : [],
    );
    const pares = (rows: unknown[][]) => rows.map((row) => row.join(' ')).sort();
    expect(pares(delModelo)).toEqual(pares(lineas.rows.map((row) => [row.id, row.usuario_id])));
    expect(pares([...suyas.values()].map((carta) => [carta.rechazo, carta.estado, carta.args]))).toEqual(
      pares(cartas.rows.map((row) => [row.clave, row.result, row.args])),
    );
    const mids = [...equipos].flatMap(([id, { mutaciones }]) =>
      [...mutaciones].map(([mid, { result }]) => [`${id}:${mid}`, result]),
    );
    expect(pares(mids)).toEqual(pares(numeros.rows.map((row) => [row.clave, row.result])));
  }
}

test(`the model of the server answers as the handlers on PostgreSQL (seed ${SEMILLA})`, {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(llamadas, { minLength: 10, maxLength: 40, size: 'max' }), async (todas) => {
      const gente = [
        await testUser(db, { rol: 'almacenista', tiendas: [tienda] }),
        await testUser(db, { rol: 'almacenista', tiendas: [tienda] }),
      ];
      const careo = new Careo(gente);
      await abreConteo(careo.conteoId, gente);
      await careo.registra(0, 0);
      await careo.registra(0, 1);
      for (const llamada of todas) await careo.haz(llamada);
      await careo.igualAlFinal();
    }),
    { numRuns: 12, seed: SEMILLA, interruptAfterTimeLimit: 20_000 },
  );
});
