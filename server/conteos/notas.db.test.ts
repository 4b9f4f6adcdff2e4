import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { reviewConteo } from './revision.ts';

const db = await testDb();
const e = await escenaConteo(db);
const SHA = 'a'.repeat(64);

test('notes and photos on any line reach who reviews, whichever came first, and only of one’s own lines', async () => {
  const producto = await e.producto();
  const conteo = await e.conteo([e.ana, e.luis]);
  const [ana, luis] = [await new Telefono(db).registra(e.ana), await new Telefono(db).registra(e.luis)];
  const suya = linea(conteo, { productoId: producto, nota: 'golpeada', ubicacionId: e.bins.A1 });
  const nota = (lineaId: string, texto: string) => ({
    id: newId(),
    lineaId,
    conteoId: conteo,
    nota: texto,
    en: new Date().toISOString(),
  });
  // The note travels before its line.
  ana.guarda(e.ana, 'conteo.nota/1', nota(suya.id, 'la caja está mojada'));
  ana.guarda(e.ana, 'conteo.linea/1', suya);
  ana.guarda(e.ana, 'conteo.foto/1', { lineaId: suya.id, conteoId: conteo, sha256: SHA });
  await db.asService((tx) =>
    sql`insert into inventario.archivos (sha256, mime, bytes, tamano, subido_por)
        values (${SHA}, 'image/webp', ${Buffer.from('x')}, 1, ${e.ana.id})`.execute(tx),
  );
  const envio = await ana.envia();
  expect(envio.results.map((r) => r.status)).toEqual(['applied', 'applied', 'applied']);
  await ana.envia();

  luis.guarda(e.luis, 'conteo.nota/1', nota(suya.id, 'no es mía'));
  expect((await luis.envia()).results).toMatchObject([{ status: 'rejected', code: 'MUTACION_INVALIDA' }]);

  const { productos } = await reviewConteo(db, e.quien(e.gerente), conteo);
  expect(productos).toMatchObject([
    { notas: [{ contador: e.ana.nombre, nota: 'golpeada · la caja está mojada' }], fotos: [SHA] },
  ]);
});
