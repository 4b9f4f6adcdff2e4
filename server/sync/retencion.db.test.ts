import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testUser } from '#tests/db/people.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { leeCursor } from './cursor.ts';
import { compacta, iniciaRetencion } from './retencion.ts';

const db = await testDb();
const e = await escenaConteo(db);
const TIENDA = `tienda:${e.tienda.id}`;
const DIAS = { diasVersion: 90, diasMutacion: 90 };
const otraConexion: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const suelta of otraConexion) await suelta();
});

/** Everything that was committed so far is this many days older. */
async function pasan(dias: number): Promise<void> {
  await sql`update sync.version set committed_at = committed_at - make_interval(days => ${dias})`.execute(
    db.kysely,
  );
  await sql`update sync.mutation set at = at - make_interval(days => ${dias})`.execute(db.kysely);
}

async function ubicacion(codigo: string): Promise<string> {
  const id = newId();
  await sql`insert into inventario.ubicaciones (id, almacen_id, codigo) values (${id}, ${e.tienda.almacenId}, ${codigo})`.execute(
    db.kysely,
  );
  return id;
}
const quita = (id: string) => sql`delete from inventario.ubicaciones where id = ${id}`.execute(db.kysely);
const cuenta = async (tabla: string, donde = 'true') =>
  Number(
    (
      await sql<{ n: string }>`select count(*) as n from ${sql.raw(`${tabla} where ${donde}`)}`.execute(
        db.kysely,
      )
    ).rows[0]!.n,
  );

async function igualQueUnoNuevo(tel: Telefono): Promise<void> {
  const nuevo = await new Telefono(db).registra(e.gerente);
  await nuevo.bajaTodo(e.gerente);
  for (const tbl of ['tiendas', 'almacenes', 'ubicaciones', 'productos', 'producto_ubicaciones']) {
    expect(tel.filas(tbl), tbl).toEqual(nuevo.filas(tbl));
  }
}

test('a cursor older than retention starts its scope again; one that is level stays, and nothing that left comes back', async () => {
  const viejo = await new Telefono(db).registra(e.gerente);
  const id = await ubicacion('R-01');
  await viejo.bajaTodo(e.gerente);
  expect(viejo.filas('ubicaciones').has(id)).toBe(true);
  await quita(id);
  const nivelado = await new Telefono(db).registra(e.gerente);
  await ubicacion('R-02');
  await nivelado.bajaTodo(e.gerente);
  await pasan(91);
  const hecho = await compacta(db, DIAS, { lote: 2 });
  expect(hecho.lapidas).toBeGreaterThan(0);
  expect(hecho.versiones).toBeGreaterThan(2);
  // The head of each scope stays, whatever its age.
  expect(
    await cuenta(
      'sync.scope s',
      'not exists (select from sync.version v where v.scope = s.id and v.ver = s.ver)',
    ),
  ).toBe(0);
  expect((await nivelado.baja(e.gerente)).pages).toEqual([]);
  const { pages } = await viejo.baja(e.gerente);
  expect(pages.find((page) => page.scope === TIENDA)).toMatchObject({ reset: true });
  await igualQueUnoNuevo(viejo);
  expect(viejo.filas('ubicaciones').has(id)).toBe(false);
  expect(await compacta(db, DIAS)).toEqual({ versiones: 0, lapidas: 0, mutaciones: 0 });
});

test('a phone that stopped half way never keeps what left meanwhile; one that begins from nothing pages to the end', async () => {
  const todas: string[] = [];
  for (let i = 0; i < 6; i += 1) todas.push(await ubicacion(`M-0${i}`));
  const lento = await new Telefono(db).registra(e.gerente);
  while (!todas.some((id) => lento.filas('ubicaciones').has(id))) await lento.baja(e.gerente, 3);
  const tiene = todas.find((id) => lento.filas('ubicaciones').has(id))!;
  await quita(tiene);
  // One page more, which knows the head of after the delete but has not come to it.
  await lento.baja(e.gerente, 1);
  const aMedias = leeCursor(lento.cursors[TIENDA]!)!;
  expect(aMedias.ver).toBeLessThan(aMedias.head);
  await ubicacion('M-09');
  await pasan(91);
  await compacta(db, DIAS);
  // Its head is of a version that is kept; the rows that it holds are from before.
  await sql`insert into sync.version (scope, ver, token, committed_at)
            values (${TIENDA}, ${aMedias.head}, ${aMedias.token}, now()) on conflict do nothing`.execute(
    db.kysely,
  );
  const salidas = await lento.bajaTodo(e.gerente, 3);
  expect(salidas.length).toBeLessThan(60);
  expect(lento.filas('ubicaciones').has(tiene)).toBe(false);
  await igualQueUnoNuevo(lento);

  const desdeCero = await new Telefono(db).registra(e.gerente);
  const paginas = await desdeCero.bajaTodo(e.gerente, 2);
  expect(paginas.flatMap(({ pages }) => pages).filter((p) => p.scope === TIENDA && p.reset)).toHaveLength(1);
  await igualQueUnoNuevo(desdeCero);
});

test('answers to mutations go after their days, not those of an open dead letter; sent once more, a line is there once', async () => {
  const conteo = await e.conteo([e.ana]);
  const tel = await new Telefono(db).registra(e.ana);
  const buenas = [1, 2, 3].map(() => linea(conteo));
  for (const buena of buenas) tel.guarda(e.ana, 'conteo.linea/1', buena);
  tel.guardaTexto(e.ana, 'cosa.nueva/7', '{"a":1}');
  tel.guarda(e.ana, 'conteo.linea/1', linea(conteo));
  expect((await tel.envia()).results.map((r) => r.status)).toEqual([
    'applied',
    'applied',
    'applied',
    'en_espera',
    'applied',
  ]);
  await pasan(89);
  expect((await compacta(db, DIAS)).mutaciones).toBe(0);
  await pasan(2);
  expect((await compacta(db, DIAS, { lote: 2 })).mutaciones).toBe(3);
  const { rows } = await sql<{ mid: string }>`
    select mid from sync.mutation where device_id = ${tel.deviceId} order by mid`.execute(db.kysely);
  expect(rows.map((r) => r.mid)).toEqual(['4', '5']);
  // Whether these are the phone's or a clone's nobody can tell: a new identity sends them, and their ids keep them single.
  const [primera] = tel.diario;
  expect(await tel.envia([primera])).toMatchObject({ kind: 'forked', expectedMid: 6 });
  const clon = await new Telefono(db).registra(e.ana);
  const suya = linea(conteo);
  clon.guarda(e.ana, 'conteo.linea/1', buenas[0]!);
  clon.guarda(e.ana, 'conteo.linea/1', suya);
  expect((await clon.envia()).results.map((r) => r.status)).toEqual(['applied', 'applied']);
  expect(await cuenta('inventario.conteo_lineas', `conteo_id = '${conteo}'`)).toBe(5);
});

test('it runs by itself, once a day over all processes, and neither waits for a commit nor makes a pull wait', async () => {
  const id = await ubicacion('S-01');
  await quita(id);
  await ubicacion('S-02');
  await pasan(91);
  await sql`update sync.meta set compactado_en = null`.execute(db.kysely);
  const dichos: unknown[] = [];
  const logger = {
    info: (datos: unknown) => dichos.push(datos),
    warn: (datos: unknown) => dichos.push(datos),
  };
  const deps = { db, logger } as unknown as Parameters<typeof iniciaRetencion>[0];
  // A commit under way holds the counter of the scope.
  const abre = Promise.withResolvers<void>();
  const tomado = Promise.withResolvers<void>();
  const commit = db.asService(async (tx) => {
    await sql`select 1 from sync.scope where id = ${TIENDA} for update`.execute(tx);
    tomado.resolve();
    await abre.promise;
  });
  otraConexion.push(async () => {
    abre.resolve();
    await commit;
  });
  await tomado.promise;
  const detienen = [iniciaRetencion(deps, { primeraMs: 1 }), iniciaRetencion(deps, { primeraMs: 1 })];
  try {
    await expect.poll(() => dichos.length, { timeout: 5_000 }).toBe(1);
    expect(await cuenta('sync.version', `scope = '${TIENDA}'`)).toBeGreaterThan(1);
    const tel = await new Telefono(db).registra(
      await testUser(db, { rol: 'almacenista', tiendas: [e.tienda] }),
    );
    expect((await tel.baja(e.gerente)).pages.length).toBeGreaterThan(0);
    abre.resolve();
    await commit;
    await sleep(20);
    expect(dichos).toHaveLength(1);
  } finally {
    for (const detiene of detienen) await detiene();
  }
  // Another day takes what was left.
  await compacta(db, DIAS);
  expect(await cuenta('sync.version', `scope = '${TIENDA}'`)).toBe(1);
});
