import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { testDb } from './harness.ts';
import { empresaDePrueba } from './permisos-empresa.ts';

const db = await testDb();
const e = await empresaDePrueba(db);

type Cabezas = Map<string, { ver: number; token: string }>;
async function cabezas(): Promise<Cabezas> {
  const { rows } = await sql<{
    id: string;
    ver: string;
    token: string;
  }>`select id, ver::text, token from sync.scope`.execute(db.kysely);
  return new Map(rows.map((r) => [r.id, { ver: Number(r.ver), token: r.token }]));
}

/** What a transaction stamped: scope → ['U productos <pk>', …]. Also checks what has to hold after any commit. */
async function sellado(fn: (tx: Tx) => Promise<unknown>): Promise<Record<string, string[]>> {
  const antes = await cabezas();
  await db.asService(fn);
  const despues = await cabezas();
  const movidos = [...despues].filter(([id, h]) => antes.get(id)?.token !== h.token);
  const dicho: Record<string, string[]> = {};
  for (const [id, { ver, token }] of movidos) {
    expect(ver).toBe((antes.get(id)?.ver ?? 0) + 1);
    const { rows } = await sql<{ q: string }>`
      select op || ' ' || tbl || ' ' || pk as q from sync.change where scope = ${id} and ver = ${ver} order by 1`.execute(
      db.kysely,
    );
    dicho[id] = rows.map((r) => r.q);
    const { rows: linaje } =
      await sql`select 1 from sync.version where scope = ${id} and ver = ${ver} and token = ${token}`.execute(
        db.kysely,
      );
    expect(linaje).toHaveLength(1);
  }
  expect(new Set(movidos.map(([, h]) => h.token)).size).toBeLessThanOrEqual(1);
  await expectLimpio();
  return dicho;
}
async function expectLimpio(): Promise<void> {
  const { rows } = await sql<{ n: string }>`
    select ((select count(*) from sync.pendiente) + (select count(*) from sync.armado))::text as n`.execute(
    db.kysely,
  );
  expect(rows[0]?.n).toBe('0');
}
/** The changes that are not deletions are exactly the rows that are in each scope now. */
async function expectCompleto(): Promise<void> {
  const { rows } = await sql`
    (select scope, tbl, pk from sync.miembros except select scope, tbl, pk from sync.change where op = 'U')
    union all
    (select scope, tbl, pk from sync.change where op = 'U' except select scope, tbl, pk from sync.miembros)`.execute(
    db.kysely,
  );
  expect(rows).toEqual([]);
}
const haz = (consulta: string) => (tx: Tx) => sql.raw(consulta).execute(tx);

describe('what a commit stamps', () => {
  it('everything that was written before is listed', async () => {
    await expectLimpio();
    await expectCompleto();
  });

  it('one version and one token for all the scopes of a commit', async () => {
    const p = newId();
    const dicho = await sellado(
      haz(`
        insert into inventario.productos (id, codigo, nombre, costo) values ('${p}', '${p}', 'Bujía', 9);
        insert into inventario.codigos_barras (id, codigo, producto_id) values ('${p}', '7501', '${p}');
        insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en)
        values ('${newId()}', '${p}', '${e.t1.almacenId}', 'inventario', 4, now()), ('${newId()}', '${p}', '${e.t2.almacenId}', 'inventario', 4, now())`),
    );
    expect(dicho).toEqual({
      catalogo: [`U codigos_barras ${p}`, `U productos ${p}`],
      costos: [`U producto_costos ${p}`],
      [`stock:${e.t1.almacenId}`]: [`U existencias ${p}:${e.t1.almacenId}`],
      [`stock:${e.t2.almacenId}`]: [`U existencias ${p}:${e.t2.almacenId}`],
    });
  });

  it('a cost goes to costos alone, a name to catalogo alone, and what no phone gets goes nowhere', async () => {
    const cambia = (set: string) =>
      sellado(haz(`update inventario.productos set ${set} where id = '${e.p1}'`));
    expect(await cambia('costo = 500')).toEqual({ costos: [`U producto_costos ${e.p1}`] });
    expect(await cambia("nombre = 'Balatas cerámicas'")).toEqual({ catalogo: [`U productos ${e.p1}`] });
    expect(await cambia('nombre = nombre')).toEqual({});
    expect(await cambia(`metadata = '{"erp": 1}'`)).toEqual({});
    expect(await sellado(haz(`update inventario.almacenes set movimientos_hasta = now()`))).toEqual({});
  });

  it('a line goes to its author and to the review, a link to the author of its line', async () => {
    const [linea, liga, tardia] = [newId(), newId(), newId()];
    const ana = e.gente.almacenista.id;
    const suyo = `lineas:${e.k1}:${ana}`;
    const revision = `revision:${e.k1}`;
    const alta = (id: string) =>
      haz(`
      insert into inventario.conteo_lineas (id, conteo_id, codigo_crudo, cantidad, tipo, usuario_id, contado_en, instante)
      values ('${id}', '${e.k1}', 'ETQ-1', 1, 'suma', '${ana}', now(), now())`);
    const ligar = (id: string, aLinea: string) =>
      haz(`
      insert into inventario.conteo_linea_ligas (id, linea_id, conteo_id, estado, producto_id, por, en)
      values ('${id}', '${aLinea}', '${e.k1}', 'propuesta', '${e.p1}', '${e.luis.id}', now())`);
    const dice = (s: string) => ({ [suyo]: [s], [revision]: [s] });
    expect(await sellado(alta(linea))).toEqual(dice(`U conteo_lineas ${linea}`));
    expect(await sellado(ligar(liga, linea))).toEqual(dice(`U conteo_linea_ligas ${liga}`));
    // The link of another phone arrives first: the author gets it together with the line.
    expect(await sellado(ligar(tardia, tardia))).toEqual({ [revision]: [`U conteo_linea_ligas ${tardia}`] });
    expect(await sellado(alta(tardia))).toEqual({
      [suyo]: [`U conteo_linea_ligas ${tardia}`, `U conteo_lineas ${tardia}`],
      [revision]: [`U conteo_lineas ${tardia}`],
    });
    expect(
      await sellado(
        haz(
          `insert into inventario.conteo_partes (conteo_id, usuario_id, lineas, terminada_en) values ('${e.k1}', '${ana}', 2, now())`,
        ),
      ),
    ).toEqual(dice(`U conteo_partes ${e.k1}:1:${ana}`));
    await expectCompleto();
  });

  it('a deletion is a D, a change of shops or a dead letter reaches its person', async () => {
    expect(
      await sellado(haz(`delete from inventario.conteo_ubicaciones where conteo_id = '${e.k1}'`)),
    ).toEqual({
      [`conteo:${e.k1}`]: [`D conteo_ubicaciones ${e.k1}:${e.u1}`],
    });
    const yo = `usuario:${e.otro.id}`;
    expect(
      await sellado(haz(`insert into inventario.usuario_tiendas values ('${e.otro.id}', '${e.t1.id}')`)),
    ).toEqual({
      [yo]: [`U usuarios ${e.otro.id}`],
    });
    expect(
      await sellado(
        haz(
          `delete from inventario.usuario_tiendas where usuario_id = '${e.otro.id}' and tienda_id = '${e.t1.id}'`,
        ),
      ),
    ).toEqual({
      [yo]: [`U usuarios ${e.otro.id}`],
    });
    const [device, r] = [newId(), newId()];
    expect(
      await sellado(
        haz(`
        insert into sync.device (id, secret_hash) values ('${device}', 'x');
        insert into sync.rejection (id, device_id, mid, usuario_id, name, args, code, message, result)
        values ('${r}', '${device}', 1, '${e.otro.id}', 'conteo.linea/1', '{}', 'X', 'x', 'rejected')`),
      ),
    ).toEqual({ [yo]: [`U rechazos ${r}`] });
    await expectCompleto();
  });

  it('a row that moves is D in the old scope and U in the new, with what hangs on it', async () => {
    const bin = newId();
    await db.asService(
      haz(`
      insert into inventario.ubicaciones (id, almacen_id, codigo) values ('${bin}', '${e.t1.almacenId}', 'Z-01-1');
      insert into inventario.producto_ubicaciones values ('${e.p1}', '${bin}')`),
    );
    const dicho = await sellado(
      haz(`update inventario.ubicaciones set almacen_id = '${e.t2.almacenId}' where id = '${bin}'`),
    );
    const pu = `producto_ubicaciones ${e.p1}:${bin}`;
    expect(dicho).toEqual({
      [`tienda:${e.t1.id}`]: [`D ${pu}`, `D ubicaciones ${bin}`],
      [`tienda:${e.t2.id}`]: [`U ${pu}`, `U ubicaciones ${bin}`],
    });
    await expectCompleto();
    await expect(
      db.asService(haz(`update inventario.almacenes set tienda_id = '${e.t2.id}'`)),
    ).rejects.toThrow('no cambia de tienda');
  });

  it('the last word of a transaction on a row stands; made and deleted again is a D', async () => {
    const id = newId();
    const dicho = await sellado(
      haz(`
      insert into inventario.categorias (id, nombre) values ('${id}', '${id}');
      update inventario.categorias set nivel = 2 where id = '${id}';
      delete from inventario.categorias where id = '${id}'`),
    );
    expect(dicho).toEqual({ catalogo: [`D categorias ${id}`] });
  });
});

describe('what is undone', () => {
  it('a rollback leaves nothing', async () => {
    const antes = await cabezas();
    await expect(
      db.asService(async (tx) => {
        await haz(`update inventario.productos set nombre = 'Otro' where id = '${e.p1}'`)(tx);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await cabezas()).toEqual(antes);
    await expectLimpio();
  });

  it('a savepoint takes its marks along, and a later write of the transaction arms again', async () => {
    const pon = (p: string, nombre: string) =>
      `update inventario.productos set nombre = '${nombre}' where id = '${p}'`;
    expect(await sellado(haz(`savepoint a; ${pon(e.p1, 'X')}; rollback to a`))).toEqual({});
    expect(await sellado(haz(`savepoint a; ${pon(e.p1, 'X')}; rollback to a; ${pon(e.p2, 'Y')}`))).toEqual({
      catalogo: [`U productos ${e.p2}`],
    });
    expect(await sellado(haz(`${pon(e.p1, 'Z')}; savepoint a; ${pon(e.p2, 'W')}; rollback to a`))).toEqual({
      catalogo: [`U productos ${e.p1}`],
    });
  });

  it('the lines of one statement are each listed in both scopes, and a savepoint takes those of its own along', async () => {
    const ana = e.gente.almacenista.id;
    const lineas = (ids: readonly string[]) => `
      insert into inventario.conteo_lineas (id, conteo_id, codigo_crudo, cantidad, tipo, usuario_id, contado_en, instante)
      select id, '${e.k1}', 'ETQ', 1, 'suma', '${ana}', now(), now() from unnest('{${ids.join()}}'::uuid[]) id`;
    const nuevas = (n: number) => Array.from({ length: n }, () => newId());
    const [unas, deshechas, otras] = [nuevas(300), nuevas(3), nuevas(2)];
    const todas = [...unas, ...otras].sort().map((id) => `U conteo_lineas ${id}`);
    expect(
      await sellado(
        haz(
          `${lineas(unas)}; savepoint a; ${lineas(deshechas)}; rollback to a; ${lineas(otras)}; ${lineas([])}`,
        ),
      ),
    ).toEqual({ [`lineas:${e.k1}:${ana}`]: todas, [`revision:${e.k1}`]: todas });
  });

  it('stamping early does not lose what comes later in the transaction', async () => {
    const antes = (await cabezas()).get('catalogo')!;
    await db.asService(
      haz(`
      update inventario.productos set nombre = 'Uno' where id = '${e.p1}';
      set constraints all immediate;
      set constraints all deferred;
      update inventario.productos set nombre = 'Dos' where id = '${e.p2}'`),
    );
    expect((await cabezas()).get('catalogo')!.ver).toBe(antes.ver + 2);
    const { rows } = await sql<{
      pk: string;
    }>`select pk from sync.change where scope = 'catalogo' and ver = ${antes.ver + 2}`.execute(db.kysely);
    expect(rows.map((r) => r.pk)).toEqual([e.p2]);
    await expectLimpio();
  });
});

describe('as a person', () => {
  it('a commit under SET ROLE is stamped, though that role may touch nothing of sync', async () => {
    const ana = e.gente.almacenista;
    const antes = await cabezas();
    const id = newId();
    await db.withUser(
      ana.claims,
      haz(`
      insert into inventario.conteo_lineas (id, conteo_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante)
      values ('${id}', '${e.k1}', '${e.p1}', 1, 'suma', '${ana.id}', now(), now())`),
    );
    const scope = `revision:${e.k1}`;
    expect((await cabezas()).get(scope)!.ver).toBe(antes.get(scope)!.ver + 1);
  });
});

describe('notice', () => {
  it('names the scopes, or says * when there are too many', async () => {
    const oido: string[] = [];
    const calla = await db.listen('devcompras_sync', (s) => oido.push(s));
    await db.asService(
      haz(`update inventario.productos set nombre = 'Aviso', costo = 1 where id = '${e.p1}'`),
    );
    await expect.poll(() => oido).toContain('catalogo,costos');
    await db.asService(
      haz(`
      with u as (insert into auth.users (id) select gen_random_uuid() from generate_series(1, 200) returning id)
      insert into inventario.usuarios (id, nombre, rol) select id, 'X', 'chofer' from u`),
    );
    await expect.poll(() => oido).toContain('*');
    await calla();
  });
});

describe('reset', () => {
  it('truncate forgets the versions of the scopes that had rows of the table and keeps the rest of them', async () => {
    const scope = `conteo:${e.k1}`;
    const antes = (await cabezas()).get(scope)!;
    const catalogo = (await cabezas()).get('catalogo')!;
    await db.asService(
      haz(`
      insert into inventario.conteo_productos values ('${e.k3}', '${e.p1}');
      truncate inventario.conteo_productos;
      insert into inventario.conteo_productos values ('${e.k1}', '${e.p2}')`),
    );
    const despues = (await cabezas()).get(scope)!;
    expect(despues.ver).toBe(antes.ver + 1);
    const { rows } = await sql<{
      ver: string;
      token: string;
    }>`select ver::text, token from sync.version where scope = ${scope}`.execute(db.kysely);
    expect(rows).toEqual([{ ver: String(despues.ver), token: despues.token }]);
    expect((await cabezas()).get('catalogo')).toEqual(catalogo);
    await expectCompleto();
    await expectLimpio();
  });

  it('rebuild lists what a load without triggers brought, and no older cursor is known any more', async () => {
    const antes = await cabezas();
    const id = newId();
    await db.asService(async (tx) => {
      await sql`alter table inventario.categorias disable trigger user`.execute(tx);
      await sql`insert into inventario.categorias (id, nombre) values (${id}, ${id})`.execute(tx);
      await sql`alter table inventario.categorias enable trigger user`.execute(tx);
    });
    await expect(expectCompleto()).rejects.toThrow();
    await db.asService(haz('select sync.rebuild()'));
    await expectCompleto();
    for (const [scope, { ver, token }] of antes) {
      const { rows } =
        await sql`select 1 from sync.version where scope = ${scope} and ver = ${ver} and token = ${token}`.execute(
          db.kysely,
        );
      expect(rows).toEqual([]);
      expect((await cabezas()).get(scope)!.ver).toBe(ver + 1);
    }
  });

  it('rehace_existencias does the same for the stock', async () => {
    await db.asService(async (tx) => {
      await sql`alter table inventario.transacciones disable trigger existencias`.execute(tx);
      await sql`insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en)
                values (${newId()}, ${e.p2}, ${e.t1.almacenId}, 'inventario', 31, now())`.execute(tx);
      await sql`alter table inventario.transacciones enable trigger existencias`.execute(tx);
      const { rows } = await sql<{ n: string }>`select inventario.rehace_existencias()::text as n`.execute(
        tx,
      );
      expect(rows[0]?.n).toBe('1');
    });
    const { rows } = await sql<{ cantidad: string }>`
      select cantidad from inventario.existencias where producto_id = ${e.p2} and almacen_id = ${e.t1.almacenId}`.execute(
      db.kysely,
    );
    expect(rows[0]?.cantidad).toBe('31.00000');
    await expectCompleto();
  });
});
