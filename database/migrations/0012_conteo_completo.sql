-- Counting in full: tolerances by class, kits, bulk zeros, returned parts, second signatures, counter-ajustes, closed
-- periods, transfers of damaged goods, test counts. Decisions are written by the server after its own checks; people read
-- them here.

alter table inventario.tiendas
  add column descarga_al_entregar boolean not null default false, -- sold goods leave the book when they are handed over
  add column cerrado_hasta timestamptz; -- movements before it are refused; it is the first open instant

-- [{"productoId": uuid, "cantidad": "4"}]: what one kit is made of. It is counted by its parts.
alter table inventario.productos
  add column partes jsonb check (partes is null or jsonb_typeof(partes) = 'array');

alter table inventario.conteos
  add column proposito text not null default 'conteo' check (proposito in ('conteo', 'prueba')), -- a test count never posts
  add column complementa_a uuid references inventario.conteos(id); -- counts anew what arrived late there

alter table inventario.conteo_partes
  add column devuelta_en timestamptz, -- given back to its counter: open again until it is sent once more
  add column devuelta_por uuid references inventario.usuarios(id),
  add column nota_devolucion text;

-- Products of a recount that only go along, so that being asked says nothing. For reviewers, like the reason.
alter table inventario.conteo_intentos add column controles uuid[] not null default '{}';

alter table inventario.conteo_resultados drop constraint conteo_resultados_decision_check;
alter table inventario.conteo_resultados
  add constraint conteo_resultados_decision_check check (decision in ('ajuste', 'sin_ajuste', 'base', 'prueba'));

-- Limits by class; a product without class, or whose class has no row, goes by the conteo's own.
create table inventario.conteo_tolerancias (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  clase_abc char(1) not null check (clase_abc in ('A', 'B', 'C')),
  tol_unidades numeric(18,5),
  tol_porcentaje numeric(6,2),
  tol_pesos numeric(14,2),
  primary key (conteo_id, clase_abc)
);

-- "There is none": said by a manager of what nobody counted. It yields to any living line of the product.
create table inventario.conteo_ceros (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  producto_id uuid not null references inventario.productos(id),
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null default now(),
  primary key (conteo_id, producto_id)
);

create table inventario.conteo_linea_notas (
  id uuid primary key,
  linea_id uuid not null, -- no foreign key: a note may arrive before its line
  conteo_id uuid not null references inventario.conteos(id),
  nota text not null check (length(nota) between 1 and 500),
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null,
  recibido_en timestamptz not null default now()
);
create index conteo_linea_notas_conteo on inventario.conteo_linea_notas(conteo_id, linea_id);

-- A manager of another shop who was asked to review and sign this conteo.
create table inventario.conteo_firmantes (
  conteo_id uuid not null references inventario.conteos(id) on delete cascade,
  usuario_id uuid not null references inventario.usuarios(id),
  pedido_por uuid not null references inventario.usuarios(id),
  en timestamptz not null default now(),
  primary key (conteo_id, usuario_id)
);
create index conteo_firmantes_usuario on inventario.conteo_firmantes(usuario_id);

-- What a person decided on a movement that became known after the approval. id = uuidv5 of (conteo, producto, movimiento).
create table inventario.contra_ajustes (
  id uuid primary key,
  conteo_id uuid not null references inventario.conteos(id),
  producto_id uuid not null references inventario.productos(id),
  movimiento_id uuid not null references inventario.transacciones(id),
  decision text not null check (decision in ('firmado', 'descartado')),
  transaccion_id uuid references inventario.transacciones(id),
  motivo text,
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null default now(),
  unique (conteo_id, producto_id, movimiento_id),
  check ((decision = 'firmado') = (transaccion_id is not null))
);

-- An ajuste made by hand waits for a second signature. cantidad is signed.
create table inventario.ajustes_propuestos (
  id uuid primary key,
  producto_id uuid not null references inventario.productos(id),
  almacen_id uuid not null references inventario.almacenes(id),
  cantidad numeric(18,5) not null check (cantidad <> 0),
  motivo text not null check (length(motivo) between 1 and 500),
  ocurrida_en timestamptz not null,
  estado text not null default 'propuesto' check (estado in ('propuesto', 'firmado', 'rechazado')),
  propuesto_por uuid not null references inventario.usuarios(id),
  propuesto_en timestamptz not null default now(),
  decidido_por uuid references inventario.usuarios(id),
  decidido_en timestamptz,
  motivo_rechazo text,
  transaccion_id uuid references inventario.transacciones(id),
  check ((estado = 'propuesto') = (decidido_por is null)),
  check (decidido_por is null or decidido_por <> propuesto_por),
  check ((estado = 'firmado') = (transaccion_id is not null))
);
create index ajustes_propuestos_abiertos on inventario.ajustes_propuestos(almacen_id, propuesto_en) where estado = 'propuesto';

-- Each closing and reopening of a shop's books. tiendas.cerrado_hasta is the outcome of the last one.
create table inventario.cierres (
  id uuid primary key,
  tienda_id uuid not null references inventario.tiendas(id),
  accion text not null check (accion in ('cierra', 'abre')),
  hasta timestamptz, -- what cerrado_hasta became
  motivo text not null check (length(motivo) between 1 and 500),
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null default now()
);
create index cierres_tienda on inventario.cierres(tienda_id, en desc);

-- Damaged goods of an approved product: moved to the shop's merma, or left where they are with a reason.
create table inventario.conteo_mermas (
  conteo_id uuid not null references inventario.conteos(id),
  producto_id uuid not null references inventario.productos(id),
  cantidad numeric(18,5) not null check (cantidad > 0),
  decision text not null check (decision in ('traspasado', 'descartado')),
  traspaso_id uuid,
  motivo text,
  por uuid not null references inventario.usuarios(id),
  en timestamptz not null default now(),
  primary key (conteo_id, producto_id),
  check ((decision = 'traspasado') = (traspaso_id is not null))
);

do $$
declare
  t text;
  frase text;
begin
  for t, frase in values
    ('conteo_ceros', 'Un cero declarado no se cambia: se cuenta el producto.'),
    ('conteo_linea_notas', 'La nota de una línea no se cambia ni se borra: se agrega otra.'),
    ('contra_ajustes', 'Lo que se firmó no se cambia ni se borra.'),
    ('conteo_mermas', 'Lo que se firmó no se cambia ni se borra.'),
    ('cierres', 'El registro de cierres no se cambia ni se borra.')
  loop
    execute format('create trigger solo_insertar before update or delete on inventario.%I for each row execute function inventario.rehusa(%L)', t, frase);
    execute format('create trigger no_vaciar before truncate on inventario.%I for each statement execute function inventario.rehusa(%L)', t, frase);
  end loop;
end $$;
create trigger solo_decidir before update or delete on inventario.ajustes_propuestos for each row
  when (old.estado <> 'propuesto')
  execute function inventario.rehusa('Lo que se firmó no se cambia ni se borra.');

-- After `anota`, which sets tienda_id: triggers of one kind run in the order of their names.
create function inventario.respeta_cierre() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  hasta timestamptz;
begin
  select t.cerrado_hasta into hasta from inventario.tiendas t where t.id = new.tienda_id;
  if new.ocurrida_en < hasta then
    raise exception using errcode = 'DC001', schema = 'inventario', table = 'transacciones',
      message = 'El periodo de ese movimiento está cerrado.';
  end if;
  return new;
end $$;
create trigger anota_y_respeta_cierre before insert on inventario.transacciones for each row execute function inventario.respeta_cierre();

-- ── Who sees and writes ─────────────────────────────────────────────────────────────────────────────────────────

-- Conteos of other shops that I was asked to sign.
create function inventario.conteos_que_firmo() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if inventario.dirijo() then
    return query select f.conteo_id from inventario.conteo_firmantes f where f.usuario_id = auth.uid();
  end if;
end $$;

create or replace function inventario.conteos_que_veo() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  yo constant uuid := auth.uid();
  tiendas constant uuid[] := inventario.mis_tiendas();
  reviso constant boolean := coalesce(inventario.mi_rol() in ('admin', 'gerente', 'auditor'), false);
begin
  return query
  select c.id from inventario.conteos c
   where c.tienda_id = any (tiendas)
     and (reviso or c.creado_por = yo or c.id in (select inventario.conteos_de_contador(yo))
       or exists (select from inventario.conteo_lineas l where l.usuario_id = yo and l.conteo_id = c.id))
  union
  select inventario.conteos_que_firmo();
end $$;

create or replace function inventario.conteos_que_reviso() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  yo constant uuid := auth.uid();
  tiendas constant uuid[] := inventario.mis_tiendas();
begin
  if inventario.mi_rol() in ('admin', 'gerente', 'auditor') then
    return query
    select c.id from inventario.conteos c
     where (c.tienda_id = any (tiendas) or c.id in (select inventario.conteos_que_firmo()))
       and not (c.ciego and c.id in (select inventario.conteos_de_contador(yo)));
  end if;
end $$;

-- An auditor counts in test counts only.
create or replace function inventario.conteos_que_cuento() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  yo constant uuid := auth.uid();
  rol constant text := inventario.mi_rol();
  tiendas constant uuid[] := inventario.mis_tiendas();
  veo constant boolean := inventario.veo_existencias();
begin
  if rol in ('admin', 'gerente', 'almacenista', 'auditor') then
    return query
    select c.id from inventario.conteos c
     where c.id in (select inventario.conteos_de_contador(yo))
       and c.tienda_id = any (tiendas) and c.estado <> 'cancelado' and not (c.ciego and veo)
       and (rol <> 'auditor' or c.proposito = 'prueba');
  end if;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['conteo_tolerancias', 'conteo_ceros', 'conteo_linea_notas', 'conteo_firmantes',
    'contra_ajustes', 'ajustes_propuestos', 'cierres', 'conteo_mermas'] loop
    execute format('alter table inventario.%I enable row level security', t);
    execute format('revoke all on inventario.%I from public, anon, authenticated, service_role', t);
    execute format('grant select on inventario.%I to authenticated', t);
  end loop;
  foreach t in array array['conteo_tolerancias', 'conteo_ceros', 'contra_ajustes', 'conteo_mermas'] loop
    execute format('create policy lee on inventario.%I for select to authenticated using (conteo_id in (select inventario.conteos_que_reviso()))', t);
  end loop;
end $$;
revoke all on function inventario.conteos_que_firmo(), inventario.respeta_cierre() from public, anon, authenticated, service_role;
grant execute on function inventario.conteos_que_firmo() to authenticated;
grant select (partes) on inventario.productos to authenticated;
grant update (devuelta_en, devuelta_por, nota_devolucion) on inventario.conteo_partes to authenticated;

create policy lee on inventario.conteo_firmantes for select to authenticated
  using (usuario_id = (select inventario.yo()) or conteo_id in (select inventario.conteos_que_reviso()));

grant insert on inventario.conteo_linea_notas, inventario.ajustes_propuestos to authenticated;
create policy lee on inventario.conteo_linea_notas for select to authenticated
  using (por = (select inventario.yo()) or conteo_id in (select inventario.conteos_que_reviso()));
create policy alta on inventario.conteo_linea_notas for insert to authenticated
  with check (por = (select inventario.yo())
    and (conteo_id in (select inventario.conteos_que_cuento()) or conteo_id in (select inventario.conteos_que_dirijo())));

create policy lee on inventario.ajustes_propuestos for select to authenticated
  using ((select inventario.veo_existencias()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));
-- Signing is the server's, after its own checks.
create policy alta on inventario.ajustes_propuestos for insert to authenticated
  with check (propuesto_por = (select inventario.yo()) and estado = 'propuesto' and (select inventario.dirijo())
    and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));

create policy lee on inventario.cierres for select to authenticated
  using ((select inventario.veo_existencias()) and tienda_id = any ((select inventario.mis_tiendas())::uuid[]));

comment on table inventario.conteo_tolerancias is 'Tolerancias de un conteo por clase ABC.';
comment on table inventario.conteo_ceros is 'Lo no contado que un gerente declaró en cero. Cede ante cualquier línea viva.';
comment on table inventario.conteo_linea_notas is 'Notas que se agregan a una línea después de contarla.';
comment on table inventario.conteo_firmantes is 'Gerentes de otra tienda a quienes se pidió revisar y firmar un conteo.';
comment on table inventario.contra_ajustes is 'Decisión sobre cada movimiento que se conoció después de aprobar su producto.';
comment on table inventario.ajustes_propuestos is 'Ajustes hechos a mano, en espera de una segunda firma.';
comment on table inventario.cierres is 'Cierres y reaperturas de los libros de cada tienda, con su motivo.';
comment on table inventario.conteo_mermas is 'Qué se hizo con lo dañado de un producto aprobado.';
comment on column inventario.tiendas.cerrado_hasta is 'Primer instante abierto: lo anterior ya no admite movimientos.';
comment on column inventario.productos.partes is 'De qué se compone un juego: [{productoId, cantidad}].';
comment on function inventario.conteos_que_firmo() is 'Conteos de otras tiendas que me pidieron firmar.';
