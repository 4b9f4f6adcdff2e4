import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { approveProductos } from '#server/conteos/aprueba.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import { LINEAS_MINIMAS } from '#shared/domain/estadisticas/ritmo.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';
import { measureAlmacenes } from './mide.ts';

const server = await testServer();
const { db } = server;
const e = await escenaConteo(db);
const otra = await testTienda(db);
const deOtra = await testUser(db, { rol: 'gerente', tiendas: [otra] });
const comprador = await testUser(db, { rol: 'comprador', tiendas: [e.tienda] });
const gerente = await trpcAs(server, e.gerente);

const hace = (dias: number, mas = 0) => new Date(Date.now() - dias * 86_400_000 + mas * 1000);
const donde = { tiendaIds: [], almacenId: null, categoriaId: null };
const dias = { desde: null, hasta: null };
const pagina = { cursor: null, limite: 50 };
const medida = { ...pagina, orden: 'valor' as const, dir: 'desc' as const };
const CENTINELA = '73137.42';
let faltante: string;
let exacto: string;

/** A conteo of both products: one is short by two pieces, and a recount of it says the same; the other agrees. */
beforeAll(async () => {
  [faltante, exacto] = [await e.producto({ costo: '10' }), await e.producto({ costo: '5' })];
  await sql`update inventario.productos set nombre = '=HYPERLINK("http://malo")', precio = 116 where id = ${faltante}`.execute(
    db.kysely,
  );
  for (const producto of [faltante, exacto])
    await e.mueve({ producto, tipo: 'inventario', cantidad: '20', en: hace(60) });
  await e.mueve({ producto: faltante, tipo: 'venta', cantidad: '3', en: hace(40) });
  const conteo = await e.conteo([e.ana, e.luis]);
  const t = hace(2);
  const en = (s: number) => new Date(t.getTime() + s * 1000);
  await e.linea({ conteo, por: e.ana, producto: faltante, cantidad: '15', en: en(0) });
  await e.linea({ conteo, por: e.ana, producto: exacto, cantidad: '20', en: en(30) });
  await e.parte(conteo, e.ana, 2);
  await e.parte(conteo, e.luis, 0);
  await db.asService(async (tx) => {
    await sql`insert into inventario.conteo_intentos (conteo_id, intento) values (${conteo}, 2)`.execute(tx);
    await sql`insert into inventario.conteo_intento_productos (conteo_id, intento, producto_id) values (${conteo}, 2, ${faltante})`.execute(
      tx,
    );
    await sql`insert into inventario.conteo_intento_contadores (conteo_id, intento, usuario_id) values (${conteo}, 2, ${e.luis.id})`.execute(
      tx,
    );
  });
  // A sale between both counts: the recount agrees all the same.
  await e.mueve({ producto: faltante, tipo: 'venta', cantidad: '1', en: en(3_600) });
  await e.linea({ conteo, por: e.luis, producto: faltante, cantidad: '14', en: en(36_000), intento: 2 });
  await e.parte(conteo, e.luis, 1, 2);
  const hecho = await approveProductos(db, systemClock, e.quien(e.gerente), {
    conteoId: conteo,
    productoIds: [faltante, exacto],
    motivo: 'prueba',
  });
  expect(hecho.omitidos).toEqual([]);
});

test('shrinkage in pesos: ajustes of counts and merma, at the frozen cost; what was reversed is in no figure', async () => {
  const pide = { ...donde, ...dias, ...pagina, por: 'motivo' as const };
  expect(await gerente.estadisticas.merma.query(pide)).toMatchObject({
    frase: 'En todo lo registrado faltaron $20 y sobraron $0 a costo: en neto se perdieron $20.',
    total: { movimientos: 1, faltante: '-20.00', sobrante: '0.00', neto: '-20.00', bruto: '20.00' },
    filas: [{ nombre: 'Ajustes de conteos', neto: '-20.00' }],
  });
  const [otro, reversa] = [newId(), newId()];
  for (const [id, cantidad, de] of [
    [otro, '4', null],
    [reversa, '-4', otro],
  ] as const)
    await sql`insert into inventario.transacciones (id, producto_id, almacen_id, tipo, subtipo, cantidad, costo_unitario, ocurrida_en, reversa_de)
              values (${id}, ${exacto}, ${e.tienda.almacenId}, 'ajuste', 'manual', ${cantidad}, 5, now(), ${de})`.execute(
      db.kysely,
    );
  expect((await gerente.estadisticas.merma.query(pide)).total).toMatchObject({
    movimientos: 1,
    bruto: '20.00',
  });
  // Goods moved to a merma almacén are lost to the shop.
  const almacenMerma = newId();
  await sql`insert into inventario.almacenes (id, tienda_id, codigo, nombre, tipo) values (${almacenMerma}, ${e.tienda.id}, ${almacenMerma}, 'Merma', 'merma')`.execute(
    db.kysely,
  );
  for (const [almacen, cantidad, subtipo] of [
    [e.tienda.almacenId, '-3', 'salida'],
    [almacenMerma, '3', 'entrada'],
  ])
    await sql`insert into inventario.transacciones (id, producto_id, almacen_id, tipo, subtipo, cantidad, costo_unitario, ocurrida_en)
              values (${newId()}, ${exacto}, ${almacen}, 'transferencia', ${subtipo}, ${cantidad}, 5, now())`.execute(
      db.kysely,
    );
  const todo = await gerente.estadisticas.merma.query(pide);
  expect(todo.filas.map((f) => [f.nombre, f.neto])).toEqual([
    ['Ajustes de conteos', '-20.00'],
    ['Dañado, pasado a merma', '-15.00'],
  ]);
  const una = await gerente.estadisticas.merma.query({ ...pide, por: 'producto', limite: 1 });
  const dos = await gerente.estadisticas.merma.query({
    ...pide,
    por: 'producto',
    limite: 1,
    cursor: una.siguiente,
  });
  expect([una.filas[0]!.clave, dos.filas[0]!.clave, dos.siguiente]).toEqual([faltante, exacto, null]);
});

test('accuracy in lines and value, by shop, zone, category and week', async () => {
  const esperada = {
    productos: 2,
    exactos: 1,
    lineasPct: '50',
    esperado: '260.00',
    diferencia: '20.00',
    valorPct: '92.31',
  };
  for (const por of ['tienda', 'almacen', 'zona', 'categoria', 'semana'] as const) {
    const r = await gerente.estadisticas.exactitud.query({ ...donde, ...dias, por });
    expect(r.total).toEqual(esperada);
    if (por === 'zona') expect(r.filas.map((f) => f.nombre)).toEqual(['A']);
  }
  expect((await gerente.estadisticas.exactitud.query({ ...donde, ...dias, por: 'tienda' })).frase).toBe(
    'En todo lo registrado 1 de 2 productos contados coincidieron con el libro (50 %); en pesos, el libro acertó 92 %.',
  );
});

test('recount agreement beside lines/hour, by shop and week, never a leaderboard of people', async () => {
  const r = await gerente.estadisticas.recuentos.query({ ...donde, ...dias, por: 'tienda' });
  expect(r.total).toMatchObject({
    recontados: 1,
    coinciden: 1,
    coincidenPct: '100',
    lineas: 1,
    lineasPorHora: null,
  });
  // A shop's pace once enough lines say it: one every 30 s; a pause of an hour is no counting.
  const conteo = await e.conteo([e.ana]);
  for (let i = 0; i <= LINEAS_MINIMAS; i += 1)
    await e.linea({
      conteo,
      por: e.ana,
      producto: exacto,
      cantidad: '1',
      en: hace(1, i * 30 + (i > 10 ? 3600 : 0)),
    });
  const texto = await server.fetch(
    `/api/trpc/estadisticas.recuentos?input=${encodeURIComponent(JSON.stringify({ ...donde, ...dias, por: 'tienda' }))}`,
    {},
    e.gerente,
  );
  const crudo = await texto.text();
  expect(crudo).toContain('"lineasPorHora":120');
  for (const persona of [e.ana, e.luis]) {
    expect(crudo).not.toContain(persona.nombre);
    expect(crudo).not.toContain(persona.id);
  }
});

test('a class that a person fixes stays, and is marked; one that they empty is measured again', async () => {
  await measureAlmacenes(db, systemClock, null);
  const clase = async (producto: string) =>
    (
      await sql<{ clase_abc: string; clase_fijada: boolean }>`
        select clase_abc, clase_fijada from inventario.producto_almacenes where producto_id = ${producto} and almacen_id = ${e.tienda.almacenId}`.execute(
        db.kysely,
      )
    ).rows[0];
  // Sold nothing in a year but this one: it alone makes the value.
  expect([await clase(faltante), await clase(exacto)]).toMatchObject([
    { clase_abc: 'A', clase_fijada: false },
    { clase_abc: 'C', clase_fijada: false },
  ]);
  const pon = (valor: string | null) =>
    db.withUser(e.gerente.claims, (tx) =>
      sql`update inventario.producto_almacenes set clase_abc = ${valor} where producto_id = ${exacto} and almacen_id = ${e.tienda.almacenId}`.execute(
        tx,
      ),
    );
  await pon('B');
  await measureAlmacenes(db, systemClock, e.tienda.almacenId);
  expect(await clase(exacto)).toEqual({ clase_abc: 'B', clase_fijada: true });
  const abc = await gerente.estadisticas.abc.query({
    ...donde,
    ...medida,
    por: 'ventas',
    clase: null,
    xyz: null,
  });
  expect(abc.total.fijadas).toBe(1);
  expect(abc.filas.find((f) => f.productoId === exacto)).toMatchObject({
    claseAbc: 'B',
    claseFijada: true,
    abcVentas: 'C',
  });
  await pon(null);
  await measureAlmacenes(db, systemClock, e.tienda.almacenId);
  expect(await clase(exacto)).toEqual({ clase_abc: 'C', clase_fijada: false });
});

test('by hand the measure is a job that waits once however often it is asked for', async () => {
  expect(await gerente.estadisticas.mide.mutate({ almacenId: null })).toEqual({ encargado: true });
  expect(await gerente.estadisticas.mide.mutate({ almacenId: null })).toEqual({ encargado: false });
});

test('an almacenista and a chofer see nothing of stock or costs; another shop is invisible; who buys sees no counts', async () => {
  const sentinela = await e.producto({ costo: CENTINELA });
  await e.mueve({ producto: sentinela, tipo: 'inventario', cantidad: '1', en: hace(1) });
  const movimientos = { ...donde, ...dias, tipo: null, ...pagina, orden: 'importe', dir: 'desc' };
  const pide: Record<string, object> = {
    productos: movimientos,
    grupos: { ...donde, ...dias, tipo: null, por: 'tienda' },
    valor: { ...donde, ...medida },
    valorGrupos: { ...donde, por: 'tienda' },
    cobertura: { ...donde, ...medida, hasta: null },
    abc: { ...donde, ...medida, por: 'ventas', clase: null, xyz: null },
    sinVenta: { ...donde, ...medida, dias: 1 },
    sinConteo: { ...donde, ...medida, dias: 0 },
    merma: { ...donde, ...dias, ...pagina, por: 'tienda' },
    exactitud: { ...donde, ...dias, por: 'tienda' },
    recuentos: { ...donde, ...dias, por: 'tienda' },
  };
  const chofer = await testUser(db, { rol: 'chofer', tiendas: [e.tienda] });
  for (const [nombre, entrada] of Object.entries(pide)) {
    const ruta = `/api/trpc/estadisticas.${nombre}?input=${encodeURIComponent(JSON.stringify(entrada))}`;
    for (const persona of [e.ana, chofer]) {
      const texto = await (await server.fetch(ruta, {}, persona)).text();
      expect(texto).toContain('PROHIBIDO');
      const archivo = await server.fetch(
        `/api/estadisticas/archivo?medida=${nombre}&formato=csv&filtro=${encodeURIComponent(JSON.stringify(entrada))}`,
        {},
        persona,
      );
      expect(archivo.status).toBe(403);
    }
    const ajena = await (await server.fetch(ruta, {}, deOtra)).text();
    expect([nombre, ajena.includes('"frase"'), ajena.includes(sentinela), ajena.includes(faltante)]).toEqual([
      nombre,
      true,
      false,
      false,
    ]);
  }
  const compra = await trpcAs(server, comprador);
  expect((await compra.estadisticas.valor.query({ ...donde, ...medida })).filas[0]!.costo).toBe(CENTINELA);
  expect(await codeOf(compra.estadisticas.exactitud.query({ ...donde, ...dias, por: 'tienda' }))).toBe(
    'PROHIBIDO',
  );
});

test('styled .xlsx and CSV keep the filters, say the sentence, and run no formula', async () => {
  const filtro = JSON.stringify({
    ...donde,
    ...dias,
    almacenId: e.tienda.almacenId,
    tipo: 'venta',
    orden: 'importe',
    dir: 'desc',
  });
  const baja = (formato: string, medidaDe = 'productos', f = filtro) =>
    server.fetch(
      `/api/estadisticas/archivo?medida=${medidaDe}&formato=${formato}&filtro=${encodeURIComponent(f)}`,
      {},
      e.gerente,
    );
  const csv = await (await baja('csv')).text();
  expect(csv).toContain(`"'=HYPERLINK(""http://malo"")"`);
  // Four pieces at the catalogue's price, which has 16 % of tax in it.
  expect(csv).toContain(',2,4,464.00,400.00,40.00,360.00,90,0,2,1,');
  expect(csv).toContain(`Almacén,Almacén ${e.tienda.codigo}`);
  expect(csv).toContain('Tipo de movimiento,venta');
  const libro = new ExcelJS.Workbook();
  const xlsx = await baja('xlsx');
  expect(xlsx.headers.get('content-disposition')).toMatch(/filename="productos-\d{4}-\d{2}-\d{2}\.xlsx"/);
  await libro.xlsx.load(await xlsx.arrayBuffer());
  const hoja = libro.getWorksheet('Por producto')!;
  expect(hoja.getRow(2).getCell(2).type).toBe(ExcelJS.ValueType.String);
  expect([hoja.getRow(2).getCell(8).value, hoja.getRow(2).getCell(8).numFmt]).toEqual([
    464,
    '"$"#,##0.00;[Red]-"$"#,##0.00',
  ]);
  expect(libro.getWorksheet('Qué dice')!.getRow(3).getCell(2).value).toBe(`Almacén ${e.tienda.codigo}`);
  for (const [medidaDe, f] of [
    ['productos', 'no es json'],
    ['productos', '{}'],
    ['otra', filtro],
  ] as const)
    expect((await baja('csv', medidaDe, f)).status).toBe(400);
});
