import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { cifraCursor, leeCursor } from './cursor.ts';
import { selectScopes } from './hello.sql.ts';

const db = await testDb();
const e = await escenaConteo(db);

const conteoDe = (...contadores: { id: string; nombre: string }[]) => e.conteo(contadores);

async function productos(tx: Tx, n: number, prefijo: string): Promise<void> {
  await sql`insert into inventario.productos (id, codigo, nombre)
            select gen_random_uuid(), ${prefijo}::text || i, 'Producto ' || i from generate_series(1, ${n}::int) i`.execute(
    tx,
  );
}

describe('what a phone receives', () => {
  test('everything of its scopes, in the shapes of the contract; then nothing until something changes', async () => {
    const producto = await e.producto({ bins: ['A1'], costo: '12.345678' });
    await e.mueve({ producto, tipo: 'inventario', cantidad: '7.5', en: new Date(Date.now() - 60_000) });
    const tel = await new Telefono(db).registra(e.gerente);
    await tel.bajaTodo(e.gerente);
    expect(tel.filas('productos').get(producto)).toEqual({
      id: producto,
      codigo: `P-${producto.slice(-10)}`,
      nombre: `Producto ${producto.slice(-4)}`,
      categoriaId: null,
      precio: '0',
      unidad: 'PZA',
      decimales: 0,
      marca: null,
      modelo: null,
      partes: null,
      sku: null,
      upc: null,
      imagenUrl: null,
      pideLote: false,
      pideCaducidad: false,
      esServicio: false,
      esJuego: false,
      fusionadoEn: null,
      isActive: true,
    });
    expect(tel.filas('producto_costos').get(producto)).toEqual({ id: producto, costo: '12.345678' });
    expect(tel.filas('existencias').get(`${producto}:${e.tienda.almacenId}`)).toMatchObject({
      cantidad: '7.5',
      tieneBase: true,
      actualizadaEn: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(tel.filas('producto_ubicaciones').size).toBeGreaterThan(0);
    expect(tel.filas('tiendas').get(e.tienda.id)).toMatchObject({ zonaHoraria: 'America/Mexico_City' });
    expect(await tel.baja(e.gerente)).toMatchObject({ pages: [], done: true, scopesAdded: [] });
    await sql`update inventario.productos set nombre = 'Otro' where id = ${producto}`.execute(db.kysely);
    const cambio = await tel.baja(e.gerente);
    expect(cambio.pages.map((p) => [p.scope, p.reset])).toEqual([['catalogo', false]]);
    expect(tel.filas('productos').get(producto)).toMatchObject({ nombre: 'Otro' });
  });

  test('lastMid comes only with the head of all scopes, and covers the rows of that page', async () => {
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    for (let i = 0; i < 4; i++) tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    await tel.envia();
    const salidas = await tel.bajaTodo(e.ana, 3);
    expect(salidas.slice(0, -1).every((s) => s.lastMid === null && !s.done)).toBe(true);
    expect(salidas.at(-1)).toMatchObject({ lastMid: 4, done: true });
    const propias = [...tel.filas('conteo_lineas').values()].filter((l) => l.conteoId === conteo);
    expect(propias).toHaveLength(4);
    expect(propias[0]).toMatchObject({ cantidad: '1', factor: '1', tipo: 'suma', usuarioId: e.ana.id });
  });

  test('small scopes come first and the catalogue last, so a conteo is usable at once', async () => {
    await db.asService((tx) => productos(tx, 200, `ORD-${newId()}-`));
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    const salidas = await tel.bajaTodo(e.ana, 50);
    const orden = salidas.flatMap((s) => s.pages.map((p) => p.scope));
    expect(orden.indexOf(`conteo:${conteo}`)).toBeLessThan(orden.indexOf('catalogo'));
    expect(orden.at(-1)).toBe('catalogo');
    for (const s of salidas) {
      const filas = s.pages.flatMap((p) => Object.values(p.upserts)).reduce((n, rows) => n + rows.length, 0);
      expect(filas).toBeLessThanOrEqual(50);
    }
  });

  test('an almacenista never receives stock, costs, movements nor other people’s lines', async () => {
    const conteo = await conteoDe(e.ana, e.luis);
    const producto = await e.producto({ costo: '987.654321' });
    await e.mueve({ producto, tipo: 'inventario', cantidad: '432198765', en: new Date(Date.now() - 60_000) });
    const tel = await new Telefono(db).registra(e.ana, e.luis);
    tel.guarda(e.luis, 'conteo.linea/1', linea(conteo, { productoId: producto, cantidad: '91234' }));
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo, { productoId: producto, cantidad: '77' }));
    await tel.envia();
    const salidas = await tel.bajaTodo(e.ana);
    const bytes = JSON.stringify(salidas);
    // Long or in quotes, so that no random id holds them by chance.
    for (const secreto of [
      '432198765',
      '987.654',
      '"91234"',
      'existencias',
      'producto_costos',
      'stock:',
      'costos',
      'teorico',
    ]) {
      expect(bytes).not.toContain(secreto);
    }
    expect(bytes).toContain('"cantidad":"77"');
    const tablas = new Set(salidas.flatMap((s) => s.pages.flatMap((p) => Object.keys(p.upserts))));
    expect([...tablas].filter((t) => /existencia|costo|transaccion|resultado|revision/.test(t))).toEqual([]);
    for (const l of tel.filas('conteo_lineas').values()) expect(l.usuarioId).toBe(e.ana.id);
    const scopes = await db.asService((tx) => selectScopes(tx, e.gerente.id));
    expect(scopes.filter((s) => s.startsWith('revision:'))).toEqual([]);
  });

  test('asking for a foreign scope gives nothing: it is removed, and no cursor opens it', async () => {
    const tel = await new Telefono(db).registra(e.ana, e.gerente);
    await tel.bajaTodo(e.gerente);
    const ajenos = Object.keys(tel.cursors).filter((s) => /^(stock|costos)/.test(s));
    expect(ajenos.length).toBeGreaterThan(0);
    const salida = await tel.baja(e.ana);
    expect(salida.scopesRemoved).toEqual(expect.arrayContaining(ajenos));
    expect(salida.pages.map((p) => p.scope).filter((s) => ajenos.includes(s))).toEqual([]);
    expect(tel.filas('existencias').size).toBe(0);
  });
});

describe('cursors', () => {
  test('forged, foreign, of another epoch, schema or history: that scope starts again', async () => {
    const tel = await new Telefono(db).registra(e.ana);
    await tel.bajaTodo(e.ana);
    const bueno = leeCursor(tel.cursors.catalogo!)!;
    expect(bueno.head).toBeGreaterThan(0);
    const malos = [
      'no soy un cursor',
      Buffer.from('{"e":1}').toString('base64url'),
      tel.cursors[`tienda:${e.tienda.id}`]!,
      cifraCursor({ ...bueno, epoch: newId() }),
      cifraCursor({ ...bueno, schema: 99 }),
      cifraCursor({ ...bueno, token: newId() }),
      cifraCursor({ ...bueno, token: null }),
      cifraCursor({ ...bueno, ver: bueno.head + 5, head: bueno.head + 5 }),
      cifraCursor({ ...bueno, ver: bueno.head + 5 }),
    ];
    for (const malo of malos) {
      tel.cursors.catalogo = malo;
      const salida = await tel.baja(e.ana);
      expect(salida.pages.map((p) => [p.scope, p.reset])).toEqual([['catalogo', true]]);
    }
    expect(await tel.baja(e.ana)).toMatchObject({ pages: [], done: true });
  });

  test('a phone that is too old is told to update; push still takes its lines', async () => {
    await sql`update sync.meta set min_pull_schema = 2`.execute(db.kysely);
    const conteo = await conteoDe(e.ana);
    const tel = await new Telefono(db).registra(e.ana);
    await expect(tel.baja(e.ana)).rejects.toMatchObject({ code: 'VERSION_VIEJA' });
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    expect(await tel.envia()).toMatchObject({ kind: 'ok' });
    await sql`update sync.meta set min_pull_schema = 1`.execute(db.kysely);
  });

  test('one commit of many rows is paged through, while other commits go on above it', async () => {
    const tel = await new Telefono(db).registra(e.ana);
    await tel.bajaTodo(e.ana);
    const prefijo = `GRANDE-${newId()}-`;
    await db.asService((tx) => productos(tx, 5000, prefijo));
    const primera = await tel.baja(e.ana, 700);
    expect(primera.done).toBe(false);
    const { ver, after, head } = leeCursor(tel.cursors.catalogo!)!;
    expect({ ver, dentro: after !== null }).toEqual({ ver: head - 1, dentro: true });
    // A row that was already sent and one that was not change in between.
    const [vista] = [...tel.filas('productos').values()].filter((p) => String(p.codigo).startsWith(prefijo));
    await sql`update inventario.productos set nombre = 'Cambió' where id = ${vista!.id as string}`.execute(
      db.kysely,
    );
    await tel.bajaTodo(e.ana, 700);
    const llegaron = [...tel.filas('productos').values()].filter((p) => String(p.codigo).startsWith(prefijo));
    expect(llegaron).toHaveLength(5000);
    expect(tel.filas('productos').get(vista!.id as string)).toMatchObject({ nombre: 'Cambió' });
  });
});

describe('membership', () => {
  test('assigned, taken off and assigned again: the conteo comes, goes and comes whole', async () => {
    const conteo = await conteoDe(e.luis);
    const tel = await new Telefono(db).registra(e.ana);
    await tel.bajaTodo(e.ana);
    expect(tel.filas('conteos').has(conteo)).toBe(false);
    const asigna = () =>
      sql`insert into inventario.conteo_contadores (conteo_id, usuario_id, nombre)
          values (${conteo}, ${e.ana.id}, 'Ana')`.execute(db.kysely);
    await asigna();
    const alta = await tel.bajaTodo(e.ana);
    expect(alta[0]!.scopesAdded).toContain(`conteo:${conteo}`);
    expect(tel.filas('conteos').get(conteo)).toMatchObject({ id: conteo, estado: 'abierto' });
    await sql`delete from inventario.conteo_contadores where conteo_id = ${conteo} and usuario_id = ${e.ana.id}`.execute(
      db.kysely,
    );
    const baja = await tel.bajaTodo(e.ana);
    expect(baja[0]!.scopesRemoved).toContain(`conteo:${conteo}`);
    expect(tel.filas('conteos').has(conteo)).toBe(false);
    await asigna();
    await tel.bajaTodo(e.ana);
    expect(tel.filas('conteos').has(conteo)).toBe(true);
    expect(tel.filas('conteo_contadores').has(`${conteo}:${e.luis.id}`)).toBe(true);
  });

  test('taken off a conteo after counting in it: own lines and the conteo stay visible', async () => {
    const conteo = await conteoDe(e.ana, e.luis);
    const tel = await new Telefono(db).registra(e.ana);
    tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
    await tel.envia();
    await sql`delete from inventario.conteo_contadores where conteo_id = ${conteo} and usuario_id = ${e.ana.id}`.execute(
      db.kysely,
    );
    await tel.bajaTodo(e.ana);
    expect(tel.filas('conteos').has(conteo)).toBe(true);
    expect([...tel.filas('conteo_lineas').values()].filter((l) => l.conteoId === conteo)).toHaveLength(1);
  });

  test('another shop joins and leaves with its scopes', async () => {
    const otra = await testTienda(db);
    const gerente = await testUser(db, { rol: 'gerente', tiendas: [e.tienda] });
    const tel = await new Telefono(db).registra(gerente);
    await tel.bajaTodo(gerente);
    await sql`insert into inventario.usuario_tiendas values (${gerente.id}, ${otra.id})`.execute(db.kysely);
    const alta = await tel.bajaTodo(gerente);
    expect(alta[0]!.scopesAdded).toEqual(
      expect.arrayContaining([`tienda:${otra.id}`, `stock:${otra.almacenId}`]),
    );
    await sql`delete from inventario.usuario_tiendas where usuario_id = ${gerente.id} and tienda_id = ${otra.id}`.execute(
      db.kysely,
    );
    await tel.bajaTodo(gerente);
    expect(tel.filas('tiendas').has(otra.id)).toBe(false);
    expect(tel.filas('tiendas').has(e.tienda.id)).toBe(true);
  });

  test('a rejection reaches its author’s phone, and nobody else’s', async () => {
    const tel = await new Telefono(db).registra(e.ana);
    const deLuis = await new Telefono(db).registra(e.luis);
    tel.guarda(e.ana, 'conteo.linea/1', linea(newId()));
    await tel.envia();
    await tel.bajaTodo(e.ana);
    await deLuis.bajaTodo(e.luis);
    const mias = [...tel.filas('rechazos').values()].filter((r) => r.deviceId === tel.deviceId);
    expect(mias).toMatchObject([{ mid: 1, code: 'CONTEO_DESCONOCIDO', state: 'abierta' }]);
    expect([...deLuis.filas('rechazos').values()].filter((r) => r.deviceId === tel.deviceId)).toEqual([]);
  });
});
