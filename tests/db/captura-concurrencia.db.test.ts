import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { testDatabaseUrl } from './harness.ts';

/**
 * Six writers commit over several scopes, one in seven rolls back, and a reader follows each scope by (ver) as a phone
 * does. Beside it, as the control that has to fail, the naive way: a sequence as cursor and `seq > cursor`.
 */
const ESCRITORES = 6;
/** Transactions of each writer; `npm run golpes -- captura --vueltas N` makes it long. */
const VUELTAS = Number(process.env.CAPTURA_VUELTAS ?? 60);
const LARGA = process.env.CAPTURA_VUELTAS !== undefined;
const FILAS = 12;

const url = await testDatabaseUrl();
const abiertos: pg.Client[] = [];
async function cliente(): Promise<pg.Client> {
  const c = new pg.Client({ connectionString: url });
  await c.connect();
  abiertos.push(c);
  return c;
}
const almacenes = Array.from({ length: 4 }, newId);
const categorias = Array.from({ length: FILAS }, newId);
const pausa = (ms: number) => new Promise((r) => setTimeout(r, ms));

beforeAll(async () => {
  const c = await cliente();
  await c.query('create sequence ingenua_seq');
  await c.query('create table ingenua (seq bigint primary key, fila uuid not null)');
  for (const [i, id] of almacenes.entries()) {
    await c.query(`insert into inventario.tiendas (id, codigo, nombre) values ($1, $2, $2)`, [id, `T-${i}`]);
    await c.query(
      `insert into inventario.almacenes (id, tienda_id, codigo, nombre) values ($1, $1, $2, $2)`,
      [id, `T-${i}`],
    );
  }
  for (const [i, id] of categorias.entries()) {
    await c.query(`insert into inventario.categorias (id, nombre, nivel) values ($1, $2, 0)`, [id, `C-${i}`]);
  }
});
afterAll(async () => {
  await Promise.all(abiertos.map((c) => c.end()));
});

it('nothing is lost reading by version; the sequence loses rows', {
  timeout: LARGA ? 1_800_000 : 20_000,
}, async () => {
  const lector = await cliente();
  const cursor = new Map<string, number>();
  const visto = new Map<string, number>(); // ubicación → how often it was read
  const nombres = new Map<string, number>(); // categoría → last nivel read
  let ingenuo = 0;
  const vistoIngenuo = new Set<string>();

  const lee = async (): Promise<void> => {
    await lector.query('begin isolation level repeatable read read only');
    const heads = await lector.query<{ id: string; ver: string; token: string }>(
      'select id, ver, token from sync.scope',
    );
    for (const { id, ver, token } of heads.rows) {
      const desde = cursor.get(id) ?? 0;
      const { rows } = await lector.query<{ tbl: string; pk: string; ver: string }>(
        'select tbl, pk, ver from sync.change where scope = $1 and ver > $2 order by ver, tbl, pk',
        [id, desde],
      );
      for (const r of rows) {
        expect(Number(r.ver)).toBeLessThanOrEqual(Number(ver));
        if (r.tbl === 'ubicaciones') visto.set(r.pk, (visto.get(r.pk) ?? 0) + 1);
        if (r.tbl === 'categorias') {
          const c = await lector.query<{ nivel: number }>(
            'select nivel from inventario.categorias where id = $1',
            [r.pk],
          );
          nombres.set(r.pk, c.rows[0]!.nivel);
        }
      }
      const linaje = await lector.query(
        'select 1 from sync.version where scope = $1 and ver = $2 and token = $3',
        [id, ver, token],
      );
      expect(linaje.rowCount).toBe(1);
      cursor.set(id, Number(ver));
    }
    const naive = await lector.query<{ seq: string; fila: string }>(
      'select seq, fila from ingenua where seq > $1 order by seq',
      [ingenuo],
    );
    for (const r of naive.rows) {
      vistoIngenuo.add(r.fila);
      ingenuo = Number(r.seq);
    }
    await lector.query('commit');
  };

  let quedan = ESCRITORES;
  const confirmadas: string[] = [];
  const escritores = Array.from({ length: ESCRITORES }, async (_, w) => {
    const c = await cliente();
    for (let i = 0; i < VUELTAS; i += 1) {
      const filas: string[] = [];
      await c.query('begin');
      // Scopes in another order by each writer: the counters are taken in the order of their ids all the same.
      for (const a of w % 2 === 0 ? almacenes : [...almacenes].reverse()) {
        if ((w + i + almacenes.indexOf(a)) % 3 === 0) continue;
        const id = newId();
        filas.push(id);
        await c.query('insert into inventario.ubicaciones (id, almacen_id, codigo) values ($1, $2, $3)', [
          id,
          a,
          id,
        ]);
        await c.query(`insert into ingenua values (nextval('ingenua_seq'), $1)`, [id]);
      }
      if (i % 2 === 0) {
        await c.query('update inventario.categorias set nivel = nivel + 1 where id = $1', [
          categorias[(w * 5 + i) % FILAS],
        ]);
      }
      if ((w + i) % 4 === 0) await pausa(3);
      const deshace = (w * 31 + i) % 7 === 0;
      await c.query(deshace ? 'rollback' : 'commit');
      if (!deshace) confirmadas.push(...filas);
    }
    quedan -= 1;
  });
  while (quedan > 0) {
    await lee();
    await pausa(1);
  }
  await Promise.all(escritores);
  await lee();

  expect(confirmadas.length).toBeGreaterThan(VUELTAS * 10);
  expect(confirmadas.filter((id) => !visto.has(id))).toEqual([]);
  expect([...visto.values()].every((n) => n === 1)).toBe(true);
  expect(visto.size).toBe(confirmadas.length);
  const { rows } = await lector.query<{ id: string; nivel: number }>(
    'select id, nivel from inventario.categorias',
  );
  for (const r of rows) expect(nombres.get(r.id)).toBe(r.nivel);
  const restos = await lector.query('select 1 from sync.pendiente union all select 1 from sync.armado');
  expect(restos.rowCount).toBe(0);
  // The control: it must be able to lose, or this test proves nothing.
  const perdidas = confirmadas.filter((id) => !vistoIngenuo.has(id)).length;
  expect(perdidas).toBeGreaterThan(0);
  if (LARGA) {
    process.stdout.write(
      `golpes captura: ${ESCRITORES} escritores × ${VUELTAS}, ${confirmadas.length} filas confirmadas; por versión 0 perdidas, por secuencia ${perdidas} perdidas\n`,
    );
  }
});

it('a REPEATABLE READ writer gets 40001 at COMMIT instead of a wrong version', async () => {
  const [a, b] = [await cliente(), await cliente()];
  await a.query('begin isolation level repeatable read');
  await a.query("update inventario.categorias set descripcion = 'otra' where id = $1", [categorias[0]]);
  await b.query("update inventario.categorias set descripcion = 'otra' where id = $1", [categorias[1]]);
  await expect(a.query('commit')).rejects.toMatchObject({ code: '40001' });
});
