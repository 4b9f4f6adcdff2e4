-- The ledger's rules: rows are never rewritten, `teorico` at any instant, `existencias` kept by trigger.
-- Total order of the movements of one (producto, almacen): (ocurrida_en, orden, created_at, id).

-- ── Small rules ─────────────────────────────────────────────────────────────────────────────────────────────────

create function inventario.toca_updated_at() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  new.updated_at := now();
  return new;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array[
    'inventario.tiendas', 'inventario.almacenes', 'inventario.ubicaciones', 'inventario.categorias', 'inventario.productos',
    'inventario.codigos_barras', 'inventario.usuarios', 'inventario.configuracion', 'inventario.conexiones', 'inventario.conteos',
    'inventario.erp_productos', 'inventario.erp_clientes', 'genai.chat_sessions', 'sync.meta'
  ] loop
    execute format(
      'create trigger toca_updated_at before update on %s for each row when (old.* is distinct from new.*) execute function inventario.toca_updated_at()',
      t
    );
  end loop;
end $$;

-- The sentence of the refusal is the trigger's argument.
create function inventario.rehusa() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using errcode = 'restrict_violation', message = tg_argv[0], schema = tg_table_schema, table = tg_table_name;
end $$;

do $$
declare
  t text;
  frase text;
begin
  for t, frase in values
    ('conteo_lineas', 'Las líneas de un conteo no se cambian ni se borran: se anulan con otra línea.'),
    ('conteo_linea_ligas', 'Una liga no se cambia ni se borra: se agrega otra, y cuenta la última.'),
    ('conteo_linea_fotos', 'La foto de una línea no se cambia ni se borra.'),
    ('conteo_resultados', 'Un resultado aprobado no se reescribe: corrígelo con otro conteo.'),
    ('auditoria', 'La auditoría no se cambia ni se borra.')
  loop
    execute format('create trigger solo_insertar before update or delete on inventario.%I for each row execute function inventario.rehusa(%L)', t, frase);
    execute format('create trigger no_vaciar before truncate on inventario.%I for each statement execute function inventario.rehusa(%L)', t, frase);
  end loop;
end $$;
create trigger no_borrar before delete on inventario.transacciones for each row
  execute function inventario.rehusa('Un movimiento no se borra: se corrige con su reversa.');
create trigger no_vaciar before truncate on inventario.transacciones for each statement
  execute function inventario.rehusa('El libro de movimientos no se vacía.');

-- transacciones.tienda_id comes from the almacén and never changes, so neither may the almacén's shop.
create trigger tienda_fija before update of tienda_id on inventario.almacenes for each row
  when (old.tienda_id is distinct from new.tienda_id)
  execute function inventario.rehusa('Un almacén no cambia de tienda: da de alta otro y desactiva este.');

-- ── Movements ───────────────────────────────────────────────────────────────────────────────────────────────────

create function inventario.anota_transaccion() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  original inventario.transacciones;
begin
  select a.tienda_id, (new.ocurrida_en at time zone t.zona_horaria)::date
    into new.tienda_id, new.fecha
    from inventario.almacenes a join inventario.tiendas t on t.id = a.tienda_id
   where a.id = new.almacen_id;
  if not found then
    raise exception using errcode = 'foreign_key_violation', message = 'El almacén del movimiento no existe.';
  end if;

  if new.reversa_de is not null then
    select * into original from inventario.transacciones where id = new.reversa_de;
    if not found or original.tipo = 'inventario' or original.reversa_de is not null
      or (new.producto_id, new.almacen_id, new.tipo, new.cantidad) is distinct from
         (original.producto_id, original.almacen_id, original.tipo, -original.cantidad)
      or (new.tipo = 'devolucion' and new.subtipo is distinct from original.subtipo)
    then
      raise exception using errcode = 'check_violation', constraint = 'transacciones_reversa',
        message = 'La reversa debe ser el mismo movimiento con la cantidad contraria; una existencia inicial se corrige con otra.';
    end if;
  end if;
  return new;
end $$;
create trigger anota before insert on inventario.transacciones for each row execute function inventario.anota_transaccion();

-- Notes, references and metadata may be completed later, and user_id is emptied when the account goes. The rest stands.
create function inventario.protege_transaccion() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  libres constant text[] := array['notas', 'metadata', 'referencia', 'user_id', 'efecto']; -- efecto follows from the others
begin
  if to_jsonb(new) - libres is distinct from to_jsonb(old) - libres
    or (new.user_id is distinct from old.user_id and new.user_id is not null)
  then
    raise exception using errcode = 'restrict_violation', schema = 'inventario', table = 'transacciones',
      message = 'Un movimiento registrado no se cambia: se corrige con su reversa.';
  end if;
  return new;
end $$;
create trigger protege before update on inventario.transacciones for each row execute function inventario.protege_transaccion();

-- ── Expected stock ──────────────────────────────────────────────────────────────────────────────────────────────

-- Last base at or before t plus the effects after it up to t (inclusive). Without base: the effects alone, tiene_base
-- false. Both lookups are index-only scans (transacciones_base, transacciones_libro). SQL without SET so that it can be
-- inlined; runs with the caller's rights, so a counter gets nothing. CASE and not COALESCE: the planner takes only the
-- former for leakproof, and under row-level security nothing else becomes an index condition.
create function inventario.teorico(producto uuid, almacen uuid, t timestamptz)
  returns table (tiene_base boolean, cantidad numeric)
  language sql stable parallel safe
as $$
  select b.id is not null,
         coalesce(b.cantidad, 0) + coalesce((
           select sum(m.efecto)
             from inventario.transacciones m
            where m.producto_id = producto and m.almacen_id = almacen and m.ocurrida_en <= t
              and (m.ocurrida_en, m.orden, m.created_at, m.id) > (
                case when b.id is null then '-infinity' else b.ocurrida_en end,
                case when b.id is null then '-32768'::smallint else b.orden end,
                case when b.id is null then '-infinity' else b.created_at end,
                case when b.id is null then '00000000-0000-0000-0000-000000000000'::uuid else b.id end
              )
         ), 0)
    from (select) uno
    left join lateral (
      select x.id, x.ocurrida_en, x.orden, x.created_at, x.cantidad
        from inventario.transacciones x
       where x.producto_id = producto and x.almacen_id = almacen and x.tipo = 'inventario' and x.ocurrida_en <= t
       order by x.ocurrida_en desc, x.orden desc, x.created_at desc, x.id desc
       limit 1
    ) b on true
$$;

-- The same for many at once; row n answers the n-th element of the three arrays, which are of one length.
create function inventario.teoricos(productos uuid[], almacenes uuid[], instantes timestamptz[])
  returns table (n bigint, producto_id uuid, almacen_id uuid, t timestamptz, tiene_base boolean, cantidad numeric)
  language sql stable parallel safe
as $$
  select p.n, p.producto, p.almacen, p.t, r.tiene_base, r.cantidad
    from unnest(productos, almacenes, instantes) with ordinality p(producto, almacen, t, n)
   cross join lateral inventario.teorico(p.producto, p.almacen, p.t) r
$$;

-- existencias = teorico(∞). Two statements on purpose: the first locks the touched pairs in order (ON CONFLICT locks the
-- row even where its WHERE refuses to write), the second has a newer snapshot, so it sees what the writer before committed.
-- In one statement, or by increments, two writers lose updates and back-dated bases come out wrong.
-- Its plan is cached per connection and first made for whatever came first (an empty table, an import of 2,000 rows, one
-- sale): the settings leave only the one that is right for all of them, index lookups pair by pair.
create function inventario.mantiene_existencias() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  insert into inventario.existencias as e (producto_id, almacen_id)
  select distinct m.producto_id, m.almacen_id from nuevas m order by 1, 2
  on conflict (producto_id, almacen_id) do update set cantidad = excluded.cantidad where false;

  update inventario.existencias e
     set cantidad = r.cantidad, tiene_base = r.tiene_base, actualizada_en = now()
    from (select distinct m.producto_id, m.almacen_id from nuevas m) p
   cross join lateral inventario.teorico(p.producto_id, p.almacen_id, 'infinity') r
   where e.producto_id = p.producto_id and e.almacen_id = p.almacen_id
     and (e.cantidad, e.tiene_base) is distinct from (r.cantidad, r.tiene_base);
  return null;
end $$;
create trigger existencias after insert on inventario.transacciones referencing new table as nuevas
  for each statement execute function inventario.mantiene_existencias();

-- For loads made with the triggers off. Returns how many rows differed.
create function inventario.rehace_existencias() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  distintas bigint;
begin
  lock table inventario.existencias in share row exclusive mode;
  insert into inventario.existencias (producto_id, almacen_id)
  select distinct m.producto_id, m.almacen_id from inventario.transacciones m
  on conflict do nothing;
  update inventario.existencias e
     set cantidad = r.cantidad, tiene_base = r.tiene_base, actualizada_en = now()
    from inventario.existencias p
   cross join lateral inventario.teorico(p.producto_id, p.almacen_id, 'infinity') r
   where e.producto_id = p.producto_id and e.almacen_id = p.almacen_id
     and (e.cantidad, e.tiene_base) is distinct from (r.cantidad, r.tiene_base);
  get diagnostics distintas = row_count;
  return distintas;
end $$;

-- ── Costs ───────────────────────────────────────────────────────────────────────────────────────────────────────

-- Unit cost (MXN, net of IVA) valid at t, and where it comes from: 'promedio' = average of the almacén's purchases of the
-- last 365 days weighted by quantity, else 'ultimo' = last purchase anywhere, else 'catalogo', else null and 'sin_costo'.
-- Reversed purchases and their reversals don't count. Row n answers the n-th element. A person whose role may not see
-- costs is refused.
create function inventario.costos_vigentes(productos uuid[], almacenes uuid[], instantes timestamptz[])
  returns table (n bigint, producto_id uuid, almacen_id uuid, costo_unitario numeric, fuente text)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('role') = 'authenticated'
    and coalesce(inventario.mi_rol(), '') not in ('admin', 'gerente', 'comprador', 'auditor')
  then
    raise exception using errcode = 'insufficient_privilege', message = 'Tu usuario no puede ver costos.';
  end if;
  return query
  select p.n, p.producto, p.almacen,
         coalesce(a.costo, u.costo, c.costo)::numeric(18,6),
         case when a.costo is not null then 'promedio' when u.costo is not null then 'ultimo'
              when c.costo is not null then 'catalogo' else 'sin_costo' end
    from unnest(productos, almacenes, instantes) with ordinality p(producto, almacen, t, n)
    left join lateral (
      select sum(m.cantidad * m.costo_unitario) / nullif(sum(m.cantidad), 0) as costo
        from inventario.transacciones m
       where m.producto_id = p.producto and m.almacen_id = p.almacen and m.tipo = 'compra' and m.costo_unitario is not null
         and m.ocurrida_en <= p.t and m.ocurrida_en > p.t - interval '365 days' and m.reversa_de is null
         and not exists (select from inventario.transacciones r where r.reversa_de = m.id)
    ) a on true
    left join lateral (
      select m.costo_unitario as costo
        from inventario.transacciones m
       where m.producto_id = p.producto and m.tipo = 'compra' and m.costo_unitario is not null
         and m.ocurrida_en <= p.t and m.reversa_de is null
         and not exists (select from inventario.transacciones r where r.reversa_de = m.id)
       order by m.ocurrida_en desc, m.orden desc, m.created_at desc, m.id desc
       limit 1
    ) u on a.costo is null
    left join inventario.productos c on c.id = p.producto;
end $$;

create function inventario.costo_vigente(producto uuid, almacen uuid, t timestamptz)
  returns table (costo_unitario numeric, fuente text)
  language sql stable
as $$
  select c.costo_unitario, c.fuente from inventario.costos_vigentes(array[producto], array[almacen], array[t]) c
$$;

-- ── Conteos ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- 'CDMX-01-2026-0034'. The row lock makes numbers without holes among committed conteos; it is held until commit.
create function inventario.siguiente_folio(tienda uuid, anio integer) returns text
  language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  insert into inventario.folios as f (tienda_id, anio, ultimo)
  values (tienda, anio, 1)
  on conflict (tienda_id, anio) do update set ultimo = f.ultimo + 1
  returning (select t.codigo from inventario.tiendas t where t.id = tienda) || '-' || f.anio || '-' ||
    case when f.ultimo < 10000 then lpad(f.ultimo::text, 4, '0') else f.ultimo::text end
$$;

-- Shop and folio are the server's; a conteo that ended stays ended.
create function inventario.anota_conteo() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  zona text;
begin
  if tg_op = 'INSERT' then
    select a.tienda_id, t.zona_horaria into new.tienda_id, zona
      from inventario.almacenes a join inventario.tiendas t on t.id = a.tienda_id
     where a.id = new.almacen_id;
    if not found then
      raise exception using errcode = 'foreign_key_violation', message = 'El almacén del conteo no existe.';
    end if;
    -- A resent conteo (ON CONFLICT DO NOTHING) takes no second number.
    if new.folio is null and not exists (select from inventario.conteos c where c.id = new.id) then
      new.folio := inventario.siguiente_folio(new.tienda_id, extract(year from new.abierto_en at time zone zona)::integer);
    end if;
    return new;
  end if;

  if (new.id, new.almacen_id, new.tienda_id, new.creado_por) is distinct from (old.id, old.almacen_id, old.tienda_id, old.creado_por)
    or (old.folio is not null and new.folio is distinct from old.folio)
  then
    raise exception using errcode = 'restrict_violation', schema = 'inventario', table = 'conteos',
      message = 'Un conteo no cambia de almacén, de folio ni de autor.';
  end if;
  if old.estado in ('cerrado', 'cancelado') and new.estado <> old.estado then
    raise exception using errcode = 'restrict_violation', schema = 'inventario', table = 'conteos',
      message = 'Un conteo terminado no se vuelve a abrir: haz otro que lo corrija.';
  end if;
  return new;
end $$;
create trigger anota before insert or update on inventario.conteos for each row execute function inventario.anota_conteo();
