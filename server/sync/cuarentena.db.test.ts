import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { pon } from './cuarentena.ts';
import { rechazos, resuelveRechazo } from './rechazos.ts';

const db = await testDb();
const e = await escenaConteo(db);

test('quarantine stores the raw text of what a phone set aside, once, shows it, and it can still be applied once', async () => {
  const conteo = await e.conteo([e.ana]);
  const tel = await new Telefono(db).registra(e.ana);
  const suya = linea(conteo);
  const base = {
    deviceId: tel.deviceId,
    secret: tel.secret,
    createdAt: suya.contadoEn,
    error: 'http 500',
    turno: tel.turnos.get(e.ana.id)!,
  };
  const apartada = { ...base, seq: 7, name: 'conteo.linea/1', args: JSON.stringify(suya) };
  for (let i = 0; i < 3; i += 1) expect(await pon(tel.port, apartada)).toEqual({ guardada: true });
  // Whatever it says: no JSON, half a character, NUL, no turno, no instant.
  const rara = { ...base, seq: 8, name: 'x\0', args: '{"a":\ud800\0', createdAt: 'ayer', turno: null };
  expect(await pon(tel.port, rara)).toEqual({ guardada: true });
  await expect(pon(tel.port, { ...apartada, secret: 'x'.repeat(40) })).rejects.toMatchObject({
    code: 'EQUIPO_SECRETO',
  });

  const vistas = await rechazos(tel.port, e.quien(e.gerente));
  expect(vistas.map(({ name, result, state }) => [name, result, state]).sort()).toEqual([
    ['conteo.linea/1', 'quarantined', 'abierta'],
    ['x\\u0000', 'quarantined', 'abierta'],
  ]);
  // The stream of the phone goes on from its own numbers.
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  expect(await tel.envia()).toMatchObject({ kind: 'ok', expectedMid: 2 });
  const { id } = vistas.find(({ name }) => name === 'conteo.linea/1')!;
  expect(
    await resuelveRechazo(tel.port, e.quien(e.gerente), { id, accion: 'reintentar', nota: null }),
  ).toMatchObject({
    state: 'aplicada',
  });
  // The phone takes it back and sends it after all: the same line.
  tel.guarda(e.ana, 'conteo.linea/1', suya);
  expect((await tel.envia()).results.map((r) => r.status)).toEqual(['applied', 'applied']);
  const { rows } = await sql`select id from inventario.conteo_lineas where conteo_id = ${conteo}`.execute(
    db.kysely,
  );
  expect(rows).toHaveLength(2);
});
