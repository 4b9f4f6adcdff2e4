import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { OPERACIONES } from '#server/api/operaciones.ts';
import { createToken } from '#server/tokens/tokens.ts';
import { usuarioActivo } from '#server/trpc/usuario.sql.ts';
import { type Alcance, alcancesDe, ListaAlcances } from '#shared/contracts/api.ts';
import { ROLES, type Rol } from '#shared/roles.ts';
import { testTienda } from '#tests/db/people.ts';
import { empresaDePrueba } from '#tests/db/permisos-empresa.ts';
import { testServer } from '#tests/db/server.ts';
import { llamadasDe } from './genera.ts';
import { type Documento, type OperacionDocumentada, operacionesDe, validadorDe } from './valida.ts';

/** Documents that a process draws, and the log-in with its own waits: their tests are beside them. Here once is enough. */
const UNA_VEZ = new Set([
  'actaPdf',
  'actaXlsx',
  'hojaDeConteo',
  'etiquetas',
  'tablaDeHoja',
  'token',
  'existencias',
  'exportaEstadisticas',
  'exportaEstadisticasPorPost',
  'archivoDeMedida',
]);
/** A stream never ends by itself. */
const CORRIENTES = new Set(['avisosDeSincronizacion']);

const server = await testServer({ env: { WEBHOOKS_RED_PRIVADA: '1' } });
const { db } = server;
const e = await empresaDePrueba(db);
const mx = await testTienda(db, { codigo: 'CDMX-01' });
await sql`insert into inventario.usuario_tiendas values (${e.gente.gerente.id}, ${mx.id})`.execute(db.kysely);
await sql`insert into inventario.productos (id, codigo, nombre) values (${mx.almacenId}, 'AM-1001', 'Aceite de motor')`.execute(
  db.kysely,
);

const documento = (await (await server.fetch('/api/openapi.json')).json()) as Documento;
const validador = validadorDe(documento);
const operaciones = operacionesDe(documento);
const declaradas = new Map(OPERACIONES.map((o) => [o.id, o]));

/** One whose secret can be read; nobody listens there. */
const webhook = (await (
  await server.fetch(
    '/api/webhooks',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nombre: 'Nadie', url: 'http://127.0.0.1:9/' }),
    },
    e.gente.admin,
  )
).json()) as { webhook: { id: string } };

/** Addresses that exist, by operation. */
const PARAMETROS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  productoDeInventario: { id: e.p1 },
  // What the calls change and put out is not what the other tests look at.
  cambiaProducto: { id: mx.almacenId },
  bajaProducto: { id: mx.almacenId },
  archivo: { sha256: 'a'.repeat(64) },
  ponArchivo: { sha256: 'c'.repeat(64) },
  fotoDelCatalogo: { scope: 'catalogo' },
  trozoDelCatalogo: { scope: 'catalogo', sha256: 'a'.repeat(64) },
};
function parametrosDe({ operationId, camino }: OperacionDocumentada): Readonly<Record<string, string>> {
  return (
    PARAMETROS[operationId] ??
    (camino.startsWith('/api/conteos')
      ? { id: e.k1 }
      : camino.startsWith('/api/uploads')
        ? { id: e.subida, formato: 'csv' }
        : camino.startsWith('/api/webhooks')
          ? { id: webhook.webhook.id }
          : { id: e.p1 })
  );
}

async function tokenDe(rol: Rol, alcances: readonly Alcance[]): Promise<string> {
  const user = (await usuarioActivo(db, e.gente[rol].id))!;
  return (await createToken(server.deps, user, { nombre: 'prueba', alcances: [...alcances], dias: 1 })).token;
}
const adminToken = await server.token(e.gente.admin);

function pide(
  o: OperacionDocumentada,
  camino: string,
  cuerpo: unknown,
  bearer?: string,
  mas: HeadersInit = {},
) {
  const headers = new Headers(mas);
  if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`);
  const conCuerpo = cuerpo !== undefined && o.metodo !== 'GET';
  if (conCuerpo) headers.set('content-type', o.cuerpo.tipos[0] ?? 'application/json');
  return fetch(server.url + camino, {
    method: o.metodo,
    headers,
    ...(conCuerpo ? { body: Buffer.isBuffer(cuerpo) ? new Uint8Array(cuerpo) : JSON.stringify(cuerpo) } : {}),
  });
}

/** What is asked of each role and token: a stream never ends, and what takes a process is asked once. */
const guardadas = operaciones.filter(
  ({ operationId }) => !CORRIENTES.has(operationId) && !UNA_VEZ.has(operationId),
);
async function porTandas<T>(todas: readonly T[], haz: (una: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < todas.length; i += 8) await Promise.all(todas.slice(i, i + 8).map(haz));
}

/** The example's address, with values that exist here. */
function caminoDe(o: OperacionDocumentada): string {
  const valores = parametrosDe(o);
  const camino = o.camino.replace(/\{(\w+)\}/g, (_, nombre: string) => valores[nombre]!);
  const consulta = new URLSearchParams(
    o.parameters.flatMap((p) =>
      p.in === 'query' && p.example !== undefined ? [[p.name, String(p.example)]] : [],
    ),
  );
  return consulta.size === 0 ? camino : `${camino}?${consulta}`;
}

describe('the contract, driven from the document against the running server', () => {
  test('each operation’s example is answered as documented', { timeout: 120_000 }, async () => {
    const faltas = await Promise.all(
      operaciones
        .filter(({ operationId }) => !CORRIENTES.has(operationId))
        .map(async (o) => {
          const cuerpo =
            o.cuerpo.schema === undefined && o.cuerpo.tipos.length > 0
              ? Buffer.from('no es')
              : o.cuerpo.example;
          const answer = await pide(o, caminoDe(o), cuerpo, o.security.length === 0 ? undefined : adminToken);
          return [o.operationId, ...(await validador.respuesta(o, answer))];
        }),
    );
    expect(faltas.filter((falta) => falta.length > 1)).toEqual([]);
  });

  test('generated inputs, right and wrong, are answered as documented: every 4xx a problem+json, never a 500', {
    timeout: 120_000,
  }, async () => {
    const vistos = new Map<string, Set<number>>();
    for (const o of operaciones) {
      if (UNA_VEZ.has(o.operationId) || CORRIENTES.has(o.operationId)) continue;
      if (o.parameters.length === 0 && o.cuerpo.schema === undefined) continue;
      const llamadas = fc.sample(llamadasDe(o, parametrosDe(o)), { numRuns: 10, seed: 5 });
      const faltas = await Promise.all(
        llamadas.map(async ({ camino, cuerpo }) => {
          const answer = await pide(o, camino, cuerpo, adminToken);
          vistos.set(o.operationId, (vistos.get(o.operationId) ?? new Set()).add(answer.status));
          const malas = await validador.respuesta(o, answer);
          return malas.length === 0
            ? []
            : [{ camino: camino.slice(0, 200), cuerpo: JSON.stringify(cuerpo)?.slice(0, 300), malas }];
        }),
      );
      expect([o.operationId, faltas.flat().slice(0, 3)]).toEqual([o.operationId, []]);
    }
    // The generator makes both kinds: what it sends is neither always refused nor always taken.
    const listas = ['listaInventario', 'productoDeInventario', 'eventos', 'conteos', 'listaTransacciones'];
    for (const id of listas)
      expect([id, vistos.get(id)?.has(200), vistos.get(id)?.has(400)]).toEqual([id, true, true]);
  });

  test('without a token, or with one that is nobody’s, each guarded operation answers 401', async () => {
    const malos = [undefined, 'dc_x', `dc_${'A'.repeat(43)}`, 'eyJhbGciOiJub25lIn0.e30.'];
    for (const o of operaciones.filter(({ security }) => security.length > 0)) {
      for (const malo of malos) {
        const answer = await pide(o, caminoDe(o), o.cuerpo.example, malo);
        expect([o.operationId, malo, answer.status, await validador.respuesta(o, answer)]).toEqual([
          o.operationId,
          malo,
          401,
          [],
        ]);
      }
    }
  });

  test('role × scope: a token opens exactly what its scopes and its person’s role open', {
    timeout: 60_000,
  }, async () => {
    for (const rol of ['admin', 'gerente', 'comprador', 'auditor'] as const) {
      const suyos = alcancesDe(rol);
      const todo = await tokenDe(rol, suyos);
      /** By scope: a token with every other one. */
      const sin = new Map<Alcance, string>();
      for (const alcance of suyos) {
        const otros = suyos.filter((otro) => otro !== alcance);
        sin.set(alcance, await tokenDe(rol, otros.length === 0 ? [alcance] : otros));
      }
      await porTandas(guardadas, async (o) => {
        const { acceso } = declaradas.get(o.operationId)!;
        if (typeof acceso === 'string') return;
        const { alcance } = acceso;
        // Without a body: whoever may is told that it is missing, which changes nothing.
        const code = async (token: string) => {
          const answer = await pide(o, caminoDe(o), o.metodo === 'GET' ? undefined : [], token);
          return answer.status === 403 ? ((await answer.json()) as { code: string }).code : null;
        };
        const suyo = alcance !== null && suyos.includes(alcance);
        const conTodo =
          alcance === null
            ? 'TOKEN_NO_BASTA'
            : !suyo
              ? 'ALCANCE_FALTA'
              : acceso.roles.includes(rol)
                ? null
                : 'PROHIBIDO';
        expect([rol, o.metodo, o.camino, await code(todo)]).toEqual([rol, o.metodo, o.camino, conTodo]);
        if (!suyo) return;
        expect([rol, o.metodo, o.camino, await code(sin.get(alcance)!)]).toEqual([
          rol,
          o.metodo,
          o.camino,
          'ALCANCE_FALTA',
        ]);
      });
    }
  });

  test('a session of each role opens what the document says of it, and nothing else', async () => {
    for (const rol of ROLES) {
      const sesion = await server.token(e.gente[rol]);
      await porTandas(guardadas, async (o) => {
        const { acceso } = declaradas.get(o.operationId)!;
        if (typeof acceso === 'string') return;
        const answer = await pide(o, caminoDe(o), o.metodo === 'GET' ? undefined : [], sesion);
        const prohibido =
          answer.status === 403 && ((await answer.json()) as { code: string }).code === 'PROHIBIDO';
        expect([rol, o.metodo, o.camino, prohibido]).toEqual([
          rol,
          o.metodo,
          o.camino,
          !acceso.roles.includes(rol),
        ]);
      });
    }
  });
});

describe('HTTP as it should be', () => {
  const conAdmin = { authorization: `Bearer ${adminToken}` };

  test('405 with Allow, OPTIONS and HEAD', async () => {
    const borra = await server.fetch('/api/inventario', { method: 'DELETE' });
    expect([borra.status, borra.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect(((await borra.json()) as { code: string }).code).toBe('METODO_NO_PERMITIDO');
    const opciones = await server.fetch('/api/productos', { method: 'OPTIONS' });
    expect([opciones.status, opciones.headers.get('allow')]).toEqual([204, 'POST, GET, HEAD, OPTIONS']);
    const cabeza = await server.fetch('/api/tiendas', { method: 'HEAD', headers: conAdmin });
    expect([cabeza.status, await cabeza.text(), cabeza.headers.get('etag')]).toEqual([
      200,
      '',
      expect.stringMatching(/^W\/"/),
    ]);
    expect((await server.fetch('/api/nada', { method: 'POST' })).status).toBe(404);
    expect((await server.fetch('/api/nada')).status).toBe(404);
  });

  test('406 for a type that is not answered, 415 for a body of another kind', async () => {
    for (const [accept, status] of [
      ['text/csv', 406],
      ['application/json;q=0', 406],
      ['text/html, */*;q=0.1', 200],
      ['application/*', 200],
    ] as const) {
      const answer = await server.fetch('/api/tiendas', { headers: { ...conAdmin, accept } });
      expect([accept, answer.status]).toEqual([accept, status]);
    }
    const forma = await server.fetch('/api/tokens', {
      method: 'POST',
      headers: conAdmin,
      body: new URLSearchParams({ a: 'b' }),
    });
    expect([forma.status, ((await forma.json()) as { code: string }).code]).toEqual([
      415,
      'TIPO_NO_ADMITIDO',
    ]);
  });

  test('ETag and If-None-Match: 304 while nothing changes, on lists and on items', async () => {
    for (const camino of [
      '/api/inventario?limit=1',
      `/api/inventario/${e.p1}`,
      '/api/categorias',
      '/api/conteos',
      '/api/almacenes',
    ]) {
      const primera = await server.fetch(camino, { headers: conAdmin });
      const etag = primera.headers.get('etag')!;
      expect([camino, primera.status, primera.headers.get('cache-control')]).toEqual([
        camino,
        200,
        'private, no-cache',
      ]);
      const otra = await server.fetch(camino, {
        headers: { ...conAdmin, 'if-none-match': `"otra", ${etag}` },
      });
      expect([camino, otra.status, await otra.text(), otra.headers.get('etag')]).toEqual([
        camino,
        304,
        '',
        etag,
      ]);
    }
    const antes = (await server.fetch(`/api/inventario/${e.p2}`, { headers: conAdmin })).headers.get('etag')!;
    await sql`update inventario.productos set precio = precio + 1 where id = ${e.p2}`.execute(db.kysely);
    const despues = await server.fetch(`/api/inventario/${e.p2}`, {
      headers: { ...conAdmin, 'if-none-match': antes },
    });
    expect(despues.status).toBe(200);
  });

  test('pages by keyset: Link and despues go through every product once, also while one is added before', async () => {
    await sql`
      insert into inventario.productos (id, codigo, nombre)
      select gen_random_uuid(), 'K-' || lpad(n::text, 3, '0'), 'Llave ' || n from generate_series(1, 23) n`.execute(
      db.kysely,
    );
    const vistos: string[] = [];
    let camino: string | null = '/api/inventario?search=llave&limit=5';
    while (camino !== null) {
      const answer = await server.fetch(camino, { headers: conAdmin });
      const pagina = (await answer.json()) as {
        data: { codigo: string }[];
        pagination: { total: number; despues: string | null };
      };
      vistos.push(...pagina.data.map(({ codigo }) => codigo));
      camino = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] ?? null;
      expect(camino === null).toBe(pagina.pagination.despues === null);
      await sql`insert into inventario.productos (id, codigo, nombre) values (gen_random_uuid(), ${`A-${vistos.length}`}, 'Llave de antes')`.execute(
        db.kysely,
      );
    }
    expect(vistos).toEqual(Array.from({ length: 23 }, (_, n) => `K-${String(n + 1).padStart(3, '0')}`));
  });

  test('filters: text folds accents, a barcode finds its product, a category takes what is under it, a shop brings its stock', async () => {
    const [arriba, abajo] = [e.t1.id, e.t2.id];
    await sql`insert into inventario.categorias (id, nombre) values (${arriba}, 'Suspensión')`.execute(
      db.kysely,
    );
    await sql`insert into inventario.categorias (id, nombre, parent_id) values (${abajo}, 'Amortiguadores', ${arriba})`.execute(
      db.kysely,
    );
    await sql`update inventario.productos set categoria_id = ${abajo} where id = ${e.p1}`.execute(db.kysely);
    const lee = async (consulta: string) =>
      (
        (await (await server.fetch(`/api/inventario?${consulta}`, { headers: conAdmin })).json()) as {
          data: { codigo: string; existencias?: { cantidad: string }[] }[];
        }
      ).data;
    expect((await lee('search=BALÁTAS')).map((p) => p.codigo)).toEqual(['P-1']);
    expect((await lee('search=7501000000029')).map((p) => p.codigo)).toEqual(['P-1']);
    expect((await lee('search=p1&limit=500')).map((p) => p.codigo)).toContain('P-1');
    expect((await lee(`categoria_id=${arriba}`)).map((p) => p.codigo)).toEqual(['P-1']);
    const [conStock] = await lee(`categoria_id=${arriba}&tienda_id=${e.t1.id}`);
    expect(conStock?.existencias).toMatchObject([{ almacen_id: e.t1.almacenId, cantidad: '10.00000' }]);
    const ramas = (await (await server.fetch('/api/categorias', { headers: conAdmin })).json()) as {
      data: unknown[];
    };
    expect(ramas.data).toContainEqual(
      expect.objectContaining({
        nombre: 'Suspensión',
        productos: 1,
        children: [expect.objectContaining({ nombre: 'Amortiguadores' })],
      }),
    );
  });

  test('the plan’s writes: a product is made, changed and put out; a code that exists is refused; nobody’s category too', async () => {
    const manda = async (metodo: string, camino: string, cuerpo?: unknown) => {
      const answer = await server.fetch(camino, {
        method: metodo,
        headers: { ...conAdmin, 'content-type': 'application/json' },
        ...(cuerpo === undefined ? {} : { body: JSON.stringify(cuerpo) }),
      });
      return {
        status: answer.status,
        cuerpo: (await answer.json()) as { code?: string; data: { id: string } },
      };
    };
    const nuevo = await manda('POST', '/api/inventario', {
      codigo: 'API-1',
      nombre: 'Por la API',
      precio: '10',
    });
    expect(nuevo.status).toBe(201);
    const camino = `/api/inventario/${nuevo.cuerpo.data.id}`;
    expect(await manda('POST', '/api/inventario', { codigo: 'API-1', nombre: 'Otra vez' })).toMatchObject({
      status: 409,
    });
    expect(await manda('PUT', camino, { categoria_id: e.k1 })).toMatchObject({ status: 400 });
    expect(await manda('PUT', camino, { nombre: 'Cambiado', costo: '7.5' })).toMatchObject({ status: 200 });
    // A second value over the first one, without having been told of it.
    expect(await manda('PUT', camino, { nombre: 'Cambiado otra vez' })).toMatchObject({ status: 200 });
    expect(await (await server.fetch(camino, { headers: conAdmin })).json()).toMatchObject({
      codigo: 'API-1',
      nombre: 'Cambiado otra vez',
      costo: '7.5',
      precio: '10.00',
      is_active: true,
    });
    const borra = await server.fetch(camino, { method: 'DELETE', headers: conAdmin });
    expect([borra.status, await borra.json()]).toEqual([
      200,
      { success: true, message: 'Producto eliminado' },
    ]);
    expect(await (await server.fetch(camino, { headers: conAdmin })).json()).toMatchObject({
      is_active: false,
    });
    expect(
      await manda('PUT', '/api/inventario/01981f0e-3b1a-7c55-9d0e-6a1f0c2b4d11', { nombre: 'x' }),
    ).toMatchObject({ status: 404 });
  });

  test('the API shows a gerente only their shops, and nobody who does not see costs a cost', async () => {
    const jefe = await tokenDe('gerente', ['inventario:leer']);
    const con = { headers: { authorization: `Bearer ${jefe}` } };
    const tiendas = (await (await server.fetch('/api/tiendas', con)).json()) as { data: { id: string }[] };
    expect(tiendas.data.map(({ id }) => id).sort()).toEqual([e.t1.id, mx.id].sort());
    const uno = (await (await server.fetch(`/api/inventario/${e.p1}`, con)).json()) as {
      existencias: unknown[];
      transacciones: unknown[];
    };
    expect([uno.existencias.length, uno.transacciones.length]).toEqual([1, 1]);
    const ana = await server.fetch('/api/inventario', {}, e.gente.almacenista);
    expect(ana.status).toBe(403);
  });
});

test('every scope is of some route', () => {
  const usados = new Set(
    OPERACIONES.flatMap(({ acceso }) => (typeof acceso === 'string' ? [] : [acceso.alcance])),
  );
  expect(ListaAlcances.filter((alcance) => !usados.has(alcance))).toEqual([]);
});
