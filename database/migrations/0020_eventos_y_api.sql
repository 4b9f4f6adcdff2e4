-- What happened in the business, kept; webhooks that tell it to other systems; personal tokens of the open API.
-- An event is written by triggers in the transaction that makes it true, and numbered when that transaction commits, as
-- the versions of the scopes are (docs/decisions/0002): whoever has read up to a number has seen every event below it.

-- ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────

create table inventario.eventos (
  id uuid primary key default gen_random_uuid(),
  pos bigint unique, -- in the order of the commits, without holes; null only inside the transaction that made it
  orden bigint generated always as identity, -- within one transaction
  xid xid8 default pg_current_xact_id(), -- until it is numbered
  tipo text not null check (tipo ~ '^[a-z_]+\.[a-z_]+$'),
  en timestamptz not null default clock_timestamp(),
  tienda_id uuid references inventario.tiendas(id), -- null: of the whole company
  conteo_id uuid references inventario.conteos(id) on delete cascade, -- seen only by who sees the conteo
  usuario_id uuid, -- a person whom it concerns, whatever their role and shops
  roles text[] not null,
  datos jsonb not null default '{}' check (pg_column_size(datos) < 8000)
);
create index eventos_sin_numero on inventario.eventos(xid, orden) where pos is null;
create index eventos_en on inventario.eventos(en);

-- One row. Its lock is taken when a transaction with events commits, after those of its scopes, and held for the commit.
create table sync.eventos_cabeza (
  id smallint primary key default 1 check (id = 1),
  pos bigint not null default 0, -- the last number given
  piso bigint not null default 0, -- what is at or below it was forgotten
  repartido bigint not null default 0, -- up to here every event has its deliveries to webhooks
  olvidado_en timestamptz
);
insert into sync.eventos_cabeza default values;

create function inventario.numera_eventos() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  este constant xid8 := pg_current_xact_id();
  cuantos bigint;
  ultimo bigint;
begin
  select count(*) into cuantos from inventario.eventos e where e.xid = este and e.pos is null;
  if cuantos = 0 then
    return null; -- another row of the transaction did it for all
  end if;
  update sync.eventos_cabeza c set pos = c.pos + cuantos returning c.pos into ultimo;
  update inventario.eventos e set pos = ultimo - cuantos + n.n, xid = null
    from (select x.id, row_number() over (order by x.orden) as n
            from inventario.eventos x where x.xid = este and x.pos is null) n
   where e.id = n.id;
  perform pg_notify('devcompras_negocio', ultimo::text);
  return null;
end $$;
create constraint trigger numera after insert on inventario.eventos deferrable initially deferred
  for each row execute function inventario.numera_eventos();

create trigger fijo before update on inventario.eventos for each row
  when ((old.id, old.tipo, old.en, old.datos) is distinct from (new.id, new.tipo, new.en, new.datos) or old.pos is not null)
  execute function inventario.rehusa('Un evento no se cambia.');

-- sync.arma() comes first: at COMMIT the scopes are stamped before the events are numbered, in every transaction, so that
-- two of them never wait for each other.
create function inventario.anota_evento(
  tipo text, tienda uuid, conteo uuid, usuario uuid, roles text[], datos jsonb
) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  select sync.arma();
  insert into inventario.eventos (tipo, tienda_id, conteo_id, usuario_id, roles, datos)
  values (tipo, tienda, conteo, usuario, roles, jsonb_strip_nulls(datos));
$$;

-- ── What makes them ─────────────────────────────────────────────────────────────────────────────────────────────

-- No quantity, no cost: counters read these.
create function inventario.evento_de_conteo() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento(
    'conteo.' || case
      when tg_op = 'INSERT' then 'creado'
      when new.estado = 'abierto' and old.estado = 'en_revision' then 'reabierto'
      else new.estado end,
    new.tienda_id, new.id, null,
    array['admin', 'gerente', 'comprador', 'almacenista', 'chofer', 'auditor'],
    jsonb_build_object('conteoId', new.id, 'folio', new.folio, 'nombre', nullif(new.nombre, ''), 'estado', new.estado,
      'almacenId', new.almacen_id, 'proposito', new.proposito, 'corrigeA', new.corrige_a, 'complementaA', new.complementa_a));
  return null;
end $$;
create trigger evento_alta after insert on inventario.conteos for each row execute function inventario.evento_de_conteo();
create trigger evento_estado after update of estado on inventario.conteos for each row
  when (old.estado is distinct from new.estado) execute function inventario.evento_de_conteo();

-- One for each conteo (or reason) and almacén of a statement: an approval posts thousands of rows.
create function inventario.evento_de_ajuste() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento('ajuste.aprobado', a.tienda_id, a.conteo_id, null,
      array['admin', 'gerente', 'comprador', 'auditor'],
      jsonb_build_object('almacenId', a.almacen_id, 'subtipo', a.subtipo, 'conteoId', a.conteo_id, 'productos', a.productos,
        'transaccionId', case when a.movimientos = 1 then a.uno end))
    from (
      select n.tienda_id, n.almacen_id, n.conteo_id, n.subtipo, count(distinct n.producto_id) as productos,
             count(*) as movimientos, min(n.id::text) as uno
        from nuevas n where n.tipo = 'ajuste'
       group by n.tienda_id, n.almacen_id, n.conteo_id, n.subtipo
    ) a;
  return null;
end $$;
create trigger evento_ajuste after insert on inventario.transacciones referencing new table as nuevas
  for each statement execute function inventario.evento_de_ajuste();

-- Only the edge: of what was negative already nothing is said. Many at once (an import) are one event for each almacén.
create function inventario.evento_de_negativa() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  -- Its caller leaves only index look-ups on; two sets of a thousand rows without an index are joined by a hash.
  set enable_hashjoin = on set enable_mergejoin = off
as $$
declare
  hay boolean;
begin
  -- Cheap first: most movements leave nothing negative.
  select exists (select from nuevas n where n.cantidad < 0) into hay;
  if not hay then
    return null;
  end if;
  perform inventario.anota_evento('existencia.negativa', a.tienda_id, null, null,
      array['admin', 'gerente', 'comprador', 'auditor'],
      jsonb_build_object('almacenId', a.id, 'total', x.total, 'productos', x.productos))
    from (
      select m.almacen_id, count(*) as total,
             jsonb_agg(jsonb_build_object('productoId', m.producto_id, 'codigo', p.codigo, 'cantidad', m.cantidad::text)
               order by p.codigo) filter (where m.n <= 20) as productos
        from (
          select n.almacen_id, n.producto_id, n.cantidad, row_number() over (partition by n.almacen_id order by n.producto_id) as n
            from nuevas n join viejas v on v.producto_id = n.producto_id and v.almacen_id = n.almacen_id
           where n.cantidad < 0 and coalesce(v.cantidad, 0) >= 0
        ) m
        join inventario.productos p on p.id = m.producto_id
       group by m.almacen_id
    ) x
    join inventario.almacenes a on a.id = x.almacen_id;
  return null;
end $$;
create trigger evento_negativa after update on inventario.existencias referencing old table as viejas new table as nuevas
  for each statement execute function inventario.evento_de_negativa();

create function inventario.evento_de_importacion() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento(
    'importacion.' || case new.status when 'completed' then 'terminada' when 'failed' then 'fallida' else 'deshecha' end,
    new.tienda_id, null, new.user_id,
    case when new.tienda_id is null then array['admin'] else array['admin', 'gerente', 'comprador', 'auditor'] end,
    jsonb_build_object('uploadId', new.id, 'archivo', new.filename, 'tipo', new.file_type,
      'procesados', new.records_processed, 'conError', new.records_failed));
  return null;
end $$;
create trigger evento_estado after update of status on inventario.uploads for each row
  when (old.status is distinct from new.status and new.status in ('completed', 'failed', 'reverted'))
  execute function inventario.evento_de_importacion();

create function inventario.evento_de_dispositivo() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento('dispositivo.baja', null, null, null, array['admin'],
    jsonb_build_object('dispositivoId', new.id, 'nombre', new.nombre, 'usuarioId', new.usuario_id));
  return null;
end $$;
create trigger evento_baja after update of revoked_at on sync.device for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function inventario.evento_de_dispositivo();

create function inventario.evento_de_firmante() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento('firma.pedida', c.tienda_id, c.id, new.usuario_id, array['admin', 'gerente', 'auditor'],
      jsonb_build_object('de', 'conteo', 'conteoId', c.id, 'folio', c.folio, 'usuarioId', new.usuario_id))
    from inventario.conteos c where c.id = new.conteo_id;
  return null;
end $$;
create trigger evento_alta after insert on inventario.conteo_firmantes for each row execute function inventario.evento_de_firmante();

create function inventario.evento_de_propuesta() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento(case tg_op when 'INSERT' then 'firma.pedida' else 'ajuste.rechazado' end,
      a.tienda_id, null, null, array['admin', 'gerente', 'auditor'],
      jsonb_build_object('de', 'ajuste', 'propuestaId', new.id, 'almacenId', new.almacen_id, 'productoId', new.producto_id))
    from inventario.almacenes a where a.id = new.almacen_id;
  return null;
end $$;
create trigger evento_alta after insert on inventario.ajustes_propuestos for each row execute function inventario.evento_de_propuesta();
create trigger evento_rechazo after update of estado on inventario.ajustes_propuestos for each row
  when (old.estado = 'propuesto' and new.estado = 'rechazado') execute function inventario.evento_de_propuesta();

create function inventario.evento_de_cierre() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento(case new.accion when 'cierra' then 'periodo.cerrado' else 'periodo.abierto' end,
    new.tienda_id, null, null, array['admin', 'gerente', 'comprador', 'auditor'],
    jsonb_build_object('cierreId', new.id, 'hasta', to_jsonb(new.hasta)));
  return null;
end $$;
create trigger evento_alta after insert on inventario.cierres for each row execute function inventario.evento_de_cierre();

-- Of a statement at most fifty by name; `total` says how many they are.
create function inventario.evento_de_producto() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento(x.tipo, null, null, null,
      array['admin', 'gerente', 'comprador', 'almacenista', 'chofer', 'auditor'],
      jsonb_build_object('total', x.total, 'productos', x.productos))
    from (
      select c.tipo, count(*) as total,
             jsonb_agg(jsonb_strip_nulls(jsonb_build_object('productoId', c.id, 'codigo', c.codigo, 'fusionadoEn', c.fusionado_en))
               order by c.codigo) filter (where c.n <= 50) as productos
        from (
          select t.tipo, n.id, n.codigo, n.fusionado_en, row_number() over (partition by t.tipo order by n.codigo) as n
            from nuevas n
            join viejas v on v.id = n.id
           cross join lateral (
             select case
               when n.fusionado_en is not null and v.fusionado_en is null then 'producto.fusionado'
               when v.is_active and not n.is_active then 'producto.baja'
               when n.is_active and not v.is_active then 'producto.reactivado'
             end as tipo) t
           where (v.is_active, v.fusionado_en) is distinct from (n.is_active, n.fusionado_en) and t.tipo is not null
        ) c
       group by c.tipo
    ) x;
  return null;
end $$;
create trigger evento_producto after update on inventario.productos referencing old table as viejas new table as nuevas
  for each statement execute function inventario.evento_de_producto();

create function inventario.evento_de_usuario() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento(case when new.is_active then 'usuario.reactivado' else 'usuario.baja' end,
    null, null, null, array['admin'], jsonb_build_object('usuarioId', new.id, 'nombre', new.nombre));
  return null;
end $$;
create trigger evento_baja after update of is_active on inventario.usuarios for each row
  when (old.is_active is distinct from new.is_active) execute function inventario.evento_de_usuario();

-- ── Personal tokens ─────────────────────────────────────────────────────────────────────────────────────────────

create table inventario.tokens_personales (
  id uuid primary key,
  usuario_id uuid not null references inventario.usuarios(id),
  nombre text not null check (length(nombre) between 1 and 100),
  token_hash text not null unique, -- sha256 of the token, which is shown once
  pista text not null, -- its last four characters
  alcances text[] not null check (cardinality(alcances) > 0),
  expira_en timestamptz,
  usado_en timestamptz, -- to the minute
  revocado_en timestamptz,
  revocado_por uuid references inventario.usuarios(id),
  created_at timestamptz not null default now()
);
create index tokens_personales_usuario on inventario.tokens_personales(usuario_id);

-- ── Webhooks ────────────────────────────────────────────────────────────────────────────────────────────────────

-- Keys for what is kept enciphered (AES-256-GCM); by themselves, because signing keys are destroyed when they rotate.
create table sync.llaves_datos (
  kid uuid primary key,
  clave bytea not null check (length(clave) = 32),
  created_at timestamptz not null default now()
);

create table inventario.webhooks (
  id uuid primary key,
  nombre text not null check (length(nombre) between 1 and 100),
  url text not null check (length(url) between 1 and 2000),
  secreto_cifrado bytea not null,
  tipos text[] not null default '{}', -- none: all of them
  tienda_ids uuid[] not null default '{}', -- none: all of them
  activo boolean not null default true,
  fallando_desde timestamptz, -- nothing was delivered since
  desactivado_en timestamptz,
  motivo text, -- why it was switched off, for who reads it
  version integer not null default 1,
  creado_por uuid not null references inventario.usuarios(id),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger toca_updated_at before update on inventario.webhooks for each row
  when (old.* is distinct from new.*) execute function inventario.toca_updated_at();

create table inventario.webhook_entregas (
  id uuid primary key,
  webhook_id uuid not null references inventario.webhooks(id) on delete cascade,
  mensaje_id text not null, -- `webhook-id`: the same at each try
  evento_id uuid, -- null: a test
  tipo text not null,
  cuerpo text not null, -- the bytes that are signed
  estado text not null default 'pendiente' check (estado in ('pendiente', 'entregada', 'fallida')),
  intentos integer not null default 0,
  bitacora jsonb not null default '[]', -- [{en, status, ms, error}], the newest tries
  siguiente_en timestamptz,
  entregada_en timestamptz,
  created_at timestamptz not null default now(),
  unique (webhook_id, mensaje_id)
);
create index webhook_entregas_de on inventario.webhook_entregas(webhook_id, created_at desc, id desc);
create index webhook_entregas_en on inventario.webhook_entregas(created_at);

create function inventario.evento_de_webhook() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform inventario.anota_evento('webhook.desactivado', null, null, null, array['admin'],
    jsonb_build_object('webhookId', new.id, 'nombre', new.nombre, 'motivo', new.motivo));
  return null;
end $$;
create trigger evento_desactivado after update of desactivado_en on inventario.webhooks for each row
  when (old.desactivado_en is null and new.desactivado_en is not null) execute function inventario.evento_de_webhook();

-- ── Who sees and writes ─────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  t text;
begin
  foreach t in array array['inventario.eventos', 'inventario.tokens_personales', 'inventario.webhooks',
    'inventario.webhook_entregas', 'sync.eventos_cabeza', 'sync.llaves_datos'] loop
    execute format('alter table %s enable row level security', t);
    execute format('revoke all on %s from public, anon, authenticated, service_role', t);
  end loop;
end $$;
revoke all on function inventario.numera_eventos(), inventario.anota_evento(text, uuid, uuid, uuid, text[], jsonb),
  inventario.evento_de_conteo(), inventario.evento_de_ajuste(), inventario.evento_de_negativa(),
  inventario.evento_de_importacion(), inventario.evento_de_dispositivo(), inventario.evento_de_firmante(),
  inventario.evento_de_propuesta(), inventario.evento_de_cierre(), inventario.evento_de_producto(),
  inventario.evento_de_usuario(), inventario.evento_de_webhook()
  from public, anon, authenticated, service_role;

-- Made in 0016, where PUBLIC may call it.
revoke all on function sync.captura_lineas_nuevas() from public, anon, authenticated, service_role;

grant select (id, pos, tipo, en, tienda_id, conteo_id, usuario_id, datos) on inventario.eventos to authenticated;
create policy lee on inventario.eventos for select to authenticated
  using (pos is not null and (
    usuario_id = (select inventario.yo())
    or ((select inventario.mi_rol()) = any (roles)
      and (tienda_id is null or tienda_id = any ((select inventario.mis_tiendas())::uuid[]))
      and (conteo_id is null or conteo_id in (select inventario.conteos_que_veo())))));

-- The hash and the enciphered secret stay with the owner.
grant select (id, usuario_id, nombre, pista, alcances, expira_en, usado_en, revocado_en, revocado_por, created_at)
  on inventario.tokens_personales to authenticated;
create policy lee on inventario.tokens_personales for select to authenticated
  using (usuario_id = (select inventario.yo()) or (select inventario.administro()));
grant select (id, nombre, url, tipos, tienda_ids, activo, fallando_desde, desactivado_en, motivo, version, creado_por, created_at, updated_at)
  on inventario.webhooks to authenticated;
create policy lee on inventario.webhooks for select to authenticated using ((select inventario.administro()));
grant select on inventario.webhook_entregas to authenticated;
create policy lee on inventario.webhook_entregas for select to authenticated using ((select inventario.administro()));

comment on table inventario.eventos is 'Lo que pasó en el negocio, en el orden en que quedó guardado.';
comment on column inventario.eventos.pos is 'Número dado al confirmar la transacción: quien leyó hasta aquí no se perdió nada de antes.';
comment on column inventario.eventos.roles is 'Puestos que pueden leerlo; además, solo de sus tiendas y de los conteos que ven.';
comment on table inventario.tokens_personales is 'Tokens de la API abierta, de una persona y con alcances. Solo se guarda su huella.';
comment on table inventario.webhooks is 'Direcciones a las que se avisa de los eventos, firmados.';
comment on table inventario.webhook_entregas is 'Cada aviso a cada webhook, con sus intentos.';
comment on table sync.eventos_cabeza is 'Último número de evento, hasta cuál se olvidó y hasta cuál se repartió a los webhooks.';
comment on table sync.llaves_datos is 'Llaves con las que se cifra lo que el servidor guarda en secreto.';
