-- Many lines of a conteo come in one statement and go to the same two scopes. Noting each of them by itself in
-- sync.pendiente, in an index, only to read and delete them at COMMIT, was a fifth of what a push cost PostgreSQL. Such a
-- statement now notes one row a scope with all of its keys. What is stamped, and when, stays as it was.

alter table sync.pendiente add column pks uuid[]; -- rows of one statement; null: the row is only pk
-- Random bytes do not compress.
alter table sync.pendiente alter column pks set storage external;

create or replace function sync.sella() returns trigger
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
  select p.scope, p.tbl, t.pk, s.ver, p.op
    from sync.pendiente p
    join sync.scope s on s.id = p.scope
   cross join lateral unnest(coalesce(p.pks::text[], array[p.pk])) t(pk)
   where p.xid = este and p.op <> 'R'
  on conflict (scope, tbl, pk) do update set ver = excluded.ver, op = excluded.op;

  delete from sync.pendiente where xid = este;
  delete from sync.armado where xid = este;

  -- A payload may hold 8000 bytes.
  perform pg_notify('devcompras_sync', case when octet_length(scopes) > 7000 then '*' else scopes end) where scopes <> '';
  return null;
end $$;

-- No key is noted twice in a transaction: lines are only inserted, each once (trigger solo_insertar, primary key). The first
-- key tells the statements of a transaction apart.
create function sync.captura_lineas_nuevas() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into sync.pendiente (xid, scope, tbl, pk, op, pks)
  select pg_current_xact_id(), s.scope, 'conteo_lineas', s.pks[1]::text, 'U', s.pks
    from (
      select 'lineas:' || r.conteo_id || ':' || r.usuario_id as scope, array_agg(r.id) as pks
        from nuevas r group by r.conteo_id, r.usuario_id
      union all
      select 'revision:' || r.conteo_id, array_agg(r.id) from nuevas r group by r.conteo_id
    ) s;
  perform sync.arma() where found;
  return null;
end $$;
drop trigger captura_conteo_lineas_alta on inventario.conteo_lineas;
create trigger captura_conteo_lineas_alta after insert on inventario.conteo_lineas referencing new table as nuevas
  for each statement execute function sync.captura_lineas_nuevas();

comment on column sync.pendiente.pks is 'Las llaves de una sentencia con muchas líneas; sin ellas, la fila es la de pk.';
