import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { dbKind, testDb } from '#tests/db/harness.ts';
import { testTienda, testUser } from '#tests/db/people.ts';

const db = await testDb();
const ana = await testUser(db, { rol: 'gerente', tiendas: [await testTienda(db)] });
const beto = await testUser(db, { rol: 'almacenista' });

const whoAmI = sql<{ uid: string | null; role: string }>`select auth.uid() as uid, current_user as role`;

describe(`withUser (${dbKind()})`, () => {
  test('runs as authenticated with the claims of the person', async () => {
    const row = await db.withUser(ana.claims, async (tx) => (await whoAmI.execute(tx)).rows[0]);
    expect(row).toEqual({ uid: ana.id, role: 'authenticated' });
  });

  test('claims cannot choose another role', async () => {
    const claims = { ...ana.claims, role: 'service_role' };
    const role = await db.withUser(claims, async (tx) => {
      const { rows } = await sql<{ r: string }>`select auth.jwt() ->> 'role' as r`.execute(tx);
      return rows[0]?.r;
    });
    expect(role).toBe('authenticated');
  });

  test('nothing of a person stays on the connection, neither after commit nor after an error', async () => {
    await db.withUser(ana.claims, (tx) => whoAmI.execute(tx));
    await expect(db.withUser(ana.claims, (tx) => sql`select 1/0`.execute(tx))).rejects.toThrow();
    const rows = await Promise.all(Array.from({ length: 12 }, () => whoAmI.execute(db.kysely)));
    for (const { rows: found } of rows) {
      expect(found[0]?.uid).toBeNull();
      expect(found[0]?.role).not.toBe('authenticated');
    }
  });

  test('people at the same time never see each other’s claims', async () => {
    const seen = await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        const person = i % 2 === 0 ? ana : beto;
        return db.withUser(person.claims, async (tx) => {
          await sql`select pg_sleep(0.002)`.execute(tx);
          const { rows } = await whoAmI.execute(tx);
          return rows[0]?.uid === person.id;
        });
      }),
    );
    expect(seen.every(Boolean)).toBe(true);
  });

  test('a failed use case leaves nothing behind', async () => {
    const clave = 'prueba.rota';
    const broken = db.asService(async (tx) => {
      await tx.insertInto('inventario.configuracion').values({ clave, valor: '1' }).execute();
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    const rows = await db.kysely
      .selectFrom('inventario.configuracion')
      .selectAll()
      .where('clave', '=', clave)
      .execute();
    expect(rows).toEqual([]);
  });
});
