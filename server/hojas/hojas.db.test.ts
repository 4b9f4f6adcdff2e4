import { inflateSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { type Escena, escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { restOf } from '#tests/db/rest.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';

let db: Db;
let server: TestServer;
let rest: ReturnType<typeof restOf>;
let e: Escena;
let conteoId: string;
let [conStock, sinStock] = ['', ''];

/** All that a PDF writes, from its raw bytes: content streams inflated, text strings decoded. */
function textoDe(pdf: Buffer): string {
  const crudo = pdf.toString('latin1');
  const partes: string[] = [];
  for (const { 1: datos } of crudo.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
    let contenido: string;
    try {
      contenido = inflateSync(Buffer.from(datos!, 'latin1')).toString('latin1');
    } catch {
      continue; // fonts and other streams that are not page content
    }
    for (const { 1: arreglo } of contenido.matchAll(/\[([^\]]*)\] TJ/g)) {
      const hex = [...arreglo!.matchAll(/<([0-9a-f]*)>/gi)].map(([, h]) => h).join('');
      partes.push(Buffer.from(hex, 'hex').toString('latin1'));
    }
  }
  return partes.join('\n');
}

const ruta = (id = conteoId) => `/api/conteos/${id}/hoja.pdf`;
async function hoja(user: TestUser, consulta = '', id = conteoId): Promise<string> {
  const answer = await server.fetch(ruta(id) + consulta, {}, user);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  return textoDe(Buffer.from(await answer.arrayBuffer()));
}

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  rest = restOf(server);
  e = await escenaConteo(db);
  conStock = await e.producto({ bins: ['A2', 'B1'], costo: '9876.50' });
  sinStock = await e.producto({ bins: ['A1'] });
  const en = new Date('2026-03-01T10:00:00Z');
  await e.mueve({ producto: conStock, tipo: 'inventario', cantidad: '7654', en });
  await e.mueve({ producto: conStock, tipo: 'venta', cantidad: '321', en: new Date('2026-03-01T11:00:00Z') });
  conteoId = await e.conteo([e.ana]);
  await db.asService(async (tx) => {
    await sql`insert into inventario.conteo_productos (conteo_id, producto_id)
              values (${conteoId}, ${conStock}), (${conteoId}, ${sinStock})`.execute(tx);
    await sql`insert into inventario.codigos_barras (id, codigo, producto_id, factor, tipo)
              values (${newId()}, 'CAJA-24', ${conStock}, 24, 'caja')`.execute(tx);
  });
});

describe('a blind paper sheet', () => {
  test('lists the scope by bin with numbered rows, pack, page, clave and room for who counted and when', async () => {
    const texto = await hoja(e.ana);
    const donde = ['A1', `P-${sinStock.slice(-10)}`, 'A2', `P-${conStock.slice(-10)}`, 'B1', 'Otros'].map(
      (que) => texto.indexOf(`\n${que}\n`),
    );
    expect(donde).not.toContain(-1);
    expect(donde).toEqual(donde.toSorted((a, b) => a - b));
    for (const dicho of ['Contó', 'Firma', 'Fecha', 'Empezó a las', 'Terminó a las', 'Cajas', '24', '3'])
      expect(texto).toContain(`${dicho}\n`);
    expect(texto).toMatch(/Página 1 · clave [0-9A-Z]{4}/);
  });

  test('a counter never sees stock in it, nor does anybody else: the sheet is blind for all and the same', async () => {
    const [deAna, delGerente] = [await hoja(e.ana), await hoja(e.gerente)];
    expect(deAna).toBe(delGerente);
    // The made-up codes hold digits of their own; the stock is 7654 − 321, the cost 9876.50.
    const sinCodigos = deAna.replace(
      /P-[0-9a-f]+|Producto [0-9a-f]+|T-[0-9a-f]+(-\d{4}-\d{4})?|clave \w+/g,
      '',
    );
    expect(sinCodigos.match(/\d{3,}/g)).toBeNull();
    await e.mueve({
      producto: sinStock,
      tipo: 'inventario',
      cantidad: '55',
      en: new Date('2026-03-01T12:00:00Z'),
    });
    expect(await hoja(e.ana)).toBe(deAna);
  });

  test('only who counts it or plans it gets one', async () => {
    const compras = await testUser(db, { rol: 'comprador', tiendas: [e.tienda] });
    const otra = await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] });
    const auditor = await testUser(db, { rol: 'auditor', tiendas: [e.tienda] });
    expect((await rest.refused(ruta(), e.luis)).status).toBe(404);
    expect((await rest.refused(ruta(), otra)).status).toBe(404);
    expect((await rest.refused(ruta(), compras)).status).toBe(404);
    expect((await rest.refused(ruta(), auditor)).status).toBe(403);
    expect((await rest.refused(ruta(), undefined)).status).toBe(401);
    expect((await rest.refused(ruta('no-es-un-id'), e.ana)).status).toBe(400);
  });

  test('a recount’s sheet lists what is recounted, for who recounts it', async () => {
    await db.asService(async (tx) => {
      await sql`insert into inventario.conteo_intentos (conteo_id, intento) values (${conteoId}, 2)`.execute(
        tx,
      );
      await sql`insert into inventario.conteo_intento_productos (conteo_id, intento, producto_id)
                values (${conteoId}, 2, ${sinStock})`.execute(tx);
      await sql`insert into inventario.conteo_intento_contadores (conteo_id, intento, usuario_id)
                values (${conteoId}, 2, ${e.luis.id})`.execute(tx);
    });
    const [deLuis, deAna, delGerente] = [await hoja(e.luis), await hoja(e.ana), await hoja(e.gerente)];
    expect(deLuis).toContain('recuento 2');
    expect(deLuis).not.toContain(`P-${conStock.slice(-10)}`);
    expect(delGerente).toBe(deLuis);
    expect(deAna).toContain(`P-${conStock.slice(-10)}`);
  });

  test('a free conteo has empty rows, as many pages as asked for', async () => {
    const libre = newId();
    await db.asService(async (tx) => {
      await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por)
                values (${libre}, ${e.tienda.id}, ${e.tienda.almacenId}, 'libre', ${e.ana.id})`.execute(tx);
      await sql`insert into inventario.conteo_contadores (conteo_id, usuario_id, nombre)
                values (${libre}, ${e.ana.id}, ${e.ana.nombre})`.execute(tx);
    });
    const texto = await hoja(e.ana, '?paginas=3', libre);
    expect(texto).toContain('Página 3 de 3');
    expect(texto).toContain('\n66\n');
    expect((await rest.refused(`${ruta(libre)}?paginas=41`, e.ana)).status).toBe(400);
  });
});
