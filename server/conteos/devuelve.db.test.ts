import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import { AppError } from '#shared/errores.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { closePartes } from './decisiones.ts';
import { returnParte } from './devuelve.ts';
import { reviewConteo } from './revision.ts';

const db = await testDb();
const e = await escenaConteo(db);
const jefe = e.quien(e.gerente);

const estado = async (id: string) =>
  (await sql<{ estado: string }>`select estado from inventario.conteos where id = ${id}`.execute(db.kysely))
    .rows[0]!.estado;
const falla = (call: Promise<unknown>) =>
  call.then(
    () => 'nada',
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );
const devuelve = (conteoId: string, usuarioId = e.ana.id, quien = jefe) =>
  returnParte(db, systemClock, quien, { conteoId, intento: 1, usuarioId, nota: 'falta el pasillo 3' });
const suParte = async (conteo: string, usuarioId = e.ana.id) =>
  (await reviewConteo(db, jefe, conteo)).partes.find((p) => p.usuarioId === usuarioId)!;
const parteDe = (conteoId: string, lineas: number) => ({
  conteoId,
  intento: 1,
  lineas,
  terminadaEn: new Date().toISOString(),
});

async function terminado() {
  const producto = await e.producto();
  const conteo = await e.conteo([e.ana, e.luis]);
  const tel = await new Telefono(db).registra(e.ana, e.luis);
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: producto, cantidad: '2' }));
  tel.guarda(e.ana, 'conteo.parte/1', parteDe(conteo, 1));
  tel.guarda(e.luis, 'conteo.parte/1', parteDe(conteo, 0));
  await tel.envia();
  expect(await estado(conteo)).toBe('en_revision');
  return { conteo, tel, producto };
}

test('return a part to its counter with a note: it is open again until it is sent once more', async () => {
  const { conteo, tel, producto } = await terminado();
  await devuelve(conteo);
  expect(await estado(conteo)).toBe('abierto');
  expect(await suParte(conteo)).toMatchObject({
    terminadaEn: null,
    lineasRecibidas: 1,
    devuelta: { nota: 'falta el pasillo 3' },
  });
  expect((await reviewConteo(db, jefe, conteo)).advertencias.map((a) => a.code)).toContain(
    'APROBACION_PARTES',
  );

  // Her phone hears of it with the note.
  await tel.bajaTodo(e.ana);
  expect(tel.filas('conteo_partes').get(`${conteo}:1:${e.ana.id}`)).toMatchObject({
    devueltaEn: expect.any(String),
    notaDevolucion: 'falta el pasillo 3',
  });

  // What was sent before is not said again, and somebody else's part does not finish hers.
  await tel.envia();
  tel.guarda(e.luis, 'conteo.parte/1', parteDe(conteo, 5));
  await tel.envia();
  expect(await estado(conteo)).toBe('abierto');
  expect(await falla(devuelve(conteo))).toBe('PARTE_ABIERTA');

  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: producto, cantidad: '3' }));
  tel.guarda(e.ana, 'conteo.parte/1', parteDe(conteo, 1));
  await tel.envia();
  expect(await estado(conteo)).toBe('en_revision');
  expect(await suParte(conteo)).toMatchObject({ terminadaEn: expect.any(String), devuelta: null });
  expect((await reviewConteo(db, jefe, conteo)).productos).toMatchObject([{ contado: '5' }]);
  await tel.bajaTodo(e.ana);
  expect(tel.filas('conteo_partes').get(`${conteo}:1:${e.ana.id}`)).toMatchObject({ devueltaEn: null });

  const { rows } = await sql<{ datos: object }>`
    select datos from inventario.auditoria where entidad_id = ${conteo} and accion = 'conteo.parte_devuelta'`.execute(
    db.kysely,
  );
  expect(rows).toMatchObject([{ datos: { usuario: e.ana.id, nota: 'falta el pasillo 3' } }]);
});

test('a part that was given back can be closed by who plans; one of a decided conteo, or of another shop, stays', async () => {
  const { conteo } = await terminado();
  await devuelve(conteo);
  await closePartes(db, systemClock, jefe, { conteoId: conteo, motivo: 'se fue' });
  expect(await estado(conteo)).toBe('en_revision');
  expect(await suParte(conteo)).toMatchObject({ cerradaPor: e.gerente.nombre, devuelta: null });

  expect(await falla(devuelve(conteo, newId()))).toBe('PARTE_ABIERTA');
  expect(await falla(devuelve(conteo, e.ana.id, e.quien(e.ana)))).toBe('PROHIBIDO');
  const ajeno = await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] });
  expect(await falla(devuelve(conteo, e.ana.id, e.quien(ajeno)))).toBe('NO_ENCONTRADO');
  await db.asService((tx) =>
    sql`update inventario.conteos set estado = 'cerrado', cerrado_en = now() where id = ${conteo}`.execute(
      tx,
    ),
  );
  expect(await falla(devuelve(conteo))).toBe('CONTEO_NO_ABIERTO');
});
