import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import { testDatabaseUrl } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';
import { closeAtEnd } from '#tests/db/resources.ts';
import { cabezaDe, leeEventos } from './lee.ts';

const url = await testDatabaseUrl();
const db = await createDb({ kind: 'postgres', url, max: 12 });
closeAtEnd(() => db.close());
const tienda = await testTienda(db);
const admin = await testUser(db, { rol: 'admin' });

/** With a folio of its own: two that take the shop's next one would wait for each other. */
const ALTA = `insert into inventario.conteos (id, folio, almacen_id, alcance, creado_por)
  values ($1::uuid, $1::text, '${tienda.almacenId}', 'lista', '${admin.id}')`;

async function cliente(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  closeAtEnd(() => client.end());
  return client;
}

/** Ids by the number that a row gets when it is inserted: what a reader would use who knows no better. */
async function ingenuo(tras: number): Promise<{ ids: string[]; orden: number }> {
  const { rows } = await sql<{ id: string; orden: number }>`
    select datos->>'conteoId' as id, orden::float8 as orden from inventario.eventos where orden > ${tras} order by orden`.execute(
    db.kysely,
  );
  return { ids: rows.map(({ id }) => id), orden: rows.at(-1)?.orden ?? tras };
}

test('a reader never misses an event whose transaction commits later with a lower number; a naive cursor does', async () => {
  const [lento, rapido] = [await cliente(), await cliente()];
  const [primero, segundo] = [newId(), newId()];
  let lugar = await cabezaDe(db);
  let orden = (await ingenuo(0)).orden;

  await lento.query('begin');
  await lento.query(ALTA, [primero]);
  await rapido.query(ALTA, [segundo]);

  const [uno, control] = [
    await leeEventos(db, admin.claims, lugar, { patrones: [], limite: 100 }),
    await ingenuo(orden),
  ];
  expect(uno.eventos.map(({ conteoId }) => conteoId)).toEqual([segundo]);
  expect(control.ids).toEqual([segundo]);
  lugar = { ...lugar, ...uno.lugar };
  orden = control.orden;

  await lento.query('commit');
  const dos = await leeEventos(db, admin.claims, lugar, { patrones: [], limite: 100 });
  expect(dos.eventos.map(({ conteoId }) => conteoId)).toEqual([primero]);
  // The control fails: the row was there with a lower number, and is now behind the cursor for ever.
  expect((await ingenuo(orden)).ids).toEqual([]);
});

test('many writers at once, some of them slow, some rolled back: everything is read once, in order, without holes', async () => {
  const escritos = new Set<string>();
  const inicio = await cabezaDe(db);
  let acabado = false;
  const leidos: string[] = [];
  const pos: number[] = [];
  const deControl: string[] = [];

  async function lee(): Promise<void> {
    let lugar: { epoca: string; pos: number } = inicio;
    let orden = (await ingenuo(0)).orden;
    for (;;) {
      const ultima = acabado;
      const pagina = await leeEventos(db, admin.claims, lugar, { patrones: [], limite: 1000 });
      leidos.push(...pagina.eventos.map(({ conteoId }) => conteoId!));
      pos.push(...pagina.eventos.map((evento) => evento.pos));
      lugar = pagina.lugar;
      const control = await ingenuo(orden);
      deControl.push(...control.ids);
      orden = control.orden;
      if (ultima) return;
    }
  }

  async function escribe(n: number): Promise<void> {
    const client = await cliente();
    for (let i = 0; i < 30; i++) {
      const ids = Array.from({ length: 1 + ((n + i) % 3) }, newId);
      await client.query('begin');
      for (const id of ids) {
        await client.query(ALTA, [id]);
        await sleep((n * 7 + i * 3) % 5);
      }
      const entra = (n + i) % 7 !== 0;
      await client.query(entra ? 'commit' : 'rollback');
      if (entra) for (const id of ids) escritos.add(id);
    }
  }

  const leyendo = lee();
  await Promise.all(Array.from({ length: 6 }, (_, n) => escribe(n)));
  acabado = true;
  await leyendo;

  expect(leidos).toHaveLength(escritos.size);
  expect(new Set(leidos)).toEqual(escritos);
  expect(pos).toEqual(pos.map((_, i) => inicio.pos + i + 1));
  expect(deControl.length).toBeLessThan(escritos.size);
});
