import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testServer } from '#tests/db/server.ts';
import { workMedidas } from './trabajo.ts';

const { db, deps } = await testServer();
const e = await escenaConteo(db);

test('what was never measured is measured as soon as the server works, not on the first night', async () => {
  const producto = await e.producto({ costo: '10' });
  await e.mueve({ producto, tipo: 'inventario', cantidad: '20', en: new Date(Date.now() - 86_400_000) });
  await workMedidas(deps);
  await expect
    .poll(
      async () => {
        const { rows } = await sql<{ costo: string }>`
          select trim_scale(costo_unitario)::text as costo from inventario.producto_medidas where producto_id = ${producto}`.execute(
          db.kysely,
        );
        return rows;
      },
      { timeout: 20_000, interval: 100 },
    )
    .toEqual([{ costo: '10' }]);
});
