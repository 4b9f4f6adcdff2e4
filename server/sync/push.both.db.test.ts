import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { fixedClock, newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';

const db = await testDb();
const e = await escenaConteo(db);

const conteoDe = (...contadores: { id: string; nombre: string }[]) => e.conteo(contadores);

async function lineas(conteo: string) {
  const { rows } = await sql<Record<string, unknown>>`
    select * from inventario.conteo_lineas where conteo_id = ${conteo} order by id`.execute(db.kysely);
  return rows;
}

async function carta(tel: Telefono, mid: number) {
  const { rows } = await sql<Record<string, unknown>>`
    select * from sync.rejection where device_id = ${tel.deviceId} and mid = ${mid}`.execute(db.kysely);
  return rows[0];
}

async function estado(conteo: string) {
  const { rows } = await sql<{ estado: string; en_revision_en: Date | null }>`
    select estado, en_revision_en from inventario.conteos where id = ${conteo}`.execute(db.kysely);
  return rows[0]!;
}

const status = (salida: { results: { status: string }[] }) => salida.results.map((r) => r.status);
const codes = (salida: { results: { code?: string | undefined }[] }) => salida.results.map((r) => r.code);

describe('exactly once', () => {
  test('a batch sent three times is stored once and answered alike', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    for (let i = 0; i < 5; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    const primera = await tel.envia();
    expect(primera).toMatchObject({ kind: 'ok', expectedMid: 6 });
    expect(status(primera)).toEqual(Array(5).fill('applied'));
    for (let i = 0; i < 2; i++) expect(status(await tel.envia())).toEqual(status(primera));
    expect(await lineas(conteo)).toHaveLength(5);
  });

  test('the same mutation twice in a batch, and the same line id in two mutations', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    const args = linea(conteo);
    const una = tel.guarda(e.ana, 'conteo.linea/1', args);
    tel.guarda(e.ana, 'conteo.linea/1', args);
    tel.guarda(e.ana, 'conteo.linea/1', { ...args, cantidad: '2' });
    const salida = await tel.envia([una, ...tel.diario]);
    expect(status(salida)).toEqual(['applied', 'applied', 'rejected']);
    expect(salida.results[2]).toMatchObject({ code: 'ID_REPETIDO' });
    expect(await lineas(conteo)).toHaveLength(1);
    expect(await carta(tel, 3)).toMatchObject({
      state: 'abierta',
      args: tel.diario[2]!.args,
      usuario_id: e.ana.id,
    });
  });

  test("another person's id is refused even with the same content", async () => {
    const conteo = await conteoDe(e.ana, e.luis);
    const [a, b] = [await new Telefono(db).registra(e.ana), await new Telefono(db).registra(e.luis)];
    const args = linea(conteo);
    a.guarda(e.ana, 'conteo.linea/1', args);
    b.guarda(e.luis, 'conteo.linea/1', args);
    expect(status(await a.envia())).toEqual(['applied']);
    expect(codes(await b.envia())).toEqual(['ID_REPETIDO']);
  });

  test('a phone with a new identity that resends its lines adds none', async () => {
    const conteo = await conteoDe(e.ana);
    const [viejo, nuevo] = [await new Telefono(db).registra(e.ana), await new Telefono(db).registra(e.ana)];
    const args = [linea(conteo), linea(conteo), linea(conteo)];
    for (const tel of [viejo, nuevo]) for (const a of args) tel.guarda(e.ana, 'conteo.linea/1', a);
    await viejo.envia();
    expect(status(await nuevo.envia())).toEqual(['applied', 'applied', 'applied']);
    expect(await lineas(conteo)).toHaveLength(3);
  });
});

describe('numbers', () => {
  test('a hole answers from where to send, and keeps what came before it', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    for (let i = 0; i < 5; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    const [uno, dos, , cuatro, cinco] = tel.diario;
    const hueco = await tel.envia([uno, dos, cuatro, cinco]);
    expect(hueco).toMatchObject({ kind: 'gap', expectedMid: 3 });
    expect(hueco.results.map((r) => r.mid)).toEqual([1, 2]);
    expect(await tel.envia([cinco])).toMatchObject({ kind: 'gap', expectedMid: 3, results: [] });
    expect(await tel.envia(tel.diario.slice(2))).toMatchObject({ kind: 'ok', expectedMid: 6 });
    expect(await lineas(conteo)).toHaveLength(5);
  });

  test('what the phone no longer has leaves a visible laguna, and is welcome if it turns up', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    for (let i = 0; i < 5; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    expect(await tel.envia(tel.diario.slice(3), { oldestMid: 4 })).toMatchObject({
      kind: 'ok',
      expectedMid: 6,
    });
    const { rows } = await sql`
      select desde_mid, hasta_mid from sync.laguna where device_id = ${tel.deviceId}`.execute(db.kysely);
    expect(rows).toEqual([{ desde_mid: '1', hasta_mid: '3' }]);
    expect(await tel.envia(tel.diario.slice(0, 3))).toMatchObject({ kind: 'ok', expectedMid: 6 });
    expect(await lineas(conteo)).toHaveLength(5);
  });

  test('a clone that used the same numbers is told so, and nothing of it is applied', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    for (let i = 0; i < 2; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    await tel.envia();
    const otra = { ...tel.guarda(e.ana, 'conteo.linea/1', linea(conteo)), mid: 2 };
    expect(await tel.envia([otra, tel.diario[2]])).toMatchObject({ kind: 'forked', results: [] });
    expect(await tel.envia([tel.diario[2], { ...tel.diario[2]!, hash: 'f'.repeat(64) }])).toMatchObject({
      kind: 'forked',
    });
    expect(await lineas(conteo)).toHaveLength(2);
  });
});

describe('who', () => {
  test('an unknown device, and a known one with another secret', async () => {
    const tel = new Telefono(db);
    tel.guarda(e.ana, 'conteo.linea/1', linea(newId()));
    await expect(tel.envia()).rejects.toMatchObject({ code: 'EQUIPO_DESCONOCIDO' });
    await tel.registra(e.ana);
    Object.assign(tel, { secret: 'x'.repeat(48) });
    await expect(tel.envia()).rejects.toMatchObject({ code: 'EQUIPO_SECRETO' });
  });

  test('an expired turno is good for what was done within it, and only that', async () => {
    const conteo = await conteoDe(e.ana);
    const clock = fixedClock(new Date());
    const tel = await new Telefono(db, clock).registra(e.ana);
    const hora = () => clock.now().toISOString();
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { contadoEn: hora() }));
    clock.advance(15 * 3_600_000);
    const tarde = tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { contadoEn: hora() }));
    clock.advance(48 * 3_600_000);
    const salida = await tel.envia();
    expect(status(salida)).toEqual(['applied', 'quarantined']);
    expect(salida.results[1]).toMatchObject({ code: 'TURNO_VENCIDO' });
    expect(await carta(tel, 2)).toMatchObject({ args: tarde.args, result: 'quarantined', conteo_id: conteo });
  });

  test('a clock two days ahead is corrected before the turno is judged, and the line is flagged', async () => {
    const conteo = await conteoDe(e.ana);
    const clock = fixedClock(new Date());
    const tel = await new Telefono(db, clock).registra(e.ana);
    const DOS_DIAS = 2 * 86_400_000;
    const raw = new Date(clock.now().getTime() + DOS_DIAS).toISOString();
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { contadoEn: raw, desfaseGuardarMs: -DOS_DIAS }), {
      createdAt: raw,
    });
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { contadoEn: raw, desfaseGuardarMs: null }));
    const antes = clock.now();
    clock.advance(20 * 3_600_000);
    expect(status(await tel.envia())).toEqual(['applied', 'applied']);
    const [buena, dudosa] = await lineas(conteo);
    expect(buena).toMatchObject({ instante: antes, contado_en: new Date(raw), reloj_dudoso: true });
    expect(dudosa).toMatchObject({ instante: clock.now(), recibido_en: clock.now(), reloj_dudoso: true });
  });

  test('a shared phone sends each line as its author; a forged turno and that of another phone are quarantined', async () => {
    const conteo = await conteoDe(e.ana, e.luis);
    const tel = await new Telefono(db).registra(e.ana, e.luis);
    const otro = await new Telefono(db).registra(e.ana);
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    tel.guarda(e.luis, 'conteo.linea/1', linea(conteo));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo), { turno: otro.turnos.get(e.ana.id)! });
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo), {
      turno: `${tel.turnos.get(e.ana.id)!.slice(0, -6)}AAAAAA`,
    });
    const salida = await tel.envia();
    expect(status(salida)).toEqual(['applied', 'applied', 'quarantined', 'quarantined']);
    expect(codes(salida)).toEqual([undefined, undefined, 'TURNO_AJENO', 'TURNO_INVALIDO']);
    expect((await lineas(conteo)).map((l) => l.usuario_id)).toEqual([e.ana.id, e.luis.id]);
  });

  test('a person or a phone put out is quarantined, whole, and the number advances', async () => {
    const conteo = await conteoDe(e.ana);
    const fuera = await testUser(db, { rol: 'almacenista', tiendas: [e.tienda] });
    const tel = await new Telefono(db).registra(fuera, e.ana);
    await sql`update inventario.usuarios set is_active = false where id = ${fuera.id}`.execute(db.kysely);
    const mala = tel.guarda(fuera, 'conteo.linea/1', linea(conteo));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    const salida = await tel.envia();
    expect(salida).toMatchObject({ kind: 'ok', expectedMid: 3 });
    expect(status(salida)).toEqual(['quarantined', 'applied']);
    expect(await carta(tel, 1)).toMatchObject({
      code: 'USUARIO_DESACTIVADO',
      args: mala.args,
      usuario_id: fuera.id,
    });
    await sql`update sync.device set revoked_at = now() where id = ${tel.deviceId}`.execute(db.kysely);
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    expect(codes(await tel.envia(tel.diario.slice(2)))).toEqual(['EQUIPO_REVOCADO']);
    await expect(tel.baja(e.ana)).rejects.toMatchObject({ code: 'EQUIPO_REVOCADO' });
  });
});

describe('poison', () => {
  test('bad envelopes, bad JSON, bad values and unknown names become dead letters; the rest is applied', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    const buena = () => tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    buena();
    tel.guardaTexto(e.ana, 'conteo.linea/1', '{"id":');
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { cantidad: '1.123456' }));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { cantidad: '-3' }));
    buena();
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { nota: 'a\u0000b' }));
    tel.guarda(
      e.ana,
      'conteo.linea/1',
      linea(conteo, { cantidad: '9999999999999', factor: '9999999999999' }),
    );
    tel.guardaTexto(e.ana, 'conteo.teletransporta/9', '{"x":1}');
    tel.guardaTexto(e.ana, '\0', '\0\ud800');
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo), { hash: '0'.repeat(64) });
    const sinTurno = { mid: tel.diario.length + 1, name: 7, extra: 'x' };
    tel.diario.push(sinTurno as never);
    buena();
    const salida = await tel.envia();
    expect(salida).toMatchObject({ kind: 'ok', expectedMid: 13 });
    expect(status(salida)).toEqual([
      'applied',
      'rejected',
      'rejected',
      'rejected',
      'applied',
      'rejected',
      'rejected',
      'en_espera',
      'en_espera',
      'rejected',
      'quarantined',
      'applied',
    ]);
    expect(await lineas(conteo)).toHaveLength(3);
    expect(await carta(tel, 3)).toMatchObject({ args: tel.diario[2]!.args, code: 'MUTACION_INVALIDA' });
    expect(await carta(tel, 11)).toMatchObject({ args: JSON.stringify(sinTurno) });
    expect(status(await tel.envia())).toEqual(status(salida));
  });

  test('two hundred lines with the poison at the end need several transactions and lose none', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    const avisos: unknown[] = [];
    const { port } = tel;
    Object.defineProperty(tel, 'port', { value: { ...port, avisa: (error: unknown) => avisos.push(error) } });
    for (let i = 0; i < 200; i++) {
      tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, i % 50 === 49 ? { nota: 'a\u0000b' } : {}));
    }
    const salida = await tel.envia();
    expect(avisos).toHaveLength(4);
    expect(salida).toMatchObject({ kind: 'ok', expectedMid: 201 });
    expect(salida.results.map((r) => r.mid)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(await lineas(conteo)).toHaveLength(196);
  });
});

describe('lines', () => {
  test('an unknown conteo, a conteo where one does not count, a product that is not there', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana, e.luis);
    tel.guarda(e.ana, 'conteo.linea/1', linea(newId()));
    tel.guarda(e.luis, 'conteo.linea/1', linea(conteo));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: newId() }));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { ubicacionId: newId() }));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { intento: 2 }));
    expect(codes(await tel.envia())).toEqual([
      'CONTEO_DESCONOCIDO',
      'NO_ASIGNADO',
      'PRODUCTO_DESCONOCIDO',
      'UBICACION_DESCONOCIDA',
      'INTENTO_DESCONOCIDO',
    ]);
  });

  test('the hour when a conteo is due warns and never blocks', async () => {
    const conteo = await conteoDe(e.ana);
    await sql`update inventario.conteos set vence = now() - interval '3 days' where id = ${conteo}`.execute(
      db.kysely,
    );
    const tel = await new Telefono(db).registra(e.ana);
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    expect(status(await tel.envia())).toEqual(['applied']);
  });

  test('late lines are kept and said to be late; an inactive product is still a fact', async () => {
    const [cerrado, cancelado, abierto] = [
      await conteoDe(e.ana),
      await conteoDe(e.ana),
      await conteoDe(e.ana),
    ];
    const [aprobado, inactivo] = [await e.producto(), await e.producto()];
    await db.asService(async (tx) => {
      await sql`update inventario.conteos set estado = 'cerrado', cerrado_en = now() where id = ${cerrado}`.execute(
        tx,
      );
      await sql`update inventario.conteos set estado = 'cancelado', cancelado_en = now() where id = ${cancelado}`.execute(
        tx,
      );
      await sql`update inventario.productos set is_active = false where id = ${inactivo}`.execute(tx);
      await sql`insert into inventario.conteo_resultados
                  (conteo_id, producto_id, intento, contado, instante, variacion, decision, aprobado_por)
                values (${abierto}, ${aprobado}, 1, 0, now(), 0, 'sin_ajuste', ${e.gerente.id})`.execute(tx);
    });
    const tel = await new Telefono(db).registra(e.ana);
    tel.guarda(e.ana, 'conteo.linea/1', linea(cerrado));
    tel.guarda(e.ana, 'conteo.linea/1', linea(cancelado));
    tel.guarda(e.ana, 'conteo.linea/1', linea(abierto, { productoId: aprobado }));
    tel.guarda(e.ana, 'conteo.linea/1', linea(abierto, { productoId: inactivo }));
    tel.guarda(e.ana, 'conteo.parte/1', {
      conteoId: cancelado,
      intento: 1,
      lineas: 1,
      terminadaEn: new Date().toISOString(),
    });
    const salida = await tel.envia();
    expect(status(salida)).toEqual(['late', 'late', 'late', 'applied', 'late']);
    expect(codes(salida)).toEqual([
      'TARDIA_CERRADO',
      'TARDIA_CANCELADO',
      'TARDIA_APROBADO',
      undefined,
      'TARDIA_CANCELADO',
    ]);
    for (const conteo of [cerrado, cancelado]) expect(await lineas(conteo)).toHaveLength(1);
    expect(await lineas(abierto)).toHaveLength(2);
  });

  test('a void of one’s own line, before and after its target, never of somebody else’s nor of a void', async () => {
    const conteo = await conteoDe(e.ana, e.luis);
    const tel = await new Telefono(db).registra(e.ana, e.luis);
    const [una, otra] = [linea(conteo), linea(conteo)];
    const anula = (id: string) =>
      linea(conteo, { tipo: 'anula', anula: id, codigoCrudo: null, cantidad: '0' });
    tel.guarda(e.ana, 'conteo.linea/1', una);
    const voided = anula(una.id);
    tel.guarda(e.ana, 'conteo.linea/1', voided);
    tel.guarda(e.ana, 'conteo.linea/1', anula(otra.id));
    tel.guarda(e.ana, 'conteo.linea/1', otra);
    tel.guarda(e.ana, 'conteo.linea/1', anula(voided.id));
    tel.guarda(e.luis, 'conteo.linea/1', anula(una.id));
    const salida = await tel.envia();
    expect(status(salida)).toEqual(['applied', 'applied', 'applied', 'applied', 'rejected', 'rejected']);
    expect(codes(salida).slice(4)).toEqual(['ANULA_INVALIDA', 'ANULA_AJENA']);
  });
});

describe('the other mutators', () => {
  test('a free conteo gets its folio, its author as contador, and is blind for an almacenista whatever it says', async () => {
    const tel = await new Telefono(db).registra(e.ana, e.gerente);
    const libre = (id: string) => ({
      id,
      almacenId: e.tienda.almacenId,
      nombre: 'Pasillo 3',
      ciego: false,
      abiertoEn: new Date().toISOString(),
    });
    const [deAna, deGerente] = [newId(), newId()];
    tel.guarda(e.ana, 'conteo.libre/1', libre(deAna));
    tel.guarda(e.ana, 'conteo.linea/1', linea(deAna));
    tel.guarda(e.gerente, 'conteo.libre/1', libre(deGerente));
    tel.guarda(e.gerente, 'conteo.linea/1', linea(deGerente));
    tel.guarda(e.ana, 'conteo.libre/1', libre(deAna));
    tel.guarda(e.gerente, 'conteo.libre/1', libre(deAna));
    const salida = await tel.envia();
    expect(status(salida)).toEqual(['applied', 'applied', 'applied', 'applied', 'applied', 'rejected']);
    const { rows } = await sql<Record<string, unknown>>`
      select c.folio, c.ciego, c.estado, c.alcance, array_agg(k.usuario_id) as contadores
        from inventario.conteos c join inventario.conteo_contadores k on k.conteo_id = c.id
       where c.id in (${deAna}, ${deGerente}) group by c.id order by c.id`.execute(db.kysely);
    expect(rows).toMatchObject([
      { ciego: true, estado: 'abierto', alcance: 'libre', contadores: [e.ana.id] },
      { ciego: false, contadores: [e.gerente.id] },
    ]);
    expect(rows[0]!.folio).toMatch(new RegExp(`^${e.tienda.codigo}-\\d{4}-\\d{4}$`));
  });

  test('another shop’s almacén is refused', async () => {
    const ajena = await testTienda(db);
    const tel = await new Telefono(db).registra(e.ana);
    tel.guarda(e.ana, 'conteo.libre/1', {
      id: newId(),
      almacenId: ajena.almacenId,
      nombre: '',
      ciego: true,
      abiertoEn: new Date().toISOString(),
    });
    expect(codes(await tel.envia())).toEqual(['ALMACEN_DESCONOCIDO']);
  });

  test('the last part sends the conteo to review, in the same push; a smaller part later changes nothing', async () => {
    const conteo = await conteoDe(e.ana, e.luis);
    const tel = await new Telefono(db).registra(e.ana, e.luis);
    const parte = (lineas: number) => ({
      conteoId: conteo,
      intento: 1,
      lineas,
      terminadaEn: new Date().toISOString(),
    });
    tel.guarda(e.ana, 'conteo.parte/1', parte(3));
    await tel.envia();
    expect((await estado(conteo)).estado).toBe('abierto');
    tel.guarda(e.ana, 'conteo.parte/1', parte(1));
    tel.guarda(e.luis, 'conteo.parte/1', parte(0));
    expect(status(await tel.envia())).toEqual(['applied', 'applied', 'applied']);
    expect(await estado(conteo)).toMatchObject({ estado: 'en_revision', en_revision_en: expect.any(Date) });
    const { rows } = await sql<{ lineas: number }>`
      select lineas from inventario.conteo_partes where conteo_id = ${conteo} and usuario_id = ${e.ana.id}`.execute(
      db.kysely,
    );
    expect(rows).toEqual([{ lineas: 3 }]);
  });

  test('the recount of one person waits for that person only', async () => {
    const conteo = await conteoDe(e.ana);
    await db.asService(async (tx) => {
      await sql`insert into inventario.conteo_intentos (conteo_id, intento) values (${conteo}, 2)`.execute(
        tx,
      );
      await sql`insert into inventario.conteo_intento_contadores (conteo_id, intento, usuario_id)
                values (${conteo}, 2, ${e.luis.id})`.execute(tx);
    });
    const tel = await new Telefono(db).registra(e.ana, e.luis);
    const parte = (intento: number) => ({
      conteoId: conteo,
      intento,
      lineas: 1,
      terminadaEn: new Date().toISOString(),
    });
    tel.guarda(e.ana, 'conteo.parte/1', parte(1));
    await tel.envia();
    expect((await estado(conteo)).estado).toBe('abierto');
    tel.guarda(e.luis, 'conteo.linea/1', linea(conteo, { intento: 2 }));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { intento: 2 }));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    tel.guarda(e.luis, 'conteo.parte/1', parte(2));
    expect(codes(await tel.envia())).toEqual([undefined, undefined, 'NO_ASIGNADO', undefined, undefined]);
    expect((await estado(conteo)).estado).toBe('en_revision');
  });

  test('a counter proposes, a gerente links; none after approval; photos belong to one’s own lines', async () => {
    const conteo = await conteoDe(e.ana, e.luis);
    const [producto, aprobado] = [await e.producto(), await e.producto()];
    await sql`insert into inventario.conteo_resultados
                (conteo_id, producto_id, intento, contado, instante, variacion, decision, aprobado_por)
              values (${conteo}, ${aprobado}, 1, 0, now(), 0, 'sin_ajuste', ${e.gerente.id})`.execute(
      db.kysely,
    );
    const tel = await new Telefono(db).registra(e.ana, e.gerente, e.luis);
    const suelta = linea(conteo);
    const liga = (estado: 'propuesta' | 'ligada' | 'ajena', productoId: string | null) => ({
      id: newId(),
      lineaId: suelta.id,
      conteoId: conteo,
      estado,
      productoId,
      factor: '1',
      motivo: null,
      en: new Date().toISOString(),
    });
    const foto = { lineaId: suelta.id, conteoId: conteo, sha256: 'a'.repeat(64) };
    tel.guarda(e.ana, 'conteo.liga/1', liga('propuesta', producto));
    tel.guarda(e.ana, 'conteo.linea/1', suelta);
    tel.guarda(e.ana, 'conteo.liga/1', liga('ligada', producto));
    tel.guarda(e.gerente, 'conteo.liga/1', liga('ligada', producto));
    tel.guarda(e.gerente, 'conteo.liga/1', liga('ligada', aprobado));
    tel.guarda(e.gerente, 'conteo.liga/1', liga('ligada', null));
    tel.guarda(e.ana, 'conteo.foto/1', foto);
    tel.guarda(e.ana, 'conteo.foto/1', foto);
    tel.guarda(e.luis, 'conteo.foto/1', foto);
    const salida = await tel.envia();
    expect(codes(salida)).toEqual([
      undefined,
      undefined,
      'PROHIBIDO',
      undefined,
      'LIGA_TARDIA',
      'MUTACION_INVALIDA',
      undefined,
      undefined,
      'MUTACION_INVALIDA',
    ]);
  });

  test('a movement by hand: once, with its total, audited, never of the future nor by a counter', async () => {
    const producto = await e.producto();
    const tel = await new Telefono(db).registra(e.gerente, e.ana);
    const venta = {
      id: newId(),
      productoId: producto,
      almacenId: e.tienda.almacenId,
      tipo: 'venta' as const,
      subtipo: null,
      cantidad: '3',
      precio: '12.50',
      costoUnitario: null,
      ocurridaEn: new Date(Date.now() - 3_600_000).toISOString(),
      referencia: 'T-1',
      notas: null,
    };
    tel.guarda(e.gerente, 'transaccion.crear/1', venta);
    tel.guarda(e.gerente, 'transaccion.crear/1', venta);
    tel.guarda(e.gerente, 'transaccion.crear/1', { ...venta, cantidad: '4' });
    tel.guarda(e.ana, 'transaccion.crear/1', { ...venta, id: newId() });
    const manana = new Date(Date.now() + 86_400_000).toISOString();
    tel.guarda(e.gerente, 'transaccion.crear/1', { ...venta, id: newId(), ocurridaEn: manana });
    tel.guarda(e.gerente, 'transaccion.crear/1', { ...venta, id: newId(), tipo: 'devolucion' });
    const salida = await tel.envia();
    expect(codes(salida)).toEqual([
      undefined,
      undefined,
      'ID_REPETIDO',
      'PROHIBIDO',
      'MOVIMIENTO_FUTURO',
      'MOVIMIENTO_INVALIDO',
    ]);
    const { rows } = await sql<Record<string, unknown>>`
      select cantidad, total, origen, origen_id, user_id from inventario.transacciones where producto_id = ${producto}`.execute(
      db.kysely,
    );
    expect(rows).toEqual([
      { cantidad: '3.00000', total: '37.50', origen: 'manual', origen_id: venta.id, user_id: e.gerente.id },
    ]);
    const auditadas = await sql`select 1 from inventario.auditoria where entidad_id = ${venta.id}`.execute(
      db.kysely,
    );
    expect(auditadas.rows).toHaveLength(1);
    expect(await e.existencia(producto)).toBe('-3.00000');
  });
});
