import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate, readMigrations } from '#server/platform/db/migrate.ts';
import { dbKind, testDatabaseUrl, testDb } from './harness.ts';
import { testTienda, testUser } from './people.ts';
import { closeAtEnd } from './resources.ts';

const db = await testDb();
const NUESTROS = sql`('inventario', 'sync', 'genai')`;

async function lista(consulta: ReturnType<typeof sql<{ x: string }>>): Promise<string[]> {
  return (await consulta.execute(db.kysely)).rows.map((r) => r.x);
}

describe('the migrated database', () => {
  it('row-level security is on for every table', async () => {
    expect(
      await lista(sql<{ x: string }>`
        select c.oid::regclass::text as x from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ${NUESTROS} and c.relkind in ('r', 'p') and not c.relrowsecurity`),
    ).toEqual([]);
  });

  it('every table and view is described', async () => {
    expect(
      await lista(sql<{ x: string }>`
        select c.oid::regclass::text as x from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ${NUESTROS} and c.relkind in ('r', 'p', 'v')
           and c.oid <> coalesce(to_regclass('sync.migracion'), 0) and obj_description(c.oid, 'pg_class') is null`),
    ).toEqual([]);
  });

  it('trigger functions run as the owner, and whatever does so has a fixed search_path', async () => {
    expect(
      await lista(sql<{ x: string }>`
        select p.oid::regprocedure::text as x from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname in ${NUESTROS}
           and ((p.prorettype = 'trigger'::regtype and not p.prosecdef)
             or (p.prosecdef and not exists (select from unnest(p.proconfig) c where c like 'search_path=%')))`),
    ).toEqual([]);
  });

  it('no function of ours can be called by PUBLIC or anon, nothing of sync by anybody', async () => {
    expect(
      await lista(sql<{ x: string }>`
        select p.oid::regprocedure::text || ' ' || r.r as x
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         cross join (values ('public'), ('anon'), ('service_role'), ('authenticated')) r(r)
         where n.nspname in ${NUESTROS} and (r.r <> 'authenticated' or n.nspname = 'sync' or p.prorettype = 'trigger'::regtype)
           and has_function_privilege(r.r, p.oid, 'execute')`),
    ).toEqual([]);
  });

  it('what a person calls is on a short list', async () => {
    expect(
      (
        await lista(sql<{ x: string }>`
          select p.proname as x from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where n.nspname in ${NUESTROS} and has_function_privilege('authenticated', p.oid, 'execute')`)
      ).sort(),
    ).toEqual([
      'administro',
      'clave_parecido',
      'conteos_que_cuento',
      'conteos_que_dirijo',
      'conteos_que_firmo',
      'conteos_que_reviso',
      'conteos_que_veo',
      'costo_vigente',
      'costos_vigentes',
      'dirijo',
      'mi_rol',
      'mis_almacenes',
      'mis_conteos_libres',
      'mis_tiendas',
      'pliega',
      'pliega_codigo',
      'teorico',
      'teoricos',
      'veo_costos',
      'veo_existencias',
      'yo',
    ]);
  });

  it('every foreign key of a table with history has an index to look it up by, or is small', async () => {
    // The parents that may be many: a deletion or a lookup by them must not read the whole child table.
    expect(
      await lista(sql<{ x: string }>`
        select k.conrelid::regclass || '.' || a.attname as x
          from pg_constraint k
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
         where k.contype = 'f' and k.confrelid in ('inventario.conteos'::regclass, 'inventario.productos'::regclass)
           and k.conrelid in ('inventario.transacciones'::regclass, 'inventario.conteo_lineas'::regclass, 'inventario.codigos_barras'::regclass)
           and not exists (select from pg_index i where i.indrelid = k.conrelid and a.attnum = any (i.indkey))`),
    ).toEqual([]);
  });
});

describe('migrating', () => {
  it('again changes nothing, and the files are numbered without holes', async () => {
    expect((await migrate(db)).applied).toEqual([]);
    const nombres = (await readMigrations()).map((m) => m.name);
    expect(nombres.map((n) => Number(n.slice(0, 4)))).toEqual(nombres.map((_, i) => i + 1));
  });

  it.runIf(dbKind() === 'postgres')(
    'by an owner that is no superuser, where another database has made the roles',
    async () => {
      const { rows } = await sql<{ su: boolean }>`
      select rolsuper as su from pg_roles where rolname = current_user`.execute(db.kysely);
      expect(rows).toEqual([{ su: false }]);
      const otra = await testDb({ migrated: false });
      expect((await migrate(otra)).applied).toHaveLength((await readMigrations()).length);
    },
  );

  it.runIf(dbKind() === 'postgres')(
    'beside Supabase’s own auth, which another role owns, it uses that and adds nothing to it',
    async () => {
      const url = await testDatabaseUrl({ migrated: false });
      const admin = new pg.Client({
        connectionString: inject('cluster')!.adminUrl.replace(/postgres$/, new URL(url).pathname.slice(1)),
      });
      await admin.connect();
      await admin.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = 'supabase_auth_admin') then create role supabase_auth_admin; end if;
      end $$;
      create schema auth authorization supabase_auth_admin;
      set role supabase_auth_admin;
      create table auth.users (instance_id uuid, id uuid primary key, aud varchar(255), role varchar(255), email varchar(255), raw_app_meta_data jsonb);
      alter table auth.users enable row level security;
      create function auth.uid() returns uuid language sql stable
        as $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
      grant usage on schema auth to devcompras, authenticated, anon, service_role;
      grant all on auth.users to devcompras;
      create policy servidor on auth.users to devcompras using (true)`);
      await admin.end();
      const otra = await createDb({ kind: 'postgres', url, max: 2 });
      closeAtEnd(() => otra.close());
      await migrate(otra);
      const { rows } = await sql<{
        t: string;
      }>`select tablename as t from pg_tables where schemaname = 'auth'`.execute(otra.kysely);
      expect(rows).toEqual([{ t: 'users' }]);
      const tienda = await testTienda(otra);
      const ana = await testUser(otra, { rol: 'almacenista', tiendas: [tienda] });
      const vistas = await otra.withUser(ana.claims, (tx) =>
        sql`select 1 from inventario.tiendas`.execute(tx),
      );
      expect(vistas.rows).toHaveLength(1);
    },
  );
});
