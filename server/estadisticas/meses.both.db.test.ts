import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { dbKind, testDb } from '#tests/db/harness.ts';
import { testTienda } from '#tests/db/people.ts';

const db = await testDb();
const tiendas = [await testTienda(db), await testTienda(db, { zona: 'America/Tijuana' })];

/** One movement as somebody may write it; amounts are whole so that plain JS adds them. */
interface Paso {
  producto: number;
  tienda: number;
  tipo: 'inventario' | 'venta' | 'compra' | 'ajuste' | 'transferencia' | 'de_cliente' | 'a_proveedor';
  cantidad: number;
  precio: number | null;
  total: boolean;
  impuesto: number;
  costo: number | null;
  /** Days before today: back-dated ones come after newer ones. */
  dias: number;
  /** Undone later in the same sequence. */
  reversa: boolean;
}
const paso: fc.Arbitrary<Paso> = fc.record({
  producto: fc.nat(1),
  tienda: fc.nat(1),
  tipo: fc.constantFrom<Paso['tipo'][]>(
    'inventario',
    'venta',
    'venta',
    'compra',
    'ajuste',
    'transferencia',
    'de_cliente',
    'a_proveedor',
  ),
  cantidad: fc.integer({ min: 1, max: 9 }),
  precio: fc.option(fc.integer({ min: 1, max: 500 })),
  total: fc.boolean(),
  impuesto: fc.constantFrom(0, 0, 16),
  costo: fc.option(fc.integer({ min: 1, max: 90 })),
  dias: fc.nat(120),
  reversa: fc.boolean(),
});

interface Fila {
  id: string;
  producto_id: string;
  almacen_id: string;
  tipo: string;
  subtipo: string | null;
  cantidad: number;
  precio: number | null;
  total: number | null;
  impuesto: number;
  costo_unitario: number | null;
  ocurrida_en: string;
  reversa_de: string | null;
}

async function escribe(filas: readonly Fila[]): Promise<void> {
  await db.asService((tx) =>
    sql`insert into inventario.transacciones (id, producto_id, almacen_id, tipo, subtipo, cantidad, precio, total, impuesto, costo_unitario, ocurrida_en, fecha, tienda_id, reversa_de)
        select id, producto_id, almacen_id, tipo, subtipo, cantidad, precio, total, impuesto, costo_unitario, ocurrida_en, ocurrida_en::date, almacen_id, reversa_de
          from jsonb_to_recordset(${JSON.stringify(filas)}::jsonb)
            as x(id uuid, producto_id uuid, almacen_id uuid, tipo text, subtipo text, cantidad numeric, precio numeric, total numeric, impuesto numeric, costo_unitario numeric, ocurrida_en timestamptz, reversa_de uuid)`.execute(
      tx,
    ),
  );
}

interface Suma {
  movimientos: number;
  unidades: number;
  importe: number;
  impuesto: number;
  sin_impuesto: number;
  sin_precio: number;
  costo: number;
  con_costo: number;
  primera: string;
  ultima: string;
}
const COLUMNAS = [
  'movimientos',
  'unidades',
  'importe',
  'impuesto',
  'sin_impuesto',
  'sin_precio',
  'costo',
  'con_costo',
] as const;

/** The sums by the words of the migration, from the raw rows as the database keeps them, in plain JS. */
async function recalcula(productos: readonly string[]): Promise<Record<string, Suma>> {
  const { rows } = await sql<{
    producto_id: string;
    almacen_id: string;
    tipo: string;
    subtipo: string | null;
    cantidad: string;
    precio: string | null;
    total: string | null;
    impuesto: string;
    costo_unitario: string | null;
    fecha: string;
    reversa_de: string | null;
  }>`select producto_id, almacen_id, tipo, subtipo, cantidad, precio, total, impuesto, costo_unitario, fecha::text as fecha, reversa_de
       from inventario.transacciones where producto_id = any(${productos as string[]}::uuid[])`.execute(
    db.kysely,
  );
  const sumas: Record<string, Suma> = {};
  for (const r of rows) {
    const clave = [r.producto_id, r.almacen_id, `${r.fecha.slice(0, 7)}-01`, r.tipo, r.subtipo ?? ''].join(
      ' ',
    );
    const s = sumas[clave] ?? {
      movimientos: 0,
      unidades: 0,
      importe: 0,
      impuesto: 0,
      sin_impuesto: 0,
      sin_precio: 0,
      costo: 0,
      con_costo: 0,
      primera: r.fecha,
      ultima: r.fecha,
    };
    sumas[clave] = s;
    const cantidad = Number(r.cantidad);
    const signo = Math.sign(cantidad);
    const costo = r.costo_unitario === null ? null : Number(r.costo_unitario);
    const total = r.total === null ? null : Math.abs(Number(r.total));
    const vende = r.tipo === 'venta' || r.tipo === 'devolucion';
    const importe = vende
      ? total !== null
        ? signo * total
        : r.precio === null
          ? null
          : cantidad * Number(r.precio)
      : costo !== null
        ? cantidad * costo
        : total === null
          ? null
          : signo * (total - Number(r.impuesto));
    s.movimientos += r.reversa_de === null ? 1 : -1;
    s.unidades += cantidad;
    s.importe += importe ?? 0;
    if (vende && importe !== null) s.impuesto += signo * Number(r.impuesto);
    if (vende && Number(r.impuesto) === 0) s.sin_impuesto += importe ?? 0;
    if (importe === null) s.sin_precio += cantidad;
    if (costo !== null) {
      s.costo += cantidad * costo;
      s.con_costo += cantidad;
    }
    if (r.fecha < s.primera) s.primera = r.fecha;
    if (r.fecha > s.ultima) s.ultima = r.fecha;
  }
  return sumas;
}

async function guardadas(productos: readonly string[]): Promise<Record<string, Suma>> {
  const { rows } = await sql<
    { producto_id: string; almacen_id: string; mes: string; tipo: string; subtipo: string } & Record<
      string,
      string
    >
  >`select producto_id, almacen_id, mes::text as mes, tipo, subtipo, movimientos, unidades, importe, impuesto, sin_impuesto, sin_precio, costo, con_costo,
           primera::text as primera, ultima::text as ultima
      from inventario.movimientos_mes where producto_id = any(${productos as string[]}::uuid[])`.execute(
    db.kysely,
  );
  return Object.fromEntries(
    rows.map((r) => [
      [r.producto_id, r.almacen_id, r.mes, r.tipo, r.subtipo].join(' '),
      {
        ...Object.fromEntries(COLUMNAS.map((c) => [c, Number(r[c])])),
        primera: r.primera,
        ultima: r.ultima,
      } as unknown as Suma,
    ]),
  );
}

const SUBTIPO: Partial<Record<Paso['tipo'], string>> = {
  de_cliente: 'de_cliente',
  a_proveedor: 'a_proveedor',
  ajuste: 'manual',
};

test(`the sums by month are the rows summed again, for any sequence of inserts, reversals and back-dated rows (${dbKind()})`, async () => {
  const ancla = Date.parse('2026-11-24T18:00:00Z');
  await fc.assert(
    fc.asyncProperty(
      fc.array(paso, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 6 }),
      async (pasos, tanda) => {
        const productos = [newId(), newId()];
        for (const id of productos)
          await sql`insert into inventario.productos (id, codigo, nombre) values (${id}, ${id}, 'Producto')`.execute(
            db.kysely,
          );
        const filas = pasos.map((p): Fila => {
          const devuelve = p.tipo === 'de_cliente' || p.tipo === 'a_proveedor';
          return {
            id: newId(),
            producto_id: productos[p.producto]!,
            almacen_id: tiendas[p.tienda]!.almacenId,
            tipo: devuelve ? 'devolucion' : p.tipo,
            subtipo: SUBTIPO[p.tipo] ?? null,
            cantidad: p.tipo === 'ajuste' || p.tipo === 'transferencia' ? p.cantidad - 5 : p.cantidad,
            precio: p.precio,
            total: p.total && p.precio !== null ? p.precio * p.cantidad : null,
            impuesto: p.impuesto,
            costo_unitario: p.costo,
            ocurrida_en: new Date(ancla - p.dias * 86_400_000).toISOString(),
            reversa_de: null,
          };
        });
        for (let desde = 0; desde < filas.length; desde += tanda)
          await escribe(filas.slice(desde, desde + tanda));
        // Undone afterwards, some with the amount as it was and some with its sign turned.
        const deshechas = filas.filter((f, i) => pasos[i]!.reversa && f.tipo !== 'inventario');
        await escribe(
          deshechas.map((f, i) => ({
            ...f,
            id: newId(),
            cantidad: -f.cantidad,
            total: f.total === null || i % 2 === 0 ? f.total : -f.total,
            reversa_de: f.id,
          })),
        );
        expect(await guardadas(productos)).toEqual(await recalcula(productos));
      },
    ),
    { numRuns: dbKind() === 'pglite' ? 10 : 30, seed: 20261124 },
  );
  const { rows } = await sql<{ n: string }>`select inventario.rehace_movimientos_mes()::text as n`.execute(
    db.kysely,
  );
  expect(rows[0]!.n).toBe('0');
});

test(`two writers of one product at once lose nothing of its sums, and a load without triggers is mended (${dbKind()})`, async () => {
  const id = newId();
  const almacen_id = tiendas[0]!.almacenId;
  await sql`insert into inventario.productos (id, codigo, nombre) values (${id}, ${id}, 'Producto')`.execute(
    db.kysely,
  );
  const venta = (): Fila => ({
    id: newId(),
    producto_id: id,
    almacen_id,
    tipo: 'venta',
    subtipo: null,
    cantidad: 1,
    precio: 10,
    total: 10,
    impuesto: 0,
    costo_unitario: null,
    ocurrida_en: '2026-11-24T18:00:00Z',
    reversa_de: null,
  });
  await Promise.all(Array.from({ length: 20 }, () => escribe([venta()])));
  expect(Object.values(await guardadas([id]))).toMatchObject([
    { movimientos: 20, unidades: 20, importe: 200 },
  ]);
  await sql`update inventario.movimientos_mes set importe = 1 where producto_id = ${id}`.execute(db.kysely);
  const { rows } = await sql<{ n: string }>`select inventario.rehace_movimientos_mes()::text as n`.execute(
    db.kysely,
  );
  expect(rows[0]!.n).toBe('1');
  expect(await guardadas([id])).toEqual(await recalcula([id]));
});
