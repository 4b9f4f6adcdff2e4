import { expect, it } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { approveProductos } from './aprueba.ts';
import { listVecesContado } from './historial-producto.ts';
import { reviewConteo } from './revision.ts';

const db = await testDb();
const e = await escenaConteo(db);
const gerente = e.quien(e.gerente);
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);

it('history of the product’s counts: earlier results of the almacén, newest first, with their zones of today', async () => {
  const p = await e.producto();
  await e.mueve({ producto: p, tipo: 'inventario', cantidad: '10', en: hace(600) });
  const vez = async (cantidad: string, minutos: number, por = e.ana) => {
    const conteo = await e.conteo([por]);
    await e.linea({ conteo, por, producto: p, cantidad, en: hace(minutos) });
    return conteo;
  };
  const firma = (conteo: string) =>
    approveProductos(db, systemClock, gerente, {
      conteoId: conteo,
      productoIds: [p],
      motivo: 'faltan partes',
    });
  const primera = await vez('8', 60);
  await firma(primera);
  const segunda = await vez('8', 30, e.luis);
  await firma(segunda);
  const ahora = await vez('7', 5);
  expect(await listVecesContado(db, gerente, { conteoId: ahora, productoId: p })).toMatchObject([
    { conteoId: segunda, contado: '8', teorico: '8', variacion: '0', contaron: [e.luis.nombre], intento: 1 },
    { conteoId: primera, contado: '8', teorico: '10', variacion: '-2', aprobadoPor: e.gerente.nombre },
  ]);
  // Its own result is no history.
  expect(await listVecesContado(db, gerente, { conteoId: segunda, productoId: p })).toHaveLength(1);
  const visto = (await reviewConteo(db, gerente, ahora)).productos[0]!;
  expect(visto.contadores).toMatchObject([{ ubicacion: 'A1', zona: 'A' }]);
});

it('is for who may review the conteo only', async () => {
  const otra = await testTienda(db);
  const ajeno = await testUser(db, { rol: 'gerente', tiendas: [otra] });
  const conteo = await e.conteo([e.ana]);
  for (const quien of [e.ana, ajeno]) {
    await expect(
      listVecesContado(db, e.quien(quien), { conteoId: conteo, productoId: newId() }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/NO_ENCONTRADO|PROHIBIDO/) });
  }
});
