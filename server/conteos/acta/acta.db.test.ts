import { createHash } from 'node:crypto';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { decideFirma } from '#server/firmas/firmas.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { planDe } from '#tests/db/plan-conteo.ts';
import { restOf } from '#tests/db/rest.ts';
import { testServer } from '#tests/db/server.ts';
import { textoDePdf } from '#tests/texto-de-pdf.ts';
import { approveProductos } from '../aprueba.ts';
import { declareCeros } from '../ceros.ts';
import { createConteo } from '../crea.ts';
import * as decisiones from '../decisiones.ts';
import { requestFirma } from '../firmantes.ts';
import { closePrueba } from '../prueba.ts';
import type { Acta } from './forma.ts';

const db = await testDb();
const e = await escenaConteo(db);
const server = await testServer({ db });
const rest = restOf(server);
const jefe = e.quien(e.gerente);
const AYER = new Date('2026-03-01T16:00:00Z');
const hora = (texto: string) => new Date(`2026-03-02T${texto}:00Z`);

const json = async (id: string, quien = e.gerente) =>
  (await rest.ok<Acta>(`/api/conteos/${id}/acta.json`, quien)).body;
async function baja(id: string, archivo: string, quien: TestUser = e.gerente) {
  const answer = await server.fetch(`/api/conteos/${id}/${archivo}`, {}, quien);
  expect([archivo, answer.status]).toEqual([archivo, 200]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) };
}
const pdf = async (id: string) => textoDePdf((await baja(id, 'acta.pdf')).bytes);
const aprueba = (conteoId: string, productoIds: string[], motivo: string) =>
  approveProductos(db, systemClock, jefe, { conteoId, productoIds, motivo });
async function nombra(producto: string, codigo: string, nombre: string) {
  await db.asService((tx) =>
    sql`update inventario.productos set codigo = ${codigo}, nombre = ${nombre} where id = ${producto}`.execute(
      tx,
    ),
  );
}
/** Given by the database. */
async function folioDe(conteo: string): Promise<string> {
  const { rows } = await sql<{ folio: string }>`
    select folio from inventario.conteos where id = ${conteo}`.execute(db.kysely);
  return rows[0]!.folio;
}

/** RFC 4180, written apart from the writer. */
function leeCsv(texto: string): string[][] {
  expect(texto.startsWith('\ufeff')).toBe(true);
  const filas: string[][] = [[]];
  for (const [, citada, suelta, fin] of texto
    .slice(1)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (citada === undefined && suelta === '' && fin === '') break;
    filas.at(-1)!.push(citada?.replaceAll('""', '"') ?? suelta!);
    if (fin === '\r\n') filas.push([]);
  }
  return filas.filter((fila) => fila.length > 0);
}

/** The recipe as docs/api.md tells it, by somebody who has only the file. */
function recalcula(conteoId: string, columnas: readonly string[], filas: readonly string[][]): string {
  const id = columnas.indexOf('id');
  const ordenadas = [...filas].sort((a, b) =>
    Buffer.compare(Buffer.from(`${a[id]}${a[0]}`), Buffer.from(`${b[id]}${b[0]}`)),
  );
  const hash = createHash('sha256');
  for (const fila of [['devcompras-acta/1', conteoId], ...ordenadas.map((f) => f.slice(0, 21))]) {
    hash.update(`${JSON.stringify(fila)}\n`);
  }
  return hash.digest('hex');
}

const planea = (id: string, productoIds: string[], cambios: Partial<CreaConteo> = {}) =>
  createConteo(db, systemClock, jefe, planDe(e, { id, nombre: 'Frenos', productoIds, ...cambios }));

/** Two attempts of one product, a sobrante, a declared zero, an exact one, a sin costo, and one that nobody counted. */
let historias = 0;
async function historia() {
  historias += 1;
  const [codigoFalta, codigoSobra] = [`BAL-${historias}`, `FIL-${historias}`];
  const [falta, sobra, exacto, cero, gratis, sin] = [
    await e.producto({ costo: '10.5' }),
    await e.producto({ costo: '2' }),
    await e.producto({ costo: '3' }),
    await e.producto({ costo: '4' }),
    await e.producto(),
    await e.producto(),
  ];
  await nombra(falta, codigoFalta, 'Balata “delantera” ñandú → año');
  await nombra(sobra, codigoSobra, '=HYPERLINK("http://x","gratis")');
  for (const [producto, cantidad] of [
    [falta, '10'],
    [sobra, '5'],
    [exacto, '7'],
    [cero, '0'],
    [gratis, '1'],
  ] as const) {
    await e.mueve({ producto, tipo: 'inventario', cantidad, en: AYER });
  }
  const conteo = newId();
  await planea(conteo, [falta, sobra, exacto, cero, gratis, sin]);
  await e.linea({ conteo, por: e.ana, producto: falta, cantidad: '8', en: hora('16:05') });
  const mala = await e.linea({ conteo, por: e.ana, producto: sobra, cantidad: '99', en: hora('16:06') });
  await e.linea({ conteo, por: e.ana, cantidad: '0', tipo: 'anula', anula: mala, en: hora('16:07') });
  await e.linea({ conteo, por: e.ana, producto: sobra, cantidad: '3', factor: '2', en: hora('16:08') });
  await e.linea({ conteo, por: e.ana, producto: exacto, cantidad: '7', en: hora('16:09') });
  await e.linea({ conteo, por: e.ana, producto: gratis, cantidad: '3', en: hora('16:10') });
  const rara = await e.linea({ conteo, por: e.ana, codigo: '@raro', cantidad: '1', en: hora('16:11') });
  await db.asService((tx) =>
    sql`insert into inventario.conteo_linea_notas (id, linea_id, conteo_id, nota, por, en)
        select gen_random_uuid(), id, conteo_id, 'dos cajas mojadas', usuario_id, instante
          from inventario.conteo_lineas where conteo_id = ${conteo} and producto_id = ${falta}`.execute(tx),
  );
  await decisiones.closePartes(db, systemClock, jefe, { conteoId: conteo, motivo: 'se le acabó la pila' });
  await decisiones.requestRecuento(db, systemClock, jefe, {
    conteoId: conteo,
    productoIds: [falta],
    contadores: [e.luis.id],
    motivo: 'pasa de la tolerancia',
  });
  await e.linea({ conteo, por: e.luis, producto: falta, cantidad: '8', intento: 2, en: hora('17:00') });
  await decisiones.closePartes(db, systemClock, jefe, { conteoId: conteo, motivo: null });
  await declareCeros(db, systemClock, jefe, { conteoId: conteo, productoIds: [cero], confirmados: [] });
  await decisiones.linkCodigos(db, systemClock, jefe, {
    conteoId: conteo,
    lineaIds: [rara],
    estado: 'ajena',
    productoId: null,
    factor: null,
    motivo: 'es de un cliente',
    aprender: false,
  });
  return { conteo, falta, sobra, exacto, cero, gratis, sin, codigoFalta, codigoSobra };
}

test('acta: folio, scope, attempts, uncounted, faltante, sobrante, neto and bruto at cost, who counted, recounted, authorised and witnessed with signature lines', async () => {
  const h = await historia();
  const borrador = await json(h.conteo);
  expect(borrador.borrador?.faltas).toEqual(['Productos por decidir: 5.']);
  const paginas = await pdf(h.conteo);
  for (const pagina of paginas) expect(pagina).toMatch(/BORRADOR · El conteo no ha terminado/);

  const todos = [h.falta, h.sobra, h.exacto, h.cero, h.gratis];
  expect(await aprueba(h.conteo, todos, 'la caja no está al día')).toMatchObject({ conteoCerrado: true });
  const acta = await json(h.conteo);
  expect(acta.borrador).toBeNull();
  expect(acta.totales).toEqual({
    faltante: '-21.00',
    sobrante: '2.00',
    neto: '-19.00',
    bruto: '23.00',
    productos: 5,
    exactos: 2,
    conDiferencia: 3,
    sinCosto: 1,
    sinBase: 0,
    incompletos: 0,
    porDecidir: 0,
    sinContar: 1,
  });
  const de = (id: string) => acta.productos.find(({ productoId }) => productoId === id)!;
  const ajustes = await e.ajustes(h.conteo);
  expect(de(h.falta)).toMatchObject({
    contado: '8',
    teorico: '10',
    variacion: '-2',
    costoUnitario: '10.50',
    valor: '-21.00',
    decision: 'ajuste',
    ajusteId: ajustes.find((a) => a.producto_id === h.falta)!.id,
    aprobadoPor: e.gerente.nombre,
    motivo: 'la caja no está al día',
    intentos: [
      { intento: 1, contado: '8', variacion: '-2', contadores: [{ nombre: e.ana.nombre, unidades: '8' }] },
      { intento: 2, contado: '8', variacion: '-2', contadores: [{ nombre: e.luis.nombre, unidades: '8' }] },
    ],
    notas: [{ contador: e.ana.nombre, nota: 'dos cajas mojadas' }],
  });
  expect(de(h.sobra)).toMatchObject({ contado: '6', variacion: '1', valor: '2.00' });
  expect(de(h.cero)).toMatchObject({ contado: '0', ceroDeclarado: { por: e.gerente.nombre } });
  expect(de(h.gratis)).toMatchObject({ variacion: '2', valor: null, costoFuente: 'sin_costo' });
  expect(acta.sinContar).toHaveLength(1);
  expect(acta.sinProducto).toMatchObject([
    { codigoCrudo: '@raro', estado: 'ajena', motivo: 'es de un cliente' },
  ]);
  expect(acta.intentos).toMatchObject([
    { intento: 1, contadores: [{ nombre: e.ana.nombre, lineas: 7, motivo: 'se le acabó la pila' }] },
    { intento: 2, motivo: 'pasa de la tolerancia', pedidoPor: e.gerente.nombre },
  ]);
  expect(acta.aprobaciones).toMatchObject([
    {
      por: e.gerente.nombre,
      productos: 5,
      motivo: 'la caja no está al día',
      avisos: ['había productos sin costo'],
    },
  ]);

  // What a person reads on paper.
  const texto = (await pdf(h.conteo)).join('\n');
  expect(texto).not.toContain('BORRADOR');
  for (const dicho of [
    await folioDe(h.conteo),
    'Lista de 6 productos',
    'Balata “delantera” ñandú -> año',
    `1.º: 8 (${e.ana.nombre}), 2 mar 2026, 10:05; diferencia -2`,
    `2.º: 8 (${e.luis.nombre}), 2 mar 2026, 11:00; diferencia -2`,
    'dos cajas mojadas',
    '-$21.00',
    '$23.00',
    'sin costo',
    'Sin contar (1)',
    `Ajuste ${de(h.falta).ajusteId}`,
    'Contó',
    'Recontó',
    'Declaró 1 cero y autorizó 5 productos',
    'Testigo',
    'Huella de las líneas (SHA-256)',
    'Página 1 de ',
  ]) {
    expect(texto.replaceAll('\n', ' ')).toContain(dicho);
  }
});

test('acta: the hash of the lines is recomputed from the CSV and from the JSON by the recipe alone, and verified', async () => {
  const { conteo, falta } = await historia();
  const acta = await json(conteo);
  const { answer, bytes } = await baja(conteo, 'acta.csv?tabla=lineas');
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="acta-${(await folioDe(conteo)).replace(/[^A-Za-z0-9]+/g, '-')}.csv"`,
  );
  const [columnas, ...filas] = leeCsv(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  // 7 lines and voids of Ana, 1 of Luis, a link and a declared zero.
  expect(filas).toHaveLength(10);
  expect(filas.find((fila) => fila[6] === "'@raro")).toBeDefined();
  const sinDefensa = filas.map((fila) => fila.map((c) => (c.startsWith("'") ? c.slice(1) : c)));
  expect(recalcula(conteo, columnas!, sinDefensa)).toBe(acta.huella.valor);
  const deJson = acta.lineas.map(({ huella }) => columnas!.slice(0, 21).map((c) => huella[c as 'id']));
  expect(recalcula(conteo, columnas!, deJson)).toBe(acta.huella.valor);

  const verifica = async (quien: TestUser, cambios: object = {}) => {
    const { valor, lineas, corte } = acta.huella;
    const input = JSON.stringify({ conteoId: conteo, hash: valor, lineas, corte, ...cambios });
    const answer = await server.fetch(
      `/api/trpc/conteos.verificaActa?input=${encodeURIComponent(input)}`,
      {},
      quien,
    );
    return (await answer.json()) as { result: { data: object }; error?: { data: { httpStatus: number } } };
  };
  expect((await verifica(e.gerente)).result.data).toMatchObject({ coincide: true, lineas: 8, despues: 0 });
  // What is received later changes nothing of what was printed, and is told.
  await e.linea({
    conteo,
    por: e.ana,
    producto: falta,
    cantidad: '1',
    en: hora('18:00'),
    recibido: new Date(),
  });
  expect((await verifica(e.gerente)).result.data).toMatchObject({ coincide: true, lineas: 8, despues: 1 });
  // A line that was not there when it was printed, although it says so.
  await e.linea({ conteo, por: e.ana, producto: falta, cantidad: '1', en: hora('18:01') });
  expect((await verifica(e.gerente)).result.data).toMatchObject({
    coincide: false,
    lineas: 9,
    lineasEntonces: 8,
  });
  expect((await verifica(e.ana)).error?.data.httpStatus).toBe(403);
});

test('acta as Excel: four sheets, numbers as numbers, nothing that a spreadsheet would run', async () => {
  const { conteo, codigoFalta, codigoSobra } = await historia();
  const libro = new ExcelJS.Workbook();
  const { bytes } = await baja(conteo, 'acta.xlsx');
  await libro.xlsx.load(bytes.buffer as never);
  expect(libro.worksheets.map(({ name }) => name)).toEqual(['Resumen', 'Productos', 'Intentos', 'Líneas']);
  const hoja = libro.getWorksheet('Productos')!;
  expect(hoja.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  const titulos = (hoja.getRow(1).values as string[]).slice(1);
  const fila = (codigo: string) => {
    let hallada: ExcelJS.Row | undefined;
    hoja.eachRow((row) => {
      if (row.getCell(2).value === codigo) hallada = row;
    });
    return Object.fromEntries(titulos.map((titulo, i) => [titulo, hallada!.getCell(i + 1)]));
  };
  expect(fila(codigoFalta).Diferencia!.value).toBe(-2);
  expect(fila(codigoFalta)['Importe MXN']!.numFmt).toContain('"$"#,##0.00');
  expect(fila(codigoSobra).Producto).toMatchObject({
    type: ExcelJS.ValueType.String,
    value: '=HYPERLINK("http://x","gratis")',
  });
  const formulas: string[] = [];
  for (const ws of libro.worksheets) {
    ws.eachRow((row) => row.eachCell((cell) => cell.formula && formulas.push(cell.formula)));
  }
  expect(formulas).toEqual(['SUBTOTAL(109,N2:N7)']);
  const csv = leeCsv(
    new TextDecoder('utf-8', { ignoreBOM: true }).decode((await baja(conteo, 'acta.csv')).bytes),
  );
  expect(csv.find((f) => f[1] === codigoSobra)![2]).toBe(`'=HYPERLINK("http://x","gratis")`);
});

test('acta: late lines stay out of what was signed, and a cancelled conteo says so on each page', async () => {
  const { conteo, falta, sobra, exacto, cero, gratis } = await historia();
  await aprueba(conteo, [falta, sobra, exacto, cero, gratis], 'así');
  const antes = await json(conteo);
  await e.linea({
    conteo,
    por: e.ana,
    producto: falta,
    cantidad: '5',
    en: hora('16:04'),
    recibido: new Date(),
  });
  const despues = await json(conteo);
  expect(despues.tardias).toBe(1);
  expect({ ...despues, tardias: 0, generadaEn: '' }).toEqual({ ...antes, tardias: 0, generadaEn: '' });

  const cancelado = await e.conteo([e.ana]);
  await e.linea({ conteo: cancelado, por: e.ana, producto: falta, cantidad: '5', en: hora('19:00') });
  await decisiones.cancelConteo(db, systemClock, jefe, { conteoId: cancelado, motivo: 'se inundó' });
  expect(await json(cancelado)).toMatchObject({
    borrador: null,
    conteo: { estado: 'cancelado', cancelacion: { motivo: 'se inundó', por: e.gerente.nombre } },
    productos: [{ contado: '5', decision: null }],
  });
  for (const pagina of await pdf(cancelado)) expect(pagina).toContain('CANCELADO');
});

test('acta: what was counted in a closed period names the true instant and where its ajuste was posted', async () => {
  const producto = await e.producto({ costo: '10' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '9', en: AYER });
  const conteo = await e.conteo([e.ana]);
  await e.linea({ conteo, por: e.ana, producto, cantidad: '7', en: hora('16:00') });
  const cierra = (hasta: Date | null) =>
    db.asService((tx) =>
      sql`update inventario.tiendas set cerrado_hasta = ${hasta} where id = ${e.tienda.id}`.execute(tx),
    );
  const abierto = new Date('2026-04-01T06:00:00Z');
  await cierra(abierto);
  await aprueba(conteo, [producto], 'prueba');
  await cierra(null);
  expect((await json(conteo)).productos).toMatchObject([
    { instante: hora('16:00').toISOString(), asentadoEn: abierto.toISOString(), decision: 'ajuste' },
  ]);
  expect((await pdf(conteo)).join(' ').replaceAll('\n', ' ')).toContain(
    'Contado en un periodo ya cerrado (2 mar 2026, 10:00): se asentó el 1 abr 2026, 00:00',
  );
});

test('acta: a movement learned after the approval is on it as its counter-ajuste, and the approved figures stand', async () => {
  const producto = await e.producto({ costo: '10' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '9', en: AYER });
  const conteo = await e.conteo([e.ana]);
  await e.linea({ conteo, por: e.ana, producto, cantidad: '7', en: hora('16:00') });
  await aprueba(conteo, [producto], 'prueba');
  const antes = await json(conteo);
  const venta = await e.mueve({
    producto,
    tipo: 'venta',
    cantidad: '2',
    en: hora('15:00'),
    registrada: new Date(),
  });
  const pedido = { tipo: 'contra_ajuste', id: venta, motivo: null } as const;
  const { transaccionId } = await decideFirma(db, systemClock, jefe, pedido);
  const acta = await json(conteo);
  expect(acta.contraAjustes).toMatchObject([
    { cantidad: '2', decision: 'firmado', por: e.gerente.nombre, transaccionId },
  ]);
  expect(acta.productos).toEqual(antes.productos);
  expect(acta.totales).toEqual(antes.totales);
  expect((await pdf(conteo)).join('\n')).toContain(`Firmado por ${e.gerente.nombre}`);
});

test('acta of a test count says so and names no ajuste; a double blind one waits for every part', async () => {
  const producto = await e.producto({ costo: '10' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '9', en: AYER });
  const [prueba, doble] = [newId(), newId()];
  await planea(prueba, [producto], { proposito: 'prueba' });
  await e.linea({ conteo: prueba, por: e.ana, producto, cantidad: '7', en: hora('16:00') });
  await decisiones.closePartes(db, systemClock, jefe, { conteoId: prueba, motivo: null });
  await closePrueba(db, systemClock, jefe, { conteoId: prueba });
  expect((await json(prueba)).productos).toMatchObject([
    { decision: 'prueba', variacion: '-2', ajusteId: null },
  ]);
  for (const pagina of await pdf(prueba)) expect(pagina).toContain('PRUEBA · Conteo de prueba: no ajusta');

  await planea(doble, [producto], { dobleCiego: true });
  await e.linea({ conteo: doble, por: e.ana, producto, cantidad: '7', en: hora('16:00') });
  for (const archivo of ['acta.json', 'acta.csv', 'acta.pdf']) {
    expect(await rest.refused(`/api/conteos/${doble}/${archivo}`, e.gerente)).toMatchObject({
      status: 409,
      code: 'DOBLE_CIEGO_ABIERTO',
    });
  }
  await decisiones.closePartes(db, systemClock, jefe, { conteoId: doble, motivo: null });
  expect((await json(doble)).productos).toMatchObject([{ contado: '7' }]);
});

test('acta: only who may review it, on the raw traffic; an almacenista gets nothing', async () => {
  const { conteo } = await historia();
  const auditor = await testUser(db, { rol: 'auditor', tiendas: [e.tienda] });
  expect((await json(conteo, auditor)).conteo.id).toBe(conteo);
  const ajeno = await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] });
  const firmante = await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] });
  await requestFirma(db, systemClock, jefe, { conteoId: conteo, usuarioId: firmante.id });
  expect((await json(conteo, firmante)).conteo.id).toBe(conteo);
  const tRpc = await server.fetch(
    `/api/trpc/conteos.acta?input=${encodeURIComponent(JSON.stringify({ conteoId: conteo }))}`,
    {},
    e.ana,
  );
  expect(tRpc.status).toBe(403);
  expect(await tRpc.text()).not.toContain('faltante');
  const comprador = await testUser(db, { rol: 'comprador', tiendas: [e.tienda] });
  for (const archivo of ['acta.pdf', 'acta.csv', 'acta.csv?tabla=lineas', 'acta.xlsx', 'acta.json']) {
    const ruta = `/api/conteos/${conteo}/${archivo}`;
    for (const quien of [e.ana, e.luis, comprador]) {
      expect(await rest.refused(ruta, quien)).toMatchObject({ status: 403, code: 'PROHIBIDO' });
    }
    expect(await rest.refused(ruta, ajeno)).toMatchObject({ status: 404, code: 'NO_ENCONTRADO' });
    expect(await rest.refused(ruta, undefined)).toMatchObject({ status: 401 });
  }
});
