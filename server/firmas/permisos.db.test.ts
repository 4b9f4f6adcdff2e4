import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { ROLES } from '#shared/roles.ts';
import { testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';

const db = await testDb();
const servidor = await testServer({ db });
const tienda = await testTienda(db);

const nada = { conteoId: newId(), productoId: newId() };
const REVISAN = ['admin', 'gerente', 'auditor'];
const APRUEBAN = ['admin', 'gerente'];
/** Procedure, what it is asked, and the roles that get past the door; what is behind it is tested beside each. */
const MATRIZ: [string, 'get' | 'post', unknown, readonly string[]][] = [
  ['firmas.pendientes', 'get', undefined, REVISAN],
  ['firmas.decididas', 'get', { despues: null, limite: 1 }, REVISAN],
  ['firmas.firma', 'post', { tipo: 'manual', id: newId() }, APRUEBAN],
  ['firmas.rechaza', 'post', { tipo: 'manual', id: newId(), motivo: 'x' }, APRUEBAN],
  ['periodos.lista', 'get', undefined, REVISAN],
  ['periodos.avisos', 'get', { tiendaId: newId(), hasta: '2026-01-31' }, REVISAN],
  ['periodos.cierra', 'post', { tiendaId: newId(), hasta: '2026-01-31', motivo: 'x' }, ['admin']],
  ['periodos.abre', 'post', { tiendaId: newId(), hasta: null, motivo: 'x' }, ['admin']],
  ['mermas.de', 'get', nada, REVISAN],
  ['mermas.decide', 'post', { ...nada, decision: 'traspasa', cantidad: '1' }, APRUEBAN],
  ['mermas.creaAlmacen', 'post', { conteoId: newId() }, ['admin']],
  [
    'existencias.valuadas',
    'get',
    { al: '2026-01-31', almacenId: null, categoriaId: null },
    ['admin', 'gerente', 'comprador', 'auditor'],
  ],
];

test('role × procedure of signatures, periods, merma and valued stock: who is not in the list is told PROHIBIDO', async () => {
  const halladas: string[] = [];
  const debidas: string[] = [];
  for (const rol of ROLES) {
    const persona = await testUser(db, { rol, tiendas: [tienda] });
    for (const [nombre, verbo, entrada, roles] of MATRIZ) {
      const answer =
        verbo === 'get'
          ? await servidor.fetch(
              `/api/trpc/${nombre}${entrada === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(entrada))}`}`,
              {},
              persona,
            )
          : await servidor.fetch(
              `/api/trpc/${nombre}`,
              {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify(entrada),
              },
              persona,
            );
      const body = (await answer.json()) as { error?: { data: { app: { code: string } } } };
      const code = body.error?.data.app.code ?? 'bien';
      halladas.push(`${rol} ${nombre} ${code === 'PROHIBIDO' ? 'no' : 'pasa'}`);
      debidas.push(`${rol} ${nombre} ${roles.includes(rol) ? 'pasa' : 'no'}`);
      expect([nombre, 'bien', 'PROHIBIDO', 'NO_ENCONTRADO']).toContain(code);
    }
  }
  expect(halladas).toEqual(debidas);
});
