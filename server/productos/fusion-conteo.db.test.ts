import { expect, test } from 'vitest';
import { reviewConteo } from '#server/conteos/revision.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { deshaceFusion, fusiona } from './fusion.ts';

test('the review of a count open during a join: counts of either code are one product’s, against both books, and undone apart again', async () => {
  const db = await testDb();
  const e = await escenaConteo(db);
  const [m, s] = [await e.producto(), await e.producto()];
  const base = Date.now() - 5 * 3_600_000;
  const en = (minutos: number) => new Date(base + minutos * 60_000);
  for (const [producto, cantidad] of [
    [m, '10'],
    [s, '20'],
  ] as const)
    await e.mueve({ producto, tipo: 'inventario', cantidad, en: en(0) });
  const conteo = await e.conteo([{ id: e.ana.id, nombre: 'Ana' }]);
  await e.linea({ conteo, por: e.ana, producto: m, cantidad: '9', en: en(60) });
  await e.mueve({ producto: m, tipo: 'venta', cantidad: '1', en: en(62) });
  await e.linea({ conteo, por: e.ana, producto: s, cantidad: '20', en: en(90) });
  await e.parte(conteo, e.ana, 2);
  const puerto = { db, clock: systemClock };
  const ve = async () => {
    const { productos } = await reviewConteo(db, e.quien(e.gerente), conteo);
    return productos
      .map((v) => [v.productoId === m ? 'm' : v.productoId === s ? 's' : '?', v.contado, v.teorico])
      .sort();
  };
  const antes = await ve();
  expect(antes).toEqual([
    ['m', '9', '10'],
    ['s', '20', '20'],
  ]);
  const id = newId();
  await fusiona(puerto, e.gerente, { id, origenId: m, destinoId: s, factores: {}, toma: [] });
  expect(await ve()).toEqual([['s', '29', '29']]);
  await deshaceFusion(puerto, e.gerente, id);
  expect(await ve()).toEqual(antes);
});
