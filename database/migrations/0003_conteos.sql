-- Counting. Lines are insert-only: a void, a link, a photo is another row.

create table inventario.conteos (
  id uuid primary key,
  folio text unique, -- CDMX-01-2026-0034, given by the server
  nombre varchar(200) not null default '',
  tienda_id uuid not null references inventario.tiendas(id), -- set from the almacén by trigger
  almacen_id uuid not null references inventario.almacenes(id),
  alcance text not null check (alcance in ('ubicaciones', 'categoria', 'abc', 'lista', 'almacen', 'libre')),
  categoria_id uuid references inventario.categorias(id),
  clase_abc char(1) check (clase_abc in ('A', 'B', 'C')),
  ciego boolean not null default true,
  doble_ciego boolean not null default false,
  reparto text not null default 'repartido' check (reparto in ('repartido', 'doble', 'ninguno')),
  tol_unidades numeric(18,5),
  tol_porcentaje numeric(6,2),
  tol_pesos numeric(14,2),
  holgura_s integer not null default 120, -- slack between till and shelf, seconds
  estado text not null default 'abierto' check (estado in ('planeado', 'abierto', 'en_revision', 'cerrado', 'cancelado')),
  vence timestamptz,
  corrige_a uuid references inventario.conteos(id),
  creado_por uuid not null references inventario.usuarios(id),
  abierto_en timestamptz not null default now(),
  en_revision_en timestamptz,
  cerrado_en timestamptz,
  cancelado_en timestamptz,
  cancelado_por uuid references inventario.usuarios(id),
  motivo_cancelacion text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index conteos_tienda on inventario.conteos(tienda_id, estado);
create index conteos_creado_por on inventario.conteos(creado_por);
alter table inventario.transacciones add foreign key (conteo_id) references inventario.conteos(id);

create table inventario.folios (
  tienda_id uuid not null references inventario.tiendas(id),
  anio smallint not null,
  ultimo integer not null default 0,
  primary key (tienda_id, anio)
);

create table inventario.conteo_contadores (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  usuario_id uuid not null references inventario.usuarios(id),
  nombre text not null, -- shown to the others without opening the users table
  primary key (conteo_id, usuario_id)
);
create index conteo_contadores_usuario on inventario.conteo_contadores(usuario_id);

create table inventario.conteo_ubicaciones (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  ubicacion_id uuid not null references inventario.ubicaciones(id),
  primary key (conteo_id, ubicacion_id)
);

-- The scope's products, frozen when the conteo is made. Never depends on the stock.
create table inventario.conteo_productos (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  producto_id uuid not null references inventario.productos(id),
  primary key (conteo_id, producto_id)
);

create table inventario.conteo_intentos (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  intento smallint not null check (intento >= 1),
  motivo text,
  pedido_por uuid references inventario.usuarios(id),
  created_at timestamptz not null default now(),
  primary key (conteo_id, intento)
);
create table inventario.conteo_intento_productos (
  conteo_id uuid not null,
  intento smallint not null,
  producto_id uuid not null references inventario.productos(id),
  primary key (conteo_id, intento, producto_id),
  foreign key (conteo_id, intento) references inventario.conteo_intentos(conteo_id, intento) on delete cascade
);
create table inventario.conteo_intento_contadores (
  conteo_id uuid not null,
  intento smallint not null,
  usuario_id uuid not null references inventario.usuarios(id),
  primary key (conteo_id, intento, usuario_id),
  foreign key (conteo_id, intento) references inventario.conteo_intentos(conteo_id, intento) on delete cascade
);
create index conteo_intento_contadores_usuario on inventario.conteo_intento_contadores(usuario_id);

create table inventario.conteo_partes (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  intento smallint not null default 1,
  usuario_id uuid not null references inventario.usuarios(id),
  device_id uuid,
  lineas integer not null, -- how many lines of this person the phone had when it closed the part
  terminada_en timestamptz not null,
  cerrada_por uuid references inventario.usuarios(id), -- set when the gerente closed it instead
  motivo text,
  recibido_en timestamptz not null default now(),
  primary key (conteo_id, intento, usuario_id)
);

create table inventario.conteo_lineas (
  id uuid primary key, -- made by the phone; exactly-once rests on it
  conteo_id uuid not null references inventario.conteos(id),
  intento smallint not null default 1,
  ubicacion_id uuid references inventario.ubicaciones(id),
  codigo_crudo text,
  simbologia text,
  fuente text check (fuente in ('camara', 'pistola', 'manual', 'foto', 'busqueda', 'hoja')),
  producto_id uuid references inventario.productos(id),
  cantidad numeric(18,5) not null check (cantidad >= 0),
  factor numeric(18,5) not null default 1 check (factor > 0),
  unidades numeric(18,5) generated always as (cantidad * factor) stored,
  tipo text not null check (tipo in ('suma', 'cero', 'anula')),
  anula uuid, -- no foreign key: a void may arrive before its line
  condicion text not null default 'vendible' check (condicion in ('vendible', 'por_entregar', 'danado', 'garantia', 'ajeno')),
  lote text,
  caduca date,
  dot text,
  nota text,
  device_id uuid,
  usuario_id uuid not null references inventario.usuarios(id),
  contado_en timestamptz not null, -- raw clock of the phone
  desfase_guardar_ms bigint, -- server − phone, measured when saved
  desfase_enviar_ms bigint, -- server − phone, measured when sent
  instante timestamptz not null, -- corrected and clamped to ≤ recibido_en
  reloj_dudoso boolean not null default false, -- the clock differs by more than 2 minutes from itself
  recibido_en timestamptz not null default now(),
  check ((tipo = 'anula') = (anula is not null)),
  check (tipo <> 'cero' or cantidad = 0),
  check (tipo <> 'suma' or cantidad > 0),
  check (tipo = 'anula' or producto_id is not null or codigo_crudo is not null)
);
create index conteo_lineas_conteo on inventario.conteo_lineas(conteo_id, producto_id);
create index conteo_lineas_usuario on inventario.conteo_lineas(usuario_id, conteo_id);
create index conteo_lineas_anula on inventario.conteo_lineas(anula) where anula is not null;

create table inventario.conteo_linea_ligas (
  id uuid primary key,
  linea_id uuid not null, -- no foreign key: a link may be pushed by another phone before the line
  conteo_id uuid not null references inventario.conteos(id),
  estado text not null check (estado in ('propuesta', 'ligada', 'ajena', 'pendiente')),
  producto_id uuid references inventario.productos(id),
  factor numeric(18,5) check (factor > 0),
  motivo text,
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null,
  recibido_en timestamptz not null default now(),
  check (estado not in ('propuesta', 'ligada') or producto_id is not null)
);
create index conteo_linea_ligas_conteo on inventario.conteo_linea_ligas(conteo_id, linea_id);

create table inventario.conteo_linea_fotos (
  linea_id uuid not null,
  sha256 char(64) not null,
  conteo_id uuid not null references inventario.conteos(id),
  por uuid not null references inventario.usuarios(id),
  recibido_en timestamptz not null default now(),
  primary key (linea_id, sha256)
);

-- "That bin is empty": said by a manager so that a product can be approved without counting it there.
create table inventario.conteo_vacias (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  producto_id uuid not null references inventario.productos(id),
  ubicacion_id uuid not null references inventario.ubicaciones(id),
  motivo text not null,
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null default now(),
  primary key (conteo_id, producto_id, ubicacion_id)
);

-- What to do where two counters counted the same product in the same bin.
create table inventario.conteo_traslapes (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  producto_id uuid not null references inventario.productos(id),
  decision text not null check (decision in ('suma', 'uno')),
  usuario_id uuid references inventario.usuarios(id), -- whose total stands when decision = 'uno'
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null default now(),
  primary key (conteo_id, producto_id)
);

-- One row per approved product: what was decided and on what figures. Never rewritten.
create table inventario.conteo_resultados (
  conteo_id uuid not null references inventario.conteos(id),
  producto_id uuid not null references inventario.productos(id),
  intento smallint not null,
  contado numeric(18,5) not null,
  instante timestamptz not null,
  teorico numeric(18,5), -- null = sin base
  lo numeric(18,5),
  hi numeric(18,5),
  variacion numeric(18,5) not null,
  decision text not null check (decision in ('ajuste', 'sin_ajuste', 'base')),
  ajuste_id uuid references inventario.transacciones(id),
  costo_unitario numeric(18,6),
  costo_fuente text,
  valor numeric(14,2), -- variance at cost, net of IVA; null = sin costo
  motivo text,
  aprobado_por uuid not null references inventario.usuarios(id),
  aprobado_en timestamptz not null default now(),
  primary key (conteo_id, producto_id)
);
create index conteo_resultados_producto on inventario.conteo_resultados(producto_id, instante desc);
