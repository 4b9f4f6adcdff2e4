import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { DbFallido, Muerto } from '#tests/sync/db-fallido.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';

const db = await testDb();
const e = await escenaConteo(db);

function conCodigo(code: string): Error {
  return Object.assign(new Error(`provoked ${code}`), { code });
}

/** A phone whose journal has everything that takes a path of its own through push. */
async function telefono(): Promise<{ tel: Telefono; conteo: string }> {
  const tel = await new Telefono(db).registra(e.ana);
  const conteo = newId();
  const ahora = new Date().toISOString();
  tel.guarda(e.ana, 'conteo.libre/1', {
    id: conteo,
    almacenId: e.tienda.almacenId,
    nombre: '',
    ciego: true,
    abiertoEn: ahora,
  });
  for (let i = 0; i < 3; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { nota: 'a\u0000b' }));
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  tel.guardaTexto(e.ana, 'conteo.desconocido/1', '{}');
  tel.guarda(e.ana, 'conteo.parte/1', { conteoId: conteo, intento: 1, lineas: 4, terminadaEn: ahora });
  return { tel, conteo };
}

const ESPERADO = ['applied', 'applied', 'applied', 'applied', 'rejected', 'applied', 'en_espera', 'applied'];

async function quedo(tel: Telefono, conteo: string): Promise<unknown> {
  const { rows } = await sql`
    select (select estado from inventario.conteos where id = ${conteo}) as estado,
           (select count(*)::int from inventario.conteo_lineas where conteo_id = ${conteo}) as lineas,
           (select count(*)::int from sync.rejection where device_id = ${tel.deviceId}) as cartas,
           (select count(*)::int from sync.mutation where device_id = ${tel.deviceId}) as mutaciones,
           (select last_mid::int from sync.device where id = ${tel.deviceId}) as "lastMid",
           (select count(*)::int from sync.pendiente) + (select count(*)::int from sync.armado) as "sinSellar"`.execute(
    db.kysely,
  );
  return rows[0];
}
/** Every statement in the full run, every third in the usual one. */
const PASO = process.env.FULL === '1' ? 1 : 3;
const BIEN = { estado: 'en_revision', lineas: 4, cartas: 2, mutaciones: 8, lastMid: 8, sinSellar: 0 };

test('killed between any two statements, a push that is sent again leaves everything exactly once', async () => {
  const entero = await telefono();
  const cuenta = new DbFallido(db);
  Object.assign(entero.tel, { db: cuenta });
  expect((await entero.tel.envia()).results.map((r) => r.status)).toEqual(ESPERADO);
  expect(await quedo(entero.tel, entero.conteo)).toEqual(BIEN);
  expect(cuenta.sentencias).toBeGreaterThan(20);

  for (let k = 1; k <= cuenta.sentencias; k += PASO) {
    const { tel, conteo } = await telefono();
    Object.assign(tel, { db: new DbFallido(db, { enSentencia: k, error: () => new Muerto() }) });
    await expect(tel.envia()).rejects.toThrow();
    Object.assign(tel, { db });
    const salida = await tel.envia();
    expect({ k, kind: salida.kind, status: salida.results.map((r) => r.status) }).toEqual({
      k,
      kind: 'ok',
      status: ESPERADO,
    });
    expect(await quedo(tel, conteo)).toEqual(BIEN);
  }
}, 60_000);

describe('failures of the moment', () => {
  test('none becomes a dead letter: the answer says retry, and the retry makes it whole', async () => {
    for (const code of ['57P01', '53200', '08006', 'ECONNRESET']) {
      for (const k of [6, 25]) {
        const { tel, conteo } = await telefono();
        Object.assign(tel, { db: new DbFallido(db, { enSentencia: k, error: () => conCodigo(code) }) });
        expect(await tel.envia()).toMatchObject({
          kind: 'retry',
          expectedMid: 1,
          results: [],
          retryAfterMs: 2000,
        });
        Object.assign(tel, { db });
        await tel.envia();
        expect(await quedo(tel, conteo)).toEqual(BIEN);
      }
    }
  });

  test('a deadlock and a serialization failure are tried again at once', async () => {
    for (const code of ['40001', '40P01']) {
      const { tel, conteo } = await telefono();
      Object.assign(tel, { db: new DbFallido(db, { enSentencia: 15, error: () => conCodigo(code) }) });
      expect((await tel.envia()).results.map((r) => r.status)).toEqual(ESPERADO);
      expect(await quedo(tel, conteo)).toEqual(BIEN);
    }
  });

  test('what an earlier transaction of the same push committed stays, and the answer says how far', async () => {
    const conVeneno = async () => {
      const { tel, conteo } = await telefono();
      for (let i = 0; i < 100; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { nota: 'a\u0000b' }));
      return tel;
    };
    const [entero, tel] = [await conVeneno(), await conVeneno()];
    const cuenta = new DbFallido(db);
    Object.assign(entero, { db: cuenta });
    await entero.envia();
    const fallido = new DbFallido(db, {
      enSentencia: cuenta.sentencias - 20,
      error: () => conCodigo('57P01'),
    });
    Object.assign(tel, { db: fallido });
    const salida = await tel.envia();
    expect(salida.kind).toBe('retry');
    expect(salida.expectedMid).toBeGreaterThan(30);
    expect(salida.results.map((r) => r.mid)).toEqual(
      Array.from({ length: salida.expectedMid - 1 }, (_, i) => i + 1),
    );
    Object.assign(tel, { db });
    expect(await tel.envia(tel.diario.slice(salida.expectedMid - 1))).toMatchObject({
      kind: 'ok',
      expectedMid: 109,
    });
  });

  test('a database that answers nothing at all is said to be busy', async () => {
    const { tel } = await telefono();
    const caida = { ...db, asService: () => Promise.reject(conCodigo('ECONNREFUSED')) };
    const turno = tel.turnos.get(e.ana.id)!;
    Object.assign(tel, { db: caida });
    // why: the keys that read a turno are cached per database, and this one has none
    for (const mutacion of tel.diario) Object.assign(mutacion, { turno });
    await expect(tel.envia()).rejects.toMatchObject({ code: 'SERVIDOR_OCUPADO' });
  });
});

test('three tabs that send the same journal at once store it once', async () => {
  const { tel, conteo } = await telefono();
  const salidas = await Promise.all([tel.envia(), tel.envia(), tel.envia()]);
  for (const salida of salidas) expect(salida.results.map((r) => r.status)).toEqual(ESPERADO);
  expect(await quedo(tel, conteo)).toEqual(BIEN);
});

test('the last parts of two phones that arrive together send the conteo to review', async () => {
  for (let i = 0; i < 5; i++) {
    const [a, b] = [await new Telefono(db).registra(e.ana), await new Telefono(db).registra(e.luis)];
    const conteo = newId();
    await db.asService(async (tx) => {
      await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por)
                values (${conteo}, ${e.tienda.id}, ${e.tienda.almacenId}, 'almacen', ${e.gerente.id})`.execute(
        tx,
      );
      await sql`insert into inventario.conteo_contadores
                values (${conteo}, ${e.ana.id}, 'Ana'), (${conteo}, ${e.luis.id}, 'Luis')`.execute(tx);
    });
    const parte = { conteoId: conteo, intento: 1, lineas: 1, terminadaEn: new Date().toISOString() };
    a.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    b.guarda(e.luis, 'conteo.linea/1', linea(conteo));
    a.guarda(e.ana, 'conteo.parte/1', parte);
    b.guarda(e.luis, 'conteo.parte/1', parte);
    await Promise.all([a.envia(), b.envia()]);
    const { rows } = await sql<{ estado: string }>`
      select estado from inventario.conteos where id = ${conteo}`.execute(db.kysely);
    expect(rows).toEqual([{ estado: 'en_revision' }]);
  }
});
