import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { approveProductos } from './aprueba.ts';
import { cancelConteo, linkCodigos } from './decisiones.ts';
import { reviewConteo } from './revision.ts';

const db = await testDb({ max: 6 });
const e = await escenaConteo(db);
const jefe = e.quien(e.gerente);
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);

const aprueba = (conteoId: string, productoIds: string[]) =>
  approveProductos(db, systemClock, jefe, { conteoId, productoIds, motivo: 'prueba' });

async function fechasDe(conteo: string): Promise<string[]> {
  const { rows } = await sql<{ fecha: string }>`
    select fecha::text as fecha from inventario.transacciones where conteo_id = ${conteo} order by fecha`.execute(
    db.kysely,
  );
  return rows.map((row) => row.fecha);
}

/** A count of 3 where the book says 5, with scans at these instants. */
async function cuentaEn(instantes: readonly Date[]): Promise<{ conteo: string; producto: string }> {
  const producto = await e.producto();
  await e.mueve({ producto, tipo: 'inventario', cantidad: '5', en: new Date('2026-01-01T18:00:00Z') });
  const conteo = await e.conteo([e.ana]);
  for (const en of instantes) await e.linea({ conteo, por: e.ana, producto, cantidad: '1', en });
  return { conteo, producto };
}

it('two approvals racing post once', async () => {
  const { conteo, producto } = await cuentaEn([hace(40), hace(39), hace(38)]);
  const hechos = await Promise.all([1, 2, 3, 4].map(() => aprueba(conteo, [producto])));
  const ids = new Set(hechos.flatMap((h) => h.aprobados.map((a) => a.ajusteId)));
  expect(ids.size).toBe(1);
  expect(await e.ajustes(conteo)).toMatchObject([{ cantidad: '-2.00000' }]);
  expect(await e.existencia(producto)).toBe('3.00000');
});

it('a carton whose factor changed during the count: each line keeps its own', async () => {
  const producto = await e.producto();
  const conteo = await e.conteo([e.ana, e.luis]);
  await db.asService((tx) =>
    sql`insert into inventario.codigos_barras (id, codigo, producto_id, factor, tipo)
        values (${newId()}, 'CAJA-1', ${producto}, 12, 'caja')`.execute(tx),
  );
  await e.linea({
    conteo,
    por: e.ana,
    producto,
    codigo: 'CAJA-1',
    cantidad: '1',
    factor: '12',
    en: hace(20),
  });
  await db.asService((tx) =>
    sql`update inventario.codigos_barras set factor = 10 where codigo = 'CAJA-1'`.execute(tx),
  );
  await e.linea({
    conteo,
    por: e.luis,
    producto,
    codigo: 'CAJA-1',
    cantidad: '1',
    factor: '10',
    en: hace(10),
  });
  const { productos } = await reviewConteo(db, jefe, conteo);
  expect(productos).toMatchObject([{ contado: '22' }]);
});

describe('the local day of the shop', () => {
  const zona = (nombre: string) =>
    db.asService((tx) =>
      sql`update inventario.tiendas set zona_horaria = ${nombre} where id = ${e.tienda.id}`.execute(tx),
    );

  it('a conteo across midnight: the ajuste belongs to the local day of its last scan', async () => {
    await zona('America/Mexico_City');
    // 23:50 of 9 March and 00:10 of 10 March in Mexico City.
    const { conteo, producto } = await cuentaEn([
      new Date('2026-03-10T05:50:00Z'),
      new Date('2026-03-10T06:10:00Z'),
    ]);
    await aprueba(conteo, [producto]);
    expect(await fechasDe(conteo)).toEqual(['2026-03-10']);
  });

  it('a conteo across a month’s close: begun on the last night, it is of the month of its last scan', async () => {
    await zona('America/Mexico_City');
    const { conteo, producto } = await cuentaEn([
      new Date('2026-04-01T05:55:00Z'),
      new Date('2026-04-01T06:05:00Z'),
    ]);
    await aprueba(conteo, [producto]);
    expect(await fechasDe(conteo)).toEqual(['2026-04-01']);
  });

  it('a conteo in a shop of another time zone: the same instant is another day', async () => {
    await zona('America/Tijuana');
    const { conteo, producto } = await cuentaEn([new Date('2026-03-10T06:10:00Z')]);
    await aprueba(conteo, [producto]);
    expect(await fechasDe(conteo)).toEqual(['2026-03-09']);
    await zona('America/Mexico_City');
  });
});

it('a code that is two products is never guessed: it stays unlinked until somebody links it', async () => {
  const [uno, otro] = [await e.producto(), await e.producto()];
  await db.asService(async (tx) => {
    for (const producto of [uno, otro]) {
      await sql`insert into inventario.codigos_barras (id, codigo, producto_id) values (${newId()}, 'DOBLE-1', ${producto})`.execute(
        tx,
      );
    }
  });
  const conteo = await e.conteo([e.ana]);
  const linea = await e.linea({ conteo, por: e.ana, codigo: 'DOBLE-1', cantidad: '4', en: hace(10) });
  const antes = await reviewConteo(db, jefe, conteo);
  expect(antes.productos).toEqual([]);
  expect(antes.codigosSinLigar).toMatchObject([{ codigoCrudo: 'DOBLE-1', estado: 'sin_ligar' }]);
  await linkCodigos(db, systemClock, jefe, {
    conteoId: conteo,
    lineaIds: [linea],
    estado: 'ligada',
    productoId: otro,
    factor: null,
    motivo: null,
    aprender: true,
  });
  expect((await reviewConteo(db, jefe, conteo)).productos).toMatchObject([
    { productoId: otro, contado: '4' },
  ]);
  const { rows } = await sql`select 1 from inventario.codigos_barras where codigo = 'DOBLE-1'`.execute(
    db.kysely,
  );
  expect(rows).toHaveLength(2);
});

it('cancelling takes a reason and keeps the lines', async () => {
  const { conteo } = await cuentaEn([hace(5)]);
  await cancelConteo(db, systemClock, jefe, { conteoId: conteo, motivo: 'se inundó la bodega' });
  const { rows } = await sql<{ motivo: string; lineas: string }>`
    select c.motivo_cancelacion as motivo, (select count(*) from inventario.conteo_lineas l where l.conteo_id = c.id) as lineas
      from inventario.conteos c where c.id = ${conteo}`.execute(db.kysely);
  expect(rows).toMatchObject([{ motivo: 'se inundó la bodega', lineas: '1' }]);
});
