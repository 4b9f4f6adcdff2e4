-- Change capture. Triggers note the changed keys in sync.pendiente (a plain table, so that a savepoint undoes them too);
-- a pending row arms one deferred constraint trigger, which at COMMIT takes the counters of the touched scopes in order of
-- their id, stamps the changes and deletes what it stamped, so that later writes of the same transaction arm it again.
-- The counter's row lock is held until the commit is visible: versions of a scope become visible in order, which a
-- sequence does not give. Everything is SECURITY DEFINER: under SET ROLE an invoker's function fails at COMMIT on 15.
-- Not captured: loads under session_replication_role = replica. After one, run sync.rebuild().

alter table sync.pendiente set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
alter table sync.armado set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create function sync.arma() returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  insert into sync.armado (xid) values (pg_current_xact_id()) on conflict do nothing
$$;

-- The planner settings here and below: a cached plan must be right for one row and for 100,000, whichever came first.
create function sync.sella() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  este constant xid8 := pg_current_xact_id();
  sello constant uuid := gen_random_uuid();
  scopes text;
begin
  with contador as (
    insert into sync.scope as s (id, ver, token)
    select p.scope, 1, sello from (select distinct scope from sync.pendiente where xid = este) p order by p.scope
    on conflict (id) do update set ver = s.ver + 1, token = excluded.token
    returning s.id, s.ver
  ), anotada as (
    insert into sync.version (scope, ver, token, committed_at)
    select id, ver, sello, clock_timestamp() from contador
  )
  select string_agg(id, ',' order by id) into scopes from contador;

  -- 'R': the table was emptied. Its rows leave the scope and every older cursor becomes unknown.
  delete from sync.version v using sync.pendiente p
   where p.xid = este and p.op = 'R' and v.scope = p.scope and v.token <> sello;
  delete from sync.change c using sync.pendiente p
   where p.xid = este and p.op = 'R' and c.scope = p.scope and c.tbl = p.tbl;

  insert into sync.change as c (scope, tbl, pk, ver, op)
  select p.scope, p.tbl, p.pk, s.ver, p.op
    from sync.pendiente p join sync.scope s on s.id = p.scope
   where p.xid = este and p.op <> 'R'
  on conflict (scope, tbl, pk) do update set ver = excluded.ver, op = excluded.op;

  delete from sync.pendiente where xid = este;
  delete from sync.armado where xid = este;

  -- A payload may hold 8000 bytes.
  perform pg_notify('devcompras_sync', case when octet_length(scopes) > 7000 then '*' else scopes end) where scopes <> '';
  return null;
end $$;
create constraint trigger sella after insert on sync.armado deferrable initially deferred
  for each row execute function sync.sella();

-- An emptied table resets the scopes that had rows of it ('R', see sync.sella).
create function sync.captura_vaciado() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into sync.pendiente (xid, scope, tbl, pk, op)
  select distinct pg_current_xact_id(), x.scope, tg_argv[0], '', 'R'
    from (
      select c.scope from sync.change c where c.tbl = tg_argv[0]
      union all
      select p.scope from sync.pendiente p where p.xid = pg_current_xact_id() and p.tbl = tg_argv[0]
    ) x
  on conflict do nothing;
  perform sync.arma() where found;
  delete from sync.pendiente p where p.xid = pg_current_xact_id() and p.tbl = tg_argv[0] and p.op <> 'R';
  return null;
end $$;

-- What pull sends, table by table: key, scopes (null ones fall away) and the part of the row whose change matters.
-- From this list come the view sync.miembros (every row that is in a scope now), a capture function for each line and its
-- triggers. `r` is the row. pk joins its parts with ':' as shared/contracts/filas.ts says.
do $capturas$
declare
  c record;
  vista text := '';
  filas text; -- a query template over a table or a transition table: (scope, pk, huella) of each of its rows
  nota text; -- a statement template that notes some of those rows
begin
  for c in
    select * from (values
      ('productos', 'inventario.productos', 'r.id::text', $$'catalogo'$$, $$to_jsonb(r) - '{costo,metadata,updated_at}'::text[]$$),
      ('producto_costos', 'inventario.productos', 'r.id::text', $$'costos'$$, 'to_jsonb(r.costo)'),
      ('codigos_barras', 'inventario.codigos_barras', 'r.id::text', $$'catalogo'$$, null),
      ('categorias', 'inventario.categorias', 'r.id::text', $$'catalogo'$$, null),
      ('tiendas', 'inventario.tiendas', 'r.id::text', $$'tienda:' || r.id$$, null),
      ('almacenes', 'inventario.almacenes', 'r.id::text', $$'tienda:' || r.tienda_id$$, $$to_jsonb(r) - '{movimientos_hasta,updated_at}'::text[]$$),
      ('ubicaciones', 'inventario.ubicaciones', 'r.id::text',
        $$'tienda:' || (select a.tienda_id from inventario.almacenes a where a.id = r.almacen_id)$$, null),
      ('producto_ubicaciones', 'inventario.producto_ubicaciones', $$r.producto_id || ':' || r.ubicacion_id$$,
        $$'tienda:' || (select a.tienda_id from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id where u.id = r.ubicacion_id)$$, null),
      ('existencias', 'inventario.existencias', $$r.producto_id || ':' || r.almacen_id$$, $$'stock:' || r.almacen_id$$, null),
      ('conteos', 'inventario.conteos', 'r.id::text', $$'conteo:' || r.id$$, null),
      ('conteo_contadores', 'inventario.conteo_contadores', $$r.conteo_id || ':' || r.usuario_id$$, $$'conteo:' || r.conteo_id$$, null),
      ('conteo_ubicaciones', 'inventario.conteo_ubicaciones', $$r.conteo_id || ':' || r.ubicacion_id$$, $$'conteo:' || r.conteo_id$$, null),
      ('conteo_productos', 'inventario.conteo_productos', $$r.conteo_id || ':' || r.producto_id$$, $$'conteo:' || r.conteo_id$$, null),
      ('conteo_intento_productos', 'inventario.conteo_intento_productos', $$r.conteo_id || ':' || r.intento || ':' || r.producto_id$$, $$'conteo:' || r.conteo_id$$, null),
      ('conteo_intento_contadores', 'inventario.conteo_intento_contadores', $$r.conteo_id || ':' || r.intento || ':' || r.usuario_id$$, $$'conteo:' || r.conteo_id$$, null),
      ('conteo_lineas', 'inventario.conteo_lineas', 'r.id::text',
        $$'lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id$$, null),
      -- The link belongs to the author of its line; while the line has not arrived it is in no one's `lineas`.
      ('conteo_linea_ligas', 'inventario.conteo_linea_ligas', 'r.id::text',
        $$'lineas:' || r.conteo_id || ':' || (select l.usuario_id from inventario.conteo_lineas l where l.id = r.linea_id and l.conteo_id = r.conteo_id), 'revision:' || r.conteo_id$$, null),
      ('conteo_partes', 'inventario.conteo_partes', $$r.conteo_id || ':' || r.intento || ':' || r.usuario_id$$,
        $$'lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id$$, null),
      ('conteo_linea_fotos', 'inventario.conteo_linea_fotos', $$r.linea_id || ':' || r.sha256$$, $$'revision:' || r.conteo_id$$, null),
      ('conteo_vacias', 'inventario.conteo_vacias', $$r.conteo_id || ':' || r.producto_id || ':' || r.ubicacion_id$$, $$'revision:' || r.conteo_id$$, null),
      ('conteo_traslapes', 'inventario.conteo_traslapes', $$r.conteo_id || ':' || r.producto_id$$, $$'revision:' || r.conteo_id$$, null),
      ('conteo_resultados', 'inventario.conteo_resultados', $$r.conteo_id || ':' || r.producto_id$$, $$'revision:' || r.conteo_id$$, null),
      ('usuarios', 'inventario.usuarios', 'r.id::text', $$'usuario:' || r.id$$, null),
      ('rechazos', 'sync.rejection', 'r.id::text', $$'usuario:' || r.usuario_id$$, null)
    ) as v(tbl, tabla, pk, scopes, huella)
  loop
    filas := format('(select e.scope, %s as pk, %s as huella from %%s r cross join lateral unnest(array[%s]) e(scope) where e.scope is not null)',
      c.pk, coalesce(c.huella, $$to_jsonb(r) - 'updated_at'$$), c.scopes);
    vista := vista || case when vista = '' then '' else ' union all ' end
      || format('select m.scope, %L::text as tbl, m.pk from %s m', c.tbl, format(filas, c.tabla));

    nota := format($sql$
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, %L, x.pk, %%L from %%s x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;$sql$, c.tbl);
    execute format($funcion$
      create function sync.captura_%1$s() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp
        set enable_seqscan = off
      as $f$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then%2$s
        elsif tg_op = 'DELETE' then%3$s
        else%4$s%5$s
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $f$
    $funcion$, c.tbl,
      format(nota, 'U', format(filas, 'nuevas')),
      format(nota, 'D', format(filas, 'viejas')),
      -- Set operations, which hash or sort whatever the number of rows; a cached nested loop would be quadratic.
      format(nota, 'D', format('(select v.scope, v.pk from %s v except select n.scope, n.pk from %s n)',
        format(filas, 'viejas'), format(filas, 'nuevas'))),
      format(nota, 'U', format('(select n.scope, n.pk, n.huella from %s n except select v.scope, v.pk, v.huella from %s v)',
        format(filas, 'nuevas'), format(filas, 'viejas'))));

    -- Transition tables go with one event each.
    execute format('create trigger captura_%1$s_alta after insert on %2$s referencing new table as nuevas for each statement execute function sync.captura_%1$s()', c.tbl, c.tabla);
    execute format('create trigger captura_%1$s_cambio after update on %2$s referencing old table as viejas new table as nuevas for each statement execute function sync.captura_%1$s()', c.tbl, c.tabla);
    execute format('create trigger captura_%1$s_baja after delete on %2$s referencing old table as viejas for each statement execute function sync.captura_%1$s()', c.tbl, c.tabla);
    execute format('create trigger captura_%1$s_vaciado after truncate on %2$s for each statement execute function sync.captura_vaciado(%1$L)', c.tbl, c.tabla);
  end loop;
  execute 'create view sync.miembros as ' || vista;
end $capturas$;

-- ── Changes that reach beyond their own row ─────────────────────────────────────────────────────────────────────

-- A person's shops changed: their own row says so, and the next pull computes their scopes anew.
create function sync.captura_usuario_tiendas() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into sync.pendiente (xid, scope, tbl, pk, op)
    select distinct pg_current_xact_id(), 'usuario:' || n.usuario_id, 'usuarios', n.usuario_id::text, 'U' from nuevas n
    on conflict do nothing;
  else
    insert into sync.pendiente (xid, scope, tbl, pk, op)
    select distinct pg_current_xact_id(), 'usuario:' || v.usuario_id, 'usuarios', v.usuario_id::text, 'U'
      from viejas v where exists (select from inventario.usuarios u where u.id = v.usuario_id)
    on conflict do nothing;
  end if;
  perform sync.arma() where found;
  return null;
end $$;
create trigger captura_alta after insert on inventario.usuario_tiendas referencing new table as nuevas
  for each statement execute function sync.captura_usuario_tiendas();
create trigger captura_baja after delete on inventario.usuario_tiendas referencing old table as viejas
  for each statement execute function sync.captura_usuario_tiendas();
create trigger sin_cambios before update on inventario.usuario_tiendas for each row
  execute function inventario.rehusa('Una asignación de tienda no se cambia: se quita y se agrega otra.');

-- A link may be pushed by another phone before its line: once the line is here, the link is the author's too.
create function sync.captura_ligas_de_lineas() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into sync.pendiente (xid, scope, tbl, pk, op)
  select pg_current_xact_id(), 'lineas:' || n.conteo_id || ':' || n.usuario_id, 'conteo_linea_ligas', g.id::text, 'U'
    from nuevas n join inventario.conteo_linea_ligas g on g.conteo_id = n.conteo_id and g.linea_id = n.id
  on conflict do nothing;
  perform sync.arma() where found;
  return null;
end $$;
create trigger captura_ligas after insert on inventario.conteo_lineas referencing new table as nuevas
  for each statement execute function sync.captura_ligas_de_lineas();

-- A bin that moves to a shop takes its products along.
create function sync.captura_mudanza_de_ubicaciones() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into sync.pendiente as p (xid, scope, tbl, pk, op)
  select pg_current_xact_id(), 'tienda:' || m.tienda, 'producto_ubicaciones', r.producto_id || ':' || r.ubicacion_id, m.op
    from viejas v
    join nuevas n on n.id = v.id
    join inventario.almacenes de on de.id = v.almacen_id
    join inventario.almacenes a on a.id = n.almacen_id and a.tienda_id <> de.tienda_id
    join inventario.producto_ubicaciones r on r.ubicacion_id = n.id
   cross join lateral (values (de.tienda_id, 'D'), (a.tienda_id, 'U')) m(tienda, op)
  on conflict (xid, scope, tbl, pk) do update set op = excluded.op;
  perform sync.arma() where found;
  return null;
end $$;
create trigger captura_mudanza after update on inventario.ubicaciones referencing old table as viejas new table as nuevas
  for each statement execute function sync.captura_mudanza_de_ubicaciones();

-- ── Repair ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- Lists every row of every scope anew and forgets all versions, so every phone starts its cache again (its journal stays).
-- For after a load whose triggers did not run. Returns how many rows are listed.
create function sync.rebuild() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  sello constant uuid := gen_random_uuid();
  filas bigint;
begin
  -- Commits under way finish or wait; what they stamp afterwards comes on top.
  lock table sync.scope, sync.change, sync.version in share row exclusive mode;
  delete from sync.version;
  delete from sync.change;
  insert into sync.scope as s (id, ver, token)
  select o.id, 1, sello from (select id from sync.scope union select scope from sync.miembros order by 1) o
  on conflict (id) do update set ver = s.ver + 1, token = excluded.token;
  insert into sync.version (scope, ver, token, committed_at) select id, ver, token, clock_timestamp() from sync.scope;
  insert into sync.change (scope, tbl, pk, ver, op)
  select m.scope, m.tbl, m.pk, s.ver, 'U' from sync.miembros m join sync.scope s on s.id = m.scope;
  get diagnostics filas = row_count;
  perform pg_notify('devcompras_sync', '*');
  return filas;
end $$;
