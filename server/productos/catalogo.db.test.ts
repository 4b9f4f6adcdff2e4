import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { testDb } from '#tests/db/harness.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { type TestServer, testServer } from '#tests/db/server.ts';
import { codeOf, trpcAs } from '#tests/db/trpc.ts';

let db: Db;
let server: TestServer;
let t1: TestTienda;
let t2: TestTienda;
let gerente: TestUser;
let luis: TestUser;
let ana: TestUser;
type Cliente = Awaited<ReturnType<typeof trpcAs>>;
let api: Cliente;
let deLuis: Cliente;
let deAna: Cliente;

beforeAll(async () => {
  db = await testDb();
  server = await testServer({ db });
  [t1, t2] = [await testTienda(db), await testTienda(db)];
  gerente = await testUser(db, { rol: 'gerente', tiendas: [t1] });
  luis = await testUser(db, { rol: 'comprador', tiendas: [t1] });
  ana = await testUser(db, { rol: 'almacenista', tiendas: [t1] });
  [api, deLuis, deAna] = [
    await trpcAs(server, gerente),
    await trpcAs(server, luis),
    await trpcAs(server, ana),
  ];
});

type Valor = string | boolean | null;
const cambios = (valores: Record<string, Valor>, base: Record<string, Valor> = {}) =>
  Object.fromEntries(Object.entries(valores).map(([c, valor]) => [c, { base: base[c] ?? null, valor }]));

async function nuevo(valores: Record<string, Valor> = {}): Promise<{ id: string; codigo: string }> {
  const id = newId();
  const codigo = `N-${id.slice(-9)}`;
  await api.productos.guarda.mutate({
    id,
    nuevo: true,
    cambios: cambios({ codigo, nombre: codigo, ...valores }),
  });
  return { id, codigo };
}

describe('a product in the office', () => {
  test('every field is made, read and changed, and each change is audited with before and after', async () => {
    const { id } = await nuevo({
      precio: '1,234.50',
      costo: '80.123456',
      ivaTasa: '8',
      claveProdServ: '25171700',
      claveUnidad: 'H87',
      decimales: '2',
      unidad: 'KG',
      dimensiones: '30 x 20 x 10',
      pideLote: true,
      precioConIva: false,
    });
    const ficha = await api.productos.ficha.query({ id });
    expect(ficha.valores).toMatchObject({
      precio: '1234.50',
      costo: '80.123456',
      ivaTasa: '8',
      claveProdServ: '25171700',
      dimensiones: '30 x 20 x 10',
      pideLote: true,
      precioConIva: false,
      decimales: '2',
    });
    expect(
      await api.productos.guarda.mutate({
        id,
        nuevo: false,
        cambios: cambios({ precio: '1300', marca: 'Brembo' }, { precio: '1234.5' }),
      }),
    ).toEqual({ estado: 'guardado', id });
    const { rows } = await db.pool.query(
      `select usuario_id, datos -> 'campos' as campos from inventario.auditoria
        where entidad = 'producto' and entidad_id = $1 and accion = 'producto.editado'`,
      [id],
    );
    expect(rows).toEqual([
      {
        usuario_id: gerente.id,
        campos: {
          precio: { antes: '1234.50', despues: '1300' },
          marca: { antes: null, despues: 'Brembo' },
        },
      },
    ]);
  });

  test('an edit over a value that somebody else changed meanwhile shows both, and writes neither', async () => {
    const { id } = await nuevo({ precio: '100' });
    await deLuis.productos.guarda.mutate({
      id,
      nuevo: false,
      cambios: cambios({ precio: '115' }, { precio: '100' }),
    });
    const tarde = await api.productos.guarda.mutate({
      id,
      nuevo: false,
      cambios: cambios({ precio: '120', marca: 'X' }, { precio: '100.00' }),
    });
    expect(tarde).toMatchObject({
      estado: 'cambio',
      choques: [{ campo: 'precio', base: '100.00', tuyo: '120', suyo: '115.00', quien: luis.nombre }],
    });
    expect((await api.productos.ficha.query({ id })).valores).toMatchObject({
      precio: '115.00',
      marca: null,
    });
    await api.productos.guarda.mutate({
      id,
      nuevo: false,
      cambios: cambios({ precio: '120' }, { precio: '115' }),
    });
    expect((await api.productos.ficha.query({ id })).valores).toMatchObject({ precio: '120.00' });
  });

  test('wrong fields are said together, a code in use by name', async () => {
    const { codigo } = await nuevo();
    expect(
      await codeOf(
        api.productos.guarda.mutate({
          id: newId(),
          nuevo: true,
          cambios: cambios({ codigo: 'X', nombre: '', precio: 'gratis', claveProdServ: '12' }),
        }),
      ),
    ).toBe('CAMPOS_MALOS');
    expect(
      await codeOf(
        api.productos.guarda.mutate({
          id: newId(),
          nuevo: true,
          cambios: cambios({ codigo, nombre: 'Otro' }),
        }),
      ),
    ).toBe('CODIGO_EN_USO');
  });

  test('soft delete: out of use it keeps its history, and in an open count it asks before', async () => {
    const { id } = await nuevo();
    const conteo = newId();
    await db.pool.query(
      `insert into inventario.conteos (id, almacen_id, alcance, estado, creado_por) values ($1, $2, 'lista', 'abierto', $3)`,
      [conteo, t1.almacenId, gerente.id],
    );
    await db.pool.query('insert into inventario.conteo_productos (conteo_id, producto_id) values ($1, $2)', [
      conteo,
      id,
    ]);
    const baja = (confirmado: boolean) =>
      api.productos.cambiaActivo.mutate({ id, activo: false, confirmado });
    expect(await codeOf(baja(false))).toBe('PRODUCTO_EN_CONTEO');
    expect(await baja(true)).toEqual({ cambio: true });
    expect(await api.productos.cambiaActivo.mutate({ id, activo: true, confirmado: false })).toEqual({
      cambio: true,
    });
  });

  test('codes with factor and kind; the same GTIN on another product is said', async () => {
    const [a, b] = [await nuevo(), await nuevo()];
    const pone = (productoId: string) =>
      api.productos.agregaCodigo.mutate({
        id: newId(),
        productoId,
        codigo: '7501055300075',
        factor: '12',
        tipo: 'caja',
        nombre: 'caja',
      });
    expect(await pone(a.id)).toEqual({ tambien: [] });
    expect((await pone(b.id)).tambien).toEqual([{ codigo: a.codigo, nombre: a.codigo }]);
    expect(await codeOf(pone(b.id))).toBe('CODIGO_DE_PRODUCTO_REPETIDO');
    const par = (await api.productos.duplicados.query()).pares.find((p) => [p.a.id, p.b.id].includes(a.id));
    expect(par?.motivos).toContain('gtin');
    await api.productos.sonDistintos.mutate({ origenId: a.id, destinoId: b.id });
    const otra = (await api.productos.duplicados.query()).pares;
    expect(otra.some((p) => [p.a.id, p.b.id].includes(a.id))).toBe(false);
    await api.productos.quitaCodigo.mutate({ productoId: a.id, codigo: '7501055300075' });
    expect((await api.productos.ficha.query({ id: a.id })).codigos).toEqual([]);
  });

  test('a counter may neither see nor change it, and a buyer puts nothing in a bin', async () => {
    const { id } = await nuevo();
    expect(await codeOf(deAna.productos.ficha.query({ id }))).toBe('PROHIBIDO');
    expect(await codeOf(deAna.productos.cambiaActivo.mutate({ id, activo: false, confirmado: true }))).toBe(
      'PROHIBIDO',
    );
    expect(
      await codeOf(
        deLuis.productos.ponUbicacion.mutate({ productoId: id, ubicacionId: newId(), esta: true }),
      ),
    ).toBe('PROHIBIDO');
  });

  test('a photo is one that was sent, and everybody may see it', async () => {
    const { id } = await nuevo();
    const sha256 = 'e'.repeat(64);
    expect(await codeOf(api.productos.ponFoto.mutate({ id, sha256, base: null }))).toBe('NO_ENCONTRADO');
    await db.pool.query(
      `insert into inventario.archivos (sha256, mime, bytes, tamano) values ($1, 'image/webp', 'x', 1)`,
      [sha256],
    );
    await api.productos.ponFoto.mutate({ id, sha256, base: null });
    expect((await server.fetch(`/api/archivos/${sha256}`, {}, ana)).status).toBe(200);
  });
});

describe('the list', () => {
  test('finds by any code in any writing, by words without accents, and pages by key', async () => {
    const { id } = await nuevo({ nombre: 'Llanta Águila 205/55 R16 prueba', marca: 'Zetro' });
    await api.productos.agregaCodigo.mutate({
      id: newId(),
      productoId: id,
      codigo: 'ZZ-77/88',
      factor: '1',
      tipo: 'alterna',
      nombre: null,
    });
    for (const q of ['zz7788', 'ZZ-77', 'aguila r16 zetro', 'prueba llanta'])
      expect((await api.productos.lista.query({ q })).productos.map((p) => p.id)).toEqual([id]);
    const vistos: string[] = [];
    let despues: string | undefined;
    for (;;) {
      const pagina = await api.productos.lista.query({ limite: 3, ...(despues ? { despues } : {}) });
      vistos.push(...pagina.productos.map((p) => p.id));
      if (pagina.despues === null) break;
      despues = pagina.despues;
    }
    expect(new Set(vistos).size).toBe(vistos.length);
    expect(vistos.length).toBe((await api.productos.lista.query({})).total);
  });

  test('filters by category with all below it, by state, without code, without cost, without photo', async () => {
    const [arriba, abajo] = [newId(), newId()];
    const categoria = (id: string, parentId: string | null) =>
      api.categorias.guarda.mutate({
        id,
        nuevo: true,
        nombre: `C ${id.slice(-9)}`,
        descripcion: null,
        parentId,
      });
    await categoria(arriba, null);
    await categoria(abajo, arriba);
    const { id } = await nuevo({ categoriaId: abajo });
    const ids = async (c: Parameters<typeof api.productos.lista.query>[0]) =>
      (await api.productos.lista.query({ categoriaId: arriba, ...c })).productos.map((p) => p.id);
    for (const sin of ['codigo', 'costo', 'foto', 'proveedor', 'ubicacion'] as const)
      expect(await ids({ sin })).toEqual([id]);
    expect(await ids({ sin: 'categoria' })).toEqual([]);
    await api.productos.cambiaActivo.mutate({ id, activo: false, confirmado: true });
    expect([await ids({}), await ids({ estado: 'baja' })]).toEqual([[], [id]]);
  });
});

describe('a joined product, to an integrator', () => {
  test('its code finds the one that stayed; a movement under it counts there, a base is refused by name', async () => {
    const [m, s] = [await nuevo(), await nuevo()];
    await api.productos.fusiona.mutate({
      id: newId(),
      origenId: m.id,
      destinoId: s.id,
      factores: {},
      toma: [],
    });
    const manda = (tipo: string) =>
      server.fetch(
        '/api/transacciones',
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify([
            {
              codigo: m.codigo,
              almacen: t1.codigo,
              tipo,
              cantidad: '3',
              ocurridaEn: new Date().toISOString(),
            },
          ]),
        },
        gerente,
      );
    expect((await manda('compra')).ok).toBe(true);
    const leidas = await server.fetch(`/api/existencias?codigo=${m.codigo}`, {}, gerente);
    const cuerpo = (await leidas.json()) as { existencias: { codigo: string; cantidad: string }[] };
    expect(cuerpo.existencias).toMatchObject([
      { codigo: s.codigo, cantidad: expect.stringMatching(/^3(\.0+)?$/) },
    ]);
    const base = await manda('inventario');
    expect(base.status).toBe(409);
    expect(await base.json()).toMatchObject({
      code: 'PRODUCTO_FUSIONADO',
      title: expect.stringContaining(s.codigo),
    });
  });
});

describe('possible duplicates', () => {
  test('the same code folded, the same words in another order, a typing error; the one with more history is first', async () => {
    const hace = (nombre: string, mas: Record<string, Valor> = {}) => nuevo({ nombre, ...mas });
    const [a, b] = [await hace('Bujía iridio Zx 44'), await hace('Zx 44 bujia de iridio')];
    const [c, d] = [await hace('Termostato Qw 88 negro'), await hace('Termostatos Qw 88 negro')];
    const e = await hace('Termostato Qw 89 negro');
    await db.pool.query(
      `insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en) values ($1, $2, $3, 'compra', 1, now())`,
      [newId(), b.id, t1.almacenId],
    );
    const { pares } = await api.productos.duplicados.query();
    const de = (id: string) => pares.filter((p) => p.a.id === id || p.b.id === id);
    expect(de(a.id).map((p) => [p.a.id, p.b.id, p.motivos])).toEqual([[b.id, a.id, ['nombre_igual']]]);
    expect(de(c.id).map((p) => [[p.a.id, p.b.id].sort(), p.motivos])).toEqual([
      [[c.id, d.id].sort(), ['nombre_parecido']],
    ]);
    expect(de(e.id)).toEqual([]);
  });
});

describe('many at once', () => {
  test('an edition says first what would change, applies it in one transaction, and is undone as one', async () => {
    const [a, b, c] = [
      await nuevo({ marca: 'A' }),
      await nuevo({ marca: 'B' }),
      await nuevo({ marca: 'Nueva' }),
    ];
    const entrada = { id: newId(), ids: [a.id, b.id, c.id], campos: { marca: 'Nueva' } };
    const vista = await api.productos.editaEnBloque.mutate({ ...entrada, aplica: false });
    expect(vista).toMatchObject({ iguales: 1, aplicada: false });
    expect(vista.cambian.map((x) => x.campos.marca?.antes).sort()).toEqual(['A', 'B']);
    await api.productos.editaEnBloque.mutate({ ...entrada, aplica: true });
    await api.productos.editaEnBloque.mutate({ ...entrada, aplica: true });
    const marca = async (id: string) => (await api.productos.ficha.query({ id })).valores.marca;
    expect([await marca(a.id), await marca(b.id)]).toEqual(['Nueva', 'Nueva']);
    expect(await api.productos.deshaceEdicion.mutate({ id: entrada.id })).toEqual({ productos: 2 });
    expect([await marca(a.id), await marca(b.id), await marca(c.id)]).toEqual(['A', 'B', 'Nueva']);
  });

  test('an edition over which somebody wrote is not undone, by name; a name is not set on many', async () => {
    const a = await nuevo({ marca: 'A' });
    const id = newId();
    await api.productos.editaEnBloque.mutate({ id, ids: [a.id], campos: { marca: 'B' }, aplica: true });
    await deLuis.productos.guarda.mutate({
      id: a.id,
      nuevo: false,
      cambios: cambios({ marca: 'C' }, { marca: 'B' }),
    });
    expect(await codeOf(api.productos.deshaceEdicion.mutate({ id }))).toBe('EDICION_CAMBIO');
    expect(
      await codeOf(
        api.productos.editaEnBloque.mutate({
          id: newId(),
          ids: [a.id],
          campos: { nombre: 'x' },
          aplica: true,
        }),
      ),
    ).toBe('ENTRADA_INVALIDA');
  });
});

describe('suppliers, shops and bins', () => {
  test('a supplier with its RFC checked, and what it sells with one preferred', async () => {
    const [v1, v2, producto] = [newId(), newId(), await nuevo()];
    const guarda = (id: string, rfc: string) =>
      deLuis.proveedores.guarda.mutate({
        id,
        nuevo: true,
        cambios: cambios({ codigo: id.slice(-9), nombre: 'Distribuidora', rfc, diasEntrega: '5' }),
      });
    expect(await codeOf(guarda(v1, 'ABC991332XY1'))).toBe('CAMPOS_MALOS');
    await guarda(v1, 'abc 010203 xy9');
    await guarda(v2, 'XAXX010101000');
    const pone = (proveedorId: string) =>
      api.productos.ponProveedor.mutate({
        productoId: producto.id,
        proveedorId,
        codigoProveedor: 'F-1',
        costo: '12.5',
        minimoCompra: '10',
        empaque: '5',
        preferido: true,
      });
    await pone(v1);
    await pone(v2);
    expect(
      (await api.productos.ficha.query({ id: producto.id })).proveedores.map((p) => [
        p.proveedorId,
        p.preferido,
      ]),
    ).toEqual([
      [v2, true],
      [v1, false],
    ]);
    expect((await deLuis.proveedores.lista.query()).find((p) => p.id === v1)).toMatchObject({
      rfc: 'ABC010203XY9',
      diasEntrega: '5',
      productos: 1,
    });
  });

  test('a new shop has its general almacén, one each, and is not closed with stock', async () => {
    const admin = await trpcAs(server, await testUser(db, { rol: 'admin' }));
    const id = newId();
    const codigo = `TN-${id.slice(-8)}`;
    await admin.tiendas.guardaTienda.mutate({
      id,
      nuevo: true,
      cambios: cambios({ codigo, nombre: 'Tijuana', zonaHoraria: 'America/Tijuana' }),
    });
    const { almacenes } = await admin.tiendas.lista.query();
    const general = almacenes.filter((a) => a.tiendaId === id);
    expect(general).toMatchObject([{ tipo: 'general', codigo }]);
    const otro = { id: newId(), nuevo: true, tiendaId: id };
    const datos = (tipo: string) => cambios({ codigo: `${codigo}-2`, nombre: 'Otro', tipo });
    expect(await codeOf(admin.tiendas.guardaAlmacen.mutate({ ...otro, cambios: datos('general') }))).toBe(
      'ALMACEN_GENERAL_UNICO',
    );
    await admin.tiendas.guardaAlmacen.mutate({ ...otro, cambios: datos('merma') });
    const { id: producto } = await nuevo();
    await db.pool.query(
      `insert into inventario.transacciones (id, producto_id, almacen_id, tipo, cantidad, ocurrida_en) values ($1, $2, $3, 'inventario', 4, now())`,
      [newId(), producto, general[0]!.id],
    );
    expect(await codeOf(admin.tiendas.cambiaActiva.mutate({ que: 'tienda', id, activa: false }))).toBe(
      'TIENDA_CON_EXISTENCIA',
    );
    expect(await codeOf(api.tiendas.guardaTienda.mutate({ id, nuevo: false, cambios: {} }))).toBe(
      'PROHIBIDO',
    );
  });

  test('bins in bulk: said first, made once, only in an almacén of one’s own', async () => {
    const serie = { almacenId: t1.almacenId, serie: 'K-01-1..K-03-4' };
    expect((await api.tiendas.haceSerie.mutate({ ...serie, aplica: false })).nuevas).toHaveLength(12);
    await api.tiendas.haceSerie.mutate({ ...serie, aplica: true });
    expect(await api.tiendas.haceSerie.mutate({ ...serie, aplica: true })).toEqual({ nuevas: [], habia: 12 });
    const hechas = await api.tiendas.ubicaciones.query({ almacenId: t1.almacenId });
    expect(hechas.find((u) => u.codigo === 'K-02-3')).toMatchObject({ zona: 'K', isActive: true });
    expect(
      await codeOf(api.tiendas.haceSerie.mutate({ ...serie, almacenId: t2.almacenId, aplica: true })),
    ).toBe('UBICACION_DE_OTRO');
  });
});
