-- Statistics and the planning of counts. The ledger only grows, so a sum by product, almacén, month and kind of movement is
-- kept by adding what is new to it: a reversal is a negative row, a back-dated row goes to its own month.

-- What each movement adds to the sums. `importe` is with tax for what was sold or given back by customers, and at cost (net)
-- for the rest; `sin_impuesto` is the part of it on which no tax was written down, whose net follows from the product.
create view inventario.movimientos_medidos with (security_invoker = true) as
  select m.id, m.producto_id, m.almacen_id, m.fecha, m.tipo, coalesce(m.subtipo, '') as subtipo,
         case when m.reversa_de is null then 1 else -1 end as movimientos,
         m.cantidad as unidades,
         coalesce(case when m.tipo in ('venta', 'devolucion')
                       then sign(m.cantidad) * coalesce(abs(m.total), abs(m.cantidad) * m.precio - m.descuento)
                       else coalesce(m.cantidad * coalesce(m.costo_unitario, m.costo), sign(m.cantidad) * (abs(m.total) - abs(m.impuesto))) end, 0) as importe,
         case when m.tipo in ('venta', 'devolucion') and coalesce(m.total, m.precio) is not null then sign(m.cantidad) * abs(m.impuesto) else 0 end as impuesto,
         case when m.tipo in ('venta', 'devolucion') and m.impuesto = 0
              then coalesce(sign(m.cantidad) * coalesce(abs(m.total), abs(m.cantidad) * m.precio - m.descuento), 0) else 0 end as sin_impuesto,
         case when (case when m.tipo in ('venta', 'devolucion') then coalesce(m.total, m.precio) else coalesce(m.costo_unitario, m.costo, m.total) end) is null
              then m.cantidad else 0 end as sin_precio,
         coalesce(m.cantidad * coalesce(m.costo_unitario, m.costo), 0) as costo,
         case when coalesce(m.costo_unitario, m.costo) is null then 0 else m.cantidad end as con_costo
    from inventario.transacciones m;

create table inventario.movimientos_mes (
  producto_id uuid not null references inventario.productos(id) on delete restrict,
  almacen_id uuid not null references inventario.almacenes(id) on delete restrict,
  mes date not null, -- its first day
  tipo text collate "C" not null,
  subtipo text collate "C" not null,
  movimientos integer not null, -- less those that were reversed
  unidades numeric not null,
  importe numeric not null,
  impuesto numeric not null,
  sin_impuesto numeric not null,
  sin_precio numeric not null, -- units whose price or cost nobody wrote down: they are not in importe
  costo numeric not null,
  con_costo numeric not null, -- units whose own row says what they cost
  primera date not null,
  ultima date not null,
  primary key (producto_id, almacen_id, mes, tipo, subtipo)
) with (fillfactor = 85);

-- By increments, which is right because nothing is ever changed or deleted. Two writers of one pair are one after the other
-- already: the trigger `existencias`, which comes first by its name, locks the pair. The same order, so that none waits in a ring.
create function inventario.suma_movimientos_mes() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  insert into inventario.movimientos_mes as s
    (producto_id, almacen_id, mes, tipo, subtipo, movimientos, unidades, importe, impuesto, sin_impuesto, sin_precio, costo, con_costo, primera, ultima)
  select m.producto_id, m.almacen_id, m.mes, m.tipo, m.subtipo, sum(m.movimientos), sum(m.cantidad), sum(m.importe),
         sum(case when m.vende and not m.sin_precio then m.signo * abs(m.impuesto) else 0 end),
         sum(case when m.vende and m.impuesto = 0 then m.importe else 0 end),
         sum(case when m.sin_precio then m.cantidad else 0 end),
         sum(case when m.costo is null then 0 else m.cantidad * m.costo end), sum(case when m.costo is null then 0 else m.cantidad end),
         min(m.fecha), max(m.fecha)
    from (
      -- Worked out once a row: without OFFSET the planner writes it again in each of the sums.
      select x.*, case when x.vende then x.signo * coalesce(abs(x.total), abs(x.cantidad) * x.precio - x.descuento, 0)
                       else coalesce(x.cantidad * x.costo, x.signo * (abs(x.total) - abs(x.impuesto)), 0) end as importe,
             case when x.vende then coalesce(x.total, x.precio) else coalesce(x.costo, x.total) end is null as sin_precio
        from (
          select n.producto_id, n.almacen_id, n.fecha - (date_part('day', n.fecha)::integer - 1) as mes, n.fecha,
                 n.tipo::text collate "C" as tipo, coalesce(n.subtipo, '') collate "C" as subtipo,
                 case when n.reversa_de is null then 1 else -1 end as movimientos, n.cantidad, sign(n.cantidad) as signo,
                 n.precio, n.total, n.impuesto, n.descuento, coalesce(n.costo_unitario, n.costo) as costo, n.tipo in ('venta', 'devolucion') as vende
            from nuevas n offset 0) x offset 0) m
   group by 1, 2, 3, 4, 5
   order by 1, 2, 3, 4, 5
  on conflict (producto_id, almacen_id, mes, tipo, subtipo) do update
     set movimientos = s.movimientos + excluded.movimientos, unidades = s.unidades + excluded.unidades,
         importe = s.importe + excluded.importe, impuesto = s.impuesto + excluded.impuesto,
         sin_impuesto = s.sin_impuesto + excluded.sin_impuesto, sin_precio = s.sin_precio + excluded.sin_precio,
         costo = s.costo + excluded.costo, con_costo = s.con_costo + excluded.con_costo,
         primera = least(s.primera, excluded.primera), ultima = greatest(s.ultima, excluded.ultima);
  return null;
end $$;
create trigger movimientos_mes after insert on inventario.transacciones referencing new table as nuevas
  for each statement execute function inventario.suma_movimientos_mes();

-- For loads made with the triggers off. Returns how many rows differed.
create function inventario.rehace_movimientos_mes() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  distintas bigint;
begin
  lock table inventario.movimientos_mes in share row exclusive mode;
  create temporary table pg_temp.mes_bien on commit drop as
  select m.producto_id, m.almacen_id, m.fecha - (extract(day from m.fecha)::integer - 1) as mes, m.tipo::text as tipo, m.subtipo,
         sum(m.movimientos)::integer as movimientos, sum(m.unidades) as unidades, sum(m.importe) as importe, sum(m.impuesto) as impuesto,
         sum(m.sin_impuesto) as sin_impuesto, sum(m.sin_precio) as sin_precio, sum(m.costo) as costo, sum(m.con_costo) as con_costo,
         min(m.fecha) as primera, max(m.fecha) as ultima
    from inventario.movimientos_medidos m group by 1, 2, 3, 4, 5;
  select count(*) into distintas
    from pg_temp.mes_bien b full join inventario.movimientos_mes s using (producto_id, almacen_id, mes, tipo, subtipo)
   where (b.movimientos, b.unidades, b.importe, b.impuesto, b.sin_impuesto, b.sin_precio, b.costo, b.con_costo, b.primera, b.ultima)
         is distinct from
         (s.movimientos, s.unidades, s.importe, s.impuesto, s.sin_impuesto, s.sin_precio, s.costo, s.con_costo, s.primera, s.ultima);
  if distintas > 0 then
    delete from inventario.movimientos_mes;
    insert into inventario.movimientos_mes
    select producto_id, almacen_id, mes, tipo, subtipo, movimientos, unidades, importe, impuesto, sin_impuesto, sin_precio, costo, con_costo, primera, ultima
      from pg_temp.mes_bien;
  end if;
  drop table pg_temp.mes_bien;
  return distintas;
end $$;
select inventario.rehace_movimientos_mes();

-- What the past of a product in an almacén says, measured every night. Days and weeks are the shop's.
create table inventario.producto_medidas (
  producto_id uuid not null references inventario.productos(id) on delete cascade,
  almacen_id uuid not null references inventario.almacenes(id) on delete cascade,
  costo_unitario numeric(18,6),
  costo_fuente text not null check (costo_fuente in ('promedio', 'ultimo', 'catalogo', 'sin_costo')),
  venta_neta numeric(18,2) not null, -- pesos without tax of 365 days, less what customers gave back
  venta_diaria numeric(18,5) not null, -- units a day over 90 days, or since its first movement
  semanas smallint not null, -- whole weeks that were looked at
  variabilidad numeric(10,4), -- standard deviation ÷ mean of the weekly demand; null = no demand, or fewer than eight weeks
  abc_ventas char(1) check (abc_ventas in ('A', 'B', 'C')),
  abc_existencia char(1) check (abc_existencia in ('A', 'B', 'C')),
  xyz char(1) check (xyz in ('X', 'Y', 'Z')),
  primer_movimiento date,
  ultima_venta date, -- that was not reversed
  ultimo_conteo timestamptz, -- approved result or inventory
  conteos smallint not null, -- of the last five results
  conteos_mal smallint not null, -- those with a variance
  medida_en timestamptz not null,
  primary key (producto_id, almacen_id)
);
create index producto_medidas_almacen on inventario.producto_medidas(almacen_id);

-- A class that a person writes stands: the nightly measure leaves it alone until the person empties it.
alter table inventario.producto_almacenes add column clase_fijada boolean not null default false;
create function inventario.fija_clase() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('role', true) = 'authenticated' and (tg_op = 'INSERT' or new.clase_abc is distinct from old.clase_abc) then
    new.clase_fijada := new.clase_abc is not null;
  end if;
  return new;
end $$;
create trigger fija_clase before insert or update on inventario.producto_almacenes for each row execute function inventario.fija_clase();

-- How an almacén's counts are planned. A row is made when somebody changes something; without one the defaults hold.
create table inventario.planeacion_almacenes (
  almacen_id uuid primary key references inventario.almacenes(id) on delete cascade,
  conteo_del_dia boolean not null default false,
  minutos smallint not null default 20 check (minutos between 5 and 240),
  hora smallint not null default 8 check (hora between 0 and 23),
  contadores uuid[] not null default '{}', -- empty: every almacenista of the shop
  dias_a smallint not null default 30 check (dias_a between 1 and 730),
  dias_b smallint not null default 90 check (dias_b between 1 and 730),
  dias_c smallint not null default 180 check (dias_c between 1 and 730),
  abc_por text not null default 'ventas' check (abc_por in ('ventas', 'existencia')),
  umbral_a smallint not null default 80 check (umbral_a between 1 and 99),
  umbral_b smallint not null default 95 check (umbral_b between 1 and 100),
  por uuid references inventario.usuarios(id), -- who changed it last: the conteos of the day are made in their name
  updated_at timestamptz not null default now(),
  check (umbral_b > umbral_a)
);

create index transacciones_ajustes on inventario.transacciones(almacen_id, fecha) where tipo = 'ajuste';

do $$
declare
  t text;
begin
  foreach t in array array['movimientos_mes', 'producto_medidas'] loop
    execute format('alter table inventario.%I enable row level security', t);
    execute format('create policy lee on inventario.%I for select to authenticated using ((select inventario.veo_existencias()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[]))', t);
  end loop;
  alter table inventario.planeacion_almacenes enable row level security;
end $$;
-- Not for counters: it says why something is counted. Written by the server after its own checks.
create policy lee on inventario.planeacion_almacenes for select to authenticated
  using ((select inventario.veo_existencias()) and almacen_id = any ((select inventario.mis_almacenes())::uuid[]));
revoke all on inventario.movimientos_medidos, inventario.movimientos_mes, inventario.producto_medidas, inventario.planeacion_almacenes
  from public, anon, authenticated, service_role;
grant select on inventario.movimientos_medidos, inventario.movimientos_mes, inventario.producto_medidas, inventario.planeacion_almacenes to authenticated;
revoke all on function inventario.suma_movimientos_mes(), inventario.rehace_movimientos_mes(), inventario.fija_clase()
  from public, anon, authenticated, service_role;

comment on view inventario.movimientos_medidos is 'Lo que cada movimiento suma a las estadísticas: unidades, pesos, impuesto y costo.';
comment on table inventario.movimientos_mes is 'Sumas de movimientos por producto, almacén, mes y tipo. Las mantiene un disparador; nadie las escribe.';
comment on column inventario.movimientos_mes.sin_impuesto is 'Parte del importe sin impuesto anotado: su neto sale de la tasa del producto.';
comment on table inventario.producto_medidas is 'Costo, ritmo de venta, clases ABC y XYZ y último conteo de cada producto en cada almacén, medidos cada noche.';
comment on column inventario.producto_medidas.variabilidad is 'Coeficiente de variación de la demanda semanal: desviación estándar entre media.';
comment on column inventario.producto_almacenes.clase_fijada is 'La clase la puso una persona: la medición nocturna la respeta.';
comment on table inventario.planeacion_almacenes is 'Cómo se planean los conteos de un almacén: cada cuántos días por clase, umbrales ABC y el conteo del día.';
