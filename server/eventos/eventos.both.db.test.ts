import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { dbKind, testDb } from '#tests/db/harness.ts';
import { type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { cabezaDe, cursorDe, leeEventos, lugarDe, patronesDe } from './lee.ts';

const db = await testDb();
const [t1, t2] = [await testTienda(db), await testTienda(db)];
const admin = await testUser(db, { rol: 'admin' });
const jefe = await testUser(db, { rol: 'gerente', tiendas: [t1] });
const compras = await testUser(db, { rol: 'comprador', tiendas: [t1] });
const ana = await testUser(db, { rol: 'almacenista', tiendas: [t1] });
const luis = await testUser(db, { rol: 'almacenista', tiendas: [t1] });
const chofer = await testUser(db, { rol: 'chofer', tiendas: [t1] });

const haz = (consulta: (tx: Tx) => Promise<unknown>) => db.asService(async (tx) => void (await consulta(tx)));
/** Everything that was said since, as this person. */
async function desde(pos: number, quien: TestUser = admin) {
  const { epoca } = await cabezaDe(db);
  return (await leeEventos(db, quien.claims, { epoca, pos }, { patrones: [], limite: 500 })).eventos;
}
const ahora = async () => (await cabezaDe(db)).pos;

async function producto(codigo = newId()): Promise<string> {
  const id = newId();
  await haz((tx) =>
    sql`insert into inventario.productos (id, codigo, nombre, costo) values (${id}, ${codigo}, 'Balatas', 731.37)`.execute(
      tx,
    ),
  );
  return id;
}
function mueve(tx: Tx, p: string, tipo: string, cantidad: string, almacen = t1.almacenId) {
  return sql`insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en)
             values (${newId()}, ${p}, ${almacen}, ${tipo}, ${cantidad}, now())`.execute(tx);
}
async function conteo(almacen = t1.almacenId, cuenta: readonly TestUser[] = [ana]): Promise<string> {
  const id = newId();
  await haz(async (tx) => {
    await sql`insert into inventario.conteos (id, almacen_id, alcance, ciego, creado_por)
              values (${id}, ${almacen}, 'lista', true, ${jefe.id})`.execute(tx);
    for (const u of cuenta)
      await sql`insert into inventario.conteo_contadores values (${id}, ${u.id}, ${u.nombre})`.execute(tx);
  });
  return id;
}
const estado = (id: string, valor: string) =>
  haz((tx) => sql`update inventario.conteos set estado = ${valor} where id = ${id}`.execute(tx));

describe(`events (${dbKind()})`, () => {
  test('are written by the database in the transaction that makes them true: a rolled back one says nothing', async () => {
    const pos = await ahora();
    const id = newId();
    await expect(
      haz(async (tx) => {
        await sql`insert into inventario.conteos (id, almacen_id, alcance, creado_por)
                  values (${id}, ${t1.almacenId}, 'lista', ${jefe.id})`.execute(tx);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect([await ahora(), await desde(pos)]).toEqual([pos, []]);
  });

  test('of a conteo: created, in review, open again, closed; cancelled', async () => {
    const pos = await ahora();
    const k = await conteo();
    for (const s of ['en_revision', 'abierto', 'en_revision', 'cerrado']) await estado(k, s);
    const otro = await conteo();
    await estado(otro, 'cancelado');
    const dichos = await desde(pos);
    expect(dichos.map(({ tipo, conteoId }) => [tipo, conteoId])).toEqual([
      ['conteo.creado', k],
      ['conteo.en_revision', k],
      ['conteo.reabierto', k],
      ['conteo.en_revision', k],
      ['conteo.cerrado', k],
      ['conteo.creado', otro],
      ['conteo.cancelado', otro],
    ]);
    expect(dichos[4]).toMatchObject({
      tiendaId: t1.id,
      datos: { conteoId: k, estado: 'cerrado', almacenId: t1.almacenId },
    });
    expect(dichos.map((d) => d.pos)).toEqual(dichos.map((_, i) => pos + i + 1));
  });

  test('existencia negativa: only the edge, when it becomes negative', async () => {
    const [p, q] = [await producto('NEG-1'), await producto('NEG-2')];
    await haz((tx) => mueve(tx, p, 'inventario', '3'));
    const pos = await ahora();
    await haz((tx) => mueve(tx, p, 'venta', '3'));
    expect(await desde(pos)).toEqual([]);
    await haz((tx) => mueve(tx, p, 'venta', '1'));
    await haz((tx) => mueve(tx, p, 'venta', '1'));
    await haz((tx) => mueve(tx, q, 'venta', '4'));
    await haz((tx) => mueve(tx, p, 'compra', '10'));
    await haz((tx) => mueve(tx, p, 'venta', '20'));
    const dichos = await desde(pos);
    expect(
      dichos.map(({ tipo, datos }) => [
        tipo,
        datos.total,
        (datos.productos as { codigo: string; cantidad: string }[])[0],
      ]),
    ).toEqual([
      ['existencia.negativa', 1, expect.objectContaining({ codigo: 'NEG-1', cantidad: '-1.00000' })],
      ['existencia.negativa', 1, expect.objectContaining({ codigo: 'NEG-2', cantidad: '-4.00000' })],
      ['existencia.negativa', 1, expect.objectContaining({ codigo: 'NEG-1', cantidad: '-12.00000' })],
    ]);
  });

  test('ajuste aprobado: one for each conteo of a statement, however many products', async () => {
    const k = await conteo();
    const [p, q, r] = [await producto(), await producto(), await producto()];
    const pos = await ahora();
    await haz((tx) =>
      sql`insert into inventario.transacciones (id, producto_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en, conteo_id)
          select gen_random_uuid(), x.p, ${t1.almacenId}::uuid, 'ajuste', 'conteo', 2, now(), ${k}::uuid
            from unnest(${[p, q, r]}::uuid[]) x(p)`.execute(tx),
    );
    const [uno, ...mas] = await desde(pos);
    expect(mas).toEqual([]);
    expect(uno).toMatchObject({
      tipo: 'ajuste.aprobado',
      conteoId: k,
      datos: { productos: 3, subtipo: 'conteo', conteoId: k },
    });
    expect(uno?.datos).not.toHaveProperty('transaccionId');
  });

  test('importación terminada, fallida; producto dado de baja, fusionado; dispositivo, usuario; firma pedida; periodo cerrado', async () => {
    const [p, q] = [await producto('BAJA-1'), await producto('BAJA-2')];
    const [u1, u2, device, propuesta] = [newId(), newId(), newId(), newId()];
    await haz(async (tx) => {
      await sql`insert into inventario.uploads (id, filename, tienda_id, user_id) values (${u1}, 'ventas.xlsx', ${t1.id}, ${jefe.id}), (${u2}, 'malo.xlsx', null, ${jefe.id})`.execute(
        tx,
      );
      await sql`insert into sync.device (id, secret_hash, nombre) values (${device}, 'x', 'Moto G')`.execute(
        tx,
      );
    });
    const pos = await ahora();
    const pasos: [string, (tx: Tx) => Promise<unknown>][] = [
      [
        'importacion.terminada',
        (tx) =>
          sql`update inventario.uploads set status = 'completed', records_processed = 7 where id = ${u1}`.execute(
            tx,
          ),
      ],
      [
        'importacion.fallida',
        (tx) => sql`update inventario.uploads set status = 'failed' where id = ${u2}`.execute(tx),
      ],
      [
        'producto.baja',
        (tx) => sql`update inventario.productos set is_active = false where id in (${p}, ${q})`.execute(tx),
      ],
      [
        'producto.reactivado',
        (tx) => sql`update inventario.productos set is_active = true where id = ${p}`.execute(tx),
      ],
      [
        'producto.fusionado',
        (tx) => sql`update inventario.productos set fusionado_en = ${p} where id = ${q}`.execute(tx),
      ],
      [
        'dispositivo.baja',
        (tx) => sql`update sync.device set revoked_at = now() where id = ${device}`.execute(tx),
      ],
      [
        'usuario.baja',
        (tx) => sql`update inventario.usuarios set is_active = false where id = ${luis.id}`.execute(tx),
      ],
      [
        'firma.pedida',
        (tx) =>
          sql`insert into inventario.ajustes_propuestos (id, producto_id, almacen_id, cantidad, motivo, ocurrida_en, propuesto_por) values (${propuesta}, ${p}, ${t1.almacenId}, -731.37, 'se rompió', now(), ${jefe.id})`.execute(
            tx,
          ),
      ],
      [
        'ajuste.rechazado',
        (tx) =>
          sql`update inventario.ajustes_propuestos set estado = 'rechazado', decidido_por = ${admin.id} where id = ${propuesta}`.execute(
            tx,
          ),
      ],
      [
        'periodo.cerrado',
        (tx) =>
          sql`insert into inventario.cierres (id, tienda_id, accion, hasta, motivo, por) values (${newId()}, ${t1.id}, 'cierra', now() - interval '30 days', 'mes', ${admin.id})`.execute(
            tx,
          ),
      ],
      [
        'periodo.abierto',
        (tx) =>
          sql`insert into inventario.cierres (id, tienda_id, accion, motivo, por) values (${newId()}, ${t1.id}, 'abre', 'mes', ${admin.id})`.execute(
            tx,
          ),
      ],
    ];
    for (const [, paso] of pasos) await haz(paso);
    const dichos = await desde(pos);
    expect(dichos.map(({ tipo }) => tipo)).toEqual(pasos.map(([tipo]) => tipo));
    expect(dichos[2]?.datos).toMatchObject({
      total: 2,
      productos: [{ codigo: 'BAJA-1' }, { codigo: 'BAJA-2' }],
    });
    // Neither costs nor secrets, and no quantity of what waits for a signature.
    expect(JSON.stringify(dichos)).not.toMatch(/731\.37|costo|secret|"x"/);
    await haz((tx) => sql`update inventario.usuarios set is_active = true where id = ${luis.id}`.execute(tx));
  });

  test('are filtered by role and shop: an almacenista sees the conteos they count and nothing with quantities', async () => {
    const pos = await ahora();
    const [suyo, ajeno, lejos] = [
      await conteo(t1.almacenId, [ana]),
      await conteo(t1.almacenId, [luis]),
      await conteo(t2.almacenId, []),
    ];
    const p = await producto();
    await haz((tx) => mueve(tx, p, 'venta', '5'));
    await haz((tx) => mueve(tx, p, 'venta', '5', t2.almacenId));
    const ve = async (quien: TestUser) =>
      (await desde(pos, quien)).map(({ tipo, conteoId, tiendaId }) => `${tipo} ${conteoId ?? tiendaId}`);
    expect(await ve(ana)).toEqual([`conteo.creado ${suyo}`]);
    expect(await ve(luis)).toEqual([`conteo.creado ${ajeno}`]);
    expect(await ve(chofer)).toEqual([]);
    expect(await ve(compras)).toEqual([`existencia.negativa ${t1.id}`]);
    expect(await ve(jefe)).toEqual([
      `conteo.creado ${suyo}`,
      `conteo.creado ${ajeno}`,
      `existencia.negativa ${t1.id}`,
    ]);
    expect(await ve(admin)).toEqual([
      `conteo.creado ${suyo}`,
      `conteo.creado ${ajeno}`,
      `conteo.creado ${lejos}`,
      `existencia.negativa ${t1.id}`,
      `existencia.negativa ${t2.id}`,
    ]);
    await haz((tx) => sql`update inventario.usuarios set is_active = false where id = ${ana.id}`.execute(tx));
    expect(await ve(ana)).toEqual([]);
    await haz((tx) => sql`update inventario.usuarios set is_active = true where id = ${ana.id}`.execute(tx));
  });

  test('pages and patterns go through every event once; the cursor moves past what the reader does not see', async () => {
    const inicio = await ahora();
    const ks = [await conteo(), await conteo(), await conteo()];
    const p = await producto();
    await haz((tx) => mueve(tx, p, 'venta', '1', t2.almacenId));
    const { epoca } = await cabezaDe(db);
    let lugar = { epoca, pos: inicio };
    const vistos: string[] = [];
    for (let vuelta = 0; vuelta < 10; vuelta++) {
      const pagina = await leeEventos(db, jefe.claims, lugar, { patrones: ['conteo.*'], limite: 2 });
      vistos.push(...pagina.eventos.map(({ conteoId }) => conteoId!));
      lugar = lugarDe(pagina.despues);
      if (pagina.alDia) break;
    }
    expect(vistos).toEqual(ks);
    expect(lugar.pos).toBe(await ahora());
    expect(patronesDe(' conteo.*, ajuste.aprobado,')).toEqual(['conteo.*', 'ajuste.aprobado']);
    for (const malo of ['*', 'conteo', "x' or 1=1", 'CONTEO.cerrado'])
      expect(() => patronesDe(malo)).toThrow('ENTRADA_INVALIDA');
    for (const malo of ['', 'x', '1', `${epoca}-`, `${epoca}--1`])
      expect(() => lugarDe(malo)).toThrow('ENTRADA_INVALIDA');
  });

  test('a cursor of another history or from before what is kept is told that it lost something, and gets all that there is', async () => {
    const cabeza = await cabezaDe(db);
    for (const lugar of [
      { epoca: 'ffffffffffff', pos: 1 },
      { epoca: cabeza.epoca, pos: cabeza.pos + 50 },
    ]) {
      const pagina = await leeEventos(db, admin.claims, lugar, { patrones: [], limite: 1000 });
      expect([pagina.perdido, pagina.eventos.length, pagina.despues]).toEqual([
        true,
        cabeza.pos - cabeza.piso,
        cursorDe(cabeza),
      ]);
    }
    await expect(
      sql`update inventario.eventos set datos = '{}' where pos = ${cabeza.pos}`.execute(db.kysely),
    ).rejects.toThrow('Un evento no se cambia');
  });
});
