import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { aplicaEnEspera, rechazos, resuelveRechazo } from './rechazos.ts';

const db = await testDb();
const e = await escenaConteo(db);
const gerente = e.quien(e.gerente);

const conteo = (id = newId(), ...contadores: { id: string; nombre: string }[]) => e.conteo(contadores, id);

async function lineas(id: string): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from inventario.conteo_lineas where conteo_id = ${id}`.execute(db.kysely);
  return rows;
}

const abiertasDe = async (tel: Telefono, quien = gerente) =>
  (await rechazos(tel.port, quien)).filter((r) =>
    tel.diario.some((m) => m.args === r.args && r.state === 'abierta'),
  );

describe('who sees them', () => {
  test('the author their own; a gerente those of the shop; an admin all; nobody else', async () => {
    const otra = await testTienda(db);
    const [deOtra, admin, gerenteOtra] = [
      await testUser(db, { rol: 'almacenista', tiendas: [otra] }),
      await testUser(db, { rol: 'admin' }),
      await testUser(db, { rol: 'gerente', tiendas: [otra] }),
    ];
    const tel = await new Telefono(db).registra(e.ana, deOtra);
    tel.guarda(e.ana, 'conteo.linea/1', linea(newId()));
    tel.guarda(deOtra, 'conteo.linea/1', linea(newId()));
    tel.guarda(e.ana, 'conteo.linea/1', linea(newId()), { turno: 'falso' });
    await tel.envia();
    const cuantas = async (quien: typeof gerente) => (await abiertasDe(tel, quien)).length;
    expect(await cuantas(e.quien(e.ana))).toBe(2);
    expect(await cuantas(e.quien(deOtra))).toBe(1);
    expect(await cuantas(e.quien(e.luis))).toBe(0);
    expect(await cuantas(gerente)).toBe(2);
    expect(await cuantas(e.quien(gerenteOtra))).toBe(1);
    expect(await cuantas(e.quien(admin))).toBe(3);
  });
});

describe('settling', () => {
  test('a line whose conteo came later is applied with the clocks of its arrival, once, and the phone hears it', async () => {
    const id = newId();
    const tel = await new Telefono(db).registra(e.ana);
    tel.desfaseEnviarMs = -600_000;
    tel.guarda(e.ana, 'conteo.linea/1', linea(id, { desfaseGuardarMs: null }));
    expect((await tel.envia()).results).toMatchObject([{ status: 'rejected' }]);
    const [carta] = await abiertasDe(tel);
    expect(carta).toMatchObject({
      code: 'CONTEO_DESCONOCIDO',
      usuario: e.ana.nombre,
      dispositivo: 'Teléfono de prueba',
    });
    const entrada = { id: carta!.id, accion: 'reintentar' as const, nota: null };

    expect(await resuelveRechazo(tel.port, gerente, entrada)).toMatchObject({ state: 'abierta' });
    await conteo(id);
    expect(await resuelveRechazo(tel.port, gerente, entrada)).toMatchObject({ code: 'NO_ASIGNADO' });
    await sql`insert into inventario.conteo_contadores values (${id}, ${e.ana.id}, 'Ana')`.execute(db.kysely);
    expect(await resuelveRechazo(tel.port, gerente, entrada)).toEqual({
      state: 'aplicada',
      code: null,
      mensaje: null,
    });
    await expect(resuelveRechazo(tel.port, gerente, entrada)).rejects.toMatchObject({
      code: 'RECHAZO_RESUELTO',
    });

    const [guardada] = await lineas(id);
    expect(guardada).toMatchObject({ usuario_id: e.ana.id, device_id: tel.deviceId });
    expect((guardada!.recibido_en as Date).toISOString()).toBe(carta!.at);
    const corrido = (guardada!.contado_en as Date).getTime() - (guardada!.instante as Date).getTime();
    expect(corrido).toBe(600_000);
    expect((await tel.envia()).results).toEqual([{ mid: 1, status: 'applied' }]);
    await tel.bajaTodo(e.ana);
    expect(tel.filas('rechazos').get(carta!.id)).toMatchObject({ state: 'aplicada' });
    const { rows } = await sql<{ accion: string }>`
      select accion from inventario.auditoria where entidad_id = ${carta!.id}`.execute(db.kysely);
    expect(rows.map((r) => r.accion)).toEqual(Array(3).fill('rechazo.reintentado'));
  });

  test('discarding takes a note; a counter settles nothing; another shop’s gerente finds nothing', async () => {
    const tel = await new Telefono(db).registra(e.ana);
    tel.guarda(e.ana, 'conteo.linea/1', linea(newId()));
    await tel.envia();
    const [carta] = await abiertasDe(tel);
    const descarta = (nota: string | null) => ({ id: carta!.id, accion: 'descartar' as const, nota });
    await expect(resuelveRechazo(tel.port, e.quien(e.ana), descarta('x'))).rejects.toMatchObject({
      code: 'PROHIBIDO',
    });
    await expect(resuelveRechazo(tel.port, gerente, descarta('  '))).rejects.toMatchObject({
      code: 'RECHAZO_NOTA',
    });
    const ajeno = await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] });
    await expect(resuelveRechazo(tel.port, e.quien(ajeno), descarta('x'))).rejects.toMatchObject({
      code: 'NO_ENCONTRADO',
    });
    expect(await resuelveRechazo(tel.port, gerente, descarta('repetida'))).toMatchObject({
      state: 'descartada',
    });
    const { rows } = await sql<Record<string, unknown>>`
      select state, nota, resuelta_por, args from sync.rejection where id = ${carta!.id}`.execute(db.kysely);
    expect(rows).toEqual([
      { state: 'descartada', nota: 'repetida', resuelta_por: e.gerente.id, args: tel.diario[0]!.args },
    ]);
  });

  test('the quarantine of a person put out can be applied in their name; nobody’s stays open', async () => {
    const fuera = await testUser(db, { rol: 'almacenista', tiendas: [e.tienda] });
    const id = await conteo(newId(), fuera);
    const tel = await new Telefono(db).registra(fuera);
    await sql`update inventario.usuarios set is_active = false where id = ${fuera.id}`.execute(db.kysely);
    tel.guarda(fuera, 'conteo.linea/1', linea(id));
    tel.guarda(fuera, 'conteo.linea/1', linea(id), { turno: 'falso' });
    await tel.envia();
    const resultados = [];
    for (const carta of (await abiertasDe(tel)).sort((a, b) => (a.code < b.code ? 1 : -1))) {
      const entrada = { id: carta.id, accion: 'reintentar' as const, nota: 'sí los contó' };
      resultados.push(await resuelveRechazo(tel.port, gerente, entrada));
    }
    expect(resultados.map((r) => [r.state, r.code])).toEqual([
      ['aplicada', null],
      ['abierta', 'AUTOR_DESCONOCIDO'],
    ]);
    expect(await lineas(id)).toMatchObject([{ usuario_id: fuera.id }]);
  });
});

test('what waited for a newer server is applied when its name is known; what fails then becomes a rejection', async () => {
  const id = await conteo(newId(), e.ana);
  const tel = await new Telefono(db).registra(e.ana);
  tel.guardaTexto(e.ana, 'conteo.futuro/1', JSON.stringify(linea(id)));
  tel.guardaTexto(e.ana, 'conteo.futuro/1', JSON.stringify(linea(newId())));
  tel.guardaTexto(e.ana, 'conteo.otro/1', '{}');
  expect((await tel.envia()).results.map((r) => r.status)).toEqual(Array(3).fill('en_espera'));
  expect(await aplicaEnEspera(tel.port)).toBe(0);
  // The upgrade: the name that was unknown is one that this server knows.
  await sql`update sync.rejection set name = 'conteo.linea/1' where device_id = ${tel.deviceId} and mid < 3`.execute(
    db.kysely,
  );
  expect(await aplicaEnEspera(tel.port)).toBe(1);
  expect(await aplicaEnEspera(tel.port)).toBe(0);
  expect(await lineas(id)).toHaveLength(1);
  const { rows } = await sql<Record<string, unknown>>`
    select state, result, code from sync.rejection where device_id = ${tel.deviceId} order by mid`.execute(
    db.kysely,
  );
  expect(rows).toEqual([
    { state: 'aplicada', result: 'en_espera', code: 'MUTACION_EN_ESPERA' },
    { state: 'abierta', result: 'rejected', code: 'CONTEO_DESCONOCIDO' },
    { state: 'abierta', result: 'en_espera', code: 'MUTACION_EN_ESPERA' },
  ]);
});
