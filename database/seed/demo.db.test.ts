import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { verifyPassword } from '#server/acceso/contrasenas.ts';
import { testDb } from '../../tests/db/harness.ts';
import { seedDemo } from './demo.ts';
import { CONTRASENA_DEMO, FIJOS, USUARIOS } from './demo-fijos.ts';
import { seedGrande } from './grande.ts';

const AHORA = new Date('2026-03-02T18:00:00Z');

async function sembrada() {
  const db = await testDb();
  return { db, hecha: await seedDemo(db, { now: AHORA }) };
}

describe('the demo company in a database', { timeout: 120_000 }, () => {
  it('stands as promised, and a second run changes nothing', async () => {
    const { db, hecha } = await sembrada();
    const filas = async <T>(consulta: ReturnType<typeof sql<T>>): Promise<T[]> =>
      (await consulta.execute(db.kysely)).rows;
    const numero = async (consulta: ReturnType<typeof sql<{ n: string }>>) =>
      Number((await filas(consulta))[0]!.n);

    expect(hecha.hecha).toBe(true);
    expect(await numero(sql`select count(*) as n from inventario.transacciones`)).toBe(hecha.movimientos);
    expect(
      await numero(sql`select count(*) as n from inventario.existencias where cantidad < 0 and tiene_base`),
    ).toBe(0);
    expect(
      await numero(sql`select count(*) as n from inventario.existencias where not tiene_base`),
    ).toBeGreaterThan(50);
    expect(await numero(sql`select count(*) as n from sync.change where op = 'U'`)).toBe(
      await numero(sql`select count(*) as n from sync.miembros`),
    );

    const gente = await filas(sql<{ correo: string; rol: string; clave: string; tiendas: string[] }>`
      select u.correo, u.rol, a.encrypted_password as clave,
             array(select t.codigo::text from inventario.usuario_tiendas ut join inventario.tiendas t on t.id = ut.tienda_id
                    where ut.usuario_id = u.id order by 1) as tiendas
        from inventario.usuarios u join auth.users a on a.id = u.id and a.email = u.correo order by u.correo`);
    expect(gente.map(({ correo, rol, tiendas }) => ({ correo, rol, tiendas }))).toEqual(
      USUARIOS.map(({ correo, rol, tiendas }) => ({ correo, rol, tiendas: [...tiendas] })).sort((a, b) =>
        a.correo < b.correo ? -1 : 1,
      ),
    );
    expect(await verifyPassword(CONTRASENA_DEMO, gente[0]!.clave)).toBe(true);

    for (const f of Object.values(FIJOS)) {
      const [fila] = await filas(sql<{
        cantidad: string;
        base: boolean;
        bin: string;
        codigos: string[];
        costo: string;
      }>`
        select e.cantidad, e.tiene_base as base, u.codigo as bin, p.costo,
               array(select c.codigo from inventario.codigos_barras c where c.producto_id = p.id order by c.codigo collate "C") as codigos
          from inventario.productos p
          join inventario.almacenes a on a.codigo = 'CDMX-01'
          join inventario.existencias e on e.producto_id = p.id and e.almacen_id = a.id
          join inventario.producto_ubicaciones pu on pu.producto_id = p.id
          join inventario.ubicaciones u on u.id = pu.ubicacion_id and u.almacen_id = a.id
         where p.codigo = ${f.codigo}`);
      expect(fila).toMatchObject({ bin: f.ubicacion, costo: f.costo, base: f.existencia !== null });
      expect(fila?.codigos).toEqual(
        [f.ean, f.alterna, f.caja?.codigo].filter((c) => typeof c === 'string').sort(),
      );
      if (f.existencia !== null) expect(Number(fila?.cantidad)).toBe(f.existencia);
    }

    const versiones = await filas(sql`select id, ver from sync.scope order by id`);
    expect(await seedDemo(db, { now: new Date('2026-04-02T18:00:00Z') })).toEqual({
      hecha: false,
      productos: 0,
      movimientos: 0,
    });
    expect(await filas(sql`select id, ver from sync.scope order by id`)).toEqual(versiones);
  });

  it('the large catalogue is one product with its codes and its base, as many times as asked', async () => {
    const db = await testDb();
    const r = await seedGrande(db, { productos: 2500, now: AHORA });
    const { rows } = await sql<{ p: string; c: string; e: string; g: string }>`
      select (select count(*) from inventario.productos) as p, (select count(*) from inventario.codigos_barras) as c,
             (select count(*) from inventario.existencias where tiene_base) as e,
             (select count(*) from inventario.codigos_barras where clave_gtin is not null) as g`.execute(
      db.kysely,
    );
    expect(rows).toEqual([{ p: '2500', c: String(r.codigos), e: '2500', g: String(r.codigos) }]);
  });
});
