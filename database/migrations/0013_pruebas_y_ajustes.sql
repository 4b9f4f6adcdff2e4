-- Test counts never post, whoever asks and by whatever way; company settings that two admins cannot overwrite unseen.

-- The real conteo that a test count is compared with.
alter table inventario.conteos
  add column compara_con uuid references inventario.conteos(id),
  add constraint conteos_prueba_aparte check (
    case proposito when 'prueba' then corrige_a is null and complementa_a is null else compara_con is null end);

alter table inventario.conteo_resultados
  add constraint conteo_resultados_prueba_sin_ajuste check (decision <> 'prueba' or ajuste_id is null);

create trigger proposito_fijo before update on inventario.conteos for each row
  when (old.proposito is distinct from new.proposito)
  execute function inventario.rehusa('Un conteo de prueba no se vuelve real, ni uno real prueba: haz otro.');

create function inventario.rehusa_prueba() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from inventario.conteos c where c.id = new.conteo_id and c.proposito = 'prueba') then
    raise exception using errcode = 'restrict_violation', schema = tg_table_schema, table = tg_table_name,
      message = 'Un conteo de prueba no mueve existencias.';
  end if;
  return new;
end $$;
create trigger prueba_no_registra before insert on inventario.transacciones for each row
  when (new.conteo_id is not null) execute function inventario.rehusa_prueba();
create trigger prueba_no_registra before insert on inventario.contra_ajustes for each row execute function inventario.rehusa_prueba();
create trigger prueba_no_registra before insert on inventario.conteo_mermas for each row execute function inventario.rehusa_prueba();

create function inventario.decide_segun_proposito() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if (new.decision = 'prueba') is distinct from
     (select c.proposito = 'prueba' from inventario.conteos c where c.id = new.conteo_id) then
    raise exception using errcode = 'restrict_violation', schema = 'inventario', table = 'conteo_resultados',
      message = 'Un conteo de prueba no se aprueba, y uno real no se cierra como prueba.';
  end if;
  return new;
end $$;
create trigger segun_proposito before insert on inventario.conteo_resultados for each row
  execute function inventario.decide_segun_proposito();

revoke all on function inventario.rehusa_prueba(), inventario.decide_segun_proposito() from public, anon, authenticated, service_role;

-- Each write raises it; who writes says which one they saw.
alter table inventario.configuracion
  add column version integer not null default 1,
  add column cambiado_por uuid references inventario.usuarios(id);

comment on column inventario.conteos.compara_con is 'Conteo real con el que se compara uno de prueba.';
comment on column inventario.configuracion.version is 'Sube con cada cambio: quien guarda dice cuál vio.';
