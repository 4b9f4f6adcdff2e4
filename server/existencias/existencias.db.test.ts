import { beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { upsertProductos } from '#server/productos/escribe.ts';
import { registerTransacciones } from '#server/transacciones/registra.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { restOf } from '#tests/db/rest.ts';
import { testServer } from '#tests/db/server.ts';

interface Renglon {
  codigo: string;
  almacen: string;
  cantidad: string | null;
  tieneBase: boolean;
}

let db: Db;
let rest: ReturnType<typeof restOf>;
let centro: TestTienda;
let norte: TestTienda;
let admin: TestUser;
let gerente: TestUser;

beforeAll(async () => {
  db = await testDb();
  rest = restOf(await testServer({ db }));
  [centro, norte] = [await testTienda(db), await testTienda(db)];
  admin = await testUser(db, { rol: 'admin' });
  gerente = await testUser(db, { rol: 'gerente', tiendas: [centro] });
  await upsertProductos(db, systemClock, admin, [
    { codigo: 'AC-1', codigos: [{ codigo: '036000291452' }, { codigo: 'CAJA-AC1', factor: '12' }] },
    { codigo: 'BU-1' },
    { codigo: 'SIN-1' },
    // Its barcode is the own code of another product, which wins.
    { codigo: 'ZZ-1', codigos: [{ codigo: 'BU-1' }] },
  ]);
  const mov = (
    codigo: string,
    almacen: string,
    tipo: 'inventario' | 'venta',
    cantidad: string,
    hora: string,
  ) => ({
    codigo,
    almacen,
    tipo,
    cantidad,
    ocurridaEn: `2026-03-02T${hora}:00.000Z`,
  });
  await registerTransacciones(db, systemClock, admin.id, [
    mov('AC-1', centro.codigo, 'inventario', '40', '10:00'),
    mov('AC-1', centro.codigo, 'venta', '2.5', '12:00'),
    mov('AC-1', norte.codigo, 'inventario', '7', '10:00'),
    mov('BU-1', centro.codigo, 'venta', '3', '11:00'),
    mov('ZZ-1', centro.codigo, 'inventario', '1', '10:00'),
  ]);
});

async function lee(query: string, user = gerente): Promise<Renglon[]> {
  const { body } = await rest.ok<{ existencias: Renglon[] }>(`/api/existencias${query}`, user);
  return body.existencias;
}
const breve = (filas: readonly Renglon[]) => filas.map((f) => [f.codigo, f.almacen, f.cantidad, f.tieneBase]);

describe('GET /api/existencias', () => {
  test('stock now by product and almacén, of the own shops', async () => {
    expect(breve(await lee(''))).toEqual([
      ['AC-1', centro.codigo, '37.50000', true],
      // Without a base it is the movements alone, and it says so; never clamped to 0.
      ['BU-1', centro.codigo, '-3.00000', false],
      ['ZZ-1', centro.codigo, '1.00000', true],
    ]);
  });

  test('the same by its barcode, as printed, as EAN-13 or with the reader’s prefix', async () => {
    for (const codigo of ['AC-1', ' AC-1 ', '036000291452', '0036000291452', ']E0036000291452', 'CAJA-AC1']) {
      expect(breve(await lee(`?codigo=${encodeURIComponent(codigo)}`))).toEqual([
        ['AC-1', centro.codigo, '37.50000', true],
      ]);
    }
    expect(await lee('?codigo=NO-HAY')).toEqual([]);
    expect(await lee('?codigo=SIN-1')).toEqual([]);
  });

  test('a product’s own code wins over the same text as another’s barcode', async () => {
    expect((await lee('?codigo=BU-1')).map((fila) => fila.codigo)).toEqual(['BU-1']);
  });

  test('by almacén; an admin sees every shop', async () => {
    expect(breve(await lee(`?codigo=AC-1&almacen=${norte.codigo}`, admin))).toEqual([
      ['AC-1', norte.codigo, '7.00000', true],
    ]);
    expect(await lee('?codigo=AC-1', admin)).toHaveLength(2);
  });

  test('at an instant, by the ledger', async () => {
    const al = async (hora: string) =>
      breve(await lee(`?codigo=AC-1&al=${encodeURIComponent(`2026-03-02T${hora}:00.000Z`)}`));
    expect(await al('09:59')).toEqual([['AC-1', centro.codigo, '0', false]]);
    expect(await al('10:00')).toEqual([['AC-1', centro.codigo, '40.00000', true]]);
    expect(await al('12:00')).toEqual([['AC-1', centro.codigo, '37.50000', true]]);
  });

  test('as many as asked for', async () => {
    expect(await lee('?limite=1')).toHaveLength(1);
    expect(await lee('?limite=0')).toHaveLength(1);
    expect(await lee('?limite=999999')).toHaveLength(3);
  });

  test('another shop’s stock is invisible', async () => {
    expect(await lee(`?almacen=${norte.codigo}`)).toEqual([]);
    const deNorte = await testUser(db, { rol: 'auditor', tiendas: [norte] });
    expect(breve(await lee('', deNorte))).toEqual([['AC-1', norte.codigo, '7.00000', true]]);
    expect(await lee('', await testUser(db, { rol: 'comprador' }))).toEqual([]);
  });

  test('an almacenista and a chofer get no stock at all', async () => {
    for (const rol of ['almacenista', 'chofer'] as const) {
      const persona = await testUser(db, { rol, tiendas: [centro] });
      for (const query of ['', '?codigo=AC-1', `?almacen=${centro.codigo}`, '?al=2026-03-02T12:00:00Z']) {
        expect(await rest.refused(`/api/existencias${query}`, persona)).toMatchObject({
          status: 403,
          code: 'PROHIBIDO',
        });
      }
    }
    expect(await rest.refused('/api/existencias', undefined)).toMatchObject({ status: 401 });
  });

  test('a question that makes no sense has its sentence', async () => {
    for (const query of [
      'al=ayer',
      'al=2026-02-30T00:00:00Z',
      'limite=muchos',
      'codigo=a&codigo=b',
      'almacen=%00',
    ]) {
      const negada = await rest.refused(`/api/existencias?${query}`, gerente);
      expect([query, negada.status, negada.code]).toEqual([query, 400, 'ENTRADA_INVALIDA']);
    }
  });
});
