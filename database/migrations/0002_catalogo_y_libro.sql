-- Catalogue, people and the ledger. Ids are made by the app (UUID v7); quantities numeric(18,5),
-- money numeric(14,2), unit costs numeric(18,6), all in MXN.

-- unaccent() is only STABLE (its dictionary could change); an index needs IMMUTABLE, so the dictionary is named.
create function inventario.pliega(t text) returns text
  language sql immutable parallel safe strict
  as $$ select lower(extensions.unaccent('extensions.unaccent'::regdictionary, t)) $$;
create function inventario.pliega_codigo(t text) returns text
  language sql immutable parallel safe strict
  as $$ select regexp_replace(lower(extensions.unaccent('extensions.unaccent'::regdictionary, t)), '[^a-z0-9]', '', 'g') $$;

create table inventario.tiendas (
  id uuid primary key,
  codigo varchar(50) not null unique,
  nombre varchar(255) not null,
  direccion text,
  ciudad varchar(100),
  estado varchar(100),
  codigo_postal varchar(10),
  telefono varchar(50),
  email varchar(255),
  gerente varchar(255),
  zona_horaria text not null default 'America/Mexico_City',
  metadata jsonb not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table inventario.almacenes (
  id uuid primary key,
  tienda_id uuid not null references inventario.tiendas(id) on delete restrict,
  codigo varchar(50) not null unique,
  nombre varchar(255) not null,
  tipo text not null default 'general' check (tipo in ('general', 'mostrador', 'merma', 'garantias', 'transito', 'ajeno')),
  movimientos_hasta timestamptz, -- how far the till or the ERP is known; null = nothing is connected
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index almacenes_un_general on inventario.almacenes(tienda_id) where tipo = 'general';

create table inventario.ubicaciones (
  id uuid primary key,
  almacen_id uuid not null references inventario.almacenes(id) on delete restrict,
  codigo varchar(50) not null,
  zona varchar(50) not null default '',
  nombre varchar(255),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (almacen_id, codigo)
);

create table inventario.categorias (
  id uuid primary key,
  nombre varchar(255) not null unique,
  descripcion text,
  parent_id uuid references inventario.categorias(id) on delete set null,
  nivel integer not null default 0,
  path varchar(500),
  metadata jsonb not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index categorias_parent on inventario.categorias(parent_id);
create index categorias_path on inventario.categorias(path);

create table inventario.productos (
  id uuid primary key,
  codigo varchar(100) not null unique,
  nombre varchar(500) not null,
  descripcion text,
  categoria_id uuid references inventario.categorias(id) on delete set null,
  precio numeric(14,2) not null default 0,
  costo numeric(18,6),
  precio_mayoreo numeric(14,2),
  unidad varchar(50) not null default 'PZA',
  decimales smallint not null default 0 check (decimales between 0 and 3), -- > 0 only for measured units
  marca varchar(255),
  modelo varchar(255),
  sku varchar(100),
  upc varchar(50),
  peso numeric(18,5),
  dimensiones jsonb,
  imagen_url text,
  iva_tasa text not null default '16' check (iva_tasa in ('16', '8', '0', 'exento')),
  precio_con_iva boolean not null default true,
  clave_prod_serv varchar(8),
  clave_unidad varchar(3),
  pide_lote boolean not null default false,
  pide_caducidad boolean not null default false,
  es_servicio boolean not null default false,
  es_juego boolean not null default false,
  fusionado_en uuid references inventario.productos(id),
  metadata jsonb not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index productos_nombre on inventario.productos using gin (inventario.pliega(nombre) extensions.gin_trgm_ops);
create index productos_codigo_plano on inventario.productos(inventario.pliega_codigo(codigo));
create index productos_categoria on inventario.productos(categoria_id);
create index productos_active on inventario.productos(is_active) where is_active;

create table inventario.codigos_barras (
  id uuid primary key,
  codigo text not null,
  clave_gtin char(14), -- only where length is 8/12/13/14 and the check digit holds; never for in-shop prefixes 20–29
  producto_id uuid not null references inventario.productos(id) on delete restrict,
  factor numeric(18,5) not null default 1 check (factor > 0),
  tipo text not null default 'barras' check (tipo in ('barras', 'caja', 'alterna', 'proveedor', 'aprendida')),
  nombre varchar(100), -- "caja", "paquete": how the pack is called on the floor
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (codigo, producto_id)
);
create index codigos_barras_codigo on inventario.codigos_barras(codigo);
create index codigos_barras_gtin on inventario.codigos_barras(clave_gtin) where clave_gtin is not null;
create index codigos_barras_producto on inventario.codigos_barras(producto_id);

create table inventario.producto_ubicaciones (
  producto_id uuid not null references inventario.productos(id) on delete cascade,
  ubicacion_id uuid not null references inventario.ubicaciones(id) on delete restrict,
  created_at timestamptz not null default now(),
  primary key (producto_id, ubicacion_id)
);
create index producto_ubicaciones_ubicacion on inventario.producto_ubicaciones(ubicacion_id);

create table inventario.producto_almacenes (
  producto_id uuid not null references inventario.productos(id) on delete cascade,
  almacen_id uuid not null references inventario.almacenes(id) on delete cascade,
  clase_abc char(1) check (clase_abc in ('A', 'B', 'C')),
  minimo numeric(18,5),
  maximo numeric(18,5),
  primary key (producto_id, almacen_id)
);

create table inventario.usuarios (
  id uuid primary key references auth.users(id) on delete restrict,
  correo text,
  nombre_usuario text unique,
  nombre text not null,
  rol text not null check (rol in ('admin', 'gerente', 'comprador', 'almacenista', 'chofer', 'auditor')),
  limite_ajuste numeric(14,2), -- pesos, absolute value of one approval; null = no limit
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index usuarios_correo on inventario.usuarios(lower(correo)) where correo is not null;

create table inventario.usuario_tiendas (
  usuario_id uuid not null references inventario.usuarios(id) on delete cascade,
  tienda_id uuid not null references inventario.tiendas(id) on delete cascade,
  primary key (usuario_id, tienda_id)
);
create index usuario_tiendas_tienda on inventario.usuario_tiendas(tienda_id);

create table inventario.invitaciones (
  id uuid primary key,
  token_hash text not null unique,
  correo text,
  nombre text not null,
  rol text not null check (rol in ('admin', 'gerente', 'comprador', 'almacenista', 'chofer', 'auditor')),
  tienda_ids uuid[] not null default '{}',
  limite_ajuste numeric(14,2),
  creada_por uuid not null references inventario.usuarios(id),
  expira_en timestamptz not null,
  usada_en timestamptz,
  usuario_id uuid references inventario.usuarios(id),
  cancelada_en timestamptz,
  created_at timestamptz not null default now()
);

create table inventario.archivos (
  sha256 char(64) primary key,
  mime text not null,
  bytes bytea not null,
  tamano integer not null check (tamano > 0),
  subido_por uuid references inventario.usuarios(id),
  created_at timestamptz not null default now()
);

create table inventario.configuracion (
  clave text primary key,
  valor jsonb not null,
  updated_at timestamptz not null default now()
);

create table inventario.conexiones (
  id uuid primary key,
  tipo text not null check (tipo in ('microsip', 'aspel-sae', 'csv')),
  nombre varchar(255) not null,
  parametros jsonb not null default '{}',
  secreto_cifrado bytea,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table inventario.uploads (
  id uuid primary key,
  filename varchar(255) not null,
  file_type varchar(50) check (file_type in ('inventario', 'ventas', 'compras')),
  file_size bigint,
  file_path text,
  tienda_id uuid references inventario.tiendas(id),
  records_processed integer not null default 0,
  records_failed integer not null default 0,
  status varchar(50) not null default 'pending' check (status in ('pending', 'processing', 'completed', 'failed')),
  error_message text,
  error_details jsonb,
  user_id uuid references auth.users(id),
  started_at timestamptz,
  completed_at timestamptz,
  created_at timestamptz not null default now()
);

create table inventario.transacciones (
  id uuid primary key,
  producto_id uuid not null references inventario.productos(id) on delete restrict,
  tienda_id uuid not null references inventario.tiendas(id) on delete restrict, -- set from the almacén by trigger
  almacen_id uuid not null references inventario.almacenes(id) on delete restrict,
  tipo varchar(50) not null check (tipo in ('inventario', 'venta', 'compra', 'ajuste', 'transferencia', 'devolucion')),
  subtipo text check (subtipo in ('de_cliente', 'a_proveedor', 'salida', 'entrada', 'merma', 'conteo', 'contra_ajuste', 'manual')),
  cantidad numeric(18,5) not null,
  efecto numeric(18,5) generated always as (
    case tipo
      when 'venta' then -cantidad
      when 'devolucion' then case when subtipo = 'a_proveedor' then -cantidad else cantidad end
      when 'inventario' then 0
      else cantidad
    end
  ) stored,
  precio numeric(14,2),
  costo numeric(14,2),
  costo_unitario numeric(18,6),
  costo_fuente text check (costo_fuente in ('promedio', 'ultimo', 'catalogo', 'sin_costo')),
  descuento numeric(14,2) not null default 0,
  impuesto numeric(14,2) not null default 0,
  total numeric(14,2),
  fecha date not null, -- local date of ocurrida_en in the shop's zone, set by trigger
  fecha_desde date,
  fecha_hasta date,
  ocurrida_en timestamptz not null,
  precision text not null default 'instante' check (precision in ('instante', 'dia', 'periodo')),
  orden smallint not null default 0, -- −1 before opening, 0 within the day, 1 at closing
  referencia varchar(255),
  notas text,
  conteo_id uuid,
  traspaso_id uuid,
  reversa_de uuid unique references inventario.transacciones(id),
  conexion_id uuid references inventario.conexiones(id),
  upload_id uuid references inventario.uploads(id),
  origen text, -- 'manual', 'erp:<conexion>', 'archivo:<upload>'…
  origen_id text,
  metadata jsonb not null default '{}',
  user_id uuid references auth.users(id) on delete set null,
  created_at timestamptz not null default now(),
  unique (origen, origen_id),
  check (tipo <> 'devolucion' or coalesce(subtipo, '') in ('de_cliente', 'a_proveedor')),
  check (tipo not in ('venta', 'compra') or cantidad >= 0 or reversa_de is not null)
);
create index transacciones_libro on inventario.transacciones(producto_id, almacen_id, ocurrida_en, orden, created_at, id) include (efecto);
create index transacciones_base on inventario.transacciones(producto_id, almacen_id, ocurrida_en, orden, created_at, id) include (cantidad) where tipo = 'inventario';
create index transacciones_compras on inventario.transacciones(producto_id, ocurrida_en, orden, created_at, id) include (almacen_id, cantidad, costo_unitario) where tipo = 'compra' and costo_unitario is not null;
create index transacciones_tienda on inventario.transacciones(tienda_id, fecha desc);
create index transacciones_fecha on inventario.transacciones(fecha desc, tipo);
create index transacciones_conteo on inventario.transacciones(conteo_id) where conteo_id is not null;
create unique index transacciones_un_ajuste on inventario.transacciones(conteo_id, producto_id) where tipo = 'ajuste' and subtipo = 'conteo';

create table inventario.existencias (
  producto_id uuid not null references inventario.productos(id) on delete restrict,
  almacen_id uuid not null references inventario.almacenes(id) on delete restrict,
  cantidad numeric(18,5), -- null = sin base and no movements that could say
  tiene_base boolean not null default false,
  actualizada_en timestamptz not null default now(),
  primary key (producto_id, almacen_id)
);
create index existencias_almacen on inventario.existencias(almacen_id);

create table inventario.auditoria (
  id uuid primary key,
  en timestamptz not null default now(),
  usuario_id uuid,
  accion text not null,
  entidad text not null,
  entidad_id text,
  tienda_id uuid references inventario.tiendas(id),
  datos jsonb not null default '{}'
);
create index auditoria_entidad on inventario.auditoria(entidad, entidad_id);
create index auditoria_en on inventario.auditoria(en desc);
