-- Mirrors of the ERP, its jobs, and the documents of the assistant.

create table inventario.sync_jobs (
  id uuid primary key,
  conexion_id uuid references inventario.conexiones(id),
  job_type varchar(100) not null,
  entity_type varchar(100),
  status varchar(50) not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
  started_at timestamptz,
  completed_at timestamptz,
  duration_seconds integer,
  records_synced integer not null default 0,
  records_failed integer not null default 0,
  records_skipped integer not null default 0,
  last_sync_timestamp timestamptz,
  error_log jsonb not null default '[]',
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index sync_jobs_type on inventario.sync_jobs(job_type, created_at desc);
create index sync_jobs_status on inventario.sync_jobs(status);

create table inventario.erp_productos (
  id uuid primary key,
  conexion_id uuid not null references inventario.conexiones(id),
  codigo_erp varchar(100) not null,
  producto_id uuid references inventario.productos(id) on delete set null,
  nombre_erp varchar(500),
  tabla_erp varchar(100),
  last_synced_at timestamptz,
  sync_hash varchar(64),
  sync_status varchar(50) not null default 'synced',
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (conexion_id, codigo_erp)
);
create index erp_productos_producto on inventario.erp_productos(producto_id);

create table inventario.erp_inventario (
  id uuid primary key,
  conexion_id uuid not null references inventario.conexiones(id),
  erp_producto_id uuid references inventario.erp_productos(id),
  almacen_erp varchar(50),
  tienda_id uuid references inventario.tiendas(id),
  existencia numeric(18,5),
  costo numeric(18,6),
  ultimo_costo numeric(18,6),
  costo_promedio numeric(18,6),
  fecha_inventario date,
  last_synced_at timestamptz,
  sync_hash varchar(64),
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  unique (conexion_id, erp_producto_id, almacen_erp)
);
create index erp_inventario_tienda on inventario.erp_inventario(tienda_id);

create table inventario.erp_ventas (
  id uuid primary key,
  conexion_id uuid not null references inventario.conexiones(id),
  folio_erp varchar(50) not null,
  detalle_erp varchar(50) not null default '', -- sales are kept per detail line
  erp_producto_id uuid references inventario.erp_productos(id),
  cliente_erp varchar(50),
  almacen_erp varchar(50),
  tienda_id uuid references inventario.tiendas(id),
  cantidad numeric(18,5),
  precio numeric(18,6),
  descuento numeric(14,2) not null default 0,
  subtotal numeric(14,2),
  impuesto numeric(14,2),
  total numeric(14,2),
  fecha_venta date,
  fecha_factura date,
  last_synced_at timestamptz,
  sync_hash varchar(64),
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  unique (conexion_id, folio_erp, detalle_erp)
);
create index erp_ventas_fecha on inventario.erp_ventas(fecha_venta desc);
create index erp_ventas_producto on inventario.erp_ventas(erp_producto_id);

create table inventario.erp_clientes (
  id uuid primary key,
  conexion_id uuid not null references inventario.conexiones(id),
  codigo_erp varchar(50) not null,
  nombre varchar(500) not null,
  rfc varchar(20),
  email varchar(255),
  telefono varchar(50),
  direccion text,
  ciudad varchar(100),
  estado varchar(100),
  codigo_postal varchar(10),
  limite_credito numeric(14,2),
  saldo numeric(14,2),
  last_synced_at timestamptz,
  sync_hash varchar(64),
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (conexion_id, codigo_erp)
);

create table genai.documents (
  id uuid primary key,
  user_id uuid not null references auth.users(id) on delete cascade,
  title varchar(500) not null,
  content text not null,
  file_type varchar(50) not null,
  file_url text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index documents_user on genai.documents(user_id);

create table genai.chunks (
  id uuid primary key,
  document_id uuid not null references genai.documents(id) on delete cascade,
  content text not null,
  metadata jsonb not null default '{}',
  chunk_index integer not null,
  created_at timestamptz not null default now(),
  unique (document_id, chunk_index)
);

-- The vector column needs pgvector, which a plain PostgreSQL may lack: without it only text search is offered.
do $$
begin
  if exists (select from pg_available_extensions where name = 'vector') then
    create extension if not exists vector with schema extensions;
    alter table genai.chunks add column embedding extensions.vector(512);
    create index chunks_embedding on genai.chunks using hnsw (embedding extensions.vector_cosine_ops);
  end if;
exception
  when insufficient_privilege then
    raise notice 'pgvector is present but may not be installed by this role; genai.chunks has no embedding column';
end $$;

create table genai.chat_sessions (
  id uuid primary key,
  user_id uuid not null references auth.users(id) on delete cascade,
  title varchar(500),
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index chat_sessions_user on genai.chat_sessions(user_id);

create table genai.chat_messages (
  id uuid primary key,
  session_id uuid not null references genai.chat_sessions(id) on delete cascade,
  role text not null check (role in ('user', 'assistant', 'system', 'tool')),
  content text not null,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index chat_messages_session on genai.chat_messages(session_id, created_at);

create table genai.audio_transcriptions (
  id uuid primary key,
  user_id uuid not null references auth.users(id) on delete cascade,
  audio_url text,
  transcription text not null,
  language varchar(10) not null default 'es',
  duration_seconds numeric(10,2),
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index audio_transcriptions_user on genai.audio_transcriptions(user_id);
