import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testServer } from '#tests/db/server.ts';
import { textoDePdf } from '#tests/texto-de-pdf.ts';

const db = await testDb();
const e = await escenaConteo(db);
const server = await testServer({ db });
const LINEAS = 5_000;
/**
 * The longest that anybody waits, as a part of the time that the document takes: drawn in the server's own thread it
 * would be about half. A part, not milliseconds, so that a busy machine says the same.
 */
const ESPERA_PARTE = 1 / 3;

test('a PDF of a conteo with 5,000 lines: every product, every page numbered, and others are answered meanwhile', async () => {
  const conteo = await e.conteo([e.ana]);
  await db.asService(async (tx) => {
    await sql`
      insert into inventario.productos (id, codigo, nombre, costo)
      select gen_random_uuid(), 'G-' || lpad(n::text, 5, '0'), 'Refacción de prueba número ' || n, 10
        from generate_series(1, ${LINEAS}) n`.execute(tx);
    await sql`
      insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, cantidad, ocurrida_en, fecha, origen, origen_id)
      select gen_random_uuid(), id, ${e.tienda.id}, ${e.tienda.almacenId}, 'inventario', 5, '2026-03-01T12:00:00Z', '2026-03-01', 'prueba', id::text
        from inventario.productos where codigo like 'G-%0'`.execute(tx);
    await sql`
      insert into inventario.conteo_lineas (id, conteo_id, ubicacion_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante, fuente)
      select gen_random_uuid(), ${conteo}, ${e.bins.A1}, id, 4 + (row_number() over (order by codigo) / 10) % 2, 'suma', ${e.ana.id},
             '2026-03-02T12:00:00Z', '2026-03-02T12:00:00Z', 'pistola'
        from inventario.productos where codigo like 'G-%'`.execute(tx);
  });
  let hecho = false;
  const esperas: number[] = [];
  const pulso = (async () => {
    while (!hecho) {
      const antes = performance.now();
      const answer = await server.fetch('/api/health');
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
      esperas.push(performance.now() - antes);
      await sleep(20);
    }
  })();
  const inicio = performance.now();
  const answer = await server.fetch(`/api/conteos/${conteo}/acta.pdf`, {}, e.gerente);
  const tomo = performance.now() - inicio;
  hecho = true;
  await pulso;
  expect(answer.status).toBe(200);
  expect(esperas.length).toBeGreaterThan(10);
  expect(Math.max(...esperas)).toBeLessThan(tomo * ESPERA_PARTE);

  const paginas = textoDePdf(new Uint8Array(await answer.arrayBuffer()));
  // A few lines of text for each product.
  expect(paginas.length).toBeGreaterThan(LINEAS / 40);
  const codigos = new Map<string, number>();
  paginas.forEach((pagina, lugar) => {
    expect(pagina).toContain(`Página ${lugar + 1} de ${paginas.length}`);
    for (const [codigo] of pagina.matchAll(/^G-\d{5}$/gm))
      codigos.set(codigo, (codigos.get(codigo) ?? 0) + 1);
  });
  expect(codigos.size).toBe(LINEAS);
  expect(new Set(codigos.values())).toEqual(new Set([1]));
  // The headings of the table stand on each of its pages.
  const conTabla = paginas.filter((pagina) => /^G-\d{5}$/m.test(pagina));
  for (const pagina of conTabla) expect(pagina).toContain('Teórico\nContado');
}, 60_000);
