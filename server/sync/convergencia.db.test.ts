import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { NombreTabla } from '#shared/contracts/filas.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestUser, testUser } from '#tests/db/people.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { selectFilas } from './filas.sql.ts';
import { selectScopes } from './hello.sql.ts';
import { comoPersona } from './rol.sql.ts';

const db = await testDb({ max: 8 });
const e = await escenaConteo(db);

/** What the database says now that the person should hold: every row of every granted scope, by table. */
async function verdad(persona: TestUser): Promise<Record<string, Record<string, unknown>>> {
  return db.asService(async (tx) => {
    const scopes = await selectScopes(tx, persona.id);
    const { rows } = await sql<{ tbl: NombreTabla; pks: string[] }>`
      select tbl, array_agg(distinct pk) as pks from sync.miembros where scope = any(${scopes}::text[]) group by tbl`.execute(
      tx,
    );
    const todo: Record<string, Record<string, unknown>> = {};
    for (const { tbl, pks } of rows) {
      const lee = () => selectFilas(tx, tbl, pks, persona.id);
      const filas = tbl === 'rechazos' ? await lee() : await comoPersona(tx, persona.id, lee);
      if (filas.size > 0) todo[tbl] = Object.fromEntries(filas);
    }
    return todo;
  });
}

function loQueTiene(tel: Telefono): Record<string, Record<string, unknown>> {
  const todo: Record<string, Record<string, unknown>> = {};
  for (const tablas of tel.cache.values()) {
    for (const [tbl, filas] of tablas) {
      if (filas.size > 0) todo[tbl] = { ...todo[tbl], ...Object.fromEntries(filas) };
    }
  }
  return todo;
}

/** Each writes in its own transaction, as several people and processes would; a third of them change their mind. */
const escrituras = {
  producto: () => e.producto({ bins: ['A1', 'B1'], costo: '3.5' }),
  existencia: async () => {
    const { rows } = await sql<{
      id: string;
    }>`select id from inventario.productos order by random() limit 1`.execute(db.kysely);
    if (rows[0] !== undefined) {
      await e.mueve({ producto: rows[0].id, tipo: 'compra', cantidad: '2.5', en: new Date(), costo: '1' });
    }
  },
  cambiaProductos: () =>
    sql`update inventario.productos set nombre = 'N' || md5(random()::text), costo = round(random()::numeric * 9, 2)
         where random() < 0.4`.execute(db.kysely),
  quitaBins: () => sql`delete from inventario.producto_ubicaciones where random() < 0.3`.execute(db.kysely),
  conteo: async () => {
    const id = newId();
    await db.asService(async (tx) => {
      await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, ciego, creado_por)
                values (${id}, ${e.tienda.id}, ${e.tienda.almacenId}, 'almacen', true, ${e.gerente.id})`.execute(
        tx,
      );
      await sql`insert into inventario.conteo_contadores values (${id}, ${e.ana.id}, 'Ana')`.execute(tx);
      await sql`insert into inventario.conteo_productos
                select ${id}::uuid, id from inventario.productos where random() < 0.5`.execute(tx);
    });
  },
  contadores: () =>
    db.asService(async (tx) => {
      await sql`delete from inventario.conteo_contadores where usuario_id = ${e.luis.id} and random() < 0.5`.execute(
        tx,
      );
      await sql`insert into inventario.conteo_contadores
                select id, ${e.luis.id}::uuid, 'Luis' from inventario.conteos where random() < 0.5
                on conflict do nothing`.execute(tx);
    }),
  seArrepiente: async () => {
    const arrepentido = db.asService(async (tx) => {
      await sql`update inventario.productos set nombre = 'jamás' where random() < 0.5`.execute(tx);
      throw new Error('rollback');
    });
    await expect(arrepentido).rejects.toThrow('rollback');
  },
} as const;

test('whatever is written by whom and however it is paged, every phone ends with what the database says', async () => {
  const corto = await testUser(db, { rol: 'almacenista', tiendas: [e.tienda] });
  const personas = [e.ana, e.luis, e.gerente, corto];
  const telefonos = await Promise.all(personas.map(async (p) => new Telefono(db).registra(p)));
  const pares = personas.map((persona, i) => ({ persona, tel: telefonos[i]! }));

  const paso = fc.record({
    a: fc.constantFrom(...Object.keys(escrituras)) as fc.Arbitrary<keyof typeof escrituras>,
    b: fc.constantFrom(...Object.keys(escrituras)) as fc.Arbitrary<keyof typeof escrituras>,
    quien: fc.nat(pares.length - 1),
    limit: fc.constantFrom(1, 2, 3, 7, 40, 1000),
    lineas: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(paso, { minLength: 3, maxLength: 8 }), async (pasos) => {
      for (const { a, b, quien, limit, lineas } of pasos) {
        const { persona, tel } = pares[quien]!;
        const { rows } = await sql<{ id: string }>`
          select conteo_id as id from inventario.conteo_contadores where usuario_id = ${persona.id} limit 1`.execute(
          db.kysely,
        );
        for (let i = 0; i < lineas; i++) tel.guarda(persona, 'conteo.linea/1', linea(rows[0]?.id ?? newId()));
        // Two writers, a push and a page of pull at once.
        await Promise.all([
          escrituras[a](),
          escrituras[b](),
          tel.diario.length > 0 ? tel.envia(tel.diario.slice(-20)) : undefined,
          tel.baja(persona, limit),
        ]);
      }
      for (const { persona, tel } of pares) {
        await tel.bajaTodo(persona, 1 + Math.floor(Math.random() * 60));
        expect(loQueTiene(tel)).toEqual(await verdad(persona));
        expect(tel.lastMid).toBe(tel.diario.length);
      }
    }),
    { numRuns: 12 },
  );
});
