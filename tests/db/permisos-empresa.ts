import { sql } from 'kysely';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from './people.ts';

const SHA = (c: string): string => c.repeat(64);

/** Two shops with one row of everything in each, made as the owner. */
export interface Empresa {
  t1: TestTienda;
  t2: TestTienda;
  gente: Record<Rol, TestUser>;
  luis: TestUser;
  /** Counter of the second shop. */
  otro: TestUser;
  p1: string;
  p2: string;
  u1: string;
  /** Blind conteo of the first shop, planned by the gerente, counted by Ana and Luis. */
  k1: string;
  /** Conteo of the second shop, counted by `otro`. */
  k2: string;
  /** Ana's own ad-hoc conteo. */
  k3: string;
  lineaAna: string;
  lineaLuis: string;
  conexion: string;
  proveedor: string;
  /** Import of the first shop. */
  webhook: string;
  subida: string;
  documentoAna: string;
  chatAna: string;
}

export async function empresaDePrueba(db: Db): Promise<Empresa> {
  const [t1, t2] = [await testTienda(db), await testTienda(db)];
  const gente = {} as Record<Rol, TestUser>;
  for (const rol of ['gerente', 'comprador', 'almacenista', 'chofer', 'auditor'] as const) {
    gente[rol] = await testUser(db, { rol, tiendas: [t1] });
  }
  gente.admin = await testUser(db, { rol: 'admin' });
  const luis = await testUser(db, { rol: 'almacenista', tiendas: [t1] });
  const otro = await testUser(db, { rol: 'almacenista', tiendas: [t2] });
  const ana = gente.almacenista;
  const jefe = gente.gerente;
  const [p1, p2, u1, u2, k1, k2, k3] = Array.from({ length: 7 }, newId) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const [lineaAna, lineaLuis, lineaOtro] = [newId(), newId(), newId()];
  const [conexion, documentoAna, chatAna] = [newId(), newId(), newId()];

  const proveedor = newId();
  const filas = (tabla: string, columnas: string, ...valores: unknown[][]) =>
    db.asService(async (tx) => {
      for (const fila of valores) {
        await sql`insert into ${sql.raw(tabla)} (${sql.raw(columnas)}) values (${sql.join(fila)})`.execute(
          tx,
        );
      }
    });
  const ahora = new Date().toISOString();
  await filas('inventario.categorias', 'id, nombre', [newId(), 'Frenos']);
  await filas(
    'inventario.productos',
    'id, codigo, nombre, costo',
    [p1, 'P-1', 'Balatas', '498.25'],
    [p2, 'P-2', 'Filtro', '47.8'],
  );
  await filas('inventario.codigos_barras', 'id, codigo, producto_id', [newId(), '7501000000029', p1]);
  await filas(
    'inventario.ubicaciones',
    'id, almacen_id, codigo',
    [u1, t1.almacenId, 'A-01-1'],
    [u2, t2.almacenId, 'A-01-1'],
  );
  await filas('inventario.producto_ubicaciones', 'producto_id, ubicacion_id', [p1, u1], [p1, u2]);
  await filas(
    'inventario.producto_almacenes',
    'producto_id, almacen_id',
    [p1, t1.almacenId],
    [p1, t2.almacenId],
  );
  await filas(
    'inventario.transacciones',
    'id, producto_id, almacen_id, tipo, cantidad, ocurrida_en',
    ...[t1, t2].map((t) => [newId(), p1, t.almacenId, 'inventario', '10', ahora]),
  );
  await filas(
    'inventario.producto_medidas',
    'producto_id, almacen_id, costo_fuente, venta_neta, venta_diaria, semanas, conteos, conteos_mal, medida_en',
    ...[t1, t2].map((t) => [p1, t.almacenId, 'sin_costo', '0', '0', 0, 0, 0, ahora]),
  );
  await filas('inventario.planeacion_almacenes', 'almacen_id', [t1.almacenId], [t2.almacenId]);
  await filas('inventario.invitaciones', 'id, token_hash, nombre, rol, creada_por, expira_en', [
    newId(),
    'x',
    'Nuevo',
    'almacenista',
    gente.admin.id,
    ahora,
  ]);
  await filas('inventario.configuracion', 'clave, valor', ['retencion', '{}']);
  await filas(
    'inventario.auditoria',
    'id, accion, entidad, tienda_id',
    ...[t1.id, t2.id, null].map((t) => [newId(), 'aprueba', 'conteo', t]),
  );

  await filas(
    'inventario.conteos',
    'id, almacen_id, alcance, ciego, creado_por',
    [k1, t1.almacenId, 'lista', true, jefe.id],
    [k2, t2.almacenId, 'lista', true, gente.admin.id],
    [k3, t1.almacenId, 'libre', true, ana.id],
  );
  await filas(
    'inventario.conteo_contadores',
    'conteo_id, usuario_id, nombre',
    [k1, ana.id, 'Ana'],
    [k1, luis.id, 'Luis'],
    [k2, otro.id, 'Otro'],
  );
  await filas('inventario.conteo_ubicaciones', 'conteo_id, ubicacion_id', [k1, u1], [k2, u2]);
  await filas('inventario.conteo_productos', 'conteo_id, producto_id', [k1, p1], [k2, p1]);
  await filas('inventario.conteo_intentos', 'conteo_id, intento', [k1, 1], [k2, 1]);
  await filas(
    'inventario.conteo_intento_productos',
    'conteo_id, intento, producto_id',
    [k1, 1, p1],
    [k2, 1, p1],
  );
  await filas(
    'inventario.conteo_intento_contadores',
    'conteo_id, intento, usuario_id',
    [k1, 1, luis.id],
    [k2, 1, otro.id],
  );
  await filas(
    'inventario.conteo_partes',
    'conteo_id, usuario_id, lineas, terminada_en',
    [k1, luis.id, 1, ahora],
    [k2, otro.id, 1, ahora],
  );
  await filas(
    'inventario.conteo_lineas',
    'id, conteo_id, producto_id, cantidad, tipo, usuario_id, contado_en, instante',
    [lineaAna, k1, p1, '4', 'suma', ana.id, ahora, ahora],
    [lineaLuis, k1, p1, '5', 'suma', luis.id, ahora, ahora],
    [lineaOtro, k2, p1, '6', 'suma', otro.id, ahora, ahora],
  );
  await filas(
    'inventario.conteo_linea_ligas',
    'id, linea_id, conteo_id, estado, producto_id, por, en',
    [newId(), lineaAna, k1, 'propuesta', p1, luis.id, ahora],
    [newId(), lineaLuis, k1, 'ligada', p1, jefe.id, ahora],
    [newId(), lineaOtro, k2, 'propuesta', p1, otro.id, ahora],
  );
  await filas(
    'inventario.archivos',
    'sha256, mime, bytes, tamano, subido_por',
    [SHA('a'), 'image/webp', Buffer.from('a'), 1, luis.id],
    [SHA('b'), 'image/webp', Buffer.from('b'), 1, otro.id],
  );
  await filas(
    'inventario.conteo_linea_fotos',
    'linea_id, sha256, conteo_id, por',
    [lineaLuis, SHA('a'), k1, luis.id],
    [lineaOtro, SHA('b'), k2, otro.id],
  );
  await filas(
    'inventario.conteo_vacias',
    'conteo_id, producto_id, ubicacion_id, motivo, por',
    [k1, p1, u1, 'vacía', jefe.id],
    [k2, p1, u2, 'vacía', gente.admin.id],
  );
  await filas(
    'inventario.conteo_traslapes',
    'conteo_id, producto_id, decision, por',
    [k1, p1, 'suma', jefe.id],
    [k2, p1, 'suma', gente.admin.id],
  );
  await filas(
    'inventario.conteo_resultados',
    'conteo_id, producto_id, intento, contado, instante, teorico, variacion, decision, aprobado_por',
    ...[k1, k2].map((k) => [k, p1, 1, '9', ahora, '10', '-1', 'ajuste', gente.admin.id]),
  );
  await filas('inventario.conteo_tolerancias', 'conteo_id, clase_abc', [k1, 'A'], [k2, 'A']);
  await filas(
    'inventario.conteo_ceros',
    'conteo_id, producto_id, por',
    ...[k1, k2].map((k) => [k, p2, gente.admin.id]),
  );
  await filas(
    'inventario.conteo_linea_notas',
    'id, linea_id, conteo_id, nota, por, en',
    [newId(), lineaLuis, k1, 'caja mojada', luis.id, ahora],
    [newId(), lineaOtro, k2, 'caja mojada', otro.id, ahora],
  );
  await filas(
    'inventario.conteo_firmantes',
    'conteo_id, usuario_id, pedido_por',
    ...[k1, k2].map((k) => [k, gente.admin.id, gente.admin.id]),
  );
  const movimientos = [newId(), newId()] as const;
  await filas(
    'inventario.transacciones',
    'id, producto_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en',
    [movimientos[0], p2, t1.almacenId, 'ajuste', 'merma', '-1', ahora],
    [movimientos[1], p2, t2.almacenId, 'ajuste', 'merma', '-1', ahora],
  );
  await filas(
    'inventario.contra_ajustes',
    'id, conteo_id, producto_id, movimiento_id, decision, por',
    ...[k1, k2].map((k, i) => [newId(), k, p1, movimientos[i], 'descartado', gente.admin.id]),
  );
  await filas(
    'inventario.ajustes_propuestos',
    'id, producto_id, almacen_id, cantidad, motivo, ocurrida_en, propuesto_por',
    ...[t1, t2].map((t) => [newId(), p1, t.almacenId, '-1', 'se rompió', ahora, gente.admin.id]),
  );
  await filas(
    'inventario.cierres',
    'id, tienda_id, accion, motivo, por',
    ...[t1, t2].map((t) => [newId(), t.id, 'abre', 'prueba', gente.admin.id]),
  );
  await filas(
    'inventario.conteo_mermas',
    'conteo_id, producto_id, cantidad, decision, por',
    ...[k1, k2].map((k) => [k, p1, '1', 'descartado', gente.admin.id]),
  );

  const webhook = newId();
  await filas('inventario.webhooks', 'id, nombre, url, secreto_cifrado, creado_por', [
    webhook,
    'Contabilidad',
    'https://example.com/avisos',
    Buffer.from('secreto'),
    gente.admin.id,
  ]);
  await filas('inventario.webhook_entregas', 'id, webhook_id, mensaje_id, tipo, cuerpo', [
    newId(),
    webhook,
    'evt_1',
    'conteo.creado',
    '{}',
  ]);
  await filas('inventario.tokens_personales', 'id, usuario_id, nombre, token_hash, pista, alcances', [
    newId(),
    gente.admin.id,
    'Caja',
    'x',
    'abcd',
    '{inventario:leer}',
  ]);

  await filas('inventario.conexiones', 'id, tipo, nombre, secreto_cifrado', [
    conexion,
    'microsip',
    'Matriz',
    Buffer.from('secreto'),
  ]);
  await filas('inventario.sync_jobs', 'id, job_type', [newId(), 'sync_products']);
  const subidas = [newId(), newId()] as const;
  await filas(
    'inventario.uploads',
    'id, filename, tienda_id',
    [subidas[0], 'ventas.xlsx', t1.id],
    [subidas[1], 'ventas.xlsx', t2.id],
  );
  await filas('inventario.importacion_mapas', 'firma, opciones', [SHA('c'), '{}']);
  await filas('inventario.importacion_lotes', 'upload_id, n, filas', ...subidas.map((u) => [u, 1, '[]']));
  await filas(
    'inventario.importacion_problemas',
    'upload_id, n, gravedad, datos',
    ...subidas.map((u) => [u, 1, 'aviso', '{}']),
  );
  await filas(
    'inventario.importacion_reparaciones',
    'upload_id, n, datos',
    ...subidas.map((u) => [u, 1, '{}']),
  );
  await filas('inventario.erp_productos', 'id, conexion_id, codigo_erp', [newId(), conexion, 'E-1']);
  await filas(
    'inventario.erp_inventario',
    'id, conexion_id, almacen_erp, tienda_id, existencia',
    ...[t1.id, t2.id, null].map((t, i) => [newId(), conexion, `${i}`, t, '10']),
  );
  await filas(
    'inventario.erp_ventas',
    'id, conexion_id, folio_erp, tienda_id',
    ...[t1.id, t2.id, null].map((t, i) => [newId(), conexion, `V-${i}`, t]),
  );
  await filas('inventario.erp_clientes', 'id, conexion_id, codigo_erp, nombre', [
    newId(),
    conexion,
    'C-1',
    'Taller Pérez',
  ]);

  const parche = newId();
  await filas('inventario.proveedores', 'id, codigo, nombre', [proveedor, 'V-1', 'Distribuidora']);
  await filas('inventario.producto_proveedores', 'producto_id, proveedor_id', [p1, proveedor]);
  await filas('inventario.producto_parches', 'id, producto_id, args, por, en', [
    parche,
    p1,
    '{}',
    jefe.id,
    ahora,
  ]);
  await filas('inventario.producto_conflictos', 'parche_id, campo, producto_id', [parche, 'precio', p1]);
  await filas('inventario.producto_fusiones', 'id, origen_id, destino_id, por, en, deshecha_en', [
    newId(),
    p2,
    p1,
    jefe.id,
    ahora,
    ahora,
  ]);
  await filas('inventario.productos_distintos', 'a, b, por', [...[p1, p2].sort(), jefe.id]);

  for (const [dueno, documento, chat] of [
    [ana, documentoAna, chatAna],
    [jefe, newId(), newId()],
  ] as const) {
    await filas('genai.documents', 'id, user_id, title, content, file_type', [
      documento,
      dueno.id,
      'Manual',
      '…',
      'txt',
    ]);
    await filas('genai.chunks', 'id, document_id, content, chunk_index', [newId(), documento, '…', 0]);
    await filas('genai.chat_sessions', 'id, user_id', [chat, dueno.id]);
    await filas('genai.chat_messages', 'id, session_id, role, content', [newId(), chat, 'assistant', 'Hola']);
    await filas('genai.audio_transcriptions', 'id, user_id, transcription', [newId(), dueno.id, '…']);
  }
  return {
    t1,
    t2,
    gente,
    luis,
    otro,
    p1,
    p2,
    u1,
    k1,
    k2,
    k3,
    lineaAna,
    lineaLuis,
    conexion,
    proveedor,
    webhook,
    subida: subidas[0],
    documentoAna,
    chatAna,
  };
}
