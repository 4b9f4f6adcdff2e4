import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listPorFirmar } from '#server/firmas/firmas.ts';
import { newId, systemClock } from '#server/platform/clock.ts';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { ajusteId } from '#shared/domain/ajuste-id.ts';
import { AppError } from '#shared/errores.ts';
import { escenaConteo } from '#tests/db/escena-conteo.ts';
import { testDb } from '#tests/db/harness.ts';
import { testUser } from '#tests/db/people.ts';
import { linea, Telefono } from '#tests/sync/telefono.ts';
import { approveProductos } from './aprueba.ts';
import { declareCeros } from './ceros.ts';
import { createConteo, listAsignables } from './crea.ts';
import * as decisiones from './decisiones.ts';
import { findHistorial } from './historial.sql.ts';
import { closePrueba } from './prueba.ts';
import { reviewConteo } from './revision.ts';
import { createComplementario } from './tardias.ts';

const db = await testDb();
const e = await escenaConteo(db);
const auditora = await testUser(db, { rol: 'auditor', tiendas: [e.tienda] });
const jefe = e.quien(e.gerente);
const audita = e.quien(auditora);
const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000);
const falla = (call: Promise<unknown>) =>
  call.then(
    () => 'nada',
    (error: unknown) => (error instanceof AppError ? error.code : String((error as Error).message)),
  );

async function planea(productoIds: string[], cambios: Partial<CreaConteo> = {}, quien = audita) {
  const id = newId();
  await createConteo(db, systemClock, quien, {
    id,
    nombre: 'Muestra',
    almacenId: e.tienda.almacenId,
    alcance: 'lista',
    zonas: [],
    ubicacionIds: [],
    categoriaId: null,
    claseAbc: null,
    productoIds,
    ciego: false,
    reparto: 'repartido',
    contadores: [auditora.id],
    vence: null,
    tolUnidades: null,
    tolPorcentaje: null,
    tolPesos: null,
    proposito: 'prueba',
    ...cambios,
  });
  return id;
}
const real = (productos: string[], cambios: Partial<CreaConteo> = {}) =>
  planea(productos, { proposito: 'conteo', contadores: [e.ana.id], ...cambios }, jefe);
async function conBase(cantidad: string) {
  const producto = await e.producto();
  await e.mueve({ producto, tipo: 'inventario', cantidad, en: hace(600) });
  return producto;
}
const cierraPartes = (conteoId: string, quien = audita) =>
  decisiones.closePartes(db, systemClock, quien, { conteoId, motivo: null });
const aprueba = (conteoId: string, productoIds: string[], quien = jefe) =>
  approveProductos(db, systemClock, quien, { conteoId, productoIds, motivo: 'visto' });
const cierra = (conteoId: string, quien = audita) => closePrueba(db, systemClock, quien, { conteoId });

test("auditor's test count: planned, counted on their phone and closed by an auditor; real counts never", async () => {
  const producto = await conBase('10');
  const conteo = await planea([producto]);
  expect((await listAsignables(db, audita, e.tienda.almacenId, 'prueba')).map((u) => u.id)).toContain(
    auditora.id,
  );
  expect((await listAsignables(db, jefe, e.tienda.almacenId)).some(({ rol }) => rol === 'auditor')).toBe(
    false,
  );
  expect(await falla(listAsignables(db, audita, e.tienda.almacenId))).toBe('PROHIBIDO');
  expect(await falla(planea([producto], { proposito: 'conteo', contadores: [e.ana.id] }))).toBe('PROHIBIDO');
  expect(await falla(real([producto], { contadores: [auditora.id] }))).toBe('CONTADOR_NO_ASIGNABLE');
  expect(await falla(planea([producto], { ciego: true }))).toBe('CONTADOR_VE_EXISTENCIAS');

  const tel = await new Telefono(db).registra(auditora);
  await tel.bajaTodo(auditora);
  expect(tel.filas('conteos').get(conteo)).toMatchObject({ proposito: 'prueba' });
  expect([...tel.filas('conteo_productos').values()].map((f) => f.productoId)).toContain(producto);
  tel.guarda(auditora, 'conteo.linea/1', linea(conteo, { productoId: producto, cantidad: '8' }));
  tel.guarda(auditora, 'conteo.parte/1', {
    conteoId: conteo,
    intento: 1,
    lineas: 1,
    terminadaEn: new Date().toISOString(),
  });
  expect((await tel.envia()).results.map((r) => r.status)).toEqual(['applied', 'applied']);

  const ajeno = await real([producto]);
  tel.guarda(auditora, 'conteo.linea/1', linea(ajeno, { productoId: producto }));
  expect((await tel.envia()).results.at(-1)).toMatchObject({ status: 'rejected', code: 'NO_ASIGNADO' });
  expect(await falla(cierraPartes(ajeno))).toBe('PROHIBIDO');
  expect(await falla(cierra(ajeno, jefe))).toBe('CONTEO_NO_ES_PRUEBA');

  expect(await reviewConteo(db, audita, conteo)).toMatchObject({
    conteo: { proposito: 'prueba', estado: 'en_revision' },
    productos: [{ contado: '8', teorico: '10', variacion: '-2', efecto: 'nada' }],
  });
  expect(await cierra(conteo)).toEqual({ productos: 1, exactos: 0 });
  expect(await falla(cierra(conteo))).toBe('CONTEO_NO_ABIERTO');
  expect(await reviewConteo(db, audita, conteo)).toMatchObject({
    conteo: { estado: 'cerrado' },
    productos: [{ variacion: '-2.00000', aprobado: { ajusteId: null }, bloqueos: [] }],
  });
  expect(await e.existencia(producto)).toBe('10.00000');
});

test('a test count cannot post by any way: approval refuses it, and so does the database', async () => {
  const producto = await conBase('10');
  const otro = await conBase('4');
  const conteo = await planea([producto, otro], { contadores: [e.ana.id], ciego: true });
  await e.linea({ conteo, por: e.ana, producto, cantidad: '7', en: hace(30) });
  await e.linea({ conteo, por: e.ana, producto: otro, cantidad: '4', en: hace(29) });
  expect(await falla(cierra(conteo))).toBe('PRUEBA_CON_PARTES');
  await cierraPartes(conteo);
  const sinLimite = e.quien(await testUser(db, { rol: 'admin' }));
  for (const quien of [jefe, sinLimite])
    expect(await falla(aprueba(conteo, [producto], quien))).toBe('CONTEO_DE_PRUEBA');

  const como = (texto: ReturnType<typeof sql>) => falla(db.asService((tx) => texto.execute(tx)));
  const asiento = (tipo: string) => sql`
    insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, cantidad, ocurrida_en, fecha, conteo_id)
    values (${ajusteId(conteo, producto)}, ${producto}, ${e.tienda.id}, ${e.tienda.almacenId}, ${tipo}, -3, now(),
            current_date, ${conteo})`;
  expect(await como(asiento('ajuste'))).toMatch('no mueve existencias');
  expect(await como(asiento('inventario'))).toMatch('no mueve existencias');
  const resultado = (decision: string) => sql`
    insert into inventario.conteo_resultados (conteo_id, producto_id, intento, contado, instante, variacion, decision, aprobado_por)
    values (${conteo}, ${producto}, 1, 7, now(), -3, ${decision}, ${e.gerente.id})`;
  for (const decision of ['ajuste', 'sin_ajuste', 'base'])
    expect(await como(resultado(decision))).toMatch('no se aprueba');
  expect(
    await como(sql`
      insert into inventario.conteo_mermas (conteo_id, producto_id, cantidad, decision, motivo, por)
      values (${conteo}, ${producto}, 1, 'descartado', 'x', ${e.gerente.id})`),
  ).toMatch('no mueve existencias');
  expect(await como(sql`update inventario.conteos set proposito = 'conteo' where id = ${conteo}`)).toMatch(
    'no se vuelve real',
  );

  expect(await cierra(conteo)).toEqual({ productos: 2, exactos: 1 });
  expect(await falla(aprueba(conteo, [producto]))).toBe('CONTEO_DE_PRUEBA');
  // A movement that arrives late proposes nothing either: no result of a test count was posted.
  await e.mueve({ producto, tipo: 'venta', cantidad: '1', en: hace(60), registrada: new Date() });
  const porFirmar = await listPorFirmar(db, sinLimite);
  expect(porFirmar.filter((f) => f.productoId === producto)).toEqual([]);
  const { rows } = await sql`
    select 1 from inventario.transacciones where conteo_id = ${conteo}
    union all select 1 from inventario.contra_ajustes where conteo_id = ${conteo}`.execute(db.kysely);
  expect(rows).toEqual([]);
  expect(await e.existencia(producto)).toBe('9.00000');
});

test('a test count compares with the book and with a chosen real conteo, by the goods that moved in between', async () => {
  const [firme, vendido, solo] = [await conBase('10'), await conBase('20'), await conBase('5')];
  const conteo = await real([firme, vendido]);
  await e.linea({ conteo, por: e.ana, producto: firme, cantidad: '9', en: hace(50) });
  await e.linea({ conteo, por: e.ana, producto: vendido, cantidad: '20', en: hace(49) });
  await cierraPartes(conteo, jefe);
  await aprueba(conteo, [firme]);
  await e.mueve({ producto: vendido, tipo: 'venta', cantidad: '2', en: hace(40) });

  const prueba = await planea([firme, vendido, solo], { comparaCon: conteo });
  await e.linea({ conteo: prueba, por: auditora, producto: firme, cantidad: '10', en: hace(5) });
  await e.linea({ conteo: prueba, por: auditora, producto: vendido, cantidad: '18', en: hace(5) });
  await e.linea({ conteo: prueba, por: auditora, producto: solo, cantidad: '5', en: hace(5) });
  const revision = await reviewConteo(db, audita, prueba);
  expect(revision.conteo.comparaCon).toMatchObject({ id: conteo });
  const de = (id: string) => revision.productos.find((p) => p.productoId === id)!;
  expect(de(firme)).toMatchObject({ teorico: '9', variacion: '1' });
  expect(de(firme).comparado).toMatchObject({ contado: '9', movido: '0', diferencia: '1' });
  expect(de(vendido).comparado).toMatchObject({ movido: '-2', diferencia: '0' });
  expect(de(solo).comparado).toBeNull();

  const abierto = await real([firme]);
  expect(await falla(planea([firme], { comparaCon: abierto }))).toBe('COMPARA_NO_VALIDO');
  expect(await falla(planea([firme], { comparaCon: prueba }))).toBe('COMPARA_NO_VALIDO');
  expect(await falla(real([firme], { comparaCon: conteo }))).toBe('COMPARA_NO_VALIDO');
});

test('later-count blocks, corrections and complementary conteos leave test counts out', async () => {
  const producto = await conBase('10');
  const conteo = await real([producto]);
  await e.linea({ conteo, por: e.ana, producto, cantidad: '8', en: hace(50) });
  await cierraPartes(conteo, jefe);
  const prueba = await planea([producto]);
  await e.linea({ conteo: prueba, por: auditora, producto, cantidad: '8', en: hace(10) });
  await cierraPartes(prueba);
  await cierra(prueba);
  expect((await reviewConteo(db, jefe, conteo)).productos[0]!.bloqueos).toEqual([]);
  expect(await aprueba(conteo, [producto])).toMatchObject({ conteoCerrado: true, omitidos: [] });

  await e.linea({
    conteo: prueba,
    por: auditora,
    producto,
    cantidad: '1',
    en: hace(1),
    recibido: new Date(),
  });
  expect(await falla(createComplementario(db, systemClock, jefe, { conteoId: prueba, id: newId() }))).toBe(
    'CONTEO_DE_PRUEBA',
  );
  expect(await falla(real([producto], { corrigeA: prueba }))).toBe('CORRIGE_NO_CERRADO');
  expect(await falla(planea([producto], { corrigeA: conteo }))).toBe('CORRIGE_NO_CERRADO');
  const lista = (proposito: 'conteo' | null) =>
    db.withUser(e.gerente.claims, (tx) =>
      findHistorial(tx, {
        estados: ['cerrado'],
        antesDe: null,
        almacenId: e.tienda.almacenId,
        proposito,
        limite: 100,
        revisor: true,
      }),
    );
  const ids = (filas: { id: string }[]) => filas.map(({ id }) => id);
  expect(ids(await lista('conteo'))).toContain(conteo);
  expect(ids(await lista('conteo'))).not.toContain(prueba);
  expect(ids(await lista(null))).toContain(prueba);
  const correccion = await real([producto], { corrigeA: conteo });
  expect((await reviewConteo(db, jefe, correccion)).conteo.corrigeA).toMatchObject({ id: conteo });
});

test('double blind: who reviews sees no figure and approves nothing until every part is in', async () => {
  const producto = await conBase('10');
  const conteo = await real([producto], {
    ciego: true,
    dobleCiego: true,
    contadores: [e.ana.id, e.luis.id],
  });
  await e.linea({ conteo, por: e.ana, producto, cantidad: '7', en: hace(30) });
  await e.linea({ conteo, por: e.ana, codigo: 'RARO-1', cantidad: '1', en: hace(30) });
  await e.parte(conteo, e.ana, 2);
  const antes = await reviewConteo(db, jefe, conteo);
  expect(antes).toMatchObject({
    productos: [],
    sinContar: [],
    codigosSinLigar: [],
    resumen: { productos: 0 },
  });
  expect(antes.bloqueos.map(({ code }) => code)).toEqual(['DOBLE_CIEGO_ABIERTO']);
  expect(antes.bloqueos[0]!.mensaje).toContain(e.luis.nombre);
  expect(antes.partes).toHaveLength(2);
  expect(await falla(aprueba(conteo, [producto]))).toBe('DOBLE_CIEGO_ABIERTO');
  const ceros = declareCeros(db, systemClock, jefe, {
    conteoId: conteo,
    productoIds: [producto],
    confirmados: [],
  });
  expect(await falla(ceros)).toBe('DOBLE_CIEGO_ABIERTO');
  await cierraPartes(conteo, jefe);
  expect(await reviewConteo(db, jefe, conteo)).toMatchObject({
    bloqueos: [{ code: 'APROBACION_SIN_LIGAR' }],
    productos: [{ contado: '7' }],
  });
});

test('an auditor writes lines into test counts only, also straight into the database', async () => {
  const producto = await conBase('3');
  const [prueba, ajeno] = [await planea([producto]), await real([producto])];
  await db.asService((tx) =>
    sql`insert into inventario.conteo_contadores (conteo_id, usuario_id, nombre)
        values (${ajeno}, ${auditora.id}, ${auditora.nombre})`.execute(tx),
  );
  const escribe = (conteo: string) =>
    falla(
      db.withUser(auditora.claims, (tx) =>
        sql`insert into inventario.conteo_lineas (id, conteo_id, intento, producto_id, cantidad, factor, tipo, usuario_id,
                                                  contado_en, instante, recibido_en, fuente)
            values (${newId()}, ${conteo}, 1, ${producto}, 1, 1, 'suma', ${auditora.id}, now(), now(), now(), 'manual')`.execute(
          tx,
        ),
      ),
    );
  expect(await escribe(prueba)).toBe('nada');
  expect(await escribe(ajeno)).toMatch(/row-level security/);
});
