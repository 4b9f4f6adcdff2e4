-- Who may see and do what. Roles and shops live in inventario.usuarios and usuario_tiendas, never in the token.
-- A policy tests membership only. Functions are SECURITY DEFINER (they read tables that the caller may not) and are
-- called as (select f()) so that they run once per statement, not once per row.

-- ── Who asks ────────────────────────────────────────────────────────────────────────────────────────────────────
-- In PL/pgSQL, which keeps its plans for the session: a SQL function that cannot be inlined is planned at every call,
-- three times as slow, and every statement of every person asks these.

-- Null for somebody unknown or disabled: every policy then says no.
create function inventario.yo() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return (select u.id from inventario.usuarios u where u.id = auth.uid() and u.is_active);
end $$;

create function inventario.mi_rol() returns text
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return (select u.rol from inventario.usuarios u where u.id = auth.uid() and u.is_active);
end $$;

create function inventario.tiendas_de(usuario uuid) returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(array_agg(t.id), '{}')
      from inventario.usuarios u
      join inventario.tiendas t on u.rol = 'admin'
        or exists (select from inventario.usuario_tiendas ut where ut.usuario_id = u.id and ut.tienda_id = t.id)
     where u.id = usuario and u.is_active
  );
end $$;

create function inventario.mis_tiendas() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return inventario.tiendas_de(auth.uid());
end $$;

create function inventario.mis_almacenes() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  tiendas constant uuid[] := inventario.mis_tiendas();
begin
  return (select coalesce(array_agg(a.id), '{}') from inventario.almacenes a where a.tienda_id = any (tiendas));
end $$;

-- Same as VE_EXISTENCIAS and VE_COSTOS in shared/roles.ts.
create function inventario.veo_existencias() returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(inventario.mi_rol() in ('admin', 'gerente', 'comprador', 'auditor'), false);
end $$;
create function inventario.veo_costos() returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(inventario.mi_rol() in ('admin', 'gerente', 'comprador', 'auditor'), false);
end $$;
create function inventario.administro() returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(inventario.mi_rol() = 'admin', false);
end $$;
create function inventario.dirijo() returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(inventario.mi_rol() in ('admin', 'gerente'), false);
end $$;

-- Counter of a conteo: assigned to it, to one of its intentos, or who started it ad hoc.
create function inventario.conteos_de_contador(usuario uuid) returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select c.conteo_id from inventario.conteo_contadores c where c.usuario_id = usuario
  union
  select c.conteo_id from inventario.conteo_intento_contadores c where c.usuario_id = usuario
  union
  select c.id from inventario.conteos c where c.creado_por = usuario and c.alcance = 'libre';
end $$;

-- Conteos of my shops that I see: where I count, that I made, or all of them where I review.
create function inventario.conteos_que_veo() returns setof uuid
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
     and (reviso or c.creado_por = yo or c.id in (select inventario.conteos_de_contador(yo)));
end $$;

-- Conteos whose lines and results of everybody I may see. Not a blind one where I count.
create function inventario.conteos_que_reviso() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  yo constant uuid := auth.uid();
  tiendas constant uuid[] := inventario.mis_tiendas();
begin
  if inventario.mi_rol() in ('admin', 'gerente', 'auditor') then
    return query
    select c.id from inventario.conteos c
     where c.tienda_id = any (tiendas) and not (c.ciego and c.id in (select inventario.conteos_de_contador(yo)));
  end if;
end $$;

-- Conteos of my shops that I plan and decide on.
create function inventario.conteos_que_dirijo() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  tiendas constant uuid[] := inventario.mis_tiendas();
begin
  if inventario.dirijo() then
    return query select c.id from inventario.conteos c where c.tienda_id = any (tiendas);
  end if;
end $$;

-- Conteos into which I may write lines: mine to count, of my shops, not cancelled. A closed one takes late lines.
-- Whoever sees the stock counts in no blind conteo.
create function inventario.conteos_que_cuento() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  yo constant uuid := auth.uid();
  tiendas constant uuid[] := inventario.mis_tiendas();
  veo constant boolean := inventario.veo_existencias();
begin
  if inventario.mi_rol() in ('admin', 'gerente', 'almacenista') then
    return query
    select c.id from inventario.conteos c
     where c.id in (select inventario.conteos_de_contador(yo))
       and c.tienda_id = any (tiendas) and c.estado <> 'cancelado' and not (c.ciego and veo);
  end if;
end $$;

-- Ad-hoc conteos of mine: their lists are mine to fill.
create function inventario.mis_conteos_libres() returns setof uuid
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  yo constant uuid := auth.uid();
  tiendas constant uuid[] := inventario.mis_tiendas();
begin
  return query
  select c.id from inventario.conteos c where c.creado_por = yo and c.alcance = 'libre' and c.tienda_id = any (tiendas);
end $$;

-- ── Scopes of the phones ────────────────────────────────────────────────────────────────────────────────────────

-- Every member of a scope sees every row and column in it: what a role may not see is a scope it does not have.
create function sync.scopes_de(usuario uuid) returns setof text
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  with u as (
    select x.id, x.rol, inventario.tiendas_de(x.id) as tiendas from inventario.usuarios x where x.id = usuario and x.is_active
  ), c as (
    select k.id, k.ciego, u.rol in ('admin', 'gerente', 'auditor') as revisa,
           k.id in (select inventario.conteos_de_contador(usuario)) as cuenta,
           k.creado_por = u.id as suyo,
           exists (select from inventario.conteo_lineas l where l.conteo_id = k.id and l.usuario_id = u.id) as escribio
      from u join inventario.conteos k on k.tienda_id = any (u.tiendas)
     where coalesce(case k.estado when 'cerrado' then k.cerrado_en when 'cancelado' then k.cancelado_en end, now())
           > now() - interval '30 days'
  )
  select 'catalogo' from u
  union all select 'usuario:' || u.id from u
  union all select 'tienda:' || t from u, unnest(u.tiendas) t
  union all select 'costos' from u where u.rol in ('admin', 'gerente', 'comprador', 'auditor')
  union all
  select 'stock:' || a.id from u join inventario.almacenes a on a.tienda_id = any (u.tiendas)
   where u.rol in ('admin', 'gerente', 'comprador', 'auditor')
  union all select 'conteo:' || c.id from c where c.revisa or c.cuenta or c.suyo or c.escribio
  union all select 'lineas:' || c.id || ':' || usuario from c where c.cuenta or c.escribio
  union all select 'revision:' || c.id from c where c.revisa and not (c.ciego and c.cuenta)
$$;
create function sync.mis_scopes() returns setof text
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select sync.scopes_de(auth.uid()) $$;

-- ── Views with the columns that only some may read ──────────────────────────────────────────────────────────────

create view inventario.producto_costos with (security_barrier) as
  select p.id, p.costo from inventario.productos p where (select inventario.veo_costos());

-- Own row, or all of them for an admin, with every column.
create view inventario.usuarios_completos with (security_barrier) as
  select u.* from inventario.usuarios u where u.id = (select inventario.yo()) or (select inventario.administro());

-- ── Nobody by default ───────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  t record;
begin
  for t in select schemaname, tablename from pg_tables where schemaname in ('inventario', 'sync', 'genai') loop
    execute format('alter table %I.%I enable row level security', t.schemaname, t.tablename);
  end loop;
  if exists (select from pg_tables where schemaname = 'auth' and tablename = 'refresh_tokens' and tableowner = current_user) then
    alter table auth.users enable row level security;
    alter table auth.sessions enable row level security;
    alter table auth.refresh_tokens enable row level security;
  end if;
end $$;

revoke all on all tables in schema inventario, sync, genai from public, anon, authenticated, service_role;
revoke all on all functions in schema inventario, sync, genai from public, anon, authenticated, service_role;
revoke all on schema inventario, sync, genai from public, anon, service_role;

grant usage on schema inventario, genai, extensions to authenticated;
grant execute on function
  inventario.pliega(text), inventario.pliega_codigo(text),
  inventario.yo(), inventario.mi_rol(), inventario.mis_tiendas(), inventario.mis_almacenes(),
  inventario.veo_existencias(), inventario.veo_costos(), inventario.administro(), inventario.dirijo(),
  inventario.conteos_que_veo(), inventario.conteos_que_reviso(), inventario.conteos_que_dirijo(),
  inventario.conteos_que_cuento(), inventario.mis_conteos_libres(),
  inventario.teorico(uuid, uuid, timestamptz), inventario.teoricos(uuid[], uuid[], timestamptz[]),
  inventario.costo_vigente(uuid, uuid, timestamptz), inventario.costos_vigentes(uuid[], uuid[], timestamptz[])
  to authenticated;

-- ── Shops, catalogue ────────────────────────────────────────────────────────────────────────────────────────────

grant select, insert, update on inventario.tiendas, inventario.almacenes, inventario.ubicaciones, inventario.categorias,
  inventario.codigos_barras to authenticated;
create policy lee on inventario.tiendas for select to authenticated using (id = any ((select inventario.mis_tiendas())::uuid[]));
create policy alta on inventario.tiendas for insert to authenticated with check ((select inventario.administro()));
create policy cambia on inventario.tiendas for update to authenticated using ((select inventario.administro()));

create policy lee on inventario.almacenes for select to authenticated using (tienda_id = any ((select inventario.mis_tiendas())::uuid[]));
create policy alta on inventario.almacenes for insert to authenticated with check ((select inventario.administro()));
create policy cambia on inventario.almacenes for update to authenticated using ((select inventario.administro()));

create policy lee on inventario.ubicaciones for select to authenticated using (almacen_id = any ((select inventario.mis_almacenes())::uuid[]));
create policy alta on inventario.ubicaciones for insert to authenticated
  with check ((select inventario.dirijo()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));
create policy cambia on inventario.ubicaciones for update to authenticated
  using ((select inventario.dirijo()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));

create policy lee on inventario.categorias for select to authenticated using ((select inventario.mi_rol()) is not null);
create policy alta on inventario.categorias for insert to authenticated with check ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'));
create policy cambia on inventario.categorias for update to authenticated using ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'));

-- Every column but the cost (see producto_costos).
do $$
declare
  columnas text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into columnas
    from pg_attribute
   where attrelid = 'inventario.productos'::regclass and attnum > 0 and not attisdropped and attname <> 'costo';
  execute format('grant select (%s) on inventario.productos to authenticated', columnas);
end $$;
grant insert, update on inventario.productos to authenticated;
grant select on inventario.producto_costos to authenticated;
create policy lee on inventario.productos for select to authenticated using ((select inventario.mi_rol()) is not null);
create policy alta on inventario.productos for insert to authenticated with check ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'));
create policy cambia on inventario.productos for update to authenticated using ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'));

create policy lee on inventario.codigos_barras for select to authenticated using ((select inventario.mi_rol()) is not null);
create policy alta on inventario.codigos_barras for insert to authenticated with check ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'));
create policy cambia on inventario.codigos_barras for update to authenticated using ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador'));

grant select, insert, delete on inventario.producto_ubicaciones to authenticated;
create policy lee on inventario.producto_ubicaciones for select to authenticated
  using (ubicacion_id in (select u.id from inventario.ubicaciones u));
create policy alta on inventario.producto_ubicaciones for insert to authenticated
  with check ((select inventario.dirijo()) and ubicacion_id in (select u.id from inventario.ubicaciones u));
create policy baja on inventario.producto_ubicaciones for delete to authenticated
  using ((select inventario.dirijo()) and ubicacion_id in (select u.id from inventario.ubicaciones u));

grant select, insert, update, delete on inventario.producto_almacenes to authenticated;
create policy lee on inventario.producto_almacenes for select to authenticated
  using ((select inventario.veo_existencias()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));
create policy escribe on inventario.producto_almacenes for all to authenticated
  using ((select inventario.mi_rol()) in ('admin', 'gerente', 'comprador') and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));

-- ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────

grant select (id, nombre, rol, is_active), insert, update on inventario.usuarios to authenticated;
grant select on inventario.usuarios_completos to authenticated;
create policy lee on inventario.usuarios for select to authenticated
  using (id = (select inventario.yo()) or (select inventario.administro())
    or id in (select ut.usuario_id from inventario.usuario_tiendas ut));
create policy alta on inventario.usuarios for insert to authenticated with check ((select inventario.administro()));
create policy cambia on inventario.usuarios for update to authenticated using ((select inventario.administro()));

grant select, insert, delete on inventario.usuario_tiendas to authenticated;
create policy lee on inventario.usuario_tiendas for select to authenticated using (tienda_id = any ((select inventario.mis_tiendas())::uuid[]));
create policy alta on inventario.usuario_tiendas for insert to authenticated with check ((select inventario.administro()));
create policy baja on inventario.usuario_tiendas for delete to authenticated using ((select inventario.administro()));

-- The token's hash stays with the owner.
grant select (id, correo, nombre, rol, tienda_ids, limite_ajuste, creada_por, expira_en, usada_en, usuario_id, cancelada_en, created_at),
  insert, update (cancelada_en) on inventario.invitaciones to authenticated;
create policy todo on inventario.invitaciones for all to authenticated using ((select inventario.administro()));

grant select, insert, update on inventario.configuracion to authenticated;
create policy todo on inventario.configuracion for all to authenticated using ((select inventario.administro()));

-- ── Ledger ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- By almacén, which is in the index of `teorico`: by tienda the scans would not be index-only.
grant select, insert on inventario.transacciones to authenticated;
create policy lee on inventario.transacciones for select to authenticated
  using ((select inventario.veo_existencias()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));
-- By hand. An ajuste is posted only by the approval, which runs as the owner after its own checks.
create policy alta on inventario.transacciones for insert to authenticated
  with check ((select inventario.dirijo()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[])
    and tipo in ('venta', 'compra', 'devolucion', 'inventario')
    and coalesce(subtipo, 'de_cliente') in ('de_cliente', 'a_proveedor')
    and conteo_id is null and traspaso_id is null and conexion_id is null and upload_id is null
    and user_id = (select inventario.yo()));

grant select on inventario.existencias to authenticated;
create policy lee on inventario.existencias for select to authenticated
  using ((select inventario.veo_existencias()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));

grant select on inventario.auditoria to authenticated;
create policy lee on inventario.auditoria for select to authenticated
  using ((select inventario.administro())
    or ((select inventario.mi_rol()) = 'auditor' and tienda_id = any ((select inventario.mis_tiendas())::uuid[])));

-- ── Conteos ─────────────────────────────────────────────────────────────────────────────────────────────────────

grant select, insert, update on inventario.conteos to authenticated;
create policy lee on inventario.conteos for select to authenticated
  using (id in (select inventario.conteos_que_veo())
    -- its own new row, which the function does not see yet (INSERT … RETURNING, ON CONFLICT)
    or (creado_por = (select inventario.yo()) and tienda_id = any ((select inventario.mis_tiendas())::uuid[])));
create policy alta on inventario.conteos for insert to authenticated
  with check (creado_por = (select inventario.yo()) and tienda_id = any ((select inventario.mis_tiendas())::uuid[])
    and ((select inventario.dirijo())
      or ((select inventario.mi_rol()) = 'almacenista' and alcance = 'libre' and ciego and estado = 'abierto' and corrige_a is null)));
create policy cambia on inventario.conteos for update to authenticated
  using ((select inventario.dirijo()) and tienda_id = any ((select inventario.mis_tiendas())::uuid[]));

grant select, insert, delete on inventario.conteo_contadores, inventario.conteo_ubicaciones, inventario.conteo_productos to authenticated;
grant select, insert on inventario.conteo_intentos, inventario.conteo_intento_productos, inventario.conteo_intento_contadores to authenticated;
do $$
declare
  t text;
begin
  -- Lists of the scope: seen with the conteo; filled by who plans, or by who counts ad hoc.
  foreach t in array array['conteo_contadores', 'conteo_ubicaciones', 'conteo_productos'] loop
    execute format('create policy lee on inventario.%I for select to authenticated using (conteo_id in (select inventario.conteos_que_veo()))', t);
    execute format('create policy baja on inventario.%I for delete to authenticated using (conteo_id in (select inventario.conteos_que_dirijo()))', t);
  end loop;
  foreach t in array array['conteo_ubicaciones', 'conteo_productos'] loop
    execute format(
      'create policy alta on inventario.%I for insert to authenticated with check (conteo_id in (select inventario.conteos_que_dirijo()) or conteo_id in (select inventario.mis_conteos_libres()))', t);
  end loop;
  foreach t in array array['conteo_intento_productos', 'conteo_intento_contadores'] loop
    execute format('create policy lee on inventario.%I for select to authenticated using (conteo_id in (select inventario.conteos_que_veo()))', t);
    execute format('create policy alta on inventario.%I for insert to authenticated with check (conteo_id in (select inventario.conteos_que_dirijo()))', t);
  end loop;
end $$;
-- In an ad-hoc conteo one adds only oneself.
create policy alta on inventario.conteo_contadores for insert to authenticated
  with check (conteo_id in (select inventario.conteos_que_dirijo())
    or (usuario_id = (select inventario.yo()) and conteo_id in (select inventario.mis_conteos_libres())));
-- Why a recount was asked is no counter's business.
create policy lee on inventario.conteo_intentos for select to authenticated using (conteo_id in (select inventario.conteos_que_reviso()));
create policy alta on inventario.conteo_intentos for insert to authenticated with check (conteo_id in (select inventario.conteos_que_dirijo()));

-- Lines, links, photos, parts: one's own, or everybody's for who reviews. Writing is only in one's own name.
grant select, insert on inventario.conteo_lineas, inventario.conteo_linea_ligas, inventario.conteo_linea_fotos to authenticated;
create policy lee on inventario.conteo_lineas for select to authenticated
  using (usuario_id = (select inventario.yo()) or conteo_id in (select inventario.conteos_que_reviso()));
create policy alta on inventario.conteo_lineas for insert to authenticated
  with check (usuario_id = (select inventario.yo()) and conteo_id in (select inventario.conteos_que_cuento()));

create policy lee on inventario.conteo_linea_ligas for select to authenticated
  using (por = (select inventario.yo()) or conteo_id in (select inventario.conteos_que_reviso())
    or linea_id in (select l.id from inventario.conteo_lineas l where l.usuario_id = (select inventario.yo())));
create policy alta on inventario.conteo_linea_ligas for insert to authenticated
  with check (por = (select inventario.yo())
    and (conteo_id in (select inventario.conteos_que_dirijo())
      or (estado = 'propuesta' and conteo_id in (select inventario.conteos_que_cuento()))));

create policy lee on inventario.conteo_linea_fotos for select to authenticated
  using (por = (select inventario.yo()) or conteo_id in (select inventario.conteos_que_reviso()));
create policy alta on inventario.conteo_linea_fotos for insert to authenticated
  with check (por = (select inventario.yo())
    and (conteo_id in (select inventario.conteos_que_cuento()) or conteo_id in (select inventario.conteos_que_dirijo())));

grant select, insert, update (lineas, terminada_en, device_id, recibido_en, cerrada_por, motivo) on inventario.conteo_partes to authenticated;
create policy lee on inventario.conteo_partes for select to authenticated
  using (usuario_id = (select inventario.yo()) or conteo_id in (select inventario.conteos_que_reviso()));
create policy alta on inventario.conteo_partes for insert to authenticated
  with check ((usuario_id = (select inventario.yo()) and cerrada_por is null and conteo_id in (select inventario.conteos_que_cuento()))
    or (cerrada_por = (select inventario.yo()) and conteo_id in (select inventario.conteos_que_dirijo())));
create policy cambia on inventario.conteo_partes for update to authenticated
  using ((usuario_id = (select inventario.yo()) and conteo_id in (select inventario.conteos_que_cuento()))
    or conteo_id in (select inventario.conteos_que_dirijo()))
  with check ((usuario_id = (select inventario.yo()) and cerrada_por is null and conteo_id in (select inventario.conteos_que_cuento()))
    or (cerrada_por = (select inventario.yo()) and conteo_id in (select inventario.conteos_que_dirijo())));

-- Review: for who reviews. In a blind conteo where one counts one decides nothing either.
grant select, insert on inventario.conteo_vacias to authenticated;
grant select, insert, update on inventario.conteo_traslapes to authenticated;
grant select on inventario.conteo_resultados to authenticated;
create policy lee on inventario.conteo_vacias for select to authenticated using (conteo_id in (select inventario.conteos_que_reviso()));
create policy alta on inventario.conteo_vacias for insert to authenticated
  with check (por = (select inventario.yo()) and (select inventario.dirijo()) and conteo_id in (select inventario.conteos_que_reviso()));
create policy lee on inventario.conteo_traslapes for select to authenticated using (conteo_id in (select inventario.conteos_que_reviso()));
create policy alta on inventario.conteo_traslapes for insert to authenticated
  with check (por = (select inventario.yo()) and (select inventario.dirijo()) and conteo_id in (select inventario.conteos_que_reviso()));
create policy cambia on inventario.conteo_traslapes for update to authenticated
  using ((select inventario.dirijo()) and conteo_id in (select inventario.conteos_que_reviso()))
  with check (por = (select inventario.yo()) and (select inventario.dirijo()) and conteo_id in (select inventario.conteos_que_reviso()));
create policy lee on inventario.conteo_resultados for select to authenticated using (conteo_id in (select inventario.conteos_que_reviso()));

-- A photo is its uploader's and of who reviews the conteo it belongs to.
grant select, insert on inventario.archivos to authenticated;
create policy lee on inventario.archivos for select to authenticated
  using (subido_por = (select inventario.yo())
    or sha256 in (select f.sha256 from inventario.conteo_linea_fotos f where f.conteo_id in (select inventario.conteos_que_reviso())));
create policy alta on inventario.archivos for insert to authenticated
  with check (subido_por = (select inventario.yo()) and (select inventario.mi_rol()) is not null);

-- ── ERP and imports ─────────────────────────────────────────────────────────────────────────────────────────────

grant select (id, tipo, nombre, parametros, is_active, created_at, updated_at),
  insert (id, tipo, nombre, parametros, is_active), update (nombre, parametros, is_active) on inventario.conexiones to authenticated;
create policy lee on inventario.conexiones for select to authenticated using ((select inventario.mi_rol()) in ('admin', 'auditor'));
create policy alta on inventario.conexiones for insert to authenticated with check ((select inventario.administro()));
create policy cambia on inventario.conexiones for update to authenticated using ((select inventario.administro()));

grant select on inventario.sync_jobs, inventario.erp_productos, inventario.erp_inventario, inventario.erp_ventas, inventario.erp_clientes to authenticated;
create policy lee on inventario.sync_jobs for select to authenticated using ((select inventario.veo_existencias()));
create policy lee on inventario.erp_productos for select to authenticated using ((select inventario.veo_existencias()));
create policy lee on inventario.erp_clientes for select to authenticated using ((select inventario.veo_existencias()));
-- A row without shop comes from an almacén that nobody has mapped yet: the admin's.
create policy lee on inventario.erp_inventario for select to authenticated
  using ((select inventario.administro()) or ((select inventario.veo_existencias()) and tienda_id = any ((select inventario.mis_tiendas())::uuid[])));
create policy lee on inventario.erp_ventas for select to authenticated
  using ((select inventario.administro()) or ((select inventario.veo_existencias()) and tienda_id = any ((select inventario.mis_tiendas())::uuid[])));

grant select, insert on inventario.uploads to authenticated;
create policy lee on inventario.uploads for select to authenticated
  using ((select inventario.administro())
    or ((select inventario.veo_existencias())
      and (user_id = (select inventario.yo()) or tienda_id = any ((select inventario.mis_tiendas())::uuid[]))));
create policy alta on inventario.uploads for insert to authenticated
  with check (user_id = (select inventario.yo()) and (select inventario.mi_rol()) in ('admin', 'gerente', 'comprador')
    and (tienda_id is null or tienda_id = any ((select inventario.mis_tiendas())::uuid[])));

-- ── Assistant: everything is one's own ──────────────────────────────────────────────────────────────────────────

grant select, insert, update, delete on genai.documents, genai.chat_sessions, genai.audio_transcriptions to authenticated;
grant select, insert, delete on genai.chunks to authenticated;
grant select, insert on genai.chat_messages to authenticated;
create policy propios on genai.documents for all to authenticated using (user_id = (select inventario.yo()) and (select inventario.mi_rol()) is not null);
create policy propios on genai.chat_sessions for all to authenticated using (user_id = (select inventario.yo()) and (select inventario.mi_rol()) is not null);
create policy propios on genai.audio_transcriptions for all to authenticated using (user_id = (select inventario.yo()) and (select inventario.mi_rol()) is not null);
create policy propios on genai.chunks for all to authenticated using (document_id in (select d.id from genai.documents d));
create policy lee on genai.chat_messages for select to authenticated using (session_id in (select s.id from genai.chat_sessions s));
-- A person writes only what a person says; the rest of a transcript is the server's, so no approval can be forged.
create policy alta on genai.chat_messages for insert to authenticated
  with check (role = 'user' and session_id in (select s.id from genai.chat_sessions s));
