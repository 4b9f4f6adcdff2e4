import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { testDb } from '#tests/db/harness.ts';
import { empresaDePrueba } from '#tests/db/permisos-empresa.ts';

/**
 * Every table and view, read by SQL as a counter of a blind conteo. Numbers that occur nowhere else stand for what
 * may not be seen, so that a column added tomorrow is covered without naming it here. They are long, so that no id and
 * no microsecond holds one by chance.
 */
const db = await testDb();
const e = await empresaDePrueba(db);
const ana = e.gente.almacenista;
const [EXISTENCIA, MOVIMIENTO, COSTO, DE_LUIS, DE_ANA] = [
  '739191347',
  '519072618',
  '8642.137531',
  '486117253',
  '391574826',
];
/** What the book adds up to: 739191347 + 519072618. */
const TEORICO = '1258263965';
const PROHIBIDO = [EXISTENCIA, MOVIMIENTO, TEORICO, COSTO, DE_LUIS];

const haz = (...consultas: string[]) =>
  db.asService(async (tx) => {
    for (const consulta of consultas) await sql.raw(consulta).execute(tx);
  });
const linea = (usuario: string, cantidad: string | undefined) => `
  insert into inventario.conteo_lineas (id, conteo_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante)
  values ('${newId()}', '${e.k1}', '${e.p1}', ${cantidad}, 'suma', '${usuario}', now(), now())`;
const movimiento = (tipo: string, cantidad: string | undefined, cuando: string) => `
  insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, costo_unitario, ocurrida_en)
  values ('${newId()}', '${e.p1}', '${e.t1.almacenId}', '${tipo}', ${cantidad}, ${COSTO}, ${cuando})`;

await haz(
  `update inventario.productos set costo = ${COSTO} where id = '${e.p1}'`,
  movimiento('inventario', EXISTENCIA, "now() + interval '1 second'"),
  movimiento('compra', MOVIMIENTO, "now() + interval '2 seconds'"),
  linea(ana.id, DE_ANA),
  linea(e.luis.id, DE_LUIS),
);

const { rows: relaciones } = await sql<{ nombre: string }>`
  select format('%I.%I', n.nspname, c.relname) as nombre
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('inventario', 'sync', 'genai', 'auth') and c.relkind in ('r', 'p', 'v', 'm')
  order by 1`.execute(db.kysely);

/** All that the person may read of a relation, as text; empty where even reading is refused. */
async function leido(nombre: string, claims: typeof ana.claims): Promise<string> {
  try {
    return await db.withUser(claims, async (tx) => {
      const { rows } = await sql<{ fila: string }>`select t::text as fila from ${sql.raw(nombre)} t`.execute(
        tx,
      );
      return rows.map(({ fila }) => fila).join('\n');
    });
  } catch (error) {
    expect((error as { code?: string }).code, nombre).toBe('42501');
    return '';
  }
}

describe('a counter of a blind conteo, by SQL', () => {
  it('the forbidden numbers are there for who may see them', async () => {
    const todo = (
      await Promise.all(relaciones.map(({ nombre }) => leido(nombre, e.gente.gerente.claims)))
    ).join();
    for (const numero of PROHIBIDO) expect(todo.includes(numero!), numero).toBe(true);
  });

  it.each(relaciones)(
    '$nombre says no stock, cost, movement or other counter’s quantity',
    async ({ nombre }) => {
      const texto = await leido(nombre, ana.claims);
      expect(PROHIBIDO.filter((numero) => texto.includes(numero!))).toEqual([]);
    },
  );

  it('reads her own lines', async () => {
    expect(await leido('inventario.conteo_lineas', ana.claims)).toContain(DE_ANA);
  });

  it.each(['existencias', 'transacciones', 'producto_costos', 'conteo_resultados'])(
    'inventario.%s is empty for her, if it can be read at all',
    async (tabla) => {
      if (!relaciones.some(({ nombre }) => nombre === `inventario.${tabla}`)) return;
      expect(await leido(`inventario.${tabla}`, ana.claims)).toBe('');
    },
  );
});
