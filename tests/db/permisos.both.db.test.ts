import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newId } from '#server/platform/clock.ts';
import type { Claims } from '#server/platform/db/db.ts';
import { ROLES, type Rol } from '#shared/roles.ts';
import { testDb } from './harness.ts';
import { testUser } from './people.ts';
import { empresaDePrueba } from './permisos-empresa.ts';
import { leeMatriz, MATRIZ } from './permisos-matriz.ts';

const db = await testDb();
const e = await empresaDePrueba(db);
const matriz = leeMatriz(MATRIZ);
const PERMISO = '42501';

class Deshacer extends Error {}

/** Rows touched, as that person; always undone. 'no': refused by privilege or policy. Any other error is the test's. */
async function intenta(claims: Claims, consulta: string): Promise<number | 'no'> {
  let filas = 0;
  try {
    await db.withUser(claims, async (tx) => {
      const r = await sql.raw(consulta).execute(tx);
      filas = r.rows.length > 0 ? r.rows.length : Number(r.numAffectedRows ?? 0);
      throw new Deshacer();
    });
  } catch (error) {
    if (error instanceof Deshacer) return filas;
    if ((error as { code?: string }).code === PERMISO) return 'no';
    throw error;
  }
  return filas;
}

/** A row of the first shop that only permissions could refuse. `yo`: who tries. */
function alta(tabla: string, yo: string): string | undefined {
  const id = newId();
  const uno = (columnas: string, ...valores: (string | number | boolean | null)[]): string =>
    `insert into ${tabla} (${columnas}) values (${valores
      .map((v) => (typeof v === 'string' && !v.startsWith('now') ? `'${v}'` : String(v)))
      .join(', ')})`;
  const altas: Record<string, string> = {
    'inventario.tiendas': uno('id, codigo, nombre', id, id, 'Nueva'),
    'inventario.almacenes': uno('id, tienda_id, codigo, nombre, tipo', id, e.t1.id, id, 'Merma', 'merma'),
    'inventario.ubicaciones': uno('id, almacen_id, codigo', id, e.t1.almacenId, 'B-01-1'),
    'inventario.categorias': uno('id, nombre', id, id),
    'inventario.productos': uno('id, codigo, nombre, costo', id, id, 'Nuevo', 5),
    'inventario.codigos_barras': uno('id, codigo, producto_id', id, id, e.p1),
    'inventario.producto_ubicaciones': uno('producto_id, ubicacion_id', e.p2, e.u1),
    'inventario.producto_almacenes': uno('producto_id, almacen_id', e.p2, e.t1.almacenId),
    'inventario.usuarios': `${uno('id, nombre, rol', e.otro.id, 'Otro', 'admin')} on conflict (id) do nothing`,
    'inventario.usuario_tiendas': uno('usuario_id, tienda_id', e.otro.id, e.t1.id),
    'inventario.invitaciones': uno(
      'id, token_hash, nombre, rol, creada_por, expira_en',
      id,
      id,
      'X',
      'admin',
      yo,
      'now()',
    ),
    'inventario.configuracion': uno('clave, valor', id, '{}'),
    'inventario.transacciones': uno(
      'id, producto_id, almacen_id, tipo, cantidad, ocurrida_en, user_id',
      id,
      e.p1,
      e.t1.almacenId,
      'venta',
      1,
      'now()',
      yo,
    ),
    'inventario.existencias': uno('producto_id, almacen_id, cantidad', e.p2, e.t1.almacenId, 99),
    'inventario.auditoria': uno('id, accion, entidad, tienda_id', id, 'x', 'x', e.t1.id),
    'inventario.archivos': uno(
      'sha256, mime, bytes, tamano, subido_por',
      'c'.repeat(64),
      'image/webp',
      'c',
      1,
      yo,
    ),
    'inventario.folios': uno('tienda_id, anio', e.t1.id, 1999),
    'inventario.conteos': uno(
      'id, almacen_id, tienda_id, alcance, ciego, creado_por',
      id,
      e.t1.almacenId,
      e.t1.id,
      'libre',
      true,
      yo,
    ),
    'inventario.conteo_contadores': uno('conteo_id, usuario_id, nombre', e.k3, e.luis.id, 'Luis'),
    'inventario.conteo_ubicaciones': `${uno('conteo_id, ubicacion_id', e.k1, e.u1)} on conflict do nothing`,
    'inventario.conteo_productos': uno('conteo_id, producto_id', e.k1, e.p2),
    'inventario.conteo_intentos': uno('conteo_id, intento', e.k1, 2),
    'inventario.conteo_intento_productos': uno('conteo_id, intento, producto_id', e.k1, 1, e.p2),
    'inventario.conteo_intento_contadores': uno(
      'conteo_id, intento, usuario_id',
      e.k1,
      1,
      e.gente.almacenista.id,
    ),
    'inventario.conteo_partes': uno('conteo_id, usuario_id, lineas, terminada_en', e.k1, yo, 1, 'now()'),
    'inventario.conteo_lineas': uno(
      'id, conteo_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante',
      id,
      e.k1,
      e.p1,
      1,
      'suma',
      yo,
      'now()',
      'now()',
    ),
    'inventario.conteo_linea_ligas': uno(
      'id, linea_id, conteo_id, estado, producto_id, por, en',
      id,
      e.lineaAna,
      e.k1,
      'ligada',
      e.p1,
      yo,
      'now()',
    ),
    'inventario.conteo_linea_fotos': uno(
      'linea_id, sha256, conteo_id, por',
      e.lineaAna,
      'a'.repeat(64),
      e.k1,
      yo,
    ),
    'inventario.conteo_vacias': uno(
      'conteo_id, producto_id, ubicacion_id, motivo, por',
      e.k1,
      e.p2,
      e.u1,
      'vacía',
      yo,
    ),
    'inventario.conteo_traslapes': uno('conteo_id, producto_id, decision, por', e.k1, e.p2, 'suma', yo),
    'inventario.conteo_resultados': uno(
      'conteo_id, producto_id, intento, contado, instante, variacion, decision, aprobado_por',
      e.k1,
      e.p2,
      1,
      1,
      'now()',
      0,
      'sin_ajuste',
      yo,
    ),
    'inventario.conteo_tolerancias': uno('conteo_id, clase_abc', e.k1, 'B'),
    'inventario.conteo_ceros': uno('conteo_id, producto_id, por', e.k1, e.p1, yo),
    'inventario.conteo_linea_notas': uno(
      'id, linea_id, conteo_id, nota, por, en',
      id,
      e.lineaAna,
      e.k1,
      'x',
      yo,
      'now()',
    ),
    'inventario.conteo_firmantes': uno('conteo_id, usuario_id, pedido_por', e.k1, e.luis.id, yo),
    'inventario.contra_ajustes': uno(
      'id, conteo_id, producto_id, movimiento_id, decision, por',
      id,
      e.k1,
      e.p1,
      id,
      'descartado',
      yo,
    ),
    'inventario.ajustes_propuestos': uno(
      'id, producto_id, almacen_id, cantidad, motivo, ocurrida_en, propuesto_por',
      id,
      e.p1,
      e.t1.almacenId,
      1,
      'x',
      'now()',
      yo,
    ),
    'inventario.cierres': uno('id, tienda_id, accion, motivo, por', id, e.t1.id, 'abre', 'x', yo),
    'inventario.conteo_mermas': uno(
      'conteo_id, producto_id, cantidad, decision, por',
      e.k1,
      e.p2,
      1,
      'descartado',
      yo,
    ),
    'inventario.eventos': uno('id, tipo, roles', id, 'conteo.creado', '{admin}'),
    'inventario.tokens_personales': uno(
      'id, usuario_id, nombre, token_hash, pista, alcances',
      id,
      yo,
      'X',
      id,
      'abcd',
      '{inventario:leer}',
    ),
    'inventario.webhooks': uno(
      'id, nombre, url, secreto_cifrado, creado_por',
      id,
      'X',
      'https://example.com',
      'x',
      yo,
    ),
    'inventario.webhook_entregas': uno(
      'id, webhook_id, mensaje_id, tipo, cuerpo',
      id,
      e.webhook,
      id,
      'conteo.creado',
      '{}',
    ),
    'inventario.movimientos_mes': uno(
      'producto_id, almacen_id, mes, tipo, subtipo, movimientos, unidades, importe, impuesto, sin_impuesto, sin_precio, costo, con_costo, primera, ultima',
      ...[
        e.p2,
        e.t1.almacenId,
        '2020-01-01',
        'venta',
        '',
        1,
        1,
        1,
        0,
        0,
        0,
        0,
        0,
        '2020-01-01',
        '2020-01-01',
      ],
    ),
    'inventario.producto_medidas': uno(
      'producto_id, almacen_id, costo_fuente, venta_neta, venta_diaria, semanas, conteos, conteos_mal, medida_en',
      ...[e.p2, e.t1.almacenId, 'sin_costo', 0, 0, 0, 0, 0, 'now()'],
    ),
    'inventario.planeacion_almacenes': `${uno('almacen_id', e.t1.almacenId)} on conflict (almacen_id) do nothing`,
    'inventario.proveedores': uno('id, codigo, nombre', id, id, 'Otro'),
    'inventario.producto_proveedores': uno('producto_id, proveedor_id', e.p2, e.proveedor),
    'inventario.producto_parches': uno('id, producto_id, args, por, en', id, e.p1, '{}', yo, 'now()'),
    'inventario.producto_conflictos': uno('parche_id, campo, producto_id', id, 'nombre', e.p1),
    'inventario.producto_fusiones': uno('id, origen_id, destino_id, por, en', id, e.p2, e.p1, yo, 'now()'),
    'inventario.productos_distintos': uno('a, b, por', e.p1, e.p2, yo),
    'inventario.conexiones': uno('id, tipo, nombre', id, 'csv', 'Nueva'),
    'inventario.sync_jobs': uno('id, job_type', id, 'x'),
    'inventario.uploads': uno('id, filename, tienda_id, user_id', id, 'x.xlsx', e.t1.id, yo),
    'inventario.importacion_mapas': uno('firma, opciones', 'd'.repeat(64), '{}'),
    'inventario.importacion_lotes': uno('upload_id, n, filas', e.subida, 7, '[]'),
    'inventario.importacion_problemas': uno('upload_id, n, gravedad, datos', e.subida, 7, 'aviso', '{}'),
    'inventario.importacion_reparaciones': uno('upload_id, n, datos', e.subida, 7, '{}'),
    'inventario.erp_productos': uno('id, conexion_id, codigo_erp', id, e.conexion, id),
    'inventario.erp_inventario': uno('id, conexion_id, tienda_id', id, e.conexion, e.t1.id),
    'inventario.erp_ventas': uno('id, conexion_id, folio_erp', id, e.conexion, id),
    'inventario.erp_clientes': uno('id, conexion_id, codigo_erp, nombre', id, e.conexion, id, 'X'),
    'genai.documents': uno('id, user_id, title, content, file_type', id, yo, 'X', 'X', 'txt'),
    'genai.chunks': uno('id, document_id, content, chunk_index', id, e.documentoAna, 'X', 7),
    'genai.chat_sessions': uno('id, user_id', id, yo),
    'genai.chat_messages': uno('id, session_id, role, content', id, e.chatAna, 'user', 'Hola'),
    'genai.audio_transcriptions': uno('id, user_id, transcription', id, yo, 'X'),
  };
  return altas[tabla];
}

/** A column that those who may update may update; elsewhere the update has to be refused whatever it sets. */
const COLUMNA: Record<string, string> = {
  'inventario.invitaciones': 'cancelada_en = null',
  'inventario.configuracion': "valor = '{}'",
  'inventario.producto_proveedores': 'preferido = false',
  'inventario.producto_almacenes': 'minimo = 1',
  'inventario.conteos': "nombre = 'x'",
  'inventario.conteo_partes': 'motivo = null, cerrada_por = YO',
  'inventario.conteo_traslapes': 'por = YO',
  'inventario.ubicaciones': "zona = 'B'",
  'inventario.codigos_barras': "nombre = 'caja'",
  'genai.documents': "title = 'x'",
  'genai.chat_sessions': "title = 'x'",
  'genai.audio_transcriptions': "language = 'es'",
};
const cambio = (tabla: string, yo: string, primera: string): string =>
  `update ${tabla} set ${(COLUMNA[tabla] ?? (matriz.get(tabla)!.get('admin')!.cambia ? "nombre = 'x'" : `${primera} = ${primera}`)).replaceAll('YO', `'${yo}'`)}`;

async function primeraColumna(tabla: string): Promise<string> {
  const { rows } = await sql<{ c: string }>`
    select attname as c from pg_attribute where attrelid = ${tabla}::regclass and attnum > 0 and not attisdropped
     order by attnum limit 1`.execute(db.kysely);
  return rows[0]!.c;
}
const primera = new Map<string, string>();
for (const tabla of matriz.keys()) primera.set(tabla, await primeraColumna(tabla));

async function loQuePuede(tabla: string, persona: { id: string; claims: Claims }): Promise<string> {
  const col = primera.get(tabla)!;
  const ve = await intenta(persona.claims, `select ${col} from ${tabla}`);
  const insert = alta(tabla, persona.id);
  const a = insert === undefined ? 'no' : await intenta(persona.claims, insert);
  const c = await intenta(persona.claims, cambio(tabla, persona.id, col));
  const b = await intenta(persona.claims, `delete from ${tabla}`);
  return `${ve === 'no' ? '-' : ve}${a === 'no' ? '' : 'I'}${typeof c === 'number' && c > 0 ? 'U' : ''}${typeof b === 'number' && b > 0 ? 'D' : ''}`;
}

describe('the matrix role × table × verb', () => {
  it('names every table and view of inventario and genai', async () => {
    const { rows } = await sql<{ t: string }>`
      select n.nspname || '.' || c.relname as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('inventario', 'genai') and c.relkind in ('r', 'v', 'm', 'p')`.execute(db.kysely);
    expect([...matriz.keys()].sort()).toEqual(rows.map((r) => r.t).sort());
  });

  it.each(ROLES)('%s', async (rol) => {
    const puede: Record<string, string> = {};
    const debe: Record<string, string> = {};
    for (const [tabla, celdas] of matriz) {
      const c = celdas.get(rol)!;
      debe[tabla] = `${c.ve ?? '-'}${c.alta ? 'I' : ''}${c.cambia ? 'U' : ''}${c.borra ? 'D' : ''}`;
      puede[tabla] = await loQuePuede(tabla, e.gente[rol]);
    }
    expect(puede).toEqual(debe);
  });

  it('anon, somebody unknown and somebody disabled get nothing', async () => {
    const baja = await testUser(db, { rol: 'admin', tiendas: [e.t1] });
    await db.asService((tx) =>
      sql`update inventario.usuarios set is_active = false where id = ${baja.id}`.execute(tx),
    );
    for (const tabla of matriz.keys()) {
      for (const persona of [baja, { id: newId(), claims: { sub: newId() } }]) {
        expect(`${tabla} ${await loQuePuede(tabla, persona)}`).toMatch(/ (0|-)$/);
      }
      await expect(
        db.asService(async (tx) => {
          await sql`set local role anon`.execute(tx);
          await sql.raw(`select 1 from ${tabla}`).execute(tx);
        }),
      ).rejects.toMatchObject({ code: PERMISO });
    }
    // Its own people again: the other tests count them.
    await db.asService(async (tx) => {
      await sql`delete from inventario.usuario_tiendas where usuario_id = ${baja.id}`.execute(tx);
      await sql`delete from inventario.usuarios where id = ${baja.id}`.execute(tx);
    });
  });

  it('nobody but the owner touches sync or auth', async () => {
    const { rows } = await sql<{ t: string }>`
      select n.nspname || '.' || c.relname as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('sync', 'auth') and c.relkind in ('r', 'v')`.execute(db.kysely);
    expect(rows.length).toBeGreaterThan(12);
    for (const { t } of rows) {
      for (const verbo of [`select 1 from ${t}`, `delete from ${t}`])
        expect(await intenta(e.gente.admin.claims, verbo)).toBe('no');
    }
    expect(await intenta(e.gente.admin.claims, 'select sync.rebuild()')).toBe('no');
    expect(await intenta(e.gente.admin.claims, `select inventario.siguiente_folio('${e.t1.id}', 2026)`)).toBe(
      'no',
    );
  });
});

describe('beyond the matrix', () => {
  const de = (rol: Rol) => e.gente[rol];
  const linea = (conteo: string, autor: string) =>
    `insert into inventario.conteo_lineas (id, conteo_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante)
     values ('${newId()}', '${conteo}', '${e.p1}', 1, 'suma', '${autor}', now(), now())`;

  it('no cost leaves productos by its own table', async () => {
    for (const rol of ROLES)
      expect(await intenta(de(rol).claims, 'select costo from inventario.productos')).toBe('no');
    expect(await intenta(de('almacenista').claims, 'select * from inventario.productos')).toBe('no');
    expect(await intenta(de('admin').claims, 'select secreto_cifrado from inventario.conexiones')).toBe('no');
    expect(await intenta(de('admin').claims, 'select token_hash from inventario.invitaciones')).toBe('no');
    expect(await intenta(de('gerente').claims, 'select correo from inventario.usuarios')).toBe('no');
  });

  it('a line is written in one’s own name, into a conteo of one’s own, by who may count', async () => {
    const ana = de('almacenista');
    expect(await intenta(ana.claims, linea(e.k1, ana.id))).toBe(1);
    expect(await intenta(ana.claims, linea(e.k3, ana.id))).toBe(1);
    expect(await intenta(ana.claims, linea(e.k1, e.luis.id))).toBe('no');
    expect(await intenta(ana.claims, linea(e.k2, ana.id))).toBe('no');
    expect(await intenta(e.luis.claims, linea(e.k3, e.luis.id))).toBe('no');
    expect(await intenta(de('gerente').claims, linea(e.k1, de('gerente').id))).toBe('no');
  });

  it('who sees the stock counts in an open conteo, not in a blind one, and then does not review the blind one', async () => {
    const jefe = de('gerente');
    const abierto = newId();
    await db.asService(async (tx) => {
      await sql`insert into inventario.conteos (id, almacen_id, alcance, ciego, creado_por)
                values (${abierto}, ${e.t1.almacenId}, 'lista', false, ${jefe.id})`.execute(tx);
      for (const k of [abierto, e.k1]) {
        await sql`insert into inventario.conteo_contadores values (${k}, ${jefe.id}, 'Jefe')`.execute(tx);
      }
    });
    expect(await intenta(jefe.claims, linea(abierto, jefe.id))).toBe(1);
    expect(await intenta(jefe.claims, linea(e.k1, jefe.id))).toBe('no');
    expect(
      await intenta(jefe.claims, `select 1 from inventario.conteo_lineas where conteo_id = '${e.k1}'`),
    ).toBe(0);
    expect(await intenta(jefe.claims, 'select 1 from inventario.conteo_resultados')).toBe(0);
    const { rows } = await sql<{ s: string }>`select sync.scopes_de(${jefe.id}) as s`.execute(db.kysely);
    const scopes = rows.map((r) => r.s);
    expect(scopes).toContain(`revision:${abierto}`);
    expect(scopes).not.toContain(`revision:${e.k1}`);
    expect(scopes).toContain(`conteo:${e.k1}`);
    await db.asService(async (tx) => {
      await sql`delete from inventario.conteo_contadores where usuario_id = ${jefe.id}`.execute(tx);
      await sql`delete from inventario.conteos where id = ${abierto}`.execute(tx);
    });
  });

  it('a cancelled conteo takes no line, a closed one takes late ones', async () => {
    const ana = de('almacenista');
    const estado = (s: string) =>
      db.asService((tx) => sql`update inventario.conteos set estado = ${s} where id = ${e.k1}`.execute(tx));
    const otra = newId();
    await db.asService(async (tx) => {
      await sql`insert into inventario.conteos (id, almacen_id, alcance, creado_por, estado)
                values (${otra}, ${e.t1.almacenId}, 'libre', ${ana.id}, 'cancelado')`.execute(tx);
    });
    expect(await intenta(ana.claims, linea(otra, ana.id))).toBe('no');
    await db.asService((tx) => sql`delete from inventario.conteos where id = ${otra}`.execute(tx));
    await estado('en_revision');
    expect(await intenta(ana.claims, linea(e.k1, ana.id))).toBe(1);
    await estado('abierto');
  });

  it('a counter proposes a link and links nothing; an almacenista’s own conteo is free and blind', async () => {
    const ana = de('almacenista');
    const liga = (estado: string) =>
      `insert into inventario.conteo_linea_ligas (id, linea_id, conteo_id, estado, producto_id, por, en)
       values ('${newId()}', '${e.lineaAna}', '${e.k1}', '${estado}', '${e.p1}', '${ana.id}', now())`;
    expect(await intenta(ana.claims, liga('propuesta'))).toBe(1);
    for (const s of ['ligada', 'ajena', 'pendiente']) expect(await intenta(ana.claims, liga(s))).toBe('no');
    const conteo = (alcance: string, ciego: boolean, tienda = e.t1) =>
      `insert into inventario.conteos (id, almacen_id, tienda_id, alcance, ciego, creado_por)
       values ('${newId()}', '${tienda.almacenId}', '${e.t1.id}', '${alcance}', ${ciego}, '${ana.id}')
       on conflict (id) do nothing returning id`;
    expect(await intenta(ana.claims, conteo('libre', true))).toBe(1);
    expect(await intenta(ana.claims, conteo('libre', false))).toBe('no');
    expect(await intenta(ana.claims, conteo('almacen', true))).toBe('no');
    // The shop is taken from the almacén, so a forged tienda_id does not help.
    expect(await intenta(ana.claims, conteo('libre', true, e.t2))).toBe('no');
  });

  it('by hand nobody posts an ajuste, in another’s name, in another shop or tied to a conteo', async () => {
    const mueve = (
      cambios: Partial<Record<'tipo' | 'almacen_id' | 'user_id' | 'conteo_id' | 'subtipo', string>>,
    ) => {
      const fila = {
        id: newId(),
        producto_id: e.p1,
        almacen_id: e.t1.almacenId,
        tipo: 'venta',
        user_id: de('gerente').id,
        ...cambios,
      };
      return `insert into inventario.transacciones (${Object.keys(fila).join(', ')}, cantidad, ocurrida_en)
              values (${Object.values(fila)
                .map((v) => `'${v}'`)
                .join(', ')}, 1, now()) returning id`;
    };
    const jefe = de('gerente').claims;
    expect(await intenta(jefe, mueve({}))).toBe(1);
    expect(await intenta(jefe, mueve({ tipo: 'devolucion', subtipo: 'de_cliente' }))).toBe(1);
    for (const mal of [
      { tipo: 'ajuste' },
      { tipo: 'transferencia' },
      { user_id: de('admin').id },
      { almacen_id: e.t2.almacenId },
      { conteo_id: e.k1 },
      { tipo: 'compra', subtipo: 'conteo' },
    ]) {
      expect(await intenta(jefe, mueve(mal))).toBe('no');
    }
  });

  it('a manager closes the part of a counter in their own name', async () => {
    const parte = (por: string) =>
      `insert into inventario.conteo_partes (conteo_id, usuario_id, lineas, terminada_en, cerrada_por)
       values ('${e.k1}', '${de('almacenista').id}', 0, now(), '${por}')`;
    expect(await intenta(de('gerente').claims, parte(de('gerente').id))).toBe(1);
    expect(await intenta(de('gerente').claims, parte(de('admin').id))).toBe('no');
    expect(await intenta(de('almacenista').claims, parte(de('almacenista').id))).toBe('no');
  });

  it('only what a person says is written into a transcript by that person', async () => {
    const mensaje = (role: string) =>
      `insert into genai.chat_messages (id, session_id, role, content) values ('${newId()}', '${e.chatAna}', '${role}', 'x')`;
    expect(await intenta(de('almacenista').claims, mensaje('user'))).toBe(1);
    for (const role of ['assistant', 'system', 'tool'])
      expect(await intenta(de('almacenista').claims, mensaje(role))).toBe('no');
  });
});

describe('scopes', () => {
  const scopes = async (id: string) => {
    const { rows } = await sql<{ s: string }>`select sync.scopes_de(${id}) as s order by 1`.execute(
      db.kysely,
    );
    return rows.map((r) => r.s);
  };

  it('of each role', async () => {
    const ana = e.gente.almacenista;
    const comunes = (id: string) => ['catalogo', `usuario:${id}`, `tienda:${e.t1.id}`];
    expect(await scopes(ana.id)).toEqual(
      [...comunes(ana.id), ...[e.k1, e.k3].flatMap((k) => [`conteo:${k}`, `lineas:${k}:${ana.id}`])].sort(),
    );
    expect(await scopes(e.gente.chofer.id)).toEqual(comunes(e.gente.chofer.id).sort());
    const stock = [`stock:${e.t1.almacenId}`, 'costos'];
    expect(await scopes(e.gente.comprador.id)).toEqual([...comunes(e.gente.comprador.id), ...stock].sort());
    const revisa = [e.k1, e.k3].flatMap((k) => [`conteo:${k}`, `revision:${k}`]);
    for (const rol of ['gerente', 'auditor'] as const) {
      expect(await scopes(e.gente[rol].id)).toEqual(
        [...comunes(e.gente[rol].id), ...stock, ...revisa].sort(),
      );
    }
    expect(await scopes(e.gente.admin.id)).toEqual(
      [
        'catalogo',
        'costos',
        `usuario:${e.gente.admin.id}`,
        ...[e.t1, e.t2].flatMap((t) => [`tienda:${t.id}`, `stock:${t.almacenId}`]),
        ...[e.k1, e.k2, e.k3].flatMap((k) => [`conteo:${k}`, `revision:${k}`]),
      ].sort(),
    );
  });

  it('end 30 days after the conteo, with the person, and with the shop', async () => {
    const luis = e.luis;
    expect(await scopes(luis.id)).toContain(`lineas:${e.k1}:${luis.id}`);
    await db
      .asService(async (tx) => {
        const lo = async () => {
          const { rows } = await sql<{ s: string }>`select sync.scopes_de(${luis.id}) as s`.execute(tx);
          return rows.map((r) => r.s);
        };
        await sql`update inventario.conteos set estado = 'cerrado', cerrado_en = now() - interval '29 days' where id = ${e.k1}`.execute(
          tx,
        );
        expect(await lo()).toContain(`conteo:${e.k1}`);
        await sql`update inventario.conteos set cerrado_en = now() - interval '31 days' where id = ${e.k1}`.execute(
          tx,
        );
        expect(await lo()).not.toContain(`conteo:${e.k1}`);
        await sql`delete from inventario.usuario_tiendas where usuario_id = ${luis.id}`.execute(tx);
        expect((await lo()).sort()).toEqual(['catalogo', `usuario:${luis.id}`]);
        await sql`update inventario.usuarios set is_active = false where id = ${luis.id}`.execute(tx);
        expect(await lo()).toEqual([]);
        throw new Deshacer();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Deshacer)) throw error;
      });
  });
});
