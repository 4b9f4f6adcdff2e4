import { beforeAll, describe, expect, test } from 'vitest';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { conflictosPendientes, decideConflicto } from './conflictos.ts';
import { fichaDe } from './ficha.ts';
import { guardaFila } from './guarda.ts';
import { aplicaParche, type Parche } from './parche.ts';
import { TABLA_PRODUCTO } from './tabla.ts';

let db: Db;
let tienda: TestTienda;
let ana: TestUser;
let luis: TestUser;
let gerente: TestUser;
const puerto = () => ({ db, clock: systemClock });

beforeAll(async () => {
  db = await testDb();
  tienda = await testTienda(db);
  [ana, luis, gerente] = [
    await testUser(db, { rol: 'comprador', tiendas: [tienda] }),
    await testUser(db, { rol: 'comprador', tiendas: [tienda] }),
    await testUser(db, { rol: 'gerente', tiendas: [tienda] }),
  ];
});

async function producto(precio = '100'): Promise<string> {
  const id = newId();
  await db.pool.query(
    `insert into inventario.productos (id, codigo, nombre, precio) values ($1, $2, 'Filtro', $3)`,
    [id, `Q-${id.slice(-9)}`, precio],
  );
  return id;
}

const parche = (productoId: string, mas: Partial<Parche>): Parche => ({
  id: newId(),
  productoId,
  campos: {},
  codigos: [],
  ubicaciones: [],
  en: '2026-03-01T10:00:00.000Z',
  ...mas,
});
const aplica = (quien: TestUser, p: Parche) =>
  db.asService((tx) => aplicaParche(tx, systemClock, quien, p, systemClock.now()));
const valor = async (id: string, campo: string) =>
  (await fichaDe(db, { rol: 'admin', tiendaIds: [] }, id)).valores[campo];
const pone = (quien: TestUser, id: string, base: string, precio: string) =>
  db.asService((tx) =>
    guardaFila({ tx, clock: systemClock, por: quien.id }, TABLA_PRODUCTO, {
      id,
      nuevo: false,
      cambios: { precio: { base, valor: precio } },
    }),
  );

describe('producto.parche/1: patch per field with the base version seen', () => {
  test('a field as its author saw it changes; a loser is kept, recorded and shown, and the other fields go in', async () => {
    const id = await producto();
    await pone(luis, id, '100', '115');
    const p = parche(id, {
      campos: {
        precio: { base: '100.00', valor: '120' },
        nombre: { base: 'Filtro', valor: 'Filtro de aire' },
      },
    });
    expect(await aplica(ana, p)).toEqual({ conflictos: 1 });
    expect([await valor(id, 'precio'), await valor(id, 'nombre')]).toEqual(['115.00', 'Filtro de aire']);
    const suyo = (await conflictosPendientes(puerto())).filter((c) => c.productoId === id);
    expect(suyo).toMatchObject([
      {
        campo: 'precio',
        nombreCampo: 'Precio',
        base: '100.00',
        valor: '120',
        encontrado: '115.00',
        ahora: '115.00',
        quien: ana.nombre,
        encontradoQuien: luis.nombre,
      },
    ]);
  });

  test('a manager decides which one stays, once, and not over what changed while they looked', async () => {
    const id = await producto();
    await pone(luis, id, '100', '115');
    const p = parche(id, { campos: { precio: { base: '100', valor: '120' } } });
    await aplica(ana, p);
    const decide = (decision: 'entra' | 'queda', visto: string) =>
      decideConflicto(puerto(), gerente, { parcheId: p.id, campo: 'precio', decision, visto });
    await pone(luis, id, '115', '118');
    await expect(decide('entra', '115')).rejects.toMatchObject({ code: 'CONFLICTO_CAMBIO' });
    await decide('entra', '118');
    expect(await valor(id, 'precio')).toBe('120.00');
    await decide('entra', '120');
    await expect(decide('queda', '120')).rejects.toMatchObject({ code: 'CONFLICTO_DECIDIDO' });
    const { rows } = await db.pool.query(
      `select usuario_id, datos ->> 'parche' as parche from inventario.auditoria
        where entidad_id = $1 and accion = 'producto.editado' order by en desc, id desc limit 1`,
      [id],
    );
    expect(rows).toEqual([{ usuario_id: gerente.id, parche: p.id }]);
  });

  test('codes are add and remove operations; a factor that collides waits like any field', async () => {
    const id = await producto();
    const codigo = `K${id.slice(-9)}`;
    const agrega = (factor: string) =>
      parche(id, { codigos: [{ id: newId(), op: 'agrega', codigo, factor, nombre: null }] });
    expect(await aplica(ana, agrega('12'))).toEqual({ conflictos: 0 });
    expect(await aplica(luis, agrega('12.0'))).toEqual({ conflictos: 0 });
    const otro = agrega('6');
    expect(await aplica(luis, otro)).toEqual({ conflictos: 1 });
    await decideConflicto(puerto(), gerente, {
      parcheId: otro.id,
      campo: `código ${codigo}`,
      decision: 'entra',
      visto: '12',
    });
    const codigos = async () => (await fichaDe(db, { rol: 'admin', tiendaIds: [] }, id)).codigos;
    expect(await codigos()).toMatchObject([{ codigo, factor: '6' }]);
    const quita = parche(id, { codigos: [{ id: newId(), op: 'quita', codigo, factor: '1', nombre: null }] });
    await aplica(ana, quita);
    expect(await codigos()).toEqual([]);
  });

  test('sent twice it is applied once, and another patch under its id is refused', async () => {
    const id = await producto();
    const p = parche(id, { campos: { precio: { base: '100', valor: '120' } } });
    await aplica(ana, p);
    await pone(luis, id, '120', '130');
    expect(await aplica(ana, p)).toEqual({ conflictos: 0 });
    expect(await valor(id, 'precio')).toBe('130.00');
    await expect(aplica(ana, { ...p, campos: {} })).rejects.toMatchObject({ code: 'ID_REPETIDO' });
  });

  test('bins only in one’s shops by who manages them; a counter changes no product', async () => {
    const id = await producto();
    const ubicacionId = newId();
    await db.pool.query(
      `insert into inventario.ubicaciones (id, almacen_id, codigo) values ($1, $2, 'Z-9')`,
      [ubicacionId, tienda.almacenId],
    );
    const p = () => parche(id, { ubicaciones: [{ op: 'agrega', ubicacionId }] });
    await aplica(gerente, p());
    expect((await fichaDe(db, gerente, id)).lugares).toMatchObject([{ codigo: 'Z-9' }]);
    await expect(aplica(luis, p())).rejects.toMatchObject({ code: 'UBICACION_DE_OTRO' });
    const contador = await testUser(db, { rol: 'almacenista', tiendas: [tienda] });
    await expect(aplica(contador, p())).rejects.toMatchObject({ code: 'PROHIBIDO' });
  });
});
