-- How long the server remembers: versions that a cursor may name, rows that left a scope, answers to mutations. What is
-- older goes in small batches (server/sync/retencion.ts), and a cursor from before it starts its scope again.

-- Up to this version what left the scope may be forgotten: whoever holds rows from before it starts again.
alter table sync.scope add column piso bigint not null default 0;

alter table sync.meta
  add column dias_version integer not null default 90 check (dias_version between 7 and 3650),
  -- More than the 30 days that a phone keeps what it sent: a server restored from a backup knows it all again.
  add column dias_mutacion integer not null default 90 check (dias_mutacion between 35 and 3650),
  add column compactado_en timestamptz; -- when some process last began

-- The rows that left, few among all.
create index change_lapidas on sync.change(scope, ver) where op = 'D';

comment on column sync.scope.piso is 'Hasta esta versión ya se olvidó qué salió del scope: un cursor anterior empieza de nuevo.';
comment on column sync.meta.dias_version is 'Días que se conservan las versiones: un teléfono que no se conectó en ese tiempo baja sus datos otra vez.';
comment on column sync.meta.dias_mutacion is 'Días que se conserva la respuesta a cada mutación; las que tienen una carta muerta abierta, hasta que se decida.';
