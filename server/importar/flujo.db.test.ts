import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { OpcionesImportacion } from '#shared/contracts/importar.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';
import { aplica } from './aplica.ts';
import { leeArchivo } from './lee-archivo.ts';
import { Marcha } from './marcha.ts';
import { trabajosDe } from './trabajos.ts';

let db: Db;
let server: TestServer;
let tienda: TestTienda;
let gerente: TestUser;
const productos: { id: string; codigo: string }[] = [];

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  tienda = await testTienda(db, { codigo: 'CDMX-01' });
  gerente = await testUser(db, { rol: 'gerente', tiendas: [tienda] });
  for (let i = 1; i <= 8; i++) productos.push({ id: newId(), codigo: `BAL-${String(i).padStart(3, '0')}` });
  await db.asService((tx) =>
    sql`insert into inventario.productos (id, codigo, nombre)
        select x.id, x.codigo, 'Balata ' || x.codigo
          from jsonb_to_recordset(${JSON.stringify(productos)}::jsonb) as x(id uuid, codigo text)`.execute(
      tx,
    ),
  );
});

async function sube(texto: string, nombre: string, user = gerente, consulta = '') {
  const form = new FormData();
  form.append('archivo', new Blob([texto]), nombre);
  const r = await server.fetch(`/api/uploads${consulta}`, { method: 'POST', body: form }, user);
  return { status: r.status, ...((await r.json()) as { id: string; repetida: boolean; code?: string }) };
}

const vive = new AbortController();
const corrida = { id: 'prueba', retry: 0, signal: vive.signal };

async function lee(id: string) {
  const { generacion } = await una(id);
  // why: read in this process, since starting another for each of thirty files costs seconds; puertas.db.test.ts goes through it.
  await trabajosDe(server.deps, (entrada, oyente) => leeArchivo(entrada, oyente)).leer.run(
    { uploadId: id, generacion },
    corrida,
  );
  return una(id);
}
async function una(id: string, user = gerente) {
  return (await trpcAs(server, user)).importar.una.query({ id });
}
async function opciones(id: string, cambios: OpcionesImportacion) {
  const antes = await una(id);
  await (await trpcAs(server, gerente)).importar.opciones.mutate({
    id,
    opciones: { ...antes.opciones, ...cambios },
  });
  return lee(id);
}
async function aplicaTodo(id: string, user = gerente) {
  const u = await una(id);
  await (await trpcAs(server, user)).importar.aplica.mutate({ id, generacion: u.generacion });
  await trabajosDe(server.deps).aplicar.run({ uploadId: id }, corrida);
  return una(id);
}
async function deshaz(id: string) {
  await (await trpcAs(server, gerente)).importar.deshace.mutate({ id });
  await trabajosDe(server.deps).deshacer.run({ uploadId: id }, corrida);
  return una(id);
}
/**
 * The database, with something that happens once a lot of that import is in the books: each transaction dies in its middle from
 * then on, or something is done once before the next one.
 */
function trasUnLote(uploadId: string, pasa: 'muere' | (() => Promise<unknown>)): Db {
  let hecho = false;
  const hayLote = async () => {
    const { rows } = await sql`
      select 1 from inventario.importacion_lotes where upload_id = ${uploadId} and aplicado_en is not null limit 1`.execute(
      db.kysely,
    );
    return rows.length > 0;
  };
  return {
    ...db,
    async asService(fn, o) {
      if (o?.readOnly === true || hecho || !(await hayLote())) return db.asService(fn, o);
      if (pasa !== 'muere') {
        hecho = true;
        await pasa();
        return db.asService(fn, o);
      }
      return db.asService(async (tx) => {
        await fn(tx);
        throw new Error('killed');
      }, o);
    },
  };
}
async function existencia(i: number): Promise<string | null> {
  const { rows } = await sql<{ c: string | null }>`
    select cantidad::float8::text as c from inventario.existencias
     where producto_id = ${productos[i]!.id} and almacen_id = ${tienda.almacenId}`.execute(db.kysely);
  return rows[0]?.c ?? null;
}
async function movimientos(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from inventario.transacciones`.execute(
    db.kysely,
  );
  return rows[0]!.n;
}

const inventario = (filas: [number, string][], fecha = '2026-03-02') =>
  [
    'Existencias CDMX-01',
    `Fecha: ${fecha}`,
    'Código,Nombre,Existencia',
    ...filas.map(([i, c]) => `${productos[i]!.codigo},Balata,${c}`),
  ].join('\r\n');
const ventas = (filas: (string | number)[][]) =>
  [
    'Código,Cantidad,Precio,Importe,Fecha,Hora,Folio,Almacén',
    ...filas.map(([i, ...r]) => [productos[i as number]!.codigo, ...r, 'CDMX-01'].join(',')),
  ].join('\r\n');

describe('an inventory file', () => {
  let id: string;
  test('sets a base per product and almacén at its date, after asking whether it was before opening or at closing', async () => {
    const subida = await sube(
      inventario([
        [0, '10'],
        [1, '24'],
        [2, '7'],
      ]),
      'existencias 2026-03-02 CDMX-01.csv',
    );
    expect(subida).toMatchObject({ status: 201, repetida: false });
    id = subida.id;
    const leida = await lee(id);
    expect(leida).toMatchObject({ status: 'ready', file_type: 'inventario' });
    expect(leida.ensayo?.faltan.map((f) => f.clave)).toContain('momento');
    expect(
      await codeOf(
        (await trpcAs(server, gerente)).importar.aplica.mutate({ id, generacion: leida.generacion }),
      ),
    ).toBe('IMPORTACION_FALTA');
    const lista = await opciones(id, { momento: 'al_cerrar' });
    expect(lista.ensayo).toMatchObject({ nuevos: 3, cambiados: 0, iguales: 0, faltan: [] });
    expect(await movimientos()).toBe(0);
    expect(await aplicaTodo(id)).toMatchObject({
      status: 'completed',
      records_processed: 3,
      noSeDeshace: null,
    });
    expect([await existencia(0), await existencia(1), await existencia(2)]).toEqual(['10', '24', '7']);
    const { rows } = await sql`
      select distinct tipo, precision, orden, fecha::text, (ocurrida_en at time zone 'America/Mexico_City')::time::text like '23:59:59%' as cierre
        from inventario.transacciones`.execute(db.kysely);
    expect(rows).toEqual([
      { tipo: 'inventario', precision: 'dia', orden: 1, fecha: '2026-03-02', cierre: true },
    ]);
  });

  test('same file again = 0 changes: by its bytes it is the same import, saved again it says the same rows', async () => {
    const texto = inventario([
      [0, '10'],
      [1, '24'],
      [2, '7'],
    ]);
    expect(await sube(texto, 'otro nombre.csv')).toMatchObject({ status: 200, repetida: true, id });
    // Asked for anew, and saved again by another program with its rows in another order.
    for (const [otro, consulta] of [
      [texto, '?otra=1'],
      [
        inventario([
          [2, '7.00'],
          [0, '10'],
          [1, '24'],
        ]),
        '',
      ],
    ] as const) {
      const nueva = await sube(otro, 'existencias 2026-03-02 CDMX-01.csv', gerente, consulta);
      await lee(nueva.id);
      const lista = await opciones(nueva.id, { momento: 'al_cerrar' });
      expect(lista.ensayo).toMatchObject({ nuevos: 0, cambiados: 0, iguales: 3, faltan: [] });
      if (consulta !== '')
        expect(lista.ensayo?.yaAplicado).toMatchObject({ uploadId: id, por: gerente.nombre });
      const aplica = (await trpcAs(server, gerente)).importar.aplica;
      expect(await codeOf(aplica.mutate({ id: nueva.id, generacion: lista.generacion }))).toBe(
        'IMPORTACION_NADA',
      );
    }
    expect(await movimientos()).toBe(3);
  });

  test('a changed base is a new base that stands after it, and undo gives back the stock from before', async () => {
    const { id: otra } = await sube(
      inventario([
        [0, '12'],
        [1, '24'],
        [3, '5'],
      ]),
      'corregido 2026-03-02 CDMX-01.csv',
    );
    await lee(otra);
    const lista = await opciones(otra, { momento: 'al_cerrar' });
    expect(lista.ensayo).toMatchObject({ nuevos: 1, cambiados: 1, iguales: 1 });
    const { filas } = await (await trpcAs(server, gerente)).importar.filas.query({
      id: otra,
      filtro: 'cambiado',
    });
    expect(filas).toMatchObject([
      { codigo: 'BAL-001', cantidad: '12', hay: '10.00000', antes: { cantidad: ['10', '12'] } },
    ]);
    await aplicaTodo(otra);
    expect([await existencia(0), await existencia(3)]).toEqual(['12', '5']);
    // The first one is underneath: undoing it first is refused by name.
    expect((await una(id)).noSeDeshace).toContain('corregido 2026-03-02 CDMX-01.csv');
    expect(await codeOf((await trpcAs(server, gerente)).importar.deshace.mutate({ id }))).toBe(
      'IMPORTACION_NO_SE_DESHACE',
    );
    expect(await deshaz(otra)).toMatchObject({ status: 'reverted' });
    expect([await existencia(0), await existencia(1), await existencia(3)]).toEqual(['10', '24', '0']);
    expect((await una(id)).noSeDeshace).toBeNull();
  });
});

describe('a sales file', () => {
  let id: string;
  const filas = [
    [0, '2', '100', '200', '2026-03-05', '10:15:00', 'F-1'],
    [1, '3', '50', '150', '2026-03-05', '11:00:00', 'F-1'],
    [0, '1', '100', '100', '2026-03-06', '09:00:00', 'F-2'],
    [0, '1', '100', '100', '2026-03-06', '09:00:00', 'F-2'],
  ];
  test('posts movements with their instant in the shop’s zone; rows that say the same twice are two', async () => {
    id = (await sube(ventas(filas), 'ventas marzo.csv')).id;
    const leida = await lee(id);
    expect(leida.ensayo).toMatchObject({ nuevos: 4, faltan: [], traslapes: [] });
    await aplicaTodo(id);
    expect([await existencia(0), await existencia(1)]).toEqual(['6', '21']);
    const { rows } = await sql<{ en: Date; precision: string; total: string }>`
      select ocurrida_en as en, precision, total from inventario.transacciones where upload_id = ${id} order by ocurrida_en limit 1`.execute(
      db.kysely,
    );
    expect(rows[0]).toMatchObject({
      en: new Date('2026-03-05T16:15:00Z'),
      precision: 'instante',
      total: '200.00',
    });
  });

  test('a longer export of the same days adds only what is new; a changed row is reversed and posted anew', async () => {
    const otra = await sube(
      ventas([...filas.toReversed(), [2, '1', '80', '80', '2026-03-06', '18:00:00', 'F-3']]),
      'ventas marzo otra vez.csv',
    );
    expect((await lee(otra.id)).ensayo).toMatchObject({ nuevos: 1, cambiados: 0, iguales: 4, traslapes: [] });
    const cambiada = filas.with(1, [1, '4', '50', '200', '2026-03-05', '11:00:00', 'F-1']);
    const { id: tercera } = await sube(ventas(cambiada), 'ventas corregidas.csv');
    expect((await lee(tercera)).ensayo).toMatchObject({ nuevos: 0, cambiados: 1, iguales: 3 });
    await aplicaTodo(tercera);
    expect(await existencia(1)).toBe('20');
    expect(await deshaz(tercera)).toMatchObject({ status: 'reverted' });
    expect(await existencia(1)).toBe('21');
  });

  test('sales periods that overlap an earlier upload are named and asked about, never doubled', async () => {
    const texto = [
      'Código,Cantidad,Importe,Desde,Hasta,Almacén',
      `${productos[0]!.codigo},9,900,2026-03-01,2026-03-31,CDMX-01`,
      `${productos[4]!.codigo},2,60,2026-03-01,2026-03-31,CDMX-01`,
    ].join('\r\n');
    const { id: mes } = await sube(texto, 'ventas del mes.csv');
    const leida = await lee(mes);
    expect(leida.ensayo?.traslapes).toMatchObject([
      { con: 'archivo', nombre: 'ventas marzo.csv', filas: 1, decisiones: ['omitir', 'sustituir', 'sumar'] },
    ]);
    expect(leida.ensayo?.traslapes[0]?.frase).toContain('ya están en «ventas marzo.csv»');
    expect(leida.ensayo?.faltan.map((f) => f.clave)).toEqual(['traslape']);
    expect((await opciones(mes, { traslape: 'omitir' })).ensayo).toMatchObject({
      nuevos: 1,
      omitidos: 1,
      faltan: [],
    });
    expect((await opciones(mes, { traslape: 'sumar' })).ensayo).toMatchObject({ nuevos: 2, omitidos: 0 });
    expect((await opciones(mes, { traslape: 'sustituir' })).ensayo).toMatchObject({ nuevos: 2, faltan: [] });
    await aplicaTodo(mes);
    // 10 − 9: the four sales of the detailed file gave way to the month.
    expect([await existencia(0), await existencia(4)]).toEqual(['1', '-2']);
    const { rows } =
      await sql`select precision, fecha_desde::text, fecha_hasta::text from inventario.transacciones
      where upload_id = ${mes} and reversa_de is null and producto_id = ${productos[0]!.id}`.execute(
        db.kysely,
      );
    expect(rows).toEqual([{ precision: 'periodo', fecha_desde: '2026-03-01', fecha_hasta: '2026-03-31' }]);
    await deshaz(mes);
    expect([await existencia(0), await existencia(4)]).toEqual(['6', '0']);
    // What it had replaced is back as part of the file it came from: undoing that one takes all of it along.
    const { rows: vivas } = await sql<{ n: number }>`
      select count(*)::int as n from inventario.transacciones t
       where t.upload_id = ${id} and t.reversa_de is null
         and not exists (select from inventario.transacciones r where r.reversa_de = t.id)`.execute(
      db.kysely,
    );
    expect(vivas[0]!.n).toBe(4);
    expect((await una(id)).noSeDeshace).toBeNull();
  });

  test('what came in after the dry run was not asked about: applying stops and takes back what it wrote', async () => {
    const periodo = (nombre: string, cantidad: number) => {
      const fila = `${productos[5]!.codigo},${cantidad},${cantidad}0,2026-02-0${cantidad},2026-02-28,CDMX-01`;
      return sube(`Código,Cantidad,Importe,Desde,Hasta,Almacén\r\n${fila}`, nombre);
    };
    const [una1, otra] = [await periodo('ventas febrero a.csv', 3), await periodo('ventas febrero b.csv', 4)];
    expect((await lee(una1.id)).ensayo?.faltan).toEqual([]);
    expect((await lee(otra.id)).ensayo?.faltan).toEqual([]);
    await aplicaTodo(una1.id);
    expect(await aplicaTodo(otra.id)).toMatchObject({
      status: 'failed',
      error: { error_type: 'IMPORTACION_CAMBIO' },
    });
    expect(await existencia(5)).toBe('-3');
    expect((await opciones(otra.id, { traslape: 'omitir' })).ensayo).toMatchObject({
      nuevos: 0,
      omitidos: 1,
    });
    await deshaz(una1.id);
  });

  test('undo is refused with a sentence that names the conteo that rests on it', async () => {
    const conteo = newId();
    await db.asService(async (tx) => {
      await sql`insert into inventario.conteos (id, almacen_id, alcance, creado_por) values (${conteo}, ${tienda.almacenId}, 'lista', ${gerente.id})`.execute(
        tx,
      );
      await sql`insert into inventario.conteo_resultados (conteo_id, producto_id, intento, contado, instante, teorico, variacion, decision, aprobado_por)
                values (${conteo}, ${productos[1]!.id}, 1, 21, '2026-03-10T18:00:00Z', 21, 0, 'sin_ajuste', ${gerente.id})`.execute(
        tx,
      );
    });
    const { rows } = await sql<{
      folio: string;
    }>`select folio from inventario.conteos where id = ${conteo}`.execute(db.kysely);
    expect((await una(id)).noSeDeshace).toContain(`El conteo ${rows[0]!.folio} se aprobó después`);
  });

  test('a sale dated before an approved count is named and left to the rule of late movements', async () => {
    const { id: tarde } = await sube(
      ventas([[1, '1', '50', '50', '2026-03-09', '12:00:00', 'F-9']]),
      'ventas tarde.csv',
    );
    const leida = await lee(tarde);
    expect(leida.ensayo).toMatchObject({
      nuevos: 1,
      faltan: [],
      traslapes: [{ con: 'conteo', decisiones: [] }],
    });
    expect(leida.ensayo?.traslapes[0]?.frase).toContain('quedarán por firmar como contra-ajuste');
    await aplicaTodo(tarde);
    const firmas = await (await trpcAs(server, gerente)).firmas.pendientes.query();
    expect(JSON.stringify(firmas)).toContain('BAL-002');
    await deshaz(tarde);
  });

  test('a base before an approved count is left out and named; a closed period refuses', async () => {
    const { id: base } = await sube(
      inventario([[1, '99']], '2026-03-08'),
      'existencias 2026-03-08 CDMX-01.csv',
    );
    await lee(base);
    const lista = await opciones(base, { momento: 'al_cerrar' });
    expect(lista.ensayo).toMatchObject({ nuevos: 0, omitidos: 1, traslapes: [{ con: 'conteo' }] });
    await db.asService((tx) =>
      sql`update inventario.tiendas set cerrado_hasta = '2026-02-01T06:00:00Z' where id = ${tienda.id}`.execute(
        tx,
      ),
    );
    const { id: vieja } = await sube(
      ventas([
        [5, '1', '50', '50', '2026-01-09', '12:00:00', 'V-1'],
        [5, '1', '50', '50', '2026-03-12', '12:00:00', 'V-2'],
      ]),
      'ventas viejas.csv',
    );
    const leida = await lee(vieja);
    expect(leida.ensayo).toMatchObject({
      nuevos: 1,
      omitidos: 1,
      traslapes: [{ con: 'periodo_cerrado', decisiones: ['omitir'] }],
    });
    expect((await opciones(vieja, { traslape: 'omitir' })).ensayo?.faltan).toEqual([]);
    await aplicaTodo(vieja);
    expect(await existencia(5)).toBe('-1');
    await deshaz(vieja);
  });
});

describe('an import interrupted half-way', () => {
  test('goes on where it was: lots that have their mark stay, nothing is doubled', async () => {
    const muchas = Array.from({ length: 1_300 }, (_, i) => [
      6,
      '1',
      '10',
      '10',
      '2026-03-15',
      '12:00:00',
      `K-${i}`,
    ]);
    const { id } = await sube(ventas(muchas), 'ventas largas.csv');
    const leida = await lee(id);
    expect(leida.ensayo).toMatchObject({ nuevos: 1_300, faltan: [] });
    await (await trpcAs(server, gerente)).importar.aplica.mutate({ id, generacion: leida.generacion });
    // The process dies in the middle of the second lot: its transaction is gone, the first one stands.
    const cortada = { ...server.deps, db: trasUnLote(id, 'muere') };
    const marcha = new Marcha(server.deps, id, leida.generacion, vive.signal);
    await expect(aplica(cortada, id, marcha)).rejects.toThrow('killed');
    await marcha.termina();
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from inventario.importacion_lotes where upload_id = ${id} and aplicado_en is not null`.execute(
      db.kysely,
    );
    expect(rows[0]!.n).toBe(1);
    // Two processes take it up at once.
    await Promise.all([1, 2].map(() => trabajosDe(server.deps).aplicar.run({ uploadId: id }, corrida)));
    expect(await una(id)).toMatchObject({ status: 'completed', records_processed: 1_300 });
    expect(await existencia(6)).toBe('-1300');
  });

  test('that is cancelled while it is applied is taken back whole', async () => {
    const { id } = await sube(
      ventas(
        Array.from({ length: 1_100 }, (_, i) => [7, '1', '10', '10', '2026-03-16', '12:00:00', `C-${i}`]),
      ),
      'ventas canceladas.csv',
    );
    const leida = await lee(id);
    const cliente = await trpcAs(server, gerente);
    await cliente.importar.aplica.mutate({ id, generacion: leida.generacion });
    await trabajosDe({
      ...server.deps,
      db: trasUnLote(id, () => cliente.importar.cancela.mutate({ id })),
    }).aplicar.run({ uploadId: id }, corrida);
    expect((await una(id)).status).toBe('cancelled');
    expect(await existencia(7)).toBe('0');
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from inventario.transacciones where upload_id = ${id} and reversa_de is not null`.execute(
      db.kysely,
    );
    expect(rows[0]!.n).toBeGreaterThan(0);
  });
});
