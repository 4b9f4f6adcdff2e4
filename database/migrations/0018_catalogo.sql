-- The catalogue kept by people: categories as a tree, suppliers, products joined with their history, edits made without
-- signal whose field somebody else had changed.

-- ── Categories ──────────────────────────────────────────────────────────────────────────────────────────────────

-- A part of a path: 'Llantas y rines' → 'llantas-y-rines'.
create function inventario.tramo_ruta(t text) returns text
  language sql immutable parallel safe strict
  as $$ select trim(both '-' from regexp_replace(lower(extensions.unaccent('extensions.unaccent'::regdictionary, t)), '[^a-z0-9]+', '-', 'g')) $$;

-- nivel and path follow from the parent, whoever writes. Moves go one after another, so that two of them cannot close a
-- circle between them: a statement inside the function sees what the one before committed.
create function inventario.acomoda_categoria() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  arriba uuid := new.parent_id;
  pasos integer := 0;
  padre record;
begin
  if new.parent_id is not null and (tg_op = 'INSERT' or new.parent_id is distinct from old.parent_id) then
    perform pg_advisory_xact_lock(hashtext('inventario.categorias'));
  end if;
  while arriba is not null loop
    pasos := pasos + 1;
    if arriba = new.id or pasos > 20 then
      raise exception using errcode = 'check_violation', constraint = 'categorias_sin_circulo',
        message = 'Una categoría no puede quedar dentro de sí misma.';
    end if;
    select c.parent_id into arriba from inventario.categorias c where c.id = arriba;
  end loop;
  select c.nivel, c.path into padre from inventario.categorias c where c.id = new.parent_id;
  new.nivel := coalesce(padre.nivel + 1, 0);
  new.path := left(coalesce(padre.path, '/') || inventario.tramo_ruta(new.nombre) || '/', 500);
  return new;
end $$;
create trigger acomoda before insert or update of nombre, parent_id, nivel, path on inventario.categorias
  for each row execute function inventario.acomoda_categoria();

create function inventario.arrastra_categorias() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  update inventario.categorias c set path = c.path where c.parent_id = new.id;
  return null;
end $$;
create trigger arrastra after update of nombre, parent_id, nivel, path on inventario.categorias
  for each row when ((old.path, old.nivel) is distinct from (new.path, new.nivel))
  execute function inventario.arrastra_categorias();
update inventario.categorias set path = path;

-- A category and all below it. Not by path: two names may fold into one part.
create function inventario.rama(raiz uuid) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  with recursive r as (
    select c.id from inventario.categorias c where c.id = raiz
    union
    select c.id from inventario.categorias c join r on c.parent_id = r.id
  )
  select id from r
$$;

-- ── Suppliers ───────────────────────────────────────────────────────────────────────────────────────────────────

create table inventario.proveedores (
  id uuid primary key,
  codigo varchar(50) not null unique,
  nombre varchar(255) not null,
  rfc varchar(13),
  telefono varchar(50),
  correo varchar(255),
  dias_entrega integer check (dias_entrega between 0 and 365),
  notas text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index proveedores_nombre on inventario.proveedores(inventario.pliega(nombre));

create table inventario.producto_proveedores (
  producto_id uuid not null references inventario.productos(id) on delete restrict,
  proveedor_id uuid not null references inventario.proveedores(id) on delete restrict,
  codigo_proveedor varchar(100), -- how the supplier calls it
  costo numeric(18,6), -- MXN a unit, net of IVA
  minimo_compra numeric(18,5) check (minimo_compra > 0),
  empaque numeric(18,5) check (empaque > 0), -- bought in multiples of it
  preferido boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (producto_id, proveedor_id)
);
create unique index producto_proveedores_un_preferido on inventario.producto_proveedores(producto_id) where preferido;
create index producto_proveedores_proveedor on inventario.producto_proveedores(proveedor_id);

create trigger toca_updated_at before update on inventario.proveedores for each row
  when (old.* is distinct from new.*) execute function inventario.toca_updated_at();
create trigger toca_updated_at before update on inventario.producto_proveedores for each row
  when (old.* is distinct from new.*) execute function inventario.toca_updated_at();

-- ── Edits made without signal ───────────────────────────────────────────────────────────────────────────────────

create table inventario.producto_parches (
  id uuid primary key, -- of the phone
  producto_id uuid not null references inventario.productos(id) on delete restrict,
  args jsonb not null, -- what was asked, whole
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null,
  recibido_en timestamptz not null default now()
);
create index producto_parches_producto on inventario.producto_parches(producto_id);

-- One field of one patch that found another value than its author had seen. Nothing of it is lost until a person decides.
create table inventario.producto_conflictos (
  parche_id uuid not null references inventario.producto_parches(id),
  campo text not null,
  producto_id uuid not null references inventario.productos(id) on delete restrict,
  base text, -- what the author saw
  valor text, -- what the author wrote
  encontrado text, -- what stood there
  encontrado_por uuid references inventario.usuarios(id),
  estado text not null default 'pendiente' check (estado in ('pendiente', 'entra', 'queda')),
  decidido_por uuid references inventario.usuarios(id),
  decidido_en timestamptz,
  primary key (parche_id, campo)
);
create index producto_conflictos_pendientes on inventario.producto_conflictos(producto_id) where estado = 'pendiente';

-- ── Joined products ─────────────────────────────────────────────────────────────────────────────────────────────

create table inventario.producto_fusiones (
  id uuid primary key,
  origen_id uuid not null references inventario.productos(id) on delete restrict,
  destino_id uuid not null references inventario.productos(id) on delete restrict,
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null,
  registrada_en timestamptz not null default clock_timestamp(), -- of the database, as created_at of the movements
  datos jsonb not null default '{}', -- what was moved, so that it can be undone
  deshecha_por uuid references inventario.usuarios(id),
  deshecha_en timestamptz,
  check (origen_id <> destino_id)
);
create unique index producto_fusiones_vigente on inventario.producto_fusiones(origen_id) where deshecha_en is null;
create index producto_fusiones_destino on inventario.producto_fusiones(destino_id);

-- "They look alike and are two": not offered again.
create table inventario.productos_distintos (
  a uuid not null references inventario.productos(id) on delete cascade,
  b uuid not null references inventario.productos(id) on delete cascade,
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null default now(),
  primary key (a, b),
  check (a < b)
);

create index productos_fusionados on inventario.productos(id) include (fusionado_en) where fusionado_en is not null;

-- What is registered under the old id after the join goes on to the product that stayed, in the same statement: the old
-- one stands at 0 from the join on, so the sum of both stays right at every instant after it. A second run finds 0.
create function inventario.sigue_fusion() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from nuevas n join inventario.productos p on p.id = n.producto_id where p.fusionado_en is not null) then
    return null;
  end if;
  with resto as (
    select m.producto_id, p.fusionado_en as destino, m.almacen_id, r.cantidad, gen_random_uuid() as traspaso,
           greatest(m.en, f.en, (select t.cerrado_hasta from inventario.almacenes a join inventario.tiendas t on t.id = a.tienda_id where a.id = m.almacen_id)) as en
      from (select n.producto_id, n.almacen_id, max(n.ocurrida_en) as en from nuevas n group by 1, 2) m
      join inventario.productos p on p.id = m.producto_id and p.fusionado_en is not null
      join inventario.producto_fusiones f on f.origen_id = m.producto_id and f.deshecha_en is null
     cross join lateral inventario.teorico(m.producto_id, m.almacen_id, 'infinity') r
     where r.cantidad <> 0
  )
  insert into inventario.transacciones (id, producto_id, almacen_id, tipo, subtipo, cantidad, ocurrida_en, orden, referencia, traspaso_id)
  select gen_random_uuid(), x.producto, resto.almacen_id, 'transferencia', x.subtipo, x.cantidad, resto.en, 1, 'Producto unido', resto.traspaso
    from resto
   cross join lateral (values (resto.producto_id, 'salida', -resto.cantidad), (resto.destino, 'entrada', resto.cantidad)) x(producto, subtipo, cantidad);
  return null;
end $$;
-- After `existencias`, by the order of their names.
create trigger fusion after insert on inventario.transacciones referencing new table as nuevas
  for each statement execute function inventario.sigue_fusion();

-- A count of one half says nothing of the whole.
create function inventario.rehusa_base_de_fusionado() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  quedo text;
begin
  select f.codigo into quedo
    from inventario.productos p join inventario.productos f on f.id = p.fusionado_en where p.id = new.producto_id;
  if found then
    raise exception using errcode = 'DC002', schema = 'inventario', table = 'transacciones', detail = quedo,
      message = 'Ese producto se unió con otro: la existencia inicial se registra en el que quedó.';
  end if;
  return new;
end $$;
create trigger base_de_fusionado before insert on inventario.transacciones for each row
  when (new.tipo = 'inventario') execute function inventario.rehusa_base_de_fusionado();

-- A phone that has not heard of the join yet counts under the old id: its lines are linked to the product that stayed.
create function inventario.liga_fusionados() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into inventario.conteo_linea_ligas (id, linea_id, conteo_id, estado, producto_id, factor, motivo, por, en)
  select gen_random_uuid(), n.id, n.conteo_id, 'ligada', p.fusionado_en, n.factor, 'Producto unido', f.por, greatest(f.en, n.recibido_en)
    from nuevas n
    join inventario.productos p on p.id = n.producto_id and p.fusionado_en is not null
    join inventario.producto_fusiones f on f.origen_id = p.id and f.deshecha_en is null
   where n.tipo <> 'anula'
     and not exists (select from inventario.conteo_resultados r where r.conteo_id = n.conteo_id and r.producto_id in (p.id, p.fusionado_en));
  return null;
end $$;
create trigger fusion after insert on inventario.conteo_lineas referencing new table as nuevas
  for each statement execute function inventario.liga_fusionados();

-- ── Lists of 100,000 products ───────────────────────────────────────────────────────────────────────────────────

create index productos_por_nombre on inventario.productos (inventario.pliega(nombre) collate "C", id);
create index productos_codigo_prefijo on inventario.productos (inventario.pliega_codigo(codigo) text_pattern_ops);
create index codigos_barras_prefijo on inventario.codigos_barras (inventario.pliega_codigo(codigo) text_pattern_ops);
create index productos_recientes on inventario.productos (updated_at desc, id desc);
create index productos_imagen on inventario.productos (imagen_url) where imagen_url is not null;

-- Names that may be one product share it: unit, the first three letters in a row, and every figure ("205/55R16" is not
-- "205/60R16"). Brands are compared afterwards: one of the two may lack it.
create function inventario.clave_parecido(nombre text, unidad text) returns text
  language sql immutable parallel safe
  as $$
  select lower(unidad) || '|' || coalesce(substring(inventario.pliega_codigo(nombre) from '[a-z]{3}'), '') || '|'
    || regexp_replace(inventario.pliega_codigo(nombre), '[a-z]+', ' ', 'g')
$$;
create index productos_parecidos on inventario.productos (inventario.clave_parecido(nombre, unidad)) where is_active and fusionado_en is null;

-- ── Who sees and writes ─────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  t text;
begin
  foreach t in array array['proveedores', 'producto_proveedores', 'producto_parches', 'producto_conflictos', 'producto_fusiones', 'productos_distintos'] loop
    execute format('alter table inventario.%I enable row level security', t);
    execute format('revoke all on inventario.%I from public, anon, authenticated, service_role', t);
    execute format('grant select on inventario.%I to authenticated', t);
    execute format('create policy lee on inventario.%I for select to authenticated using ((select inventario.veo_costos()))', t);
  end loop;
  foreach t in array array['proveedores', 'producto_proveedores'] loop
    execute format('grant insert, update on inventario.%I to authenticated', t);
    execute format($p$create policy alta on inventario.%I for insert to authenticated with check ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'))$p$, t);
    execute format($p$create policy cambia on inventario.%I for update to authenticated using ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'))$p$, t);
  end loop;
end $$;
grant delete on inventario.producto_proveedores to authenticated;
create policy baja on inventario.producto_proveedores for delete to authenticated
  using ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'));

revoke all on function inventario.tramo_ruta(text), inventario.acomoda_categoria(), inventario.arrastra_categorias(), inventario.rama(uuid),
  inventario.sigue_fusion(), inventario.rehusa_base_de_fusionado(), inventario.liga_fusionados(),
  inventario.clave_parecido(text, text) from public, anon, authenticated, service_role;
-- Of an index: whoever writes a product computes it.
grant execute on function inventario.clave_parecido(text, text) to authenticated;

comment on table inventario.proveedores is 'A quién se le compra.';
comment on table inventario.producto_proveedores is 'Qué vende cada proveedor, cómo lo llama, a cuánto y en qué cantidades.';
comment on table inventario.producto_parches is 'Cambios a un producto hechos en un teléfono, quizá sin señal.';
comment on table inventario.producto_conflictos is 'Campos que otra persona cambió mientras tanto: esperan a que alguien decida cuál queda.';
comment on table inventario.producto_fusiones is 'Productos unidos en uno: qué se movió, quién y si se deshizo.';
comment on table inventario.productos_distintos is 'Pares que se parecen y no son el mismo producto.';
comment on column inventario.producto_proveedores.costo is 'Pesos por unidad, sin IVA.';
comment on column inventario.producto_proveedores.empaque is 'Se compra en múltiplos de esta cantidad.';
