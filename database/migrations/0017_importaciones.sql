-- Imports of spreadsheets: the whole of an upload's story. What the file says waits in lots until a person applies it; the
-- ledger's rows carry `upload_id` and a natural key in (origen 'archivo', origen_id).

alter table inventario.uploads drop constraint uploads_file_type_check, drop constraint uploads_status_check;
alter table inventario.uploads
  add constraint uploads_file_type_check check (file_type in ('inventario', 'ventas', 'compras', 'productos')),
  add constraint uploads_status_check check (status in
    ('pending', 'processing', 'ready', 'applying', 'completed', 'failed', 'cancelled', 'reverting', 'reverted')),
  add column sha256 char(64) references inventario.archivos(sha256),
  add column opciones jsonb not null default '{}',
  -- Grows with each change of the options: a reading of former options writes nothing any more.
  add column generacion integer not null default 1,
  add column analisis jsonb,
  add column ensayo jsonb,
  add column avance jsonb,
  add column firma char(64),
  add column cancelar boolean not null default false, -- asked for; whoever works on it sees it between two lots
  add column aplicado_por uuid references auth.users(id),
  add column revertido_por uuid references auth.users(id),
  add column revertido_en timestamptz;
create index uploads_recientes on inventario.uploads(created_at desc, id);
create index uploads_archivo on inventario.uploads(sha256) where sha256 is not null;
create index transacciones_upload on inventario.transacciones(upload_id, id) where upload_id is not null;
-- Sums of a period that hold a given day; few among all movements.
create index transacciones_periodo on inventario.transacciones(producto_id, almacen_id, fecha_hasta) where precision = 'periodo';

-- What a person said of files with these headings; used for the next one from there.
create table inventario.importacion_mapas (
  firma char(64) primary key,
  opciones jsonb not null,
  por uuid references auth.users(id),
  en timestamptz not null default now()
);

-- Cleaned rows, at most 1,000 in each. `plan` is what applying does with each of them, in the same order.
create table inventario.importacion_lotes (
  upload_id uuid not null references inventario.uploads(id) on delete cascade,
  n integer not null,
  filas jsonb not null check (jsonb_typeof(filas) = 'array'),
  plan jsonb,
  nuevos integer not null default 0,
  cambiados integer not null default 0,
  iguales integer not null default 0,
  omitidos integer not null default 0,
  aplicado_en timestamptz,
  primary key (upload_id, n)
);

create table inventario.importacion_problemas (
  upload_id uuid not null references inventario.uploads(id) on delete cascade,
  n integer not null,
  gravedad text not null check (gravedad in ('error', 'pregunta', 'aviso')),
  datos jsonb not null,
  primary key (upload_id, n)
);

create table inventario.importacion_reparaciones (
  upload_id uuid not null references inventario.uploads(id) on delete cascade,
  n integer not null,
  datos jsonb not null,
  primary key (upload_id, n)
);

do $$
declare
  t text;
begin
  foreach t in array array['importacion_mapas', 'importacion_lotes', 'importacion_problemas', 'importacion_reparaciones'] loop
    execute format('alter table inventario.%I enable row level security', t);
    execute format('revoke all on inventario.%I from public, anon, authenticated, service_role', t);
    execute format('grant select on inventario.%I to authenticated', t);
  end loop;
  -- Seen with their upload, whose own policy decides.
  foreach t in array array['importacion_lotes', 'importacion_problemas', 'importacion_reparaciones'] loop
    execute format('create policy lee on inventario.%I for select to authenticated using (upload_id in (select u.id from inventario.uploads u))', t);
  end loop;
end $$;
create policy lee on inventario.importacion_mapas for select to authenticated using ((select inventario.veo_existencias()));

comment on table inventario.importacion_mapas is 'Qué se dijo de los archivos con estos encabezados; vale para el siguiente de la misma fuente.';
comment on table inventario.importacion_lotes is 'Filas limpias de una importación y qué hace con cada una; hasta 1,000 por lote.';
comment on table inventario.importacion_problemas is 'Errores, preguntas y avisos de una importación, en el orden del archivo.';
comment on table inventario.importacion_reparaciones is 'Lo que se compuso en cada celda de una importación, con su prueba.';
comment on column inventario.uploads.opciones is 'Lo que decidió una persona sobre el archivo; lo demás se detecta.';
comment on column inventario.uploads.ensayo is 'Qué haría aplicarla: nuevos, cambiados, iguales, traslapes y preguntas.';
