-- What the phones and the server tell each other. Nothing of this schema is readable by `authenticated`.

create table sync.meta (
  id smallint primary key default 1 check (id = 1),
  epoch uuid not null, -- a new one when the cluster's identity changes (restore)
  system_identifier text,
  timeline text,
  min_pull_schema integer not null default 1,
  updated_at timestamptz not null default now()
);

-- Signing keys (JWK, ES256) of the turno and, without Supabase, of the access tokens.
create table sync.llaves (
  kid text primary key,
  publica jsonb not null,
  privada jsonb not null,
  created_at timestamptz not null default now(),
  retirada_en timestamptz
);

create table sync.device (
  id uuid primary key, -- made by the phone, lives in its journal
  secret_hash text not null,
  nombre text,
  last_mid bigint not null default 0, -- highest contiguous mutation applied
  app_ver text,
  schema_ver integer,
  pending_reported integer not null default 0,
  oldest_pending_at timestamptz,
  usuario_id uuid references inventario.usuarios(id),
  last_seen timestamptz,
  revoked_at timestamptz,
  revoked_por uuid,
  created_at timestamptz not null default now()
);

create table sync.turno (
  id uuid primary key,
  usuario_id uuid not null references inventario.usuarios(id),
  device_id uuid not null references sync.device(id),
  rol text not null,
  tienda_ids uuid[] not null default '{}',
  emitido_en timestamptz not null,
  expira_en timestamptz not null
);
create index turno_device on sync.turno(device_id);

create table sync.mutation (
  device_id uuid not null references sync.device(id),
  mid bigint not null,
  name text not null,
  args_hash text not null,
  usuario_id uuid,
  result text not null check (result in ('applied', 'late', 'rejected', 'quarantined', 'en_espera')),
  at timestamptz not null default now(),
  primary key (device_id, mid)
);
create index mutation_at on sync.mutation(at);

-- Dead letters: what could not be applied, whole, until a person decides.
create table sync.rejection (
  id uuid primary key,
  device_id uuid not null references sync.device(id),
  mid bigint not null,
  usuario_id uuid,
  conteo_id uuid,
  name text not null,
  args text not null,
  code text not null,
  message text not null,
  result text not null check (result in ('rejected', 'quarantined', 'en_espera')),
  state text not null default 'abierta' check (state in ('abierta', 'aplicada', 'descartada')),
  resuelta_por uuid references inventario.usuarios(id),
  resuelta_en timestamptz,
  nota text,
  at timestamptz not null default now(),
  unique (device_id, mid)
);
create index rejection_abiertas on sync.rejection(state, at desc);

-- Mutations that the server lost in a restore and the phone no longer has: never silent.
create table sync.laguna (
  id uuid primary key,
  device_id uuid not null references sync.device(id),
  desde_mid bigint not null,
  hasta_mid bigint not null,
  at timestamptz not null default now()
);

create table sync.scope (
  id text primary key, -- 'catalogo', 'tienda:<uuid>', 'conteo:<uuid>'…
  ver bigint not null default 0,
  token uuid
);

-- Latest change of each row per scope.
create table sync.change (
  scope text not null,
  tbl text not null,
  pk text not null,
  ver bigint not null,
  op char(1) not null check (op in ('U', 'D')),
  primary key (scope, tbl, pk)
);
create unique index change_lectura on sync.change(scope, ver, tbl, pk) include (op);

-- Lineage: a (ver, token) that is not here belongs to another history.
create table sync.version (
  scope text not null,
  ver bigint not null,
  token uuid not null,
  committed_at timestamptz not null,
  primary key (scope, ver)
);

-- Keys noted by the running transaction; stamped and emptied when it commits.
create table sync.pendiente (
  xid xid8 not null,
  scope text not null,
  tbl text not null,
  pk text not null,
  op char(1) not null,
  primary key (xid, scope, tbl, pk)
);
create table sync.armado (
  xid xid8 primary key
);
