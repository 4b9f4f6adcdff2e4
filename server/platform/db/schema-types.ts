/** Made by `npm run schema-types` from the migrations; not edited by hand. */
import type { ColumnType } from 'kysely';

/** `timestamptz`: an instant. */
type Instant = ColumnType<Date, Date | string, Date | string>;
/** `jsonb`: written as JSON text, because the driver would send an array as a PostgreSQL array. */
type Json = ColumnType<unknown, string, string>;
/** `numeric`: decimal text; never a float. */
type Decimal = ColumnType<string, string, string>;
/** `int8`: read as text, written as anything whole. */
type Int8 = ColumnType<string, string | number | bigint, string | number | bigint>;
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

type Read<T> = T extends ColumnType<infer S, infer _I, infer _U> ? S : T;
type Write<T> = T extends ColumnType<infer _S, infer I, infer _U> ? I : T;
/** May be null, therefore also left out. */
type Opt<T> = ColumnType<Read<T> | null, Write<T> | null | undefined, Write<T> | null>;
/** Has a default. */
type Def<T> = ColumnType<Read<T>, Write<T> | undefined, Write<T>>;
/** Computed by the database. */
type Calc<T> = ColumnType<Read<T>, never, never>;

export interface Database {
  'auth.refresh_tokens': {
    token_hash: string;
    session_id: string;
    parent_hash: Opt<string>;
    used_at: Opt<Instant>;
    replaced_by: Opt<string>;
    created_at: Def<Instant>;
    expires_at: Instant;
  };
  'auth.sessions': {
    id: string;
    user_id: string;
    user_agent: Opt<string>;
    revoked_at: Opt<Instant>;
    created_at: Def<Instant>;
    refreshed_at: Def<Instant>;
  };
  'auth.users': {
    id: string;
    email: Opt<string>;
    encrypted_password: Opt<string>;
    raw_user_meta_data: Def<Json>;
    banned_until: Opt<Instant>;
    last_sign_in_at: Opt<Instant>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'genai.audio_transcriptions': {
    id: string;
    user_id: string;
    audio_url: Opt<string>;
    transcription: string;
    language: Def<string>;
    duration_seconds: Opt<Decimal>;
    metadata: Def<Json>;
    created_at: Def<Instant>;
  };
  'genai.chat_messages': {
    id: string;
    session_id: string;
    role: string;
    content: string;
    metadata: Def<Json>;
    created_at: Def<Instant>;
  };
  'genai.chat_sessions': {
    id: string;
    user_id: string;
    title: Opt<string>;
    metadata: Def<Json>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'genai.chunks': {
    id: string;
    document_id: string;
    content: string;
    metadata: Def<Json>;
    chunk_index: number;
    created_at: Def<Instant>;
    embedding: Opt<string>;
  };
  'genai.documents': {
    id: string;
    user_id: string;
    title: string;
    content: string;
    file_type: string;
    file_url: Opt<string>;
    metadata: Def<Json>;
    created_at: Def<Instant>;
  };
  'inventario.ajustes_propuestos': {
    id: string;
    producto_id: string;
    almacen_id: string;
    cantidad: Decimal;
    motivo: string;
    ocurrida_en: Instant;
    estado: Def<string>;
    propuesto_por: string;
    propuesto_en: Def<Instant>;
    decidido_por: Opt<string>;
    decidido_en: Opt<Instant>;
    motivo_rechazo: Opt<string>;
    transaccion_id: Opt<string>;
  };
  'inventario.almacenes': {
    id: string;
    tienda_id: string;
    codigo: string;
    nombre: string;
    tipo: Def<string>;
    movimientos_hasta: Opt<Instant>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.archivos': {
    sha256: string;
    mime: string;
    bytes: Bytes;
    tamano: number;
    subido_por: Opt<string>;
    created_at: Def<Instant>;
  };
  'inventario.auditoria': {
    id: string;
    en: Def<Instant>;
    usuario_id: Opt<string>;
    accion: string;
    entidad: string;
    entidad_id: Opt<string>;
    tienda_id: Opt<string>;
    datos: Def<Json>;
  };
  'inventario.categorias': {
    id: string;
    nombre: string;
    descripcion: Opt<string>;
    parent_id: Opt<string>;
    nivel: Def<number>;
    path: Opt<string>;
    metadata: Def<Json>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.cierres': {
    id: string;
    tienda_id: string;
    accion: string;
    hasta: Opt<Instant>;
    motivo: string;
    por: string;
    en: Def<Instant>;
  };
  'inventario.codigos_barras': {
    id: string;
    codigo: string;
    clave_gtin: Opt<string>;
    producto_id: string;
    factor: Def<Decimal>;
    tipo: Def<string>;
    nombre: Opt<string>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.conexiones': {
    id: string;
    tipo: string;
    nombre: string;
    parametros: Def<Json>;
    secreto_cifrado: Opt<Bytes>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.configuracion': {
    clave: string;
    valor: Json;
    updated_at: Def<Instant>;
    version: Def<number>;
    cambiado_por: Opt<string>;
  };
  'inventario.conteo_ceros': {
    conteo_id: string;
    producto_id: string;
    por: string;
    en: Def<Instant>;
  };
  'inventario.conteo_contadores': {
    conteo_id: string;
    usuario_id: string;
    nombre: string;
  };
  'inventario.conteo_firmantes': {
    conteo_id: string;
    usuario_id: string;
    pedido_por: string;
    en: Def<Instant>;
  };
  'inventario.conteo_intento_contadores': {
    conteo_id: string;
    intento: number;
    usuario_id: string;
  };
  'inventario.conteo_intento_productos': {
    conteo_id: string;
    intento: number;
    producto_id: string;
  };
  'inventario.conteo_intentos': {
    conteo_id: string;
    intento: number;
    motivo: Opt<string>;
    pedido_por: Opt<string>;
    created_at: Def<Instant>;
    controles: Def<string[]>;
  };
  'inventario.conteo_linea_fotos': {
    linea_id: string;
    sha256: string;
    conteo_id: string;
    por: string;
    recibido_en: Def<Instant>;
  };
  'inventario.conteo_linea_ligas': {
    id: string;
    linea_id: string;
    conteo_id: string;
    estado: string;
    producto_id: Opt<string>;
    factor: Opt<Decimal>;
    motivo: Opt<string>;
    por: string;
    en: Instant;
    recibido_en: Def<Instant>;
  };
  'inventario.conteo_linea_notas': {
    id: string;
    linea_id: string;
    conteo_id: string;
    nota: string;
    por: string;
    en: Instant;
    recibido_en: Def<Instant>;
  };
  'inventario.conteo_lineas': {
    id: string;
    conteo_id: string;
    intento: Def<number>;
    ubicacion_id: Opt<string>;
    codigo_crudo: Opt<string>;
    simbologia: Opt<string>;
    fuente: Opt<string>;
    producto_id: Opt<string>;
    cantidad: Decimal;
    factor: Def<Decimal>;
    unidades: Calc<Decimal | null>;
    tipo: string;
    anula: Opt<string>;
    condicion: Def<string>;
    lote: Opt<string>;
    caduca: Opt<string>;
    dot: Opt<string>;
    nota: Opt<string>;
    device_id: Opt<string>;
    usuario_id: string;
    contado_en: Instant;
    desfase_guardar_ms: Opt<Int8>;
    desfase_enviar_ms: Opt<Int8>;
    instante: Instant;
    reloj_dudoso: Def<boolean>;
    recibido_en: Def<Instant>;
  };
  'inventario.conteo_mermas': {
    conteo_id: string;
    producto_id: string;
    cantidad: Decimal;
    decision: string;
    traspaso_id: Opt<string>;
    motivo: Opt<string>;
    por: string;
    en: Def<Instant>;
  };
  'inventario.conteo_partes': {
    conteo_id: string;
    intento: Def<number>;
    usuario_id: string;
    device_id: Opt<string>;
    lineas: number;
    terminada_en: Instant;
    cerrada_por: Opt<string>;
    motivo: Opt<string>;
    recibido_en: Def<Instant>;
    devuelta_en: Opt<Instant>;
    devuelta_por: Opt<string>;
    nota_devolucion: Opt<string>;
  };
  'inventario.conteo_productos': {
    conteo_id: string;
    producto_id: string;
  };
  'inventario.conteo_resultados': {
    conteo_id: string;
    producto_id: string;
    intento: number;
    contado: Decimal;
    instante: Instant;
    teorico: Opt<Decimal>;
    lo: Opt<Decimal>;
    hi: Opt<Decimal>;
    variacion: Decimal;
    decision: string;
    ajuste_id: Opt<string>;
    costo_unitario: Opt<Decimal>;
    costo_fuente: Opt<string>;
    valor: Opt<Decimal>;
    motivo: Opt<string>;
    aprobado_por: string;
    aprobado_en: Def<Instant>;
  };
  'inventario.conteo_tolerancias': {
    conteo_id: string;
    clase_abc: string;
    tol_unidades: Opt<Decimal>;
    tol_porcentaje: Opt<Decimal>;
    tol_pesos: Opt<Decimal>;
  };
  'inventario.conteo_traslapes': {
    conteo_id: string;
    producto_id: string;
    decision: string;
    usuario_id: Opt<string>;
    por: string;
    en: Def<Instant>;
  };
  'inventario.conteo_ubicaciones': {
    conteo_id: string;
    ubicacion_id: string;
  };
  'inventario.conteo_vacias': {
    conteo_id: string;
    producto_id: string;
    ubicacion_id: string;
    motivo: string;
    por: string;
    en: Def<Instant>;
  };
  'inventario.conteos': {
    id: string;
    folio: Opt<string>;
    nombre: Def<string>;
    tienda_id: string;
    almacen_id: string;
    alcance: string;
    categoria_id: Opt<string>;
    clase_abc: Opt<string>;
    ciego: Def<boolean>;
    doble_ciego: Def<boolean>;
    reparto: Def<string>;
    tol_unidades: Opt<Decimal>;
    tol_porcentaje: Opt<Decimal>;
    tol_pesos: Opt<Decimal>;
    holgura_s: Def<number>;
    estado: Def<string>;
    vence: Opt<Instant>;
    corrige_a: Opt<string>;
    creado_por: string;
    abierto_en: Def<Instant>;
    en_revision_en: Opt<Instant>;
    cerrado_en: Opt<Instant>;
    cancelado_en: Opt<Instant>;
    cancelado_por: Opt<string>;
    motivo_cancelacion: Opt<string>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
    proposito: Def<string>;
    complementa_a: Opt<string>;
    compara_con: Opt<string>;
  };
  'inventario.contra_ajustes': {
    id: string;
    conteo_id: string;
    producto_id: string;
    movimiento_id: string;
    decision: string;
    transaccion_id: Opt<string>;
    motivo: Opt<string>;
    por: string;
    en: Def<Instant>;
  };
  'inventario.erp_clientes': {
    id: string;
    conexion_id: string;
    codigo_erp: string;
    nombre: string;
    rfc: Opt<string>;
    email: Opt<string>;
    telefono: Opt<string>;
    direccion: Opt<string>;
    ciudad: Opt<string>;
    estado: Opt<string>;
    codigo_postal: Opt<string>;
    limite_credito: Opt<Decimal>;
    saldo: Opt<Decimal>;
    last_synced_at: Opt<Instant>;
    sync_hash: Opt<string>;
    metadata: Def<Json>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.erp_inventario': {
    id: string;
    conexion_id: string;
    erp_producto_id: Opt<string>;
    almacen_erp: Opt<string>;
    tienda_id: Opt<string>;
    existencia: Opt<Decimal>;
    costo: Opt<Decimal>;
    ultimo_costo: Opt<Decimal>;
    costo_promedio: Opt<Decimal>;
    fecha_inventario: Opt<string>;
    last_synced_at: Opt<Instant>;
    sync_hash: Opt<string>;
    metadata: Def<Json>;
    created_at: Def<Instant>;
  };
  'inventario.erp_productos': {
    id: string;
    conexion_id: string;
    codigo_erp: string;
    producto_id: Opt<string>;
    nombre_erp: Opt<string>;
    tabla_erp: Opt<string>;
    last_synced_at: Opt<Instant>;
    sync_hash: Opt<string>;
    sync_status: Def<string>;
    metadata: Def<Json>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.erp_ventas': {
    id: string;
    conexion_id: string;
    folio_erp: string;
    detalle_erp: Def<string>;
    erp_producto_id: Opt<string>;
    cliente_erp: Opt<string>;
    almacen_erp: Opt<string>;
    tienda_id: Opt<string>;
    cantidad: Opt<Decimal>;
    precio: Opt<Decimal>;
    descuento: Def<Decimal>;
    subtotal: Opt<Decimal>;
    impuesto: Opt<Decimal>;
    total: Opt<Decimal>;
    fecha_venta: Opt<string>;
    fecha_factura: Opt<string>;
    last_synced_at: Opt<Instant>;
    sync_hash: Opt<string>;
    metadata: Def<Json>;
    created_at: Def<Instant>;
  };
  'inventario.eventos': {
    id: Def<string>;
    pos: Opt<Int8>;
    orden: Def<Int8>;
    xid: Opt<string>;
    tipo: string;
    en: Def<Instant>;
    tienda_id: Opt<string>;
    conteo_id: Opt<string>;
    usuario_id: Opt<string>;
    roles: string[];
    datos: Def<Json>;
  };
  'inventario.existencias': {
    producto_id: string;
    almacen_id: string;
    cantidad: Opt<Decimal>;
    tiene_base: Def<boolean>;
    actualizada_en: Def<Instant>;
  };
  'inventario.folios': {
    tienda_id: string;
    anio: number;
    ultimo: Def<number>;
  };
  'inventario.importacion_lotes': {
    upload_id: string;
    n: number;
    filas: Json;
    plan: Opt<Json>;
    nuevos: Def<number>;
    cambiados: Def<number>;
    iguales: Def<number>;
    omitidos: Def<number>;
    aplicado_en: Opt<Instant>;
  };
  'inventario.importacion_mapas': {
    firma: string;
    opciones: Json;
    por: Opt<string>;
    en: Def<Instant>;
  };
  'inventario.importacion_problemas': {
    upload_id: string;
    n: number;
    gravedad: string;
    datos: Json;
  };
  'inventario.importacion_reparaciones': {
    upload_id: string;
    n: number;
    datos: Json;
  };
  'inventario.invitaciones': {
    id: string;
    token_hash: string;
    correo: Opt<string>;
    nombre: string;
    rol: string;
    tienda_ids: Def<string[]>;
    limite_ajuste: Opt<Decimal>;
    creada_por: string;
    expira_en: Instant;
    usada_en: Opt<Instant>;
    usuario_id: Opt<string>;
    cancelada_en: Opt<Instant>;
    created_at: Def<Instant>;
  };
  'inventario.movimientos_medidos': {
    id: Calc<string>;
    producto_id: Calc<string>;
    almacen_id: Calc<string>;
    fecha: Calc<string>;
    tipo: Calc<string>;
    subtipo: Calc<string>;
    movimientos: Calc<number>;
    unidades: Calc<Decimal>;
    importe: Calc<Decimal>;
    impuesto: Calc<Decimal>;
    sin_impuesto: Calc<Decimal>;
    sin_precio: Calc<Decimal>;
    costo: Calc<Decimal>;
    con_costo: Calc<Decimal>;
  };
  'inventario.movimientos_mes': {
    producto_id: string;
    almacen_id: string;
    mes: string;
    tipo: string;
    subtipo: string;
    movimientos: number;
    unidades: Decimal;
    importe: Decimal;
    impuesto: Decimal;
    sin_impuesto: Decimal;
    sin_precio: Decimal;
    costo: Decimal;
    con_costo: Decimal;
    primera: string;
    ultima: string;
  };
  'inventario.planeacion_almacenes': {
    almacen_id: string;
    conteo_del_dia: Def<boolean>;
    minutos: Def<number>;
    hora: Def<number>;
    contadores: Def<string[]>;
    dias_a: Def<number>;
    dias_b: Def<number>;
    dias_c: Def<number>;
    abc_por: Def<string>;
    umbral_a: Def<number>;
    umbral_b: Def<number>;
    por: Opt<string>;
    updated_at: Def<Instant>;
  };
  'inventario.producto_almacenes': {
    producto_id: string;
    almacen_id: string;
    clase_abc: Opt<string>;
    minimo: Opt<Decimal>;
    maximo: Opt<Decimal>;
    clase_fijada: Def<boolean>;
  };
  'inventario.producto_conflictos': {
    parche_id: string;
    campo: string;
    producto_id: string;
    base: Opt<string>;
    valor: Opt<string>;
    encontrado: Opt<string>;
    encontrado_por: Opt<string>;
    estado: Def<string>;
    decidido_por: Opt<string>;
    decidido_en: Opt<Instant>;
  };
  'inventario.producto_costos': {
    id: Calc<string>;
    costo: Calc<Decimal>;
  };
  'inventario.producto_fusiones': {
    id: string;
    origen_id: string;
    destino_id: string;
    por: string;
    en: Instant;
    registrada_en: Def<Instant>;
    datos: Def<Json>;
    deshecha_por: Opt<string>;
    deshecha_en: Opt<Instant>;
  };
  'inventario.producto_medidas': {
    producto_id: string;
    almacen_id: string;
    costo_unitario: Opt<Decimal>;
    costo_fuente: string;
    venta_neta: Decimal;
    venta_diaria: Decimal;
    semanas: number;
    variabilidad: Opt<Decimal>;
    abc_ventas: Opt<string>;
    abc_existencia: Opt<string>;
    xyz: Opt<string>;
    primer_movimiento: Opt<string>;
    ultima_venta: Opt<string>;
    ultimo_conteo: Opt<Instant>;
    conteos: number;
    conteos_mal: number;
    medida_en: Instant;
  };
  'inventario.producto_parches': {
    id: string;
    producto_id: string;
    args: Json;
    por: string;
    en: Instant;
    recibido_en: Def<Instant>;
  };
  'inventario.producto_proveedores': {
    producto_id: string;
    proveedor_id: string;
    codigo_proveedor: Opt<string>;
    costo: Opt<Decimal>;
    minimo_compra: Opt<Decimal>;
    empaque: Opt<Decimal>;
    preferido: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.producto_ubicaciones': {
    producto_id: string;
    ubicacion_id: string;
    created_at: Def<Instant>;
  };
  'inventario.productos': {
    id: string;
    codigo: string;
    nombre: string;
    descripcion: Opt<string>;
    categoria_id: Opt<string>;
    precio: Def<Decimal>;
    costo: Opt<Decimal>;
    precio_mayoreo: Opt<Decimal>;
    unidad: Def<string>;
    decimales: Def<number>;
    marca: Opt<string>;
    modelo: Opt<string>;
    sku: Opt<string>;
    upc: Opt<string>;
    peso: Opt<Decimal>;
    dimensiones: Opt<Json>;
    imagen_url: Opt<string>;
    iva_tasa: Def<string>;
    precio_con_iva: Def<boolean>;
    clave_prod_serv: Opt<string>;
    clave_unidad: Opt<string>;
    pide_lote: Def<boolean>;
    pide_caducidad: Def<boolean>;
    es_servicio: Def<boolean>;
    es_juego: Def<boolean>;
    fusionado_en: Opt<string>;
    metadata: Def<Json>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
    partes: Opt<Json>;
  };
  'inventario.productos_distintos': {
    a: string;
    b: string;
    por: string;
    en: Def<Instant>;
  };
  'inventario.proveedores': {
    id: string;
    codigo: string;
    nombre: string;
    rfc: Opt<string>;
    telefono: Opt<string>;
    correo: Opt<string>;
    dias_entrega: Opt<number>;
    notas: Opt<string>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.sync_jobs': {
    id: string;
    conexion_id: Opt<string>;
    job_type: string;
    entity_type: Opt<string>;
    status: Def<string>;
    started_at: Opt<Instant>;
    completed_at: Opt<Instant>;
    duration_seconds: Opt<number>;
    records_synced: Def<number>;
    records_failed: Def<number>;
    records_skipped: Def<number>;
    last_sync_timestamp: Opt<Instant>;
    error_log: Def<Json>;
    metadata: Def<Json>;
    created_at: Def<Instant>;
  };
  'inventario.tiendas': {
    id: string;
    codigo: string;
    nombre: string;
    direccion: Opt<string>;
    ciudad: Opt<string>;
    estado: Opt<string>;
    codigo_postal: Opt<string>;
    telefono: Opt<string>;
    email: Opt<string>;
    gerente: Opt<string>;
    zona_horaria: Def<string>;
    metadata: Def<Json>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
    descarga_al_entregar: Def<boolean>;
    cerrado_hasta: Opt<Instant>;
  };
  'inventario.tokens_personales': {
    id: string;
    usuario_id: string;
    nombre: string;
    token_hash: string;
    pista: string;
    alcances: string[];
    expira_en: Opt<Instant>;
    usado_en: Opt<Instant>;
    revocado_en: Opt<Instant>;
    revocado_por: Opt<string>;
    created_at: Def<Instant>;
  };
  'inventario.transacciones': {
    id: string;
    producto_id: string;
    tienda_id: string;
    almacen_id: string;
    tipo: string;
    subtipo: Opt<string>;
    cantidad: Decimal;
    efecto: Calc<Decimal | null>;
    precio: Opt<Decimal>;
    costo: Opt<Decimal>;
    costo_unitario: Opt<Decimal>;
    costo_fuente: Opt<string>;
    descuento: Def<Decimal>;
    impuesto: Def<Decimal>;
    total: Opt<Decimal>;
    fecha: string;
    fecha_desde: Opt<string>;
    fecha_hasta: Opt<string>;
    ocurrida_en: Instant;
    precision: Def<string>;
    orden: Def<number>;
    referencia: Opt<string>;
    notas: Opt<string>;
    conteo_id: Opt<string>;
    traspaso_id: Opt<string>;
    reversa_de: Opt<string>;
    conexion_id: Opt<string>;
    upload_id: Opt<string>;
    origen: Opt<string>;
    origen_id: Opt<string>;
    metadata: Def<Json>;
    user_id: Opt<string>;
    created_at: Def<Instant>;
  };
  'inventario.ubicaciones': {
    id: string;
    almacen_id: string;
    codigo: string;
    zona: Def<string>;
    nombre: Opt<string>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.uploads': {
    id: string;
    filename: string;
    file_type: Opt<string>;
    file_size: Opt<Int8>;
    file_path: Opt<string>;
    tienda_id: Opt<string>;
    records_processed: Def<number>;
    records_failed: Def<number>;
    status: Def<string>;
    error_message: Opt<string>;
    error_details: Opt<Json>;
    user_id: Opt<string>;
    started_at: Opt<Instant>;
    completed_at: Opt<Instant>;
    created_at: Def<Instant>;
    sha256: Opt<string>;
    opciones: Def<Json>;
    generacion: Def<number>;
    analisis: Opt<Json>;
    ensayo: Opt<Json>;
    avance: Opt<Json>;
    firma: Opt<string>;
    cancelar: Def<boolean>;
    aplicado_por: Opt<string>;
    revertido_por: Opt<string>;
    revertido_en: Opt<Instant>;
  };
  'inventario.usuario_tiendas': {
    usuario_id: string;
    tienda_id: string;
  };
  'inventario.usuarios': {
    id: string;
    correo: Opt<string>;
    nombre_usuario: Opt<string>;
    nombre: string;
    rol: string;
    limite_ajuste: Opt<Decimal>;
    is_active: Def<boolean>;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'inventario.usuarios_completos': {
    id: Calc<string>;
    correo: Calc<string>;
    nombre_usuario: Calc<string>;
    nombre: Calc<string>;
    rol: Calc<string>;
    limite_ajuste: Calc<Decimal>;
    is_active: Calc<boolean>;
    created_at: Calc<Instant>;
    updated_at: Calc<Instant>;
  };
  'inventario.webhook_entregas': {
    id: string;
    webhook_id: string;
    mensaje_id: string;
    evento_id: Opt<string>;
    tipo: string;
    cuerpo: string;
    estado: Def<string>;
    intentos: Def<number>;
    bitacora: Def<Json>;
    siguiente_en: Opt<Instant>;
    entregada_en: Opt<Instant>;
    created_at: Def<Instant>;
  };
  'inventario.webhooks': {
    id: string;
    nombre: string;
    url: string;
    secreto_cifrado: Bytes;
    tipos: Def<string[]>;
    tienda_ids: Def<string[]>;
    activo: Def<boolean>;
    fallando_desde: Opt<Instant>;
    desactivado_en: Opt<Instant>;
    motivo: Opt<string>;
    version: Def<number>;
    creado_por: string;
    created_at: Def<Instant>;
    updated_at: Def<Instant>;
  };
  'sync.armado': {
    xid: string;
  };
  'sync.change': {
    scope: string;
    tbl: string;
    pk: string;
    ver: Int8;
    op: string;
  };
  'sync.device': {
    id: string;
    secret_hash: string;
    nombre: Opt<string>;
    last_mid: Def<Int8>;
    app_ver: Opt<string>;
    schema_ver: Opt<number>;
    pending_reported: Def<number>;
    oldest_pending_at: Opt<Instant>;
    usuario_id: Opt<string>;
    last_seen: Opt<Instant>;
    revoked_at: Opt<Instant>;
    revoked_por: Opt<string>;
    created_at: Def<Instant>;
  };
  'sync.eventos_cabeza': {
    id: Def<number>;
    pos: Def<Int8>;
    piso: Def<Int8>;
    repartido: Def<Int8>;
    olvidado_en: Opt<Instant>;
  };
  'sync.laguna': {
    id: string;
    device_id: string;
    desde_mid: Int8;
    hasta_mid: Int8;
    at: Def<Instant>;
  };
  'sync.llaves': {
    kid: string;
    publica: Json;
    privada: Json;
    created_at: Def<Instant>;
    retirada_en: Opt<Instant>;
  };
  'sync.llaves_datos': {
    kid: string;
    clave: Bytes;
    created_at: Def<Instant>;
  };
  'sync.meta': {
    id: Def<number>;
    epoch: string;
    system_identifier: Opt<string>;
    timeline: Opt<string>;
    min_pull_schema: Def<number>;
    updated_at: Def<Instant>;
    dias_version: Def<number>;
    dias_mutacion: Def<number>;
    compactado_en: Opt<Instant>;
  };
  'sync.miembros': {
    scope: Calc<string>;
    tbl: Calc<string>;
    pk: Calc<string>;
  };
  'sync.migracion': {
    nombre: string;
    suma: string;
    aplicada_en: Def<Instant>;
  };
  'sync.mutation': {
    device_id: string;
    mid: Int8;
    name: string;
    args_hash: string;
    usuario_id: Opt<string>;
    result: string;
    at: Def<Instant>;
  };
  'sync.pendiente': {
    xid: string;
    scope: string;
    tbl: string;
    pk: string;
    op: string;
    pks: Opt<string[]>;
  };
  'sync.rejection': {
    id: string;
    device_id: string;
    mid: Int8;
    usuario_id: Opt<string>;
    conteo_id: Opt<string>;
    name: string;
    args: string;
    code: string;
    message: string;
    result: string;
    state: Def<string>;
    resuelta_por: Opt<string>;
    resuelta_en: Opt<Instant>;
    nota: Opt<string>;
    at: Def<Instant>;
    creada_en: Opt<Instant>;
    desfase_enviar_ms: Opt<Int8>;
  };
  'sync.scope': {
    id: string;
    ver: Def<Int8>;
    token: Opt<string>;
    piso: Def<Int8>;
  };
  'sync.snapshot': {
    scope: string;
    ver: Opt<Int8>;
    token: Opt<string>;
    huella: Opt<string>;
    filas: Def<number>;
    trozos: Def<Json>;
    creado_en: Opt<Instant>;
    armando_hasta: Opt<Instant>;
  };
  'sync.snapshot_trozo': {
    sha256: string;
    contenido: Bytes;
    visto_en: Instant;
  };
  'sync.turno': {
    id: string;
    usuario_id: string;
    device_id: string;
    rol: string;
    tienda_ids: Def<string[]>;
    emitido_en: Instant;
    expira_en: Instant;
  };
  'sync.version': {
    scope: string;
    ver: Int8;
    token: string;
    committed_at: Instant;
  };
}
