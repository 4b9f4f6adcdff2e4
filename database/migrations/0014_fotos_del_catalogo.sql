-- Snapshots built ahead, shared by all processes of the server: the manifest in force of each scope, and its chunks by
-- the sha-256 of their text. Both can be built again at any time.

create table sync.snapshot (
  scope text primary key,
  ver bigint, -- rows are as of this version or newer; null: being built for the first time
  token uuid,
  huella text, -- of the columns and the coding: another version of the server builds its own
  filas integer not null default 0,
  trozos jsonb not null default '[]', -- [{filas, bytes, sha256, hasta}], hasta = last producto in it
  creado_en timestamptz,
  armando_hasta timestamptz -- some process builds until then
);

create table sync.snapshot_trozo (
  sha256 text primary key,
  contenido bytea not null, -- brotli
  visto_en timestamptz not null
);
-- What is compressed already.
alter table sync.snapshot_trozo alter column contenido set storage external;

alter table sync.snapshot enable row level security;
alter table sync.snapshot_trozo enable row level security;
revoke all on sync.snapshot, sync.snapshot_trozo from public;

comment on table sync.snapshot is 'Foto de un scope, armada de antemano: con qué trozos baja un teléfono vacío y desde qué versión sigue.';
comment on table sync.snapshot_trozo is 'Trozos inmutables de las fotos, por la huella de su contenido.';
