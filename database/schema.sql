-- Made by `npm run schema-sql` from the migrations; not edited by hand.
CREATE SCHEMA auth;
CREATE SCHEMA extensions;
CREATE SCHEMA genai;
COMMENT ON SCHEMA genai IS 'Documentos y conversaciones del asistente.';
CREATE SCHEMA inventario;
COMMENT ON SCHEMA inventario IS 'Existencias, conteos, catálogo, tiendas y usuarios de la empresa, y el espejo de su ERP.';
CREATE SCHEMA sync;
COMMENT ON SCHEMA sync IS 'Lo que los teléfonos y el servidor se dicen: equipos, turnos, versiones y cambios. Solo del servidor.';
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;
COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA extensions;
COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';
CREATE FUNCTION auth.jwt() RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$ select coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb) $$;
CREATE FUNCTION auth.uid() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$ select nullif(coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', ''), '')::uuid $$;
CREATE FUNCTION inventario.acomoda_categoria() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.administro() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce(inventario.mi_rol() = 'admin', false);
end $$;
CREATE FUNCTION inventario.anota_conteo() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.anota_evento(tipo text, tienda uuid, conteo uuid, usuario uuid, roles text[], datos jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select sync.arma();
  insert into inventario.eventos (tipo, tienda_id, conteo_id, usuario_id, roles, datos)
  values (tipo, tienda, conteo, usuario, roles, jsonb_strip_nulls(datos));
$$;
CREATE FUNCTION inventario.anota_transaccion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.arrastra_categorias() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update inventario.categorias c set path = c.path where c.parent_id = new.id;
  return null;
end $$;
CREATE FUNCTION inventario.clave_parecido(nombre text, unidad text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select lower(unidad) || '|' || coalesce(substring(inventario.pliega_codigo(nombre) from '[a-z]{3}'), '') || '|'
    || regexp_replace(inventario.pliega_codigo(nombre), '[a-z]+', ' ', 'g')
$$;
CREATE FUNCTION inventario.conteos_de_contador(usuario uuid) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query
  select c.conteo_id from inventario.conteo_contadores c where c.usuario_id = usuario
  union
  select c.conteo_id from inventario.conteo_intento_contadores c where c.usuario_id = usuario
  union
  select c.id from inventario.conteos c where c.creado_por = usuario and c.alcance = 'libre';
end $$;
CREATE FUNCTION inventario.conteos_que_cuento() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.conteos_que_dirijo() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  tiendas constant uuid[] := inventario.mis_tiendas();
begin
  if inventario.dirijo() then
    return query select c.id from inventario.conteos c where c.tienda_id = any (tiendas);
  end if;
end $$;
CREATE FUNCTION inventario.conteos_que_firmo() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if inventario.dirijo() then
    return query select f.conteo_id from inventario.conteo_firmantes f where f.usuario_id = auth.uid();
  end if;
end $$;
COMMENT ON FUNCTION inventario.conteos_que_firmo() IS 'Conteos de otras tiendas que me pidieron firmar.';
CREATE FUNCTION inventario.conteos_que_reviso() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.conteos_que_veo() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.costo_vigente(producto uuid, almacen uuid, t timestamp with time zone) RETURNS TABLE(costo_unitario numeric, fuente text)
    LANGUAGE sql STABLE
    AS $$
  select c.costo_unitario, c.fuente from inventario.costos_vigentes(array[producto], array[almacen], array[t]) c
$$;
CREATE FUNCTION inventario.costos_vigentes(productos uuid[], almacenes uuid[], instantes timestamp with time zone[]) RETURNS TABLE(n bigint, producto_id uuid, almacen_id uuid, costo_unitario numeric, fuente text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
COMMENT ON FUNCTION inventario.costos_vigentes(productos uuid[], almacenes uuid[], instantes timestamp with time zone[]) IS 'Costo por unidad sin IVA y su fuente: promedio, ultimo, catalogo o sin_costo.';
CREATE FUNCTION inventario.decide_segun_proposito() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if (new.decision = 'prueba') is distinct from
     (select c.proposito = 'prueba' from inventario.conteos c where c.id = new.conteo_id) then
    raise exception using errcode = 'restrict_violation', schema = 'inventario', table = 'conteo_resultados',
      message = 'Un conteo de prueba no se aprueba, y uno real no se cierra como prueba.';
  end if;
  return new;
end $$;
CREATE FUNCTION inventario.dirijo() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce(inventario.mi_rol() in ('admin', 'gerente'), false);
end $$;
CREATE FUNCTION inventario.evento_de_ajuste() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.evento_de_cierre() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform inventario.anota_evento(case new.accion when 'cierra' then 'periodo.cerrado' else 'periodo.abierto' end,
    new.tienda_id, null, null, array['admin', 'gerente', 'comprador', 'auditor'],
    jsonb_build_object('cierreId', new.id, 'hasta', to_jsonb(new.hasta)));
  return null;
end $$;
CREATE FUNCTION inventario.evento_de_conteo() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.evento_de_dispositivo() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform inventario.anota_evento('dispositivo.baja', null, null, null, array['admin'],
    jsonb_build_object('dispositivoId', new.id, 'nombre', new.nombre, 'usuarioId', new.usuario_id));
  return null;
end $$;
CREATE FUNCTION inventario.evento_de_firmante() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform inventario.anota_evento('firma.pedida', c.tienda_id, c.id, new.usuario_id, array['admin', 'gerente', 'auditor'],
      jsonb_build_object('de', 'conteo', 'conteoId', c.id, 'folio', c.folio, 'usuarioId', new.usuario_id))
    from inventario.conteos c where c.id = new.conteo_id;
  return null;
end $$;
CREATE FUNCTION inventario.evento_de_importacion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform inventario.anota_evento(
    'importacion.' || case new.status when 'completed' then 'terminada' when 'failed' then 'fallida' else 'deshecha' end,
    new.tienda_id, null, new.user_id,
    case when new.tienda_id is null then array['admin'] else array['admin', 'gerente', 'comprador', 'auditor'] end,
    jsonb_build_object('uploadId', new.id, 'archivo', new.filename, 'tipo', new.file_type,
      'procesados', new.records_processed, 'conError', new.records_failed));
  return null;
end $$;
CREATE FUNCTION inventario.evento_de_negativa() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_hashjoin TO 'on'
    SET enable_mergejoin TO 'off'
    AS $$
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
CREATE FUNCTION inventario.evento_de_producto() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.evento_de_propuesta() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform inventario.anota_evento(case tg_op when 'INSERT' then 'firma.pedida' else 'ajuste.rechazado' end,
      a.tienda_id, null, null, array['admin', 'gerente', 'auditor'],
      jsonb_build_object('de', 'ajuste', 'propuestaId', new.id, 'almacenId', new.almacen_id, 'productoId', new.producto_id))
    from inventario.almacenes a where a.id = new.almacen_id;
  return null;
end $$;
CREATE FUNCTION inventario.evento_de_usuario() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform inventario.anota_evento(case when new.is_active then 'usuario.reactivado' else 'usuario.baja' end,
    null, null, null, array['admin'], jsonb_build_object('usuarioId', new.id, 'nombre', new.nombre));
  return null;
end $$;
CREATE FUNCTION inventario.evento_de_webhook() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform inventario.anota_evento('webhook.desactivado', null, null, null, array['admin'],
    jsonb_build_object('webhookId', new.id, 'nombre', new.nombre, 'motivo', new.motivo));
  return null;
end $$;
CREATE FUNCTION inventario.fija_clase() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if current_setting('role', true) = 'authenticated' and (tg_op = 'INSERT' or new.clase_abc is distinct from old.clase_abc) then
    new.clase_fijada := new.clase_abc is not null;
  end if;
  return new;
end $$;
CREATE FUNCTION inventario.liga_fusionados() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.mantiene_existencias() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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
CREATE FUNCTION inventario.mi_rol() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select u.rol from inventario.usuarios u where u.id = auth.uid() and u.is_active);
end $$;
CREATE FUNCTION inventario.mis_almacenes() RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  tiendas constant uuid[] := inventario.mis_tiendas();
begin
  return (select coalesce(array_agg(a.id), '{}') from inventario.almacenes a where a.tienda_id = any (tiendas));
end $$;
CREATE FUNCTION inventario.mis_conteos_libres() RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  yo constant uuid := auth.uid();
  tiendas constant uuid[] := inventario.mis_tiendas();
begin
  return query
  select c.id from inventario.conteos c where c.creado_por = yo and c.alcance = 'libre' and c.tienda_id = any (tiendas);
end $$;
CREATE FUNCTION inventario.mis_tiendas() RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return inventario.tiendas_de(auth.uid());
end $$;
CREATE FUNCTION inventario.numera_eventos() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.pliega(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select lower(extensions.unaccent('extensions.unaccent'::regdictionary, t)) $$;
CREATE FUNCTION inventario.pliega_codigo(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select regexp_replace(lower(extensions.unaccent('extensions.unaccent'::regdictionary, t)), '[^a-z0-9]', '', 'g') $$;
CREATE FUNCTION inventario.protege_transaccion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.rama(raiz uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with recursive r as (
    select c.id from inventario.categorias c where c.id = raiz
    union
    select c.id from inventario.categorias c join r on c.parent_id = r.id
  )
  select id from r
$$;
CREATE FUNCTION inventario.rehace_existencias() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
COMMENT ON FUNCTION inventario.rehace_existencias() IS 'Recalcula todas las existencias; para después de una carga con los disparadores apagados.';
CREATE FUNCTION inventario.rehace_movimientos_mes() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.rehusa() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  raise exception using errcode = 'restrict_violation', message = tg_argv[0], schema = tg_table_schema, table = tg_table_name;
end $$;
CREATE FUNCTION inventario.rehusa_base_de_fusionado() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.rehusa_prueba() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if exists (select from inventario.conteos c where c.id = new.conteo_id and c.proposito = 'prueba') then
    raise exception using errcode = 'restrict_violation', schema = tg_table_schema, table = tg_table_name,
      message = 'Un conteo de prueba no mueve existencias.';
  end if;
  return new;
end $$;
CREATE FUNCTION inventario.respeta_cierre() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.sigue_fusion() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION inventario.siguiente_folio(tienda uuid, anio integer) RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  insert into inventario.folios as f (tienda_id, anio, ultimo)
  values (tienda, anio, 1)
  on conflict (tienda_id, anio) do update set ultimo = f.ultimo + 1
  returning (select t.codigo from inventario.tiendas t where t.id = tienda) || '-' || f.anio || '-' ||
    case when f.ultimo < 10000 then lpad(f.ultimo::text, 4, '0') else f.ultimo::text end
$$;
COMMENT ON FUNCTION inventario.siguiente_folio(tienda uuid, anio integer) IS 'Da el siguiente folio de conteo de una tienda y año.';
CREATE FUNCTION inventario.suma_movimientos_mes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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
CREATE FUNCTION inventario.teorico(producto uuid, almacen uuid, t timestamp with time zone) RETURNS TABLE(tiene_base boolean, cantidad numeric)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
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
COMMENT ON FUNCTION inventario.teorico(producto uuid, almacen uuid, t timestamp with time zone) IS 'Existencia esperada en un instante: última base más los efectos posteriores.';
CREATE FUNCTION inventario.teoricos(productos uuid[], almacenes uuid[], instantes timestamp with time zone[]) RETURNS TABLE(n bigint, producto_id uuid, almacen_id uuid, t timestamp with time zone, tiene_base boolean, cantidad numeric)
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select p.n, p.producto, p.almacen, p.t, r.tiene_base, r.cantidad
    from unnest(productos, almacenes, instantes) with ordinality p(producto, almacen, t, n)
   cross join lateral inventario.teorico(p.producto, p.almacen, p.t) r
$$;
COMMENT ON FUNCTION inventario.teoricos(productos uuid[], almacenes uuid[], instantes timestamp with time zone[]) IS 'teorico de muchos a la vez; n es la posición en los arreglos.';
CREATE FUNCTION inventario.tiendas_de(usuario uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select coalesce(array_agg(t.id), '{}')
      from inventario.usuarios u
      join inventario.tiendas t on u.rol = 'admin'
        or exists (select from inventario.usuario_tiendas ut where ut.usuario_id = u.id and ut.tienda_id = t.id)
     where u.id = usuario and u.is_active
  );
end $$;
CREATE FUNCTION inventario.toca_updated_at() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.updated_at := now();
  return new;
end $$;
CREATE FUNCTION inventario.tramo_ruta(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select trim(both '-' from regexp_replace(lower(extensions.unaccent('extensions.unaccent'::regdictionary, t)), '[^a-z0-9]+', '-', 'g')) $$;
CREATE FUNCTION inventario.veo_costos() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce(inventario.mi_rol() in ('admin', 'gerente', 'comprador', 'auditor'), false);
end $$;
CREATE FUNCTION inventario.veo_existencias() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce(inventario.mi_rol() in ('admin', 'gerente', 'comprador', 'auditor'), false);
end $$;
CREATE FUNCTION inventario.yo() RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select u.id from inventario.usuarios u where u.id = auth.uid() and u.is_active);
end $$;
CREATE FUNCTION sync.arma() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  insert into sync.armado (xid) values (pg_current_xact_id()) on conflict do nothing
$$;
CREATE FUNCTION sync.captura_almacenes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'almacenes', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - '{movimientos_hasta,updated_at}'::text[] as huella from nuevas r cross join lateral unnest(array['tienda:' || r.tienda_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'almacenes', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - '{movimientos_hasta,updated_at}'::text[] as huella from viejas r cross join lateral unnest(array['tienda:' || r.tienda_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'almacenes', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - '{movimientos_hasta,updated_at}'::text[] as huella from viejas r cross join lateral unnest(array['tienda:' || r.tienda_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - '{movimientos_hasta,updated_at}'::text[] as huella from nuevas r cross join lateral unnest(array['tienda:' || r.tienda_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'almacenes', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - '{movimientos_hasta,updated_at}'::text[] as huella from nuevas r cross join lateral unnest(array['tienda:' || r.tienda_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - '{movimientos_hasta,updated_at}'::text[] as huella from viejas r cross join lateral unnest(array['tienda:' || r.tienda_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_categorias() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'categorias', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'categorias', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'categorias', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'categorias', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_codigos_barras() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'codigos_barras', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'codigos_barras', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'codigos_barras', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'codigos_barras', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_contadores() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_contadores', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_contadores', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_contadores', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_contadores', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_intento_contadores() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_intento_contadores', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_intento_contadores', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_intento_contadores', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_intento_contadores', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_intento_productos() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_intento_productos', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_intento_productos', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_intento_productos', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_intento_productos', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_linea_fotos() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_linea_fotos', x.pk, 'U' from (select e.scope, r.linea_id || ':' || r.sha256 as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_linea_fotos', x.pk, 'D' from (select e.scope, r.linea_id || ':' || r.sha256 as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_linea_fotos', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.linea_id || ':' || r.sha256 as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.linea_id || ':' || r.sha256 as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_linea_fotos', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.linea_id || ':' || r.sha256 as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.linea_id || ':' || r.sha256 as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_linea_ligas() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_linea_ligas', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || (select l.usuario_id from inventario.conteo_lineas l where l.id = r.linea_id and l.conteo_id = r.conteo_id), 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_linea_ligas', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || (select l.usuario_id from inventario.conteo_lineas l where l.id = r.linea_id and l.conteo_id = r.conteo_id), 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_linea_ligas', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || (select l.usuario_id from inventario.conteo_lineas l where l.id = r.linea_id and l.conteo_id = r.conteo_id), 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || (select l.usuario_id from inventario.conteo_lineas l where l.id = r.linea_id and l.conteo_id = r.conteo_id), 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_linea_ligas', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || (select l.usuario_id from inventario.conteo_lineas l where l.id = r.linea_id and l.conteo_id = r.conteo_id), 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || (select l.usuario_id from inventario.conteo_lineas l where l.id = r.linea_id and l.conteo_id = r.conteo_id), 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_lineas() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_lineas', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_lineas', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_lineas', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_lineas', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_partes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_partes', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_partes', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_partes', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_partes', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.intento || ':' || r.usuario_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['lineas:' || r.conteo_id || ':' || r.usuario_id, 'revision:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_productos() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_productos', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_productos', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_productos', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_productos', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_resultados() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_resultados', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_resultados', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_resultados', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_resultados', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_traslapes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_traslapes', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_traslapes', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_traslapes', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_traslapes', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.producto_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_ubicaciones() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_ubicaciones', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_ubicaciones', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_ubicaciones', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_ubicaciones', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteo_vacias() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_vacias', x.pk, 'U' from (select e.scope, r.conteo_id || ':' || r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_vacias', x.pk, 'D' from (select e.scope, r.conteo_id || ':' || r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_vacias', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.conteo_id || ':' || r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.conteo_id || ':' || r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteo_vacias', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.conteo_id || ':' || r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.conteo_id || ':' || r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['revision:' || r.conteo_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_conteos() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteos', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteos', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteos', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'conteos', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['conteo:' || r.id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['conteo:' || r.id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_existencias() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'existencias', x.pk, 'U' from (select e.scope, r.producto_id || ':' || r.almacen_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['stock:' || r.almacen_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'existencias', x.pk, 'D' from (select e.scope, r.producto_id || ':' || r.almacen_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['stock:' || r.almacen_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'existencias', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.producto_id || ':' || r.almacen_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['stock:' || r.almacen_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.producto_id || ':' || r.almacen_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['stock:' || r.almacen_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'existencias', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.producto_id || ':' || r.almacen_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['stock:' || r.almacen_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.producto_id || ':' || r.almacen_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['stock:' || r.almacen_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_ligas_de_lineas() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into sync.pendiente (xid, scope, tbl, pk, op)
  select pg_current_xact_id(), 'lineas:' || n.conteo_id || ':' || n.usuario_id, 'conteo_linea_ligas', g.id::text, 'U'
    from nuevas n join inventario.conteo_linea_ligas g on g.conteo_id = n.conteo_id and g.linea_id = n.id
  on conflict do nothing;
  perform sync.arma() where found;
  return null;
end $$;
CREATE FUNCTION sync.captura_lineas_nuevas() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION sync.captura_mudanza_de_ubicaciones() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION sync.captura_producto_costos() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'producto_costos', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r.costo) as huella from nuevas r cross join lateral unnest(array['costos']) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'producto_costos', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r.costo) as huella from viejas r cross join lateral unnest(array['costos']) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'producto_costos', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r.costo) as huella from viejas r cross join lateral unnest(array['costos']) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r.costo) as huella from nuevas r cross join lateral unnest(array['costos']) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'producto_costos', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r.costo) as huella from nuevas r cross join lateral unnest(array['costos']) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r.costo) as huella from viejas r cross join lateral unnest(array['costos']) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_producto_ubicaciones() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'producto_ubicaciones', x.pk, 'U' from (select e.scope, r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id where u.id = r.ubicacion_id)]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'producto_ubicaciones', x.pk, 'D' from (select e.scope, r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id where u.id = r.ubicacion_id)]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'producto_ubicaciones', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id where u.id = r.ubicacion_id)]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id where u.id = r.ubicacion_id)]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'producto_ubicaciones', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id where u.id = r.ubicacion_id)]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.producto_id || ':' || r.ubicacion_id as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.ubicaciones u join inventario.almacenes a on a.id = u.almacen_id where u.id = r.ubicacion_id)]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_productos() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'productos', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - '{costo,metadata,updated_at}'::text[] as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'productos', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - '{costo,metadata,updated_at}'::text[] as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'productos', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - '{costo,metadata,updated_at}'::text[] as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - '{costo,metadata,updated_at}'::text[] as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'productos', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - '{costo,metadata,updated_at}'::text[] as huella from nuevas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - '{costo,metadata,updated_at}'::text[] as huella from viejas r cross join lateral unnest(array['catalogo']) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_rechazos() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'rechazos', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['usuario:' || r.usuario_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'rechazos', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['usuario:' || r.usuario_id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'rechazos', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['usuario:' || r.usuario_id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['usuario:' || r.usuario_id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'rechazos', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['usuario:' || r.usuario_id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['usuario:' || r.usuario_id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_tiendas() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'tiendas', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || r.id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'tiendas', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || r.id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'tiendas', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || r.id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || r.id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'tiendas', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || r.id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || r.id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_ubicaciones() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'ubicaciones', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.almacenes a where a.id = r.almacen_id)]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'ubicaciones', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.almacenes a where a.id = r.almacen_id)]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'ubicaciones', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.almacenes a where a.id = r.almacen_id)]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.almacenes a where a.id = r.almacen_id)]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'ubicaciones', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.almacenes a where a.id = r.almacen_id)]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['tienda:' || (select a.tienda_id from inventario.almacenes a where a.id = r.almacen_id)]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_usuario_tiendas() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION sync.captura_usuarios() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
      declare
        notadas integer := 0;
        n integer;
      begin
        if tg_op = 'INSERT' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'usuarios', x.pk, 'U' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['usuario:' || r.id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        elsif tg_op = 'DELETE' then
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'usuarios', x.pk, 'D' from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['usuario:' || r.id]) e(scope) where e.scope is not null) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        else
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'usuarios', x.pk, 'D' from (select v.scope, v.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['usuario:' || r.id]) e(scope) where e.scope is not null) v except select n.scope, n.pk from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['usuario:' || r.id]) e(scope) where e.scope is not null) n) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        insert into sync.pendiente as p (xid, scope, tbl, pk, op)
        select pg_current_xact_id(), x.scope, 'usuarios', x.pk, 'U' from (select n.scope, n.pk, n.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from nuevas r cross join lateral unnest(array['usuario:' || r.id]) e(scope) where e.scope is not null) n except select v.scope, v.pk, v.huella from (select e.scope, r.id::text as pk, to_jsonb(r) - 'updated_at' as huella from viejas r cross join lateral unnest(array['usuario:' || r.id]) e(scope) where e.scope is not null) v) x
        on conflict (xid, scope, tbl, pk) do update set op = excluded.op where p.op <> excluded.op;
        get diagnostics n = row_count;
        notadas := notadas + n;
        end if;
        if notadas > 0 then
          perform sync.arma();
        end if;
        return null;
      end $$;
CREATE FUNCTION sync.captura_vaciado() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
CREATE FUNCTION sync.mis_scopes() RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select sync.scopes_de(auth.uid()) $$;
CREATE FUNCTION sync.rebuild() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
COMMENT ON FUNCTION sync.rebuild() IS 'Vuelve a listar todo y olvida las versiones: cada teléfono vuelve a empezar su copia.';
CREATE FUNCTION sync.scopes_de(usuario uuid) RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
COMMENT ON FUNCTION sync.scopes_de(usuario uuid) IS 'Alcances que recibe el teléfono de una persona.';
CREATE FUNCTION sync.sella() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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
CREATE TABLE auth.refresh_tokens (
    token_hash text NOT NULL,
    session_id uuid NOT NULL,
    parent_hash text,
    used_at timestamp with time zone,
    replaced_by text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE auth.refresh_tokens IS 'Huellas de los tokens de renovación; cada uso gira el token.';
CREATE TABLE auth.sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    user_agent text,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    refreshed_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE auth.sessions IS 'Una sesión abierta por equipo; cerrar sesión la revoca.';
CREATE TABLE auth.users (
    id uuid NOT NULL,
    email text,
    encrypted_password text,
    raw_user_meta_data jsonb DEFAULT '{}'::jsonb NOT NULL,
    banned_until timestamp with time zone,
    last_sign_in_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE auth.users IS 'Cuentas de acceso. Sustituye a la tabla de Supabase cuando no la hay.';
CREATE TABLE genai.audio_transcriptions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    audio_url text,
    transcription text NOT NULL,
    language character varying(10) DEFAULT 'es'::character varying NOT NULL,
    duration_seconds numeric(10,2),
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE genai.audio_transcriptions IS 'Transcripciones de audio.';
CREATE TABLE genai.chat_messages (
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    role text NOT NULL,
    content text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT chat_messages_role_check CHECK ((role = ANY (ARRAY['user'::text, 'assistant'::text, 'system'::text, 'tool'::text])))
);
COMMENT ON TABLE genai.chat_messages IS 'Mensajes. Una persona escribe solo los suyos; el resto es del servidor.';
CREATE TABLE genai.chat_sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title character varying(500),
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE genai.chat_sessions IS 'Conversaciones con el asistente.';
CREATE TABLE genai.chunks (
    id uuid NOT NULL,
    document_id uuid NOT NULL,
    content text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    chunk_index integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE genai.chunks IS 'Fragmentos de un documento. La columna embedding (512) existe solo donde hay pgvector.';
CREATE TABLE genai.documents (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    title character varying(500) NOT NULL,
    content text NOT NULL,
    file_type character varying(50) NOT NULL,
    file_url text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE genai.documents IS 'Documentos de la empresa que el asistente puede consultar. De quien los subió.';
CREATE TABLE inventario.ajustes_propuestos (
    id uuid NOT NULL,
    producto_id uuid NOT NULL,
    almacen_id uuid NOT NULL,
    cantidad numeric(18,5) NOT NULL,
    motivo text NOT NULL,
    ocurrida_en timestamp with time zone NOT NULL,
    estado text DEFAULT 'propuesto'::text NOT NULL,
    propuesto_por uuid NOT NULL,
    propuesto_en timestamp with time zone DEFAULT now() NOT NULL,
    decidido_por uuid,
    decidido_en timestamp with time zone,
    motivo_rechazo text,
    transaccion_id uuid,
    CONSTRAINT ajustes_propuestos_cantidad_check CHECK ((cantidad <> (0)::numeric)),
    CONSTRAINT ajustes_propuestos_check CHECK (((estado = 'propuesto'::text) = (decidido_por IS NULL))),
    CONSTRAINT ajustes_propuestos_check1 CHECK (((decidido_por IS NULL) OR (decidido_por <> propuesto_por))),
    CONSTRAINT ajustes_propuestos_check2 CHECK (((estado = 'firmado'::text) = (transaccion_id IS NOT NULL))),
    CONSTRAINT ajustes_propuestos_estado_check CHECK ((estado = ANY (ARRAY['propuesto'::text, 'firmado'::text, 'rechazado'::text]))),
    CONSTRAINT ajustes_propuestos_motivo_check CHECK (((length(motivo) >= 1) AND (length(motivo) <= 500)))
);
COMMENT ON TABLE inventario.ajustes_propuestos IS 'Ajustes hechos a mano, en espera de una segunda firma.';
CREATE TABLE inventario.almacenes (
    id uuid NOT NULL,
    tienda_id uuid NOT NULL,
    codigo character varying(50) NOT NULL,
    nombre character varying(255) NOT NULL,
    tipo text DEFAULT 'general'::text NOT NULL,
    movimientos_hasta timestamp with time zone,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT almacenes_tipo_check CHECK ((tipo = ANY (ARRAY['general'::text, 'mostrador'::text, 'merma'::text, 'garantias'::text, 'transito'::text, 'ajeno'::text])))
);
COMMENT ON TABLE inventario.almacenes IS 'Almacenes de cada tienda. Existencias, movimientos y conteos son por almacén.';
COMMENT ON COLUMN inventario.almacenes.tipo IS 'general (uno por tienda), mostrador, merma, garantias, transito (traspasos en camino) o ajeno (consignación).';
COMMENT ON COLUMN inventario.almacenes.movimientos_hasta IS 'Hasta qué instante se conocen los movimientos de la caja o del ERP; nulo = no hay nada conectado.';
CREATE TABLE inventario.archivos (
    sha256 character(64) NOT NULL,
    mime text NOT NULL,
    bytes bytea NOT NULL,
    tamano integer NOT NULL,
    subido_por uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT archivos_tamano_check CHECK ((tamano > 0))
);
COMMENT ON TABLE inventario.archivos IS 'Fotos y documentos por su SHA-256; subir dos veces lo mismo es una fila.';
CREATE TABLE inventario.auditoria (
    id uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL,
    usuario_id uuid,
    accion text NOT NULL,
    entidad text NOT NULL,
    entidad_id text,
    tienda_id uuid,
    datos jsonb DEFAULT '{}'::jsonb NOT NULL
);
COMMENT ON TABLE inventario.auditoria IS 'Quién hizo qué y cuándo. Solo crece.';
CREATE TABLE inventario.categorias (
    id uuid NOT NULL,
    nombre character varying(255) NOT NULL,
    descripcion text,
    parent_id uuid,
    nivel integer DEFAULT 0 NOT NULL,
    path character varying(500),
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.categorias IS 'Árbol de categorías de productos.';
COMMENT ON COLUMN inventario.categorias.path IS 'Ruta desde la raíz, p. ej. /refacciones/frenos/balatas/.';
CREATE TABLE inventario.cierres (
    id uuid NOT NULL,
    tienda_id uuid NOT NULL,
    accion text NOT NULL,
    hasta timestamp with time zone,
    motivo text NOT NULL,
    por uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cierres_accion_check CHECK ((accion = ANY (ARRAY['cierra'::text, 'abre'::text]))),
    CONSTRAINT cierres_motivo_check CHECK (((length(motivo) >= 1) AND (length(motivo) <= 500)))
);
COMMENT ON TABLE inventario.cierres IS 'Cierres y reaperturas de los libros de cada tienda, con su motivo.';
CREATE TABLE inventario.codigos_barras (
    id uuid NOT NULL,
    codigo text NOT NULL,
    clave_gtin character(14),
    producto_id uuid NOT NULL,
    factor numeric(18,5) DEFAULT 1 NOT NULL,
    tipo text DEFAULT 'barras'::text NOT NULL,
    nombre character varying(100),
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT codigos_barras_factor_check CHECK ((factor > (0)::numeric)),
    CONSTRAINT codigos_barras_tipo_check CHECK ((tipo = ANY (ARRAY['barras'::text, 'caja'::text, 'alterna'::text, 'proveedor'::text, 'aprendida'::text])))
);
COMMENT ON TABLE inventario.codigos_barras IS 'Códigos con los que se lee un producto: barras, caja, clave alterna, del proveedor o aprendida. Un código puede ser de varios.';
COMMENT ON COLUMN inventario.codigos_barras.clave_gtin IS 'GTIN de 14 dígitos con dígito verificador correcto; nulo para códigos internos y otros textos.';
COMMENT ON COLUMN inventario.codigos_barras.factor IS 'Unidades que vale una lectura: una caja de 12 vale 12.';
CREATE TABLE inventario.conexiones (
    id uuid NOT NULL,
    tipo text NOT NULL,
    nombre character varying(255) NOT NULL,
    parametros jsonb DEFAULT '{}'::jsonb NOT NULL,
    secreto_cifrado bytea,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conexiones_tipo_check CHECK ((tipo = ANY (ARRAY['microsip'::text, 'aspel-sae'::text, 'csv'::text])))
);
COMMENT ON TABLE inventario.conexiones IS 'Conexiones a los ERP (empresas de Microsip o Aspel) y a carpetas CSV.';
COMMENT ON COLUMN inventario.conexiones.secreto_cifrado IS 'Contraseña cifrada. Solo la lee el servidor.';
CREATE TABLE inventario.configuracion (
    clave text NOT NULL,
    valor jsonb NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    cambiado_por uuid
);
COMMENT ON TABLE inventario.configuracion IS 'Ajustes de la empresa: retención, avisos…';
COMMENT ON COLUMN inventario.configuracion.version IS 'Sube con cada cambio: quien guarda dice cuál vio.';
CREATE TABLE inventario.conteo_ceros (
    conteo_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    por uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.conteo_ceros IS 'Lo no contado que un gerente declaró en cero. Cede ante cualquier línea viva.';
CREATE TABLE inventario.conteo_contadores (
    conteo_id uuid NOT NULL,
    usuario_id uuid NOT NULL,
    nombre text NOT NULL
);
COMMENT ON TABLE inventario.conteo_contadores IS 'Quiénes cuentan en un conteo.';
CREATE TABLE inventario.conteo_firmantes (
    conteo_id uuid NOT NULL,
    usuario_id uuid NOT NULL,
    pedido_por uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.conteo_firmantes IS 'Gerentes de otra tienda a quienes se pidió revisar y firmar un conteo.';
CREATE TABLE inventario.conteo_intento_contadores (
    conteo_id uuid NOT NULL,
    intento smallint NOT NULL,
    usuario_id uuid NOT NULL
);
COMMENT ON TABLE inventario.conteo_intento_contadores IS 'Quiénes hacen un recuento.';
CREATE TABLE inventario.conteo_intento_productos (
    conteo_id uuid NOT NULL,
    intento smallint NOT NULL,
    producto_id uuid NOT NULL
);
COMMENT ON TABLE inventario.conteo_intento_productos IS 'Productos que pide contar un recuento.';
CREATE TABLE inventario.conteo_intentos (
    conteo_id uuid NOT NULL,
    intento smallint NOT NULL,
    motivo text,
    pedido_por uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    controles uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT conteo_intentos_intento_check CHECK ((intento >= 1))
);
COMMENT ON TABLE inventario.conteo_intentos IS 'Cada pasada de un conteo; un recuento es un intento nuevo.';
CREATE TABLE inventario.conteo_linea_fotos (
    linea_id uuid NOT NULL,
    sha256 character(64) NOT NULL,
    conteo_id uuid NOT NULL,
    por uuid NOT NULL,
    recibido_en timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.conteo_linea_fotos IS 'Fotos de una línea; sus bytes están en archivos.';
CREATE TABLE inventario.conteo_linea_ligas (
    id uuid NOT NULL,
    linea_id uuid NOT NULL,
    conteo_id uuid NOT NULL,
    estado text NOT NULL,
    producto_id uuid,
    factor numeric(18,5),
    motivo text,
    por uuid NOT NULL,
    en timestamp with time zone NOT NULL,
    recibido_en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conteo_linea_ligas_check CHECK (((estado <> ALL (ARRAY['propuesta'::text, 'ligada'::text])) OR (producto_id IS NOT NULL))),
    CONSTRAINT conteo_linea_ligas_estado_check CHECK ((estado = ANY (ARRAY['propuesta'::text, 'ligada'::text, 'ajena'::text, 'pendiente'::text]))),
    CONSTRAINT conteo_linea_ligas_factor_check CHECK ((factor > (0)::numeric))
);
COMMENT ON TABLE inventario.conteo_linea_ligas IS 'A qué producto corresponde un código leído que no se conocía. Cuenta la última.';
CREATE TABLE inventario.conteo_linea_notas (
    id uuid NOT NULL,
    linea_id uuid NOT NULL,
    conteo_id uuid NOT NULL,
    nota text NOT NULL,
    por uuid NOT NULL,
    en timestamp with time zone NOT NULL,
    recibido_en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conteo_linea_notas_nota_check CHECK (((length(nota) >= 1) AND (length(nota) <= 500)))
);
COMMENT ON TABLE inventario.conteo_linea_notas IS 'Notas que se agregan a una línea después de contarla.';
CREATE TABLE inventario.conteo_lineas (
    id uuid NOT NULL,
    conteo_id uuid NOT NULL,
    intento smallint DEFAULT 1 NOT NULL,
    ubicacion_id uuid,
    codigo_crudo text,
    simbologia text,
    fuente text,
    producto_id uuid,
    cantidad numeric(18,5) NOT NULL,
    factor numeric(18,5) DEFAULT 1 NOT NULL,
    unidades numeric(18,5) GENERATED ALWAYS AS ((cantidad * factor)) STORED,
    tipo text NOT NULL,
    anula uuid,
    condicion text DEFAULT 'vendible'::text NOT NULL,
    lote text,
    caduca date,
    dot text,
    nota text,
    device_id uuid,
    usuario_id uuid NOT NULL,
    contado_en timestamp with time zone NOT NULL,
    desfase_guardar_ms bigint,
    desfase_enviar_ms bigint,
    instante timestamp with time zone NOT NULL,
    reloj_dudoso boolean DEFAULT false NOT NULL,
    recibido_en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conteo_lineas_cantidad_check CHECK ((cantidad >= (0)::numeric)),
    CONSTRAINT conteo_lineas_check CHECK (((tipo = 'anula'::text) = (anula IS NOT NULL))),
    CONSTRAINT conteo_lineas_check1 CHECK (((tipo <> 'cero'::text) OR (cantidad = (0)::numeric))),
    CONSTRAINT conteo_lineas_check2 CHECK (((tipo <> 'suma'::text) OR (cantidad > (0)::numeric))),
    CONSTRAINT conteo_lineas_check3 CHECK (((tipo = 'anula'::text) OR (producto_id IS NOT NULL) OR (codigo_crudo IS NOT NULL))),
    CONSTRAINT conteo_lineas_condicion_check CHECK ((condicion = ANY (ARRAY['vendible'::text, 'por_entregar'::text, 'danado'::text, 'garantia'::text, 'ajeno'::text]))),
    CONSTRAINT conteo_lineas_factor_check CHECK ((factor > (0)::numeric)),
    CONSTRAINT conteo_lineas_fuente_check CHECK ((fuente = ANY (ARRAY['camara'::text, 'pistola'::text, 'manual'::text, 'foto'::text, 'busqueda'::text, 'hoja'::text]))),
    CONSTRAINT conteo_lineas_tipo_check CHECK ((tipo = ANY (ARRAY['suma'::text, 'cero'::text, 'anula'::text])))
);
COMMENT ON TABLE inventario.conteo_lineas IS 'Cada lectura o captura. Solo crece: anular es otra línea.';
COMMENT ON COLUMN inventario.conteo_lineas.unidades IS 'cantidad × factor.';
COMMENT ON COLUMN inventario.conteo_lineas.anula IS 'La línea que esta anula; puede llegar antes que ella.';
COMMENT ON COLUMN inventario.conteo_lineas.condicion IS 'vendible, por_entregar, danado, garantia o ajeno; lo ajeno no cuenta.';
COMMENT ON COLUMN inventario.conteo_lineas.contado_en IS 'Reloj del teléfono, sin corregir.';
COMMENT ON COLUMN inventario.conteo_lineas.instante IS 'Instante corregido con el reloj del servidor, nunca después de recibido_en.';
CREATE TABLE inventario.conteo_mermas (
    conteo_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    cantidad numeric(18,5) NOT NULL,
    decision text NOT NULL,
    traspaso_id uuid,
    motivo text,
    por uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conteo_mermas_cantidad_check CHECK ((cantidad > (0)::numeric)),
    CONSTRAINT conteo_mermas_check CHECK (((decision = 'traspasado'::text) = (traspaso_id IS NOT NULL))),
    CONSTRAINT conteo_mermas_decision_check CHECK ((decision = ANY (ARRAY['traspasado'::text, 'descartado'::text])))
);
COMMENT ON TABLE inventario.conteo_mermas IS 'Qué se hizo con lo dañado de un producto aprobado.';
CREATE TABLE inventario.conteo_partes (
    conteo_id uuid NOT NULL,
    intento smallint DEFAULT 1 NOT NULL,
    usuario_id uuid NOT NULL,
    device_id uuid,
    lineas integer NOT NULL,
    terminada_en timestamp with time zone NOT NULL,
    cerrada_por uuid,
    motivo text,
    recibido_en timestamp with time zone DEFAULT now() NOT NULL,
    devuelta_en timestamp with time zone,
    devuelta_por uuid,
    nota_devolucion text
);
COMMENT ON TABLE inventario.conteo_partes IS 'La parte de cada persona que ya terminó, o que cerró el gerente.';
CREATE TABLE inventario.conteo_productos (
    conteo_id uuid NOT NULL,
    producto_id uuid NOT NULL
);
COMMENT ON TABLE inventario.conteo_productos IS 'Productos del alcance, fijados al crear el conteo. Nunca dependen de la existencia.';
CREATE TABLE inventario.conteo_resultados (
    conteo_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    intento smallint NOT NULL,
    contado numeric(18,5) NOT NULL,
    instante timestamp with time zone NOT NULL,
    teorico numeric(18,5),
    lo numeric(18,5),
    hi numeric(18,5),
    variacion numeric(18,5) NOT NULL,
    decision text NOT NULL,
    ajuste_id uuid,
    costo_unitario numeric(18,6),
    costo_fuente text,
    valor numeric(14,2),
    motivo text,
    aprobado_por uuid NOT NULL,
    aprobado_en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conteo_resultados_decision_check CHECK ((decision = ANY (ARRAY['ajuste'::text, 'sin_ajuste'::text, 'base'::text, 'prueba'::text]))),
    CONSTRAINT conteo_resultados_prueba_sin_ajuste CHECK (((decision <> 'prueba'::text) OR (ajuste_id IS NULL)))
);
COMMENT ON TABLE inventario.conteo_resultados IS 'Lo aprobado de cada producto y las cifras con que se decidió. No se reescribe.';
COMMENT ON COLUMN inventario.conteo_resultados.teorico IS 'Existencia esperada en el instante del conteo; nulo = sin base.';
COMMENT ON COLUMN inventario.conteo_resultados.valor IS 'Variación a costo sin IVA, en pesos; nulo = sin costo.';
CREATE TABLE inventario.conteo_tolerancias (
    conteo_id uuid NOT NULL,
    clase_abc character(1) NOT NULL,
    tol_unidades numeric(18,5),
    tol_porcentaje numeric(6,2),
    tol_pesos numeric(14,2),
    CONSTRAINT conteo_tolerancias_clase_abc_check CHECK ((clase_abc = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar])))
);
COMMENT ON TABLE inventario.conteo_tolerancias IS 'Tolerancias de un conteo por clase ABC.';
CREATE TABLE inventario.conteo_traslapes (
    conteo_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    decision text NOT NULL,
    usuario_id uuid,
    por uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT conteo_traslapes_decision_check CHECK ((decision = ANY (ARRAY['suma'::text, 'uno'::text])))
);
COMMENT ON TABLE inventario.conteo_traslapes IS 'Qué hacer donde dos personas contaron lo mismo.';
CREATE TABLE inventario.conteo_ubicaciones (
    conteo_id uuid NOT NULL,
    ubicacion_id uuid NOT NULL
);
COMMENT ON TABLE inventario.conteo_ubicaciones IS 'Anaqueles del alcance de un conteo.';
CREATE TABLE inventario.conteo_vacias (
    conteo_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    ubicacion_id uuid NOT NULL,
    motivo text NOT NULL,
    por uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.conteo_vacias IS 'Anaqueles que un gerente declaró vacíos para poder aprobar sin contarlos.';
CREATE TABLE inventario.conteos (
    id uuid NOT NULL,
    folio text,
    nombre character varying(200) DEFAULT ''::character varying NOT NULL,
    tienda_id uuid NOT NULL,
    almacen_id uuid NOT NULL,
    alcance text NOT NULL,
    categoria_id uuid,
    clase_abc character(1),
    ciego boolean DEFAULT true NOT NULL,
    doble_ciego boolean DEFAULT false NOT NULL,
    reparto text DEFAULT 'repartido'::text NOT NULL,
    tol_unidades numeric(18,5),
    tol_porcentaje numeric(6,2),
    tol_pesos numeric(14,2),
    holgura_s integer DEFAULT 120 NOT NULL,
    estado text DEFAULT 'abierto'::text NOT NULL,
    vence timestamp with time zone,
    corrige_a uuid,
    creado_por uuid NOT NULL,
    abierto_en timestamp with time zone DEFAULT now() NOT NULL,
    en_revision_en timestamp with time zone,
    cerrado_en timestamp with time zone,
    cancelado_en timestamp with time zone,
    cancelado_por uuid,
    motivo_cancelacion text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    proposito text DEFAULT 'conteo'::text NOT NULL,
    complementa_a uuid,
    compara_con uuid,
    CONSTRAINT conteos_alcance_check CHECK ((alcance = ANY (ARRAY['ubicaciones'::text, 'categoria'::text, 'abc'::text, 'lista'::text, 'almacen'::text, 'libre'::text]))),
    CONSTRAINT conteos_clase_abc_check CHECK ((clase_abc = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar]))),
    CONSTRAINT conteos_estado_check CHECK ((estado = ANY (ARRAY['planeado'::text, 'abierto'::text, 'en_revision'::text, 'cerrado'::text, 'cancelado'::text]))),
    CONSTRAINT conteos_proposito_check CHECK ((proposito = ANY (ARRAY['conteo'::text, 'prueba'::text]))),
    CONSTRAINT conteos_prueba_aparte CHECK (
CASE proposito
    WHEN 'prueba'::text THEN ((corrige_a IS NULL) AND (complementa_a IS NULL))
    ELSE (compara_con IS NULL)
END),
    CONSTRAINT conteos_reparto_check CHECK ((reparto = ANY (ARRAY['repartido'::text, 'doble'::text, 'ninguno'::text])))
);
COMMENT ON TABLE inventario.conteos IS 'Tareas de conteo: almacén, alcance, reglas y estado.';
COMMENT ON COLUMN inventario.conteos.folio IS 'Número para personas, p. ej. CDMX-01-2026-0034. Lo da la base de datos.';
COMMENT ON COLUMN inventario.conteos.alcance IS 'ubicaciones, categoria, abc, lista, almacen (todo) o libre ("cuento lo que encuentro").';
COMMENT ON COLUMN inventario.conteos.ciego IS 'Quien cuenta no ve lo esperado.';
COMMENT ON COLUMN inventario.conteos.reparto IS 'Qué significa que dos cuenten el mismo anaquel: repartido (se suman), doble (se comparan) o ninguno.';
COMMENT ON COLUMN inventario.conteos.holgura_s IS 'Segundos que puede tardar en verse en la caja lo que ya salió del anaquel.';
COMMENT ON COLUMN inventario.conteos.corrige_a IS 'El conteo cerrado que este corrige.';
COMMENT ON COLUMN inventario.conteos.compara_con IS 'Conteo real con el que se compara uno de prueba.';
CREATE TABLE inventario.contra_ajustes (
    id uuid NOT NULL,
    conteo_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    movimiento_id uuid NOT NULL,
    decision text NOT NULL,
    transaccion_id uuid,
    motivo text,
    por uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT contra_ajustes_check CHECK (((decision = 'firmado'::text) = (transaccion_id IS NOT NULL))),
    CONSTRAINT contra_ajustes_decision_check CHECK ((decision = ANY (ARRAY['firmado'::text, 'descartado'::text])))
);
COMMENT ON TABLE inventario.contra_ajustes IS 'Decisión sobre cada movimiento que se conoció después de aprobar su producto.';
CREATE TABLE inventario.erp_clientes (
    id uuid NOT NULL,
    conexion_id uuid NOT NULL,
    codigo_erp character varying(50) NOT NULL,
    nombre character varying(500) NOT NULL,
    rfc character varying(20),
    email character varying(255),
    telefono character varying(50),
    direccion text,
    ciudad character varying(100),
    estado character varying(100),
    codigo_postal character varying(10),
    limite_credito numeric(14,2),
    saldo numeric(14,2),
    last_synced_at timestamp with time zone,
    sync_hash character varying(64),
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.erp_clientes IS 'Clientes del ERP.';
CREATE TABLE inventario.erp_inventario (
    id uuid NOT NULL,
    conexion_id uuid NOT NULL,
    erp_producto_id uuid,
    almacen_erp character varying(50),
    tienda_id uuid,
    existencia numeric(18,5),
    costo numeric(18,6),
    ultimo_costo numeric(18,6),
    costo_promedio numeric(18,6),
    fecha_inventario date,
    last_synced_at timestamp with time zone,
    sync_hash character varying(64),
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.erp_inventario IS 'Existencias que dice el ERP, por almacén suyo.';
CREATE TABLE inventario.erp_productos (
    id uuid NOT NULL,
    conexion_id uuid NOT NULL,
    codigo_erp character varying(100) NOT NULL,
    producto_id uuid,
    nombre_erp character varying(500),
    tabla_erp character varying(100),
    last_synced_at timestamp with time zone,
    sync_hash character varying(64),
    sync_status character varying(50) DEFAULT 'synced'::character varying NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.erp_productos IS 'Espejo de los artículos del ERP y el producto al que corresponden.';
CREATE TABLE inventario.erp_ventas (
    id uuid NOT NULL,
    conexion_id uuid NOT NULL,
    folio_erp character varying(50) NOT NULL,
    detalle_erp character varying(50) DEFAULT ''::character varying NOT NULL,
    erp_producto_id uuid,
    cliente_erp character varying(50),
    almacen_erp character varying(50),
    tienda_id uuid,
    cantidad numeric(18,5),
    precio numeric(18,6),
    descuento numeric(14,2) DEFAULT 0 NOT NULL,
    subtotal numeric(14,2),
    impuesto numeric(14,2),
    total numeric(14,2),
    fecha_venta date,
    fecha_factura date,
    last_synced_at timestamp with time zone,
    sync_hash character varying(64),
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.erp_ventas IS 'Ventas del ERP, por renglón.';
CREATE TABLE inventario.eventos (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    pos bigint,
    orden bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id(),
    tipo text NOT NULL,
    en timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    tienda_id uuid,
    conteo_id uuid,
    usuario_id uuid,
    roles text[] NOT NULL,
    datos jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT eventos_datos_check CHECK ((pg_column_size(datos) < 8000)),
    CONSTRAINT eventos_tipo_check CHECK ((tipo ~ '^[a-z_]+\.[a-z_]+$'::text))
);
COMMENT ON TABLE inventario.eventos IS 'Lo que pasó en el negocio, en el orden en que quedó guardado.';
COMMENT ON COLUMN inventario.eventos.pos IS 'Número dado al confirmar la transacción: quien leyó hasta aquí no se perdió nada de antes.';
COMMENT ON COLUMN inventario.eventos.roles IS 'Puestos que pueden leerlo; además, solo de sus tiendas y de los conteos que ven.';
ALTER TABLE inventario.eventos ALTER COLUMN orden ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME inventario.eventos_orden_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE inventario.existencias (
    producto_id uuid NOT NULL,
    almacen_id uuid NOT NULL,
    cantidad numeric(18,5),
    tiene_base boolean DEFAULT false NOT NULL,
    actualizada_en timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.existencias IS 'Existencia de cada producto en cada almacén según el libro. La mantiene un disparador; nadie la escribe.';
COMMENT ON COLUMN inventario.existencias.tiene_base IS 'Falso: no hay inventario inicial y la cantidad es solo la suma de movimientos ("sin base").';
CREATE TABLE inventario.folios (
    tienda_id uuid NOT NULL,
    anio smallint NOT NULL,
    ultimo integer DEFAULT 0 NOT NULL
);
COMMENT ON TABLE inventario.folios IS 'Último número de conteo de cada tienda y año.';
CREATE TABLE inventario.importacion_lotes (
    upload_id uuid NOT NULL,
    n integer NOT NULL,
    filas jsonb NOT NULL,
    plan jsonb,
    nuevos integer DEFAULT 0 NOT NULL,
    cambiados integer DEFAULT 0 NOT NULL,
    iguales integer DEFAULT 0 NOT NULL,
    omitidos integer DEFAULT 0 NOT NULL,
    aplicado_en timestamp with time zone,
    CONSTRAINT importacion_lotes_filas_check CHECK ((jsonb_typeof(filas) = 'array'::text))
);
COMMENT ON TABLE inventario.importacion_lotes IS 'Filas limpias de una importación y qué hace con cada una; hasta 1,000 por lote.';
CREATE TABLE inventario.importacion_mapas (
    firma character(64) NOT NULL,
    opciones jsonb NOT NULL,
    por uuid,
    en timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.importacion_mapas IS 'Qué se dijo de los archivos con estos encabezados; vale para el siguiente de la misma fuente.';
CREATE TABLE inventario.importacion_problemas (
    upload_id uuid NOT NULL,
    n integer NOT NULL,
    gravedad text NOT NULL,
    datos jsonb NOT NULL,
    CONSTRAINT importacion_problemas_gravedad_check CHECK ((gravedad = ANY (ARRAY['error'::text, 'pregunta'::text, 'aviso'::text])))
);
COMMENT ON TABLE inventario.importacion_problemas IS 'Errores, preguntas y avisos de una importación, en el orden del archivo.';
CREATE TABLE inventario.importacion_reparaciones (
    upload_id uuid NOT NULL,
    n integer NOT NULL,
    datos jsonb NOT NULL
);
COMMENT ON TABLE inventario.importacion_reparaciones IS 'Lo que se compuso en cada celda de una importación, con su prueba.';
CREATE TABLE inventario.invitaciones (
    id uuid NOT NULL,
    token_hash text NOT NULL,
    correo text,
    nombre text NOT NULL,
    rol text NOT NULL,
    tienda_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    limite_ajuste numeric(14,2),
    creada_por uuid NOT NULL,
    expira_en timestamp with time zone NOT NULL,
    usada_en timestamp with time zone,
    usuario_id uuid,
    cancelada_en timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT invitaciones_rol_check CHECK ((rol = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text, 'almacenista'::text, 'chofer'::text, 'auditor'::text])))
);
COMMENT ON TABLE inventario.invitaciones IS 'Invitaciones para entrar; del enlace solo se guarda su huella.';
CREATE TABLE inventario.transacciones (
    id uuid NOT NULL,
    producto_id uuid NOT NULL,
    tienda_id uuid NOT NULL,
    almacen_id uuid NOT NULL,
    tipo character varying(50) NOT NULL,
    subtipo text,
    cantidad numeric(18,5) NOT NULL,
    efecto numeric(18,5) GENERATED ALWAYS AS (
CASE tipo
    WHEN 'venta'::text THEN (- cantidad)
    WHEN 'devolucion'::text THEN
    CASE
        WHEN (subtipo = 'a_proveedor'::text) THEN (- cantidad)
        ELSE cantidad
    END
    WHEN 'inventario'::text THEN (0)::numeric
    ELSE cantidad
END) STORED,
    precio numeric(14,2),
    costo numeric(14,2),
    costo_unitario numeric(18,6),
    costo_fuente text,
    descuento numeric(14,2) DEFAULT 0 NOT NULL,
    impuesto numeric(14,2) DEFAULT 0 NOT NULL,
    total numeric(14,2),
    fecha date NOT NULL,
    fecha_desde date,
    fecha_hasta date,
    ocurrida_en timestamp with time zone NOT NULL,
    "precision" text DEFAULT 'instante'::text NOT NULL,
    orden smallint DEFAULT 0 NOT NULL,
    referencia character varying(255),
    notas text,
    conteo_id uuid,
    traspaso_id uuid,
    reversa_de uuid,
    conexion_id uuid,
    upload_id uuid,
    origen text,
    origen_id text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    user_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT transacciones_check CHECK ((((tipo)::text <> 'devolucion'::text) OR (COALESCE(subtipo, ''::text) = ANY (ARRAY['de_cliente'::text, 'a_proveedor'::text])))),
    CONSTRAINT transacciones_check1 CHECK ((((tipo)::text <> ALL ((ARRAY['venta'::character varying, 'compra'::character varying])::text[])) OR (cantidad >= (0)::numeric) OR (reversa_de IS NOT NULL))),
    CONSTRAINT transacciones_costo_fuente_check CHECK ((costo_fuente = ANY (ARRAY['promedio'::text, 'ultimo'::text, 'catalogo'::text, 'sin_costo'::text]))),
    CONSTRAINT transacciones_precision_check CHECK (("precision" = ANY (ARRAY['instante'::text, 'dia'::text, 'periodo'::text]))),
    CONSTRAINT transacciones_subtipo_check CHECK ((subtipo = ANY (ARRAY['de_cliente'::text, 'a_proveedor'::text, 'salida'::text, 'entrada'::text, 'merma'::text, 'conteo'::text, 'contra_ajuste'::text, 'manual'::text]))),
    CONSTRAINT transacciones_tipo_check CHECK (((tipo)::text = ANY ((ARRAY['inventario'::character varying, 'venta'::character varying, 'compra'::character varying, 'ajuste'::character varying, 'transferencia'::character varying, 'devolucion'::character varying])::text[])))
);
COMMENT ON TABLE inventario.transacciones IS 'El libro: todos los movimientos de existencia. No se cambian ni se borran; se corrigen con su reversa.';
COMMENT ON COLUMN inventario.transacciones.tienda_id IS 'Tienda del almacén; la pone la base de datos.';
COMMENT ON COLUMN inventario.transacciones.tipo IS 'inventario fija una existencia (base); venta, compra, ajuste, transferencia y devolucion la mueven.';
COMMENT ON COLUMN inventario.transacciones.efecto IS 'Lo que suma o resta a la existencia. Orden total: ocurrida_en, orden, created_at, id.';
COMMENT ON COLUMN inventario.transacciones.costo_unitario IS 'Pesos por unidad, sin IVA. En un ajuste, congelado al aprobar; costo_fuente dice de dónde salió.';
COMMENT ON COLUMN inventario.transacciones.fecha IS 'Fecha local de ocurrida_en en la zona de la tienda; la pone la base de datos.';
COMMENT ON COLUMN inventario.transacciones.ocurrida_en IS 'Cuándo pasó en el mundo.';
COMMENT ON COLUMN inventario.transacciones."precision" IS 'Con qué exactitud se conoce ocurrida_en: instante, dia o periodo.';
COMMENT ON COLUMN inventario.transacciones.orden IS 'Desempate dentro de un mismo instante: −1 antes de abrir, 0 durante el día, 1 al cerrar.';
COMMENT ON COLUMN inventario.transacciones.conteo_id IS 'El conteo cuyo resultado aprobado hizo este ajuste.';
COMMENT ON COLUMN inventario.transacciones.traspaso_id IS 'Une la salida y la entrada de un traspaso.';
COMMENT ON COLUMN inventario.transacciones.reversa_de IS 'El movimiento que anula: mismo tipo, cantidad contraria, una sola vez.';
COMMENT ON COLUMN inventario.transacciones.origen IS 'De dónde vino; con origen_id es única, así que importar dos veces no duplica.';
COMMENT ON COLUMN inventario.transacciones.created_at IS 'Cuándo lo supimos.';
CREATE VIEW inventario.movimientos_medidos WITH (security_invoker='true') AS
 SELECT m.id,
    m.producto_id,
    m.almacen_id,
    m.fecha,
    m.tipo,
    COALESCE(m.subtipo, ''::text) AS subtipo,
        CASE
            WHEN (m.reversa_de IS NULL) THEN 1
            ELSE '-1'::integer
        END AS movimientos,
    m.cantidad AS unidades,
    COALESCE(
        CASE
            WHEN ((m.tipo)::text = ANY ((ARRAY['venta'::character varying, 'devolucion'::character varying])::text[])) THEN (sign(m.cantidad) * COALESCE(abs(m.total), ((abs(m.cantidad) * m.precio) - m.descuento)))
            ELSE COALESCE((m.cantidad * COALESCE(m.costo_unitario, m.costo)), (sign(m.cantidad) * (abs(m.total) - abs(m.impuesto))))
        END, (0)::numeric) AS importe,
        CASE
            WHEN (((m.tipo)::text = ANY ((ARRAY['venta'::character varying, 'devolucion'::character varying])::text[])) AND (COALESCE(m.total, m.precio) IS NOT NULL)) THEN (sign(m.cantidad) * abs(m.impuesto))
            ELSE (0)::numeric
        END AS impuesto,
        CASE
            WHEN (((m.tipo)::text = ANY ((ARRAY['venta'::character varying, 'devolucion'::character varying])::text[])) AND (m.impuesto = (0)::numeric)) THEN COALESCE((sign(m.cantidad) * COALESCE(abs(m.total), ((abs(m.cantidad) * m.precio) - m.descuento))), (0)::numeric)
            ELSE (0)::numeric
        END AS sin_impuesto,
        CASE
            WHEN (
            CASE
                WHEN ((m.tipo)::text = ANY ((ARRAY['venta'::character varying, 'devolucion'::character varying])::text[])) THEN COALESCE(m.total, m.precio)
                ELSE COALESCE(m.costo_unitario, m.costo, m.total)
            END IS NULL) THEN m.cantidad
            ELSE (0)::numeric
        END AS sin_precio,
    COALESCE((m.cantidad * COALESCE(m.costo_unitario, m.costo)), (0)::numeric) AS costo,
        CASE
            WHEN (COALESCE(m.costo_unitario, m.costo) IS NULL) THEN (0)::numeric
            ELSE m.cantidad
        END AS con_costo
   FROM inventario.transacciones m;
COMMENT ON VIEW inventario.movimientos_medidos IS 'Lo que cada movimiento suma a las estadísticas: unidades, pesos, impuesto y costo.';
CREATE TABLE inventario.movimientos_mes (
    producto_id uuid NOT NULL,
    almacen_id uuid NOT NULL,
    mes date NOT NULL,
    tipo text NOT NULL COLLATE pg_catalog."C",
    subtipo text NOT NULL COLLATE pg_catalog."C",
    movimientos integer NOT NULL,
    unidades numeric NOT NULL,
    importe numeric NOT NULL,
    impuesto numeric NOT NULL,
    sin_impuesto numeric NOT NULL,
    sin_precio numeric NOT NULL,
    costo numeric NOT NULL,
    con_costo numeric NOT NULL,
    primera date NOT NULL,
    ultima date NOT NULL
)
WITH (fillfactor='85');
COMMENT ON TABLE inventario.movimientos_mes IS 'Sumas de movimientos por producto, almacén, mes y tipo. Las mantiene un disparador; nadie las escribe.';
COMMENT ON COLUMN inventario.movimientos_mes.sin_impuesto IS 'Parte del importe sin impuesto anotado: su neto sale de la tasa del producto.';
CREATE TABLE inventario.planeacion_almacenes (
    almacen_id uuid NOT NULL,
    conteo_del_dia boolean DEFAULT false NOT NULL,
    minutos smallint DEFAULT 20 NOT NULL,
    hora smallint DEFAULT 8 NOT NULL,
    contadores uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    dias_a smallint DEFAULT 30 NOT NULL,
    dias_b smallint DEFAULT 90 NOT NULL,
    dias_c smallint DEFAULT 180 NOT NULL,
    abc_por text DEFAULT 'ventas'::text NOT NULL,
    umbral_a smallint DEFAULT 80 NOT NULL,
    umbral_b smallint DEFAULT 95 NOT NULL,
    por uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT planeacion_almacenes_abc_por_check CHECK ((abc_por = ANY (ARRAY['ventas'::text, 'existencia'::text]))),
    CONSTRAINT planeacion_almacenes_check CHECK ((umbral_b > umbral_a)),
    CONSTRAINT planeacion_almacenes_dias_a_check CHECK (((dias_a >= 1) AND (dias_a <= 730))),
    CONSTRAINT planeacion_almacenes_dias_b_check CHECK (((dias_b >= 1) AND (dias_b <= 730))),
    CONSTRAINT planeacion_almacenes_dias_c_check CHECK (((dias_c >= 1) AND (dias_c <= 730))),
    CONSTRAINT planeacion_almacenes_hora_check CHECK (((hora >= 0) AND (hora <= 23))),
    CONSTRAINT planeacion_almacenes_minutos_check CHECK (((minutos >= 5) AND (minutos <= 240))),
    CONSTRAINT planeacion_almacenes_umbral_a_check CHECK (((umbral_a >= 1) AND (umbral_a <= 99))),
    CONSTRAINT planeacion_almacenes_umbral_b_check CHECK (((umbral_b >= 1) AND (umbral_b <= 100)))
);
COMMENT ON TABLE inventario.planeacion_almacenes IS 'Cómo se planean los conteos de un almacén: cada cuántos días por clase, umbrales ABC y el conteo del día.';
CREATE TABLE inventario.producto_almacenes (
    producto_id uuid NOT NULL,
    almacen_id uuid NOT NULL,
    clase_abc character(1),
    minimo numeric(18,5),
    maximo numeric(18,5),
    clase_fijada boolean DEFAULT false NOT NULL,
    CONSTRAINT producto_almacenes_clase_abc_check CHECK ((clase_abc = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar])))
);
COMMENT ON TABLE inventario.producto_almacenes IS 'Clase ABC y niveles de un producto en un almacén.';
COMMENT ON COLUMN inventario.producto_almacenes.clase_fijada IS 'La clase la puso una persona: la medición nocturna la respeta.';
CREATE TABLE inventario.producto_conflictos (
    parche_id uuid NOT NULL,
    campo text NOT NULL,
    producto_id uuid NOT NULL,
    base text,
    valor text,
    encontrado text,
    encontrado_por uuid,
    estado text DEFAULT 'pendiente'::text NOT NULL,
    decidido_por uuid,
    decidido_en timestamp with time zone,
    CONSTRAINT producto_conflictos_estado_check CHECK ((estado = ANY (ARRAY['pendiente'::text, 'entra'::text, 'queda'::text])))
);
COMMENT ON TABLE inventario.producto_conflictos IS 'Campos que otra persona cambió mientras tanto: esperan a que alguien decida cuál queda.';
CREATE TABLE inventario.productos (
    id uuid NOT NULL,
    codigo character varying(100) NOT NULL,
    nombre character varying(500) NOT NULL,
    descripcion text,
    categoria_id uuid,
    precio numeric(14,2) DEFAULT 0 NOT NULL,
    costo numeric(18,6),
    precio_mayoreo numeric(14,2),
    unidad character varying(50) DEFAULT 'PZA'::character varying NOT NULL,
    decimales smallint DEFAULT 0 NOT NULL,
    marca character varying(255),
    modelo character varying(255),
    sku character varying(100),
    upc character varying(50),
    peso numeric(18,5),
    dimensiones jsonb,
    imagen_url text,
    iva_tasa text DEFAULT '16'::text NOT NULL,
    precio_con_iva boolean DEFAULT true NOT NULL,
    clave_prod_serv character varying(8),
    clave_unidad character varying(3),
    pide_lote boolean DEFAULT false NOT NULL,
    pide_caducidad boolean DEFAULT false NOT NULL,
    es_servicio boolean DEFAULT false NOT NULL,
    es_juego boolean DEFAULT false NOT NULL,
    fusionado_en uuid,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    partes jsonb,
    CONSTRAINT productos_decimales_check CHECK (((decimales >= 0) AND (decimales <= 3))),
    CONSTRAINT productos_iva_tasa_check CHECK ((iva_tasa = ANY (ARRAY['16'::text, '8'::text, '0'::text, 'exento'::text]))),
    CONSTRAINT productos_partes_check CHECK (((partes IS NULL) OR (jsonb_typeof(partes) = 'array'::text)))
);
COMMENT ON TABLE inventario.productos IS 'Catálogo maestro de productos.';
COMMENT ON COLUMN inventario.productos.codigo IS 'Clave única con la que la empresa llama al producto.';
COMMENT ON COLUMN inventario.productos.costo IS 'Costo de catálogo, sin IVA, en pesos. No lo lee quien cuenta: ver producto_costos.';
COMMENT ON COLUMN inventario.productos.decimales IS 'Decimales con los que se cuenta: 0 por pieza, hasta 3 por medida (m, kg, l).';
COMMENT ON COLUMN inventario.productos.iva_tasa IS '16, 8, 0 o exento.';
COMMENT ON COLUMN inventario.productos.clave_prod_serv IS 'Clave de producto o servicio del SAT.';
COMMENT ON COLUMN inventario.productos.clave_unidad IS 'Clave de unidad del SAT.';
COMMENT ON COLUMN inventario.productos.es_juego IS 'Juego (kit): se cuenta por sus partes.';
COMMENT ON COLUMN inventario.productos.fusionado_en IS 'El producto que lo reemplaza; su historia se conserva.';
COMMENT ON COLUMN inventario.productos.metadata IS 'Datos adicionales: especificaciones, compatibilidades… Nunca costos.';
COMMENT ON COLUMN inventario.productos.partes IS 'De qué se compone un juego: [{productoId, cantidad}].';
CREATE VIEW inventario.producto_costos WITH (security_barrier='true') AS
 SELECT p.id,
    p.costo
   FROM inventario.productos p
  WHERE ( SELECT inventario.veo_costos() AS veo_costos);
COMMENT ON VIEW inventario.producto_costos IS 'Costo de cada producto para los roles que pueden verlo; vacía para los demás.';
CREATE TABLE inventario.producto_fusiones (
    id uuid NOT NULL,
    origen_id uuid NOT NULL,
    destino_id uuid NOT NULL,
    por uuid NOT NULL,
    en timestamp with time zone NOT NULL,
    registrada_en timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    datos jsonb DEFAULT '{}'::jsonb NOT NULL,
    deshecha_por uuid,
    deshecha_en timestamp with time zone,
    CONSTRAINT producto_fusiones_check CHECK ((origen_id <> destino_id))
);
COMMENT ON TABLE inventario.producto_fusiones IS 'Productos unidos en uno: qué se movió, quién y si se deshizo.';
CREATE TABLE inventario.producto_medidas (
    producto_id uuid NOT NULL,
    almacen_id uuid NOT NULL,
    costo_unitario numeric(18,6),
    costo_fuente text NOT NULL,
    venta_neta numeric(18,2) NOT NULL,
    venta_diaria numeric(18,5) NOT NULL,
    semanas smallint NOT NULL,
    variabilidad numeric(10,4),
    abc_ventas character(1),
    abc_existencia character(1),
    xyz character(1),
    primer_movimiento date,
    ultima_venta date,
    ultimo_conteo timestamp with time zone,
    conteos smallint NOT NULL,
    conteos_mal smallint NOT NULL,
    medida_en timestamp with time zone NOT NULL,
    CONSTRAINT producto_medidas_abc_existencia_check CHECK ((abc_existencia = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar]))),
    CONSTRAINT producto_medidas_abc_ventas_check CHECK ((abc_ventas = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar]))),
    CONSTRAINT producto_medidas_costo_fuente_check CHECK ((costo_fuente = ANY (ARRAY['promedio'::text, 'ultimo'::text, 'catalogo'::text, 'sin_costo'::text]))),
    CONSTRAINT producto_medidas_xyz_check CHECK ((xyz = ANY (ARRAY['X'::bpchar, 'Y'::bpchar, 'Z'::bpchar])))
);
COMMENT ON TABLE inventario.producto_medidas IS 'Costo, ritmo de venta, clases ABC y XYZ y último conteo de cada producto en cada almacén, medidos cada noche.';
COMMENT ON COLUMN inventario.producto_medidas.variabilidad IS 'Coeficiente de variación de la demanda semanal: desviación estándar entre media.';
CREATE TABLE inventario.producto_parches (
    id uuid NOT NULL,
    producto_id uuid NOT NULL,
    args jsonb NOT NULL,
    por uuid NOT NULL,
    en timestamp with time zone NOT NULL,
    recibido_en timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.producto_parches IS 'Cambios a un producto hechos en un teléfono, quizá sin señal.';
CREATE TABLE inventario.producto_proveedores (
    producto_id uuid NOT NULL,
    proveedor_id uuid NOT NULL,
    codigo_proveedor character varying(100),
    costo numeric(18,6),
    minimo_compra numeric(18,5),
    empaque numeric(18,5),
    preferido boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT producto_proveedores_empaque_check CHECK ((empaque > (0)::numeric)),
    CONSTRAINT producto_proveedores_minimo_compra_check CHECK ((minimo_compra > (0)::numeric))
);
COMMENT ON TABLE inventario.producto_proveedores IS 'Qué vende cada proveedor, cómo lo llama, a cuánto y en qué cantidades.';
COMMENT ON COLUMN inventario.producto_proveedores.costo IS 'Pesos por unidad, sin IVA.';
COMMENT ON COLUMN inventario.producto_proveedores.empaque IS 'Se compra en múltiplos de esta cantidad.';
CREATE TABLE inventario.producto_ubicaciones (
    producto_id uuid NOT NULL,
    ubicacion_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.producto_ubicaciones IS 'En qué anaqueles está cada producto.';
CREATE TABLE inventario.productos_distintos (
    a uuid NOT NULL,
    b uuid NOT NULL,
    por uuid NOT NULL,
    en timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT productos_distintos_check CHECK ((a < b))
);
COMMENT ON TABLE inventario.productos_distintos IS 'Pares que se parecen y no son el mismo producto.';
CREATE TABLE inventario.proveedores (
    id uuid NOT NULL,
    codigo character varying(50) NOT NULL,
    nombre character varying(255) NOT NULL,
    rfc character varying(13),
    telefono character varying(50),
    correo character varying(255),
    dias_entrega integer,
    notas text,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT proveedores_dias_entrega_check CHECK (((dias_entrega >= 0) AND (dias_entrega <= 365)))
);
COMMENT ON TABLE inventario.proveedores IS 'A quién se le compra.';
CREATE TABLE inventario.sync_jobs (
    id uuid NOT NULL,
    conexion_id uuid,
    job_type character varying(100) NOT NULL,
    entity_type character varying(100),
    status character varying(50) DEFAULT 'pending'::character varying NOT NULL,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    duration_seconds integer,
    records_synced integer DEFAULT 0 NOT NULL,
    records_failed integer DEFAULT 0 NOT NULL,
    records_skipped integer DEFAULT 0 NOT NULL,
    last_sync_timestamp timestamp with time zone,
    error_log jsonb DEFAULT '[]'::jsonb NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT sync_jobs_status_check CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'running'::character varying, 'completed'::character varying, 'failed'::character varying, 'cancelled'::character varying])::text[])))
);
COMMENT ON TABLE inventario.sync_jobs IS 'Corridas de sincronización con el ERP.';
CREATE TABLE inventario.tiendas (
    id uuid NOT NULL,
    codigo character varying(50) NOT NULL,
    nombre character varying(255) NOT NULL,
    direccion text,
    ciudad character varying(100),
    estado character varying(100),
    codigo_postal character varying(10),
    telefono character varying(50),
    email character varying(255),
    gerente character varying(255),
    zona_horaria text DEFAULT 'America/Mexico_City'::text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    descarga_al_entregar boolean DEFAULT false NOT NULL,
    cerrado_hasta timestamp with time zone
);
COMMENT ON TABLE inventario.tiendas IS 'Sucursales de la empresa.';
COMMENT ON COLUMN inventario.tiendas.codigo IS 'Clave corta, p. ej. CDMX-01; encabeza los folios de sus conteos.';
COMMENT ON COLUMN inventario.tiendas.zona_horaria IS 'Zona IANA. De ella sale la fecha local de cada movimiento.';
COMMENT ON COLUMN inventario.tiendas.metadata IS 'Datos adicionales: horarios, coordenadas…';
COMMENT ON COLUMN inventario.tiendas.cerrado_hasta IS 'Primer instante abierto: lo anterior ya no admite movimientos.';
CREATE TABLE inventario.tokens_personales (
    id uuid NOT NULL,
    usuario_id uuid NOT NULL,
    nombre text NOT NULL,
    token_hash text NOT NULL,
    pista text NOT NULL,
    alcances text[] NOT NULL,
    expira_en timestamp with time zone,
    usado_en timestamp with time zone,
    revocado_en timestamp with time zone,
    revocado_por uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tokens_personales_alcances_check CHECK ((cardinality(alcances) > 0)),
    CONSTRAINT tokens_personales_nombre_check CHECK (((length(nombre) >= 1) AND (length(nombre) <= 100)))
);
COMMENT ON TABLE inventario.tokens_personales IS 'Tokens de la API abierta, de una persona y con alcances. Solo se guarda su huella.';
CREATE TABLE inventario.ubicaciones (
    id uuid NOT NULL,
    almacen_id uuid NOT NULL,
    codigo character varying(50) NOT NULL,
    zona character varying(50) DEFAULT ''::character varying NOT NULL,
    nombre character varying(255),
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE inventario.ubicaciones IS 'Anaqueles (A-03-2) dentro de un almacén. Dicen dónde está algo; no llevan existencia propia.';
CREATE TABLE inventario.uploads (
    id uuid NOT NULL,
    filename character varying(255) NOT NULL,
    file_type character varying(50),
    file_size bigint,
    file_path text,
    tienda_id uuid,
    records_processed integer DEFAULT 0 NOT NULL,
    records_failed integer DEFAULT 0 NOT NULL,
    status character varying(50) DEFAULT 'pending'::character varying NOT NULL,
    error_message text,
    error_details jsonb,
    user_id uuid,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    sha256 character(64),
    opciones jsonb DEFAULT '{}'::jsonb NOT NULL,
    generacion integer DEFAULT 1 NOT NULL,
    analisis jsonb,
    ensayo jsonb,
    avance jsonb,
    firma character(64),
    cancelar boolean DEFAULT false NOT NULL,
    aplicado_por uuid,
    revertido_por uuid,
    revertido_en timestamp with time zone,
    CONSTRAINT uploads_file_type_check CHECK (((file_type)::text = ANY ((ARRAY['inventario'::character varying, 'ventas'::character varying, 'compras'::character varying, 'productos'::character varying])::text[]))),
    CONSTRAINT uploads_status_check CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'processing'::character varying, 'ready'::character varying, 'applying'::character varying, 'completed'::character varying, 'failed'::character varying, 'cancelled'::character varying, 'reverting'::character varying, 'reverted'::character varying])::text[])))
);
COMMENT ON TABLE inventario.uploads IS 'Historial de archivos subidos y de cómo se procesó cada uno.';
COMMENT ON COLUMN inventario.uploads.opciones IS 'Lo que decidió una persona sobre el archivo; lo demás se detecta.';
COMMENT ON COLUMN inventario.uploads.ensayo IS 'Qué haría aplicarla: nuevos, cambiados, iguales, traslapes y preguntas.';
CREATE TABLE inventario.usuario_tiendas (
    usuario_id uuid NOT NULL,
    tienda_id uuid NOT NULL
);
COMMENT ON TABLE inventario.usuario_tiendas IS 'Tiendas de cada persona. Un admin tiene todas.';
CREATE TABLE inventario.usuarios (
    id uuid NOT NULL,
    correo text,
    nombre_usuario text,
    nombre text NOT NULL,
    rol text NOT NULL,
    limite_ajuste numeric(14,2),
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT usuarios_rol_check CHECK ((rol = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text, 'almacenista'::text, 'chofer'::text, 'auditor'::text])))
);
COMMENT ON TABLE inventario.usuarios IS 'Personas que entran al sistema. Su rol vive aquí, nunca en el token.';
COMMENT ON COLUMN inventario.usuarios.limite_ajuste IS 'Pesos, en valor absoluto, que puede aprobar de una vez; nulo = sin límite.';
CREATE VIEW inventario.usuarios_completos WITH (security_barrier='true') AS
 SELECT u.id,
    u.correo,
    u.nombre_usuario,
    u.nombre,
    u.rol,
    u.limite_ajuste,
    u.is_active,
    u.created_at,
    u.updated_at
   FROM inventario.usuarios u
  WHERE ((u.id = ( SELECT inventario.yo() AS yo)) OR ( SELECT inventario.administro() AS administro));
COMMENT ON VIEW inventario.usuarios_completos IS 'Todas las columnas de la propia persona, o de todas para un admin.';
CREATE TABLE inventario.webhook_entregas (
    id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    mensaje_id text NOT NULL,
    evento_id uuid,
    tipo text NOT NULL,
    cuerpo text NOT NULL,
    estado text DEFAULT 'pendiente'::text NOT NULL,
    intentos integer DEFAULT 0 NOT NULL,
    bitacora jsonb DEFAULT '[]'::jsonb NOT NULL,
    siguiente_en timestamp with time zone,
    entregada_en timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT webhook_entregas_estado_check CHECK ((estado = ANY (ARRAY['pendiente'::text, 'entregada'::text, 'fallida'::text])))
);
COMMENT ON TABLE inventario.webhook_entregas IS 'Cada aviso a cada webhook, con sus intentos.';
CREATE TABLE inventario.webhooks (
    id uuid NOT NULL,
    nombre text NOT NULL,
    url text NOT NULL,
    secreto_cifrado bytea NOT NULL,
    tipos text[] DEFAULT '{}'::text[] NOT NULL,
    tienda_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    activo boolean DEFAULT true NOT NULL,
    fallando_desde timestamp with time zone,
    desactivado_en timestamp with time zone,
    motivo text,
    version integer DEFAULT 1 NOT NULL,
    creado_por uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT webhooks_nombre_check CHECK (((length(nombre) >= 1) AND (length(nombre) <= 100))),
    CONSTRAINT webhooks_url_check CHECK (((length(url) >= 1) AND (length(url) <= 2000)))
);
COMMENT ON TABLE inventario.webhooks IS 'Direcciones a las que se avisa de los eventos, firmados.';
CREATE TABLE sync.armado (
    xid xid8 NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
COMMENT ON TABLE sync.armado IS 'Una fila por transacción con cambios; su disparador diferido los sella.';
CREATE TABLE sync.change (
    scope text NOT NULL,
    tbl text NOT NULL,
    pk text NOT NULL,
    ver bigint NOT NULL,
    op character(1) NOT NULL,
    CONSTRAINT change_op_check CHECK ((op = ANY (ARRAY['U'::bpchar, 'D'::bpchar])))
);
COMMENT ON TABLE sync.change IS 'Último cambio de cada fila en cada alcance.';
CREATE TABLE sync.device (
    id uuid NOT NULL,
    secret_hash text NOT NULL,
    nombre text,
    last_mid bigint DEFAULT 0 NOT NULL,
    app_ver text,
    schema_ver integer,
    pending_reported integer DEFAULT 0 NOT NULL,
    oldest_pending_at timestamp with time zone,
    usuario_id uuid,
    last_seen timestamp with time zone,
    revoked_at timestamp with time zone,
    revoked_por uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE sync.device IS 'Teléfonos conocidos: su secreto (huella), hasta qué mutación se aplicó y qué le falta enviar.';
COMMENT ON COLUMN sync.device.last_mid IS 'La mayor mutación aplicada sin huecos.';
CREATE TABLE sync.eventos_cabeza (
    id smallint DEFAULT 1 NOT NULL,
    pos bigint DEFAULT 0 NOT NULL,
    piso bigint DEFAULT 0 NOT NULL,
    repartido bigint DEFAULT 0 NOT NULL,
    olvidado_en timestamp with time zone,
    CONSTRAINT eventos_cabeza_id_check CHECK ((id = 1))
);
COMMENT ON TABLE sync.eventos_cabeza IS 'Último número de evento, hasta cuál se olvidó y hasta cuál se repartió a los webhooks.';
CREATE TABLE sync.laguna (
    id uuid NOT NULL,
    device_id uuid NOT NULL,
    desde_mid bigint NOT NULL,
    hasta_mid bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE sync.laguna IS 'Mutaciones que el servidor perdió al restaurarse y el teléfono ya no tiene.';
CREATE TABLE sync.llaves (
    kid text NOT NULL,
    publica jsonb NOT NULL,
    privada jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    retirada_en timestamp with time zone
);
COMMENT ON TABLE sync.llaves IS 'Llaves de firma de turnos y, sin Supabase, de los accesos.';
CREATE TABLE sync.llaves_datos (
    kid uuid NOT NULL,
    clave bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT llaves_datos_clave_check CHECK ((length(clave) = 32))
);
COMMENT ON TABLE sync.llaves_datos IS 'Llaves con las que se cifra lo que el servidor guarda en secreto.';
CREATE TABLE sync.meta (
    id smallint DEFAULT 1 NOT NULL,
    epoch uuid NOT NULL,
    system_identifier text,
    timeline text,
    min_pull_schema integer DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    dias_version integer DEFAULT 90 NOT NULL,
    dias_mutacion integer DEFAULT 90 NOT NULL,
    compactado_en timestamp with time zone,
    CONSTRAINT meta_dias_mutacion_check CHECK (((dias_mutacion >= 35) AND (dias_mutacion <= 3650))),
    CONSTRAINT meta_dias_version_check CHECK (((dias_version >= 7) AND (dias_version <= 3650))),
    CONSTRAINT meta_id_check CHECK ((id = 1))
);
COMMENT ON TABLE sync.meta IS 'Identidad de esta base de datos. Otra época = se restauró de un respaldo.';
COMMENT ON COLUMN sync.meta.dias_version IS 'Días que se conservan las versiones: un teléfono que no se conectó en ese tiempo baja sus datos otra vez.';
COMMENT ON COLUMN sync.meta.dias_mutacion IS 'Días que se conserva la respuesta a cada mutación; las que tienen una carta muerta abierta, hasta que se decida.';
CREATE TABLE sync.rejection (
    id uuid NOT NULL,
    device_id uuid NOT NULL,
    mid bigint NOT NULL,
    usuario_id uuid,
    conteo_id uuid,
    name text NOT NULL,
    args text NOT NULL,
    code text NOT NULL,
    message text NOT NULL,
    result text NOT NULL,
    state text DEFAULT 'abierta'::text NOT NULL,
    resuelta_por uuid,
    resuelta_en timestamp with time zone,
    nota text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    creada_en timestamp with time zone,
    desfase_enviar_ms bigint,
    CONSTRAINT rejection_result_check CHECK ((result = ANY (ARRAY['rejected'::text, 'quarantined'::text, 'en_espera'::text]))),
    CONSTRAINT rejection_state_check CHECK ((state = ANY (ARRAY['abierta'::text, 'aplicada'::text, 'descartada'::text])))
);
COMMENT ON TABLE sync.rejection IS 'Lo que no se pudo aplicar, completo, hasta que una persona decida.';
CREATE VIEW sync.miembros AS
 SELECT m.scope,
    'productos'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - '{costo,metadata,updated_at}'::text[]) AS huella
           FROM (inventario.productos r
             CROSS JOIN LATERAL unnest(ARRAY['catalogo'::text]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'producto_costos'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            to_jsonb(r.costo) AS huella
           FROM (inventario.productos r
             CROSS JOIN LATERAL unnest(ARRAY['costos'::text]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'codigos_barras'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.codigos_barras r
             CROSS JOIN LATERAL unnest(ARRAY['catalogo'::text]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'categorias'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.categorias r
             CROSS JOIN LATERAL unnest(ARRAY['catalogo'::text]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'tiendas'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.tiendas r
             CROSS JOIN LATERAL unnest(ARRAY[('tienda:'::text || r.id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'almacenes'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - '{movimientos_hasta,updated_at}'::text[]) AS huella
           FROM (inventario.almacenes r
             CROSS JOIN LATERAL unnest(ARRAY[('tienda:'::text || r.tienda_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'ubicaciones'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.ubicaciones r
             CROSS JOIN LATERAL unnest(ARRAY[('tienda:'::text || ( SELECT a.tienda_id
                   FROM inventario.almacenes a
                  WHERE (a.id = r.almacen_id)))]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'producto_ubicaciones'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((r.producto_id || ':'::text) || r.ubicacion_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.producto_ubicaciones r
             CROSS JOIN LATERAL unnest(ARRAY[('tienda:'::text || ( SELECT a.tienda_id
                   FROM (inventario.ubicaciones u
                     JOIN inventario.almacenes a ON ((a.id = u.almacen_id)))
                  WHERE (u.id = r.ubicacion_id)))]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'existencias'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((r.producto_id || ':'::text) || r.almacen_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.existencias r
             CROSS JOIN LATERAL unnest(ARRAY[('stock:'::text || r.almacen_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteos'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteos r
             CROSS JOIN LATERAL unnest(ARRAY[('conteo:'::text || r.id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_contadores'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((r.conteo_id || ':'::text) || r.usuario_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_contadores r
             CROSS JOIN LATERAL unnest(ARRAY[('conteo:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_ubicaciones'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((r.conteo_id || ':'::text) || r.ubicacion_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_ubicaciones r
             CROSS JOIN LATERAL unnest(ARRAY[('conteo:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_productos'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((r.conteo_id || ':'::text) || r.producto_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_productos r
             CROSS JOIN LATERAL unnest(ARRAY[('conteo:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_intento_productos'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((((r.conteo_id || ':'::text) || r.intento) || ':'::text) || r.producto_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_intento_productos r
             CROSS JOIN LATERAL unnest(ARRAY[('conteo:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_intento_contadores'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((((r.conteo_id || ':'::text) || r.intento) || ':'::text) || r.usuario_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_intento_contadores r
             CROSS JOIN LATERAL unnest(ARRAY[('conteo:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_lineas'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_lineas r
             CROSS JOIN LATERAL unnest(ARRAY[((('lineas:'::text || r.conteo_id) || ':'::text) || r.usuario_id), ('revision:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_linea_ligas'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_linea_ligas r
             CROSS JOIN LATERAL unnest(ARRAY[((('lineas:'::text || r.conteo_id) || ':'::text) || ( SELECT l.usuario_id
                   FROM inventario.conteo_lineas l
                  WHERE ((l.id = r.linea_id) AND (l.conteo_id = r.conteo_id)))), ('revision:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_partes'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((((r.conteo_id || ':'::text) || r.intento) || ':'::text) || r.usuario_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_partes r
             CROSS JOIN LATERAL unnest(ARRAY[((('lineas:'::text || r.conteo_id) || ':'::text) || r.usuario_id), ('revision:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_linea_fotos'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((r.linea_id || ':'::text) || (r.sha256)::text) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_linea_fotos r
             CROSS JOIN LATERAL unnest(ARRAY[('revision:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_vacias'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((((r.conteo_id || ':'::text) || r.producto_id) || ':'::text) || r.ubicacion_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_vacias r
             CROSS JOIN LATERAL unnest(ARRAY[('revision:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_traslapes'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((r.conteo_id || ':'::text) || r.producto_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_traslapes r
             CROSS JOIN LATERAL unnest(ARRAY[('revision:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'conteo_resultados'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            ((r.conteo_id || ':'::text) || r.producto_id) AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.conteo_resultados r
             CROSS JOIN LATERAL unnest(ARRAY[('revision:'::text || r.conteo_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'usuarios'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (inventario.usuarios r
             CROSS JOIN LATERAL unnest(ARRAY[('usuario:'::text || r.id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m
UNION ALL
 SELECT m.scope,
    'rechazos'::text AS tbl,
    m.pk
   FROM ( SELECT e.scope,
            (r.id)::text AS pk,
            (to_jsonb(r.*) - 'updated_at'::text) AS huella
           FROM (sync.rejection r
             CROSS JOIN LATERAL unnest(ARRAY[('usuario:'::text || r.usuario_id)]) e(scope))
          WHERE (e.scope IS NOT NULL)) m;
COMMENT ON VIEW sync.miembros IS 'Todas las filas que hoy pertenecen a cada alcance.';
CREATE TABLE sync.migracion (
    nombre text NOT NULL,
    suma text NOT NULL,
    aplicada_en timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE sync.mutation (
    device_id uuid NOT NULL,
    mid bigint NOT NULL,
    name text NOT NULL,
    args_hash text NOT NULL,
    usuario_id uuid,
    result text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT mutation_result_check CHECK ((result = ANY (ARRAY['applied'::text, 'late'::text, 'rejected'::text, 'quarantined'::text, 'en_espera'::text])))
);
COMMENT ON TABLE sync.mutation IS 'Cada mutación recibida y qué pasó con ella.';
CREATE TABLE sync.pendiente (
    xid xid8 NOT NULL,
    scope text NOT NULL,
    tbl text NOT NULL,
    pk text NOT NULL,
    op character(1) NOT NULL,
    pks uuid[]
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000');
ALTER TABLE ONLY sync.pendiente ALTER COLUMN pks SET STORAGE EXTERNAL;
COMMENT ON TABLE sync.pendiente IS 'Claves que anota la transacción en curso; se sellan y vacían al confirmar.';
COMMENT ON COLUMN sync.pendiente.pks IS 'Las llaves de una sentencia con muchas líneas; sin ellas, la fila es la de pk.';
CREATE TABLE sync.scope (
    id text NOT NULL,
    ver bigint DEFAULT 0 NOT NULL,
    token uuid,
    piso bigint DEFAULT 0 NOT NULL
);
COMMENT ON TABLE sync.scope IS 'Contador de versiones de cada alcance: catalogo, tienda:…, stock:…, conteo:…';
COMMENT ON COLUMN sync.scope.piso IS 'Hasta esta versión ya se olvidó qué salió del scope: un cursor anterior empieza de nuevo.';
CREATE TABLE sync.snapshot (
    scope text NOT NULL,
    ver bigint,
    token uuid,
    huella text,
    filas integer DEFAULT 0 NOT NULL,
    trozos jsonb DEFAULT '[]'::jsonb NOT NULL,
    creado_en timestamp with time zone,
    armando_hasta timestamp with time zone
);
COMMENT ON TABLE sync.snapshot IS 'Foto de un scope, armada de antemano: con qué trozos baja un teléfono vacío y desde qué versión sigue.';
CREATE TABLE sync.snapshot_trozo (
    sha256 text NOT NULL,
    contenido bytea NOT NULL,
    visto_en timestamp with time zone NOT NULL
);
ALTER TABLE ONLY sync.snapshot_trozo ALTER COLUMN contenido SET STORAGE EXTERNAL;
COMMENT ON TABLE sync.snapshot_trozo IS 'Trozos inmutables de las fotos, por la huella de su contenido.';
CREATE TABLE sync.turno (
    id uuid NOT NULL,
    usuario_id uuid NOT NULL,
    device_id uuid NOT NULL,
    rol text NOT NULL,
    tienda_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    emitido_en timestamp with time zone NOT NULL,
    expira_en timestamp with time zone NOT NULL
);
COMMENT ON TABLE sync.turno IS 'Turnos emitidos: quién, en qué equipo, con qué rol y hasta cuándo.';
CREATE TABLE sync.version (
    scope text NOT NULL,
    ver bigint NOT NULL,
    token uuid NOT NULL,
    committed_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE sync.version IS 'Linaje: una (ver, token) que no está aquí es de otra historia.';
ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_email_key UNIQUE (email);
ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY genai.audio_transcriptions
    ADD CONSTRAINT audio_transcriptions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY genai.chat_messages
    ADD CONSTRAINT chat_messages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY genai.chat_sessions
    ADD CONSTRAINT chat_sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY genai.chunks
    ADD CONSTRAINT chunks_document_id_chunk_index_key UNIQUE (document_id, chunk_index);
ALTER TABLE ONLY genai.chunks
    ADD CONSTRAINT chunks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY genai.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.ajustes_propuestos
    ADD CONSTRAINT ajustes_propuestos_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.almacenes
    ADD CONSTRAINT almacenes_codigo_key UNIQUE (codigo);
ALTER TABLE ONLY inventario.almacenes
    ADD CONSTRAINT almacenes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.archivos
    ADD CONSTRAINT archivos_pkey PRIMARY KEY (sha256);
ALTER TABLE ONLY inventario.auditoria
    ADD CONSTRAINT auditoria_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.categorias
    ADD CONSTRAINT categorias_nombre_key UNIQUE (nombre);
ALTER TABLE ONLY inventario.categorias
    ADD CONSTRAINT categorias_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.cierres
    ADD CONSTRAINT cierres_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.codigos_barras
    ADD CONSTRAINT codigos_barras_codigo_producto_id_key UNIQUE (codigo, producto_id);
ALTER TABLE ONLY inventario.codigos_barras
    ADD CONSTRAINT codigos_barras_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.conexiones
    ADD CONSTRAINT conexiones_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.configuracion
    ADD CONSTRAINT configuracion_pkey PRIMARY KEY (clave);
ALTER TABLE ONLY inventario.conteo_ceros
    ADD CONSTRAINT conteo_ceros_pkey PRIMARY KEY (conteo_id, producto_id);
ALTER TABLE ONLY inventario.conteo_contadores
    ADD CONSTRAINT conteo_contadores_pkey PRIMARY KEY (conteo_id, usuario_id);
ALTER TABLE ONLY inventario.conteo_firmantes
    ADD CONSTRAINT conteo_firmantes_pkey PRIMARY KEY (conteo_id, usuario_id);
ALTER TABLE ONLY inventario.conteo_intento_contadores
    ADD CONSTRAINT conteo_intento_contadores_pkey PRIMARY KEY (conteo_id, intento, usuario_id);
ALTER TABLE ONLY inventario.conteo_intento_productos
    ADD CONSTRAINT conteo_intento_productos_pkey PRIMARY KEY (conteo_id, intento, producto_id);
ALTER TABLE ONLY inventario.conteo_intentos
    ADD CONSTRAINT conteo_intentos_pkey PRIMARY KEY (conteo_id, intento);
ALTER TABLE ONLY inventario.conteo_linea_fotos
    ADD CONSTRAINT conteo_linea_fotos_pkey PRIMARY KEY (linea_id, sha256);
ALTER TABLE ONLY inventario.conteo_linea_ligas
    ADD CONSTRAINT conteo_linea_ligas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.conteo_linea_notas
    ADD CONSTRAINT conteo_linea_notas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.conteo_lineas
    ADD CONSTRAINT conteo_lineas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.conteo_mermas
    ADD CONSTRAINT conteo_mermas_pkey PRIMARY KEY (conteo_id, producto_id);
ALTER TABLE ONLY inventario.conteo_partes
    ADD CONSTRAINT conteo_partes_pkey PRIMARY KEY (conteo_id, intento, usuario_id);
ALTER TABLE ONLY inventario.conteo_productos
    ADD CONSTRAINT conteo_productos_pkey PRIMARY KEY (conteo_id, producto_id);
ALTER TABLE ONLY inventario.conteo_resultados
    ADD CONSTRAINT conteo_resultados_pkey PRIMARY KEY (conteo_id, producto_id);
ALTER TABLE ONLY inventario.conteo_tolerancias
    ADD CONSTRAINT conteo_tolerancias_pkey PRIMARY KEY (conteo_id, clase_abc);
ALTER TABLE ONLY inventario.conteo_traslapes
    ADD CONSTRAINT conteo_traslapes_pkey PRIMARY KEY (conteo_id, producto_id);
ALTER TABLE ONLY inventario.conteo_ubicaciones
    ADD CONSTRAINT conteo_ubicaciones_pkey PRIMARY KEY (conteo_id, ubicacion_id);
ALTER TABLE ONLY inventario.conteo_vacias
    ADD CONSTRAINT conteo_vacias_pkey PRIMARY KEY (conteo_id, producto_id, ubicacion_id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_folio_key UNIQUE (folio);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.contra_ajustes
    ADD CONSTRAINT contra_ajustes_conteo_id_producto_id_movimiento_id_key UNIQUE (conteo_id, producto_id, movimiento_id);
ALTER TABLE ONLY inventario.contra_ajustes
    ADD CONSTRAINT contra_ajustes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.erp_clientes
    ADD CONSTRAINT erp_clientes_conexion_id_codigo_erp_key UNIQUE (conexion_id, codigo_erp);
ALTER TABLE ONLY inventario.erp_clientes
    ADD CONSTRAINT erp_clientes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.erp_inventario
    ADD CONSTRAINT erp_inventario_conexion_id_erp_producto_id_almacen_erp_key UNIQUE (conexion_id, erp_producto_id, almacen_erp);
ALTER TABLE ONLY inventario.erp_inventario
    ADD CONSTRAINT erp_inventario_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.erp_productos
    ADD CONSTRAINT erp_productos_conexion_id_codigo_erp_key UNIQUE (conexion_id, codigo_erp);
ALTER TABLE ONLY inventario.erp_productos
    ADD CONSTRAINT erp_productos_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.erp_ventas
    ADD CONSTRAINT erp_ventas_conexion_id_folio_erp_detalle_erp_key UNIQUE (conexion_id, folio_erp, detalle_erp);
ALTER TABLE ONLY inventario.erp_ventas
    ADD CONSTRAINT erp_ventas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.eventos
    ADD CONSTRAINT eventos_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.eventos
    ADD CONSTRAINT eventos_pos_key UNIQUE (pos);
ALTER TABLE ONLY inventario.existencias
    ADD CONSTRAINT existencias_pkey PRIMARY KEY (producto_id, almacen_id);
ALTER TABLE ONLY inventario.folios
    ADD CONSTRAINT folios_pkey PRIMARY KEY (tienda_id, anio);
ALTER TABLE ONLY inventario.importacion_lotes
    ADD CONSTRAINT importacion_lotes_pkey PRIMARY KEY (upload_id, n);
ALTER TABLE ONLY inventario.importacion_mapas
    ADD CONSTRAINT importacion_mapas_pkey PRIMARY KEY (firma);
ALTER TABLE ONLY inventario.importacion_problemas
    ADD CONSTRAINT importacion_problemas_pkey PRIMARY KEY (upload_id, n);
ALTER TABLE ONLY inventario.importacion_reparaciones
    ADD CONSTRAINT importacion_reparaciones_pkey PRIMARY KEY (upload_id, n);
ALTER TABLE ONLY inventario.invitaciones
    ADD CONSTRAINT invitaciones_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.invitaciones
    ADD CONSTRAINT invitaciones_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY inventario.movimientos_mes
    ADD CONSTRAINT movimientos_mes_pkey PRIMARY KEY (producto_id, almacen_id, mes, tipo, subtipo);
ALTER TABLE ONLY inventario.planeacion_almacenes
    ADD CONSTRAINT planeacion_almacenes_pkey PRIMARY KEY (almacen_id);
ALTER TABLE ONLY inventario.producto_almacenes
    ADD CONSTRAINT producto_almacenes_pkey PRIMARY KEY (producto_id, almacen_id);
ALTER TABLE ONLY inventario.producto_conflictos
    ADD CONSTRAINT producto_conflictos_pkey PRIMARY KEY (parche_id, campo);
ALTER TABLE ONLY inventario.producto_fusiones
    ADD CONSTRAINT producto_fusiones_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.producto_medidas
    ADD CONSTRAINT producto_medidas_pkey PRIMARY KEY (producto_id, almacen_id);
ALTER TABLE ONLY inventario.producto_parches
    ADD CONSTRAINT producto_parches_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.producto_proveedores
    ADD CONSTRAINT producto_proveedores_pkey PRIMARY KEY (producto_id, proveedor_id);
ALTER TABLE ONLY inventario.producto_ubicaciones
    ADD CONSTRAINT producto_ubicaciones_pkey PRIMARY KEY (producto_id, ubicacion_id);
ALTER TABLE ONLY inventario.productos
    ADD CONSTRAINT productos_codigo_key UNIQUE (codigo);
ALTER TABLE ONLY inventario.productos_distintos
    ADD CONSTRAINT productos_distintos_pkey PRIMARY KEY (a, b);
ALTER TABLE ONLY inventario.productos
    ADD CONSTRAINT productos_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.proveedores
    ADD CONSTRAINT proveedores_codigo_key UNIQUE (codigo);
ALTER TABLE ONLY inventario.proveedores
    ADD CONSTRAINT proveedores_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.sync_jobs
    ADD CONSTRAINT sync_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.tiendas
    ADD CONSTRAINT tiendas_codigo_key UNIQUE (codigo);
ALTER TABLE ONLY inventario.tiendas
    ADD CONSTRAINT tiendas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.tokens_personales
    ADD CONSTRAINT tokens_personales_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.tokens_personales
    ADD CONSTRAINT tokens_personales_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_origen_origen_id_key UNIQUE (origen, origen_id);
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_reversa_de_key UNIQUE (reversa_de);
ALTER TABLE ONLY inventario.ubicaciones
    ADD CONSTRAINT ubicaciones_almacen_id_codigo_key UNIQUE (almacen_id, codigo);
ALTER TABLE ONLY inventario.ubicaciones
    ADD CONSTRAINT ubicaciones_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.uploads
    ADD CONSTRAINT uploads_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.usuario_tiendas
    ADD CONSTRAINT usuario_tiendas_pkey PRIMARY KEY (usuario_id, tienda_id);
ALTER TABLE ONLY inventario.usuarios
    ADD CONSTRAINT usuarios_nombre_usuario_key UNIQUE (nombre_usuario);
ALTER TABLE ONLY inventario.usuarios
    ADD CONSTRAINT usuarios_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.webhook_entregas
    ADD CONSTRAINT webhook_entregas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inventario.webhook_entregas
    ADD CONSTRAINT webhook_entregas_webhook_id_mensaje_id_key UNIQUE (webhook_id, mensaje_id);
ALTER TABLE ONLY inventario.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sync.armado
    ADD CONSTRAINT armado_pkey PRIMARY KEY (xid);
ALTER TABLE ONLY sync.change
    ADD CONSTRAINT change_pkey PRIMARY KEY (scope, tbl, pk);
ALTER TABLE ONLY sync.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sync.eventos_cabeza
    ADD CONSTRAINT eventos_cabeza_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sync.laguna
    ADD CONSTRAINT laguna_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sync.llaves_datos
    ADD CONSTRAINT llaves_datos_pkey PRIMARY KEY (kid);
ALTER TABLE ONLY sync.llaves
    ADD CONSTRAINT llaves_pkey PRIMARY KEY (kid);
ALTER TABLE ONLY sync.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sync.migracion
    ADD CONSTRAINT migracion_pkey PRIMARY KEY (nombre);
ALTER TABLE ONLY sync.mutation
    ADD CONSTRAINT mutation_pkey PRIMARY KEY (device_id, mid);
ALTER TABLE ONLY sync.pendiente
    ADD CONSTRAINT pendiente_pkey PRIMARY KEY (xid, scope, tbl, pk);
ALTER TABLE ONLY sync.rejection
    ADD CONSTRAINT rejection_device_id_mid_key UNIQUE (device_id, mid);
ALTER TABLE ONLY sync.rejection
    ADD CONSTRAINT rejection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sync.scope
    ADD CONSTRAINT scope_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sync.snapshot
    ADD CONSTRAINT snapshot_pkey PRIMARY KEY (scope);
ALTER TABLE ONLY sync.snapshot_trozo
    ADD CONSTRAINT snapshot_trozo_pkey PRIMARY KEY (sha256);
ALTER TABLE ONLY sync.turno
    ADD CONSTRAINT turno_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sync.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (scope, ver);
CREATE INDEX refresh_tokens_session ON auth.refresh_tokens USING btree (session_id);
CREATE INDEX sessions_user ON auth.sessions USING btree (user_id);
CREATE INDEX audio_transcriptions_user ON genai.audio_transcriptions USING btree (user_id);
CREATE INDEX chat_messages_session ON genai.chat_messages USING btree (session_id, created_at);
CREATE INDEX chat_sessions_user ON genai.chat_sessions USING btree (user_id);
CREATE INDEX documents_user ON genai.documents USING btree (user_id);
CREATE INDEX ajustes_propuestos_abiertos ON inventario.ajustes_propuestos USING btree (almacen_id, propuesto_en) WHERE (estado = 'propuesto'::text);
CREATE UNIQUE INDEX almacenes_un_general ON inventario.almacenes USING btree (tienda_id) WHERE (tipo = 'general'::text);
CREATE INDEX auditoria_en ON inventario.auditoria USING btree (en DESC);
CREATE INDEX auditoria_entidad ON inventario.auditoria USING btree (entidad, entidad_id);
CREATE INDEX categorias_parent ON inventario.categorias USING btree (parent_id);
CREATE INDEX categorias_path ON inventario.categorias USING btree (path);
CREATE INDEX cierres_tienda ON inventario.cierres USING btree (tienda_id, en DESC);
CREATE INDEX codigos_barras_codigo ON inventario.codigos_barras USING btree (codigo);
CREATE INDEX codigos_barras_gtin ON inventario.codigos_barras USING btree (clave_gtin) WHERE (clave_gtin IS NOT NULL);
CREATE INDEX codigos_barras_prefijo ON inventario.codigos_barras USING btree (inventario.pliega_codigo(codigo) text_pattern_ops);
CREATE INDEX codigos_barras_producto ON inventario.codigos_barras USING btree (producto_id);
CREATE INDEX conteo_contadores_usuario ON inventario.conteo_contadores USING btree (usuario_id);
CREATE INDEX conteo_firmantes_usuario ON inventario.conteo_firmantes USING btree (usuario_id);
CREATE INDEX conteo_intento_contadores_usuario ON inventario.conteo_intento_contadores USING btree (usuario_id);
CREATE INDEX conteo_linea_ligas_conteo ON inventario.conteo_linea_ligas USING btree (conteo_id, linea_id);
CREATE INDEX conteo_linea_notas_conteo ON inventario.conteo_linea_notas USING btree (conteo_id, linea_id);
CREATE INDEX conteo_lineas_anula ON inventario.conteo_lineas USING btree (anula) WHERE (anula IS NOT NULL);
CREATE INDEX conteo_lineas_conteo ON inventario.conteo_lineas USING btree (conteo_id, producto_id);
CREATE INDEX conteo_lineas_usuario ON inventario.conteo_lineas USING btree (usuario_id, conteo_id);
CREATE INDEX conteo_resultados_producto ON inventario.conteo_resultados USING btree (producto_id, instante DESC);
CREATE INDEX conteos_creado_por ON inventario.conteos USING btree (creado_por);
CREATE INDEX conteos_tienda ON inventario.conteos USING btree (tienda_id, estado);
CREATE INDEX erp_inventario_tienda ON inventario.erp_inventario USING btree (tienda_id);
CREATE INDEX erp_productos_producto ON inventario.erp_productos USING btree (producto_id);
CREATE INDEX erp_ventas_fecha ON inventario.erp_ventas USING btree (fecha_venta DESC);
CREATE INDEX erp_ventas_producto ON inventario.erp_ventas USING btree (erp_producto_id);
CREATE INDEX eventos_en ON inventario.eventos USING btree (en);
CREATE INDEX eventos_sin_numero ON inventario.eventos USING btree (xid, orden) WHERE (pos IS NULL);
CREATE INDEX existencias_almacen ON inventario.existencias USING btree (almacen_id);
CREATE INDEX producto_conflictos_pendientes ON inventario.producto_conflictos USING btree (producto_id) WHERE (estado = 'pendiente'::text);
CREATE INDEX producto_fusiones_destino ON inventario.producto_fusiones USING btree (destino_id);
CREATE UNIQUE INDEX producto_fusiones_vigente ON inventario.producto_fusiones USING btree (origen_id) WHERE (deshecha_en IS NULL);
CREATE INDEX producto_medidas_almacen ON inventario.producto_medidas USING btree (almacen_id);
CREATE INDEX producto_parches_producto ON inventario.producto_parches USING btree (producto_id);
CREATE INDEX producto_proveedores_proveedor ON inventario.producto_proveedores USING btree (proveedor_id);
CREATE UNIQUE INDEX producto_proveedores_un_preferido ON inventario.producto_proveedores USING btree (producto_id) WHERE preferido;
CREATE INDEX producto_ubicaciones_ubicacion ON inventario.producto_ubicaciones USING btree (ubicacion_id);
CREATE INDEX productos_active ON inventario.productos USING btree (is_active) WHERE is_active;
CREATE INDEX productos_categoria ON inventario.productos USING btree (categoria_id);
CREATE INDEX productos_codigo_plano ON inventario.productos USING btree (inventario.pliega_codigo((codigo)::text));
CREATE INDEX productos_codigo_prefijo ON inventario.productos USING btree (inventario.pliega_codigo((codigo)::text) text_pattern_ops);
CREATE INDEX productos_fusionados ON inventario.productos USING btree (id) INCLUDE (fusionado_en) WHERE (fusionado_en IS NOT NULL);
CREATE INDEX productos_imagen ON inventario.productos USING btree (imagen_url) WHERE (imagen_url IS NOT NULL);
CREATE INDEX productos_nombre ON inventario.productos USING gin (inventario.pliega((nombre)::text) extensions.gin_trgm_ops);
CREATE INDEX productos_parecidos ON inventario.productos USING btree (inventario.clave_parecido((nombre)::text, (unidad)::text)) WHERE (is_active AND (fusionado_en IS NULL));
CREATE INDEX productos_por_nombre ON inventario.productos USING btree (inventario.pliega((nombre)::text) COLLATE "C", id);
CREATE INDEX productos_recientes ON inventario.productos USING btree (updated_at DESC, id DESC);
CREATE INDEX proveedores_nombre ON inventario.proveedores USING btree (inventario.pliega((nombre)::text));
CREATE INDEX sync_jobs_status ON inventario.sync_jobs USING btree (status);
CREATE INDEX sync_jobs_type ON inventario.sync_jobs USING btree (job_type, created_at DESC);
CREATE INDEX tokens_personales_usuario ON inventario.tokens_personales USING btree (usuario_id);
CREATE INDEX transacciones_ajustes ON inventario.transacciones USING btree (almacen_id, fecha) WHERE ((tipo)::text = 'ajuste'::text);
CREATE INDEX transacciones_base ON inventario.transacciones USING btree (producto_id, almacen_id, ocurrida_en, orden, created_at, id) INCLUDE (cantidad) WHERE ((tipo)::text = 'inventario'::text);
CREATE INDEX transacciones_compras ON inventario.transacciones USING btree (producto_id, ocurrida_en, orden, created_at, id) INCLUDE (almacen_id, cantidad, costo_unitario) WHERE (((tipo)::text = 'compra'::text) AND (costo_unitario IS NOT NULL));
CREATE INDEX transacciones_conteo ON inventario.transacciones USING btree (conteo_id) WHERE (conteo_id IS NOT NULL);
CREATE INDEX transacciones_fecha ON inventario.transacciones USING btree (fecha DESC, tipo);
CREATE INDEX transacciones_libro ON inventario.transacciones USING btree (producto_id, almacen_id, ocurrida_en, orden, created_at, id) INCLUDE (efecto);
CREATE INDEX transacciones_periodo ON inventario.transacciones USING btree (producto_id, almacen_id, fecha_hasta) WHERE ("precision" = 'periodo'::text);
CREATE INDEX transacciones_recientes ON inventario.transacciones USING btree (ocurrida_en DESC, id DESC);
CREATE INDEX transacciones_tienda ON inventario.transacciones USING btree (tienda_id, fecha DESC);
CREATE UNIQUE INDEX transacciones_un_ajuste ON inventario.transacciones USING btree (conteo_id, producto_id) WHERE (((tipo)::text = 'ajuste'::text) AND (subtipo = 'conteo'::text));
CREATE INDEX transacciones_upload ON inventario.transacciones USING btree (upload_id, id) WHERE (upload_id IS NOT NULL);
CREATE INDEX uploads_archivo ON inventario.uploads USING btree (sha256) WHERE (sha256 IS NOT NULL);
CREATE INDEX uploads_recientes ON inventario.uploads USING btree (created_at DESC, id);
CREATE INDEX usuario_tiendas_tienda ON inventario.usuario_tiendas USING btree (tienda_id);
CREATE UNIQUE INDEX usuarios_correo ON inventario.usuarios USING btree (lower(correo)) WHERE (correo IS NOT NULL);
CREATE INDEX webhook_entregas_de ON inventario.webhook_entregas USING btree (webhook_id, created_at DESC, id DESC);
CREATE INDEX webhook_entregas_en ON inventario.webhook_entregas USING btree (created_at);
CREATE INDEX change_lapidas ON sync.change USING btree (scope, ver) WHERE (op = 'D'::bpchar);
CREATE UNIQUE INDEX change_lectura ON sync.change USING btree (scope, ver, tbl, pk) INCLUDE (op);
CREATE INDEX mutation_at ON sync.mutation USING btree (at);
CREATE INDEX rejection_abiertas ON sync.rejection USING btree (state, at DESC);
CREATE INDEX turno_device ON sync.turno USING btree (device_id);
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON genai.chat_sessions FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER acomoda BEFORE INSERT OR UPDATE OF nombre, parent_id, nivel, path ON inventario.categorias FOR EACH ROW EXECUTE FUNCTION inventario.acomoda_categoria();
CREATE TRIGGER anota BEFORE INSERT OR UPDATE ON inventario.conteos FOR EACH ROW EXECUTE FUNCTION inventario.anota_conteo();
CREATE TRIGGER anota BEFORE INSERT ON inventario.transacciones FOR EACH ROW EXECUTE FUNCTION inventario.anota_transaccion();
CREATE TRIGGER anota_y_respeta_cierre BEFORE INSERT ON inventario.transacciones FOR EACH ROW EXECUTE FUNCTION inventario.respeta_cierre();
CREATE TRIGGER arrastra AFTER UPDATE OF nombre, parent_id, nivel, path ON inventario.categorias FOR EACH ROW WHEN ((((old.path)::text IS DISTINCT FROM (new.path)::text) OR (old.nivel IS DISTINCT FROM new.nivel))) EXECUTE FUNCTION inventario.arrastra_categorias();
CREATE TRIGGER base_de_fusionado BEFORE INSERT ON inventario.transacciones FOR EACH ROW WHEN (((new.tipo)::text = 'inventario'::text)) EXECUTE FUNCTION inventario.rehusa_base_de_fusionado();
CREATE TRIGGER captura_almacenes_alta AFTER INSERT ON inventario.almacenes REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_almacenes();
CREATE TRIGGER captura_almacenes_baja AFTER DELETE ON inventario.almacenes REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_almacenes();
CREATE TRIGGER captura_almacenes_cambio AFTER UPDATE ON inventario.almacenes REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_almacenes();
CREATE TRIGGER captura_almacenes_vaciado AFTER TRUNCATE ON inventario.almacenes FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('almacenes');
CREATE TRIGGER captura_alta AFTER INSERT ON inventario.usuario_tiendas REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_usuario_tiendas();
CREATE TRIGGER captura_baja AFTER DELETE ON inventario.usuario_tiendas REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_usuario_tiendas();
CREATE TRIGGER captura_categorias_alta AFTER INSERT ON inventario.categorias REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_categorias();
CREATE TRIGGER captura_categorias_baja AFTER DELETE ON inventario.categorias REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_categorias();
CREATE TRIGGER captura_categorias_cambio AFTER UPDATE ON inventario.categorias REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_categorias();
CREATE TRIGGER captura_categorias_vaciado AFTER TRUNCATE ON inventario.categorias FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('categorias');
CREATE TRIGGER captura_codigos_barras_alta AFTER INSERT ON inventario.codigos_barras REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_codigos_barras();
CREATE TRIGGER captura_codigos_barras_baja AFTER DELETE ON inventario.codigos_barras REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_codigos_barras();
CREATE TRIGGER captura_codigos_barras_cambio AFTER UPDATE ON inventario.codigos_barras REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_codigos_barras();
CREATE TRIGGER captura_codigos_barras_vaciado AFTER TRUNCATE ON inventario.codigos_barras FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('codigos_barras');
CREATE TRIGGER captura_conteo_contadores_alta AFTER INSERT ON inventario.conteo_contadores REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_contadores();
CREATE TRIGGER captura_conteo_contadores_baja AFTER DELETE ON inventario.conteo_contadores REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_contadores();
CREATE TRIGGER captura_conteo_contadores_cambio AFTER UPDATE ON inventario.conteo_contadores REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_contadores();
CREATE TRIGGER captura_conteo_contadores_vaciado AFTER TRUNCATE ON inventario.conteo_contadores FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_contadores');
CREATE TRIGGER captura_conteo_intento_contadores_alta AFTER INSERT ON inventario.conteo_intento_contadores REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_intento_contadores();
CREATE TRIGGER captura_conteo_intento_contadores_baja AFTER DELETE ON inventario.conteo_intento_contadores REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_intento_contadores();
CREATE TRIGGER captura_conteo_intento_contadores_cambio AFTER UPDATE ON inventario.conteo_intento_contadores REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_intento_contadores();
CREATE TRIGGER captura_conteo_intento_contadores_vaciado AFTER TRUNCATE ON inventario.conteo_intento_contadores FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_intento_contadores');
CREATE TRIGGER captura_conteo_intento_productos_alta AFTER INSERT ON inventario.conteo_intento_productos REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_intento_productos();
CREATE TRIGGER captura_conteo_intento_productos_baja AFTER DELETE ON inventario.conteo_intento_productos REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_intento_productos();
CREATE TRIGGER captura_conteo_intento_productos_cambio AFTER UPDATE ON inventario.conteo_intento_productos REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_intento_productos();
CREATE TRIGGER captura_conteo_intento_productos_vaciado AFTER TRUNCATE ON inventario.conteo_intento_productos FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_intento_productos');
CREATE TRIGGER captura_conteo_linea_fotos_alta AFTER INSERT ON inventario.conteo_linea_fotos REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_linea_fotos();
CREATE TRIGGER captura_conteo_linea_fotos_baja AFTER DELETE ON inventario.conteo_linea_fotos REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_linea_fotos();
CREATE TRIGGER captura_conteo_linea_fotos_cambio AFTER UPDATE ON inventario.conteo_linea_fotos REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_linea_fotos();
CREATE TRIGGER captura_conteo_linea_fotos_vaciado AFTER TRUNCATE ON inventario.conteo_linea_fotos FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_linea_fotos');
CREATE TRIGGER captura_conteo_linea_ligas_alta AFTER INSERT ON inventario.conteo_linea_ligas REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_linea_ligas();
CREATE TRIGGER captura_conteo_linea_ligas_baja AFTER DELETE ON inventario.conteo_linea_ligas REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_linea_ligas();
CREATE TRIGGER captura_conteo_linea_ligas_cambio AFTER UPDATE ON inventario.conteo_linea_ligas REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_linea_ligas();
CREATE TRIGGER captura_conteo_linea_ligas_vaciado AFTER TRUNCATE ON inventario.conteo_linea_ligas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_linea_ligas');
CREATE TRIGGER captura_conteo_lineas_alta AFTER INSERT ON inventario.conteo_lineas REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_lineas_nuevas();
CREATE TRIGGER captura_conteo_lineas_baja AFTER DELETE ON inventario.conteo_lineas REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_lineas();
CREATE TRIGGER captura_conteo_lineas_cambio AFTER UPDATE ON inventario.conteo_lineas REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_lineas();
CREATE TRIGGER captura_conteo_lineas_vaciado AFTER TRUNCATE ON inventario.conteo_lineas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_lineas');
CREATE TRIGGER captura_conteo_partes_alta AFTER INSERT ON inventario.conteo_partes REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_partes();
CREATE TRIGGER captura_conteo_partes_baja AFTER DELETE ON inventario.conteo_partes REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_partes();
CREATE TRIGGER captura_conteo_partes_cambio AFTER UPDATE ON inventario.conteo_partes REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_partes();
CREATE TRIGGER captura_conteo_partes_vaciado AFTER TRUNCATE ON inventario.conteo_partes FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_partes');
CREATE TRIGGER captura_conteo_productos_alta AFTER INSERT ON inventario.conteo_productos REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_productos();
CREATE TRIGGER captura_conteo_productos_baja AFTER DELETE ON inventario.conteo_productos REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_productos();
CREATE TRIGGER captura_conteo_productos_cambio AFTER UPDATE ON inventario.conteo_productos REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_productos();
CREATE TRIGGER captura_conteo_productos_vaciado AFTER TRUNCATE ON inventario.conteo_productos FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_productos');
CREATE TRIGGER captura_conteo_resultados_alta AFTER INSERT ON inventario.conteo_resultados REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_resultados();
CREATE TRIGGER captura_conteo_resultados_baja AFTER DELETE ON inventario.conteo_resultados REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_resultados();
CREATE TRIGGER captura_conteo_resultados_cambio AFTER UPDATE ON inventario.conteo_resultados REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_resultados();
CREATE TRIGGER captura_conteo_resultados_vaciado AFTER TRUNCATE ON inventario.conteo_resultados FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_resultados');
CREATE TRIGGER captura_conteo_traslapes_alta AFTER INSERT ON inventario.conteo_traslapes REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_traslapes();
CREATE TRIGGER captura_conteo_traslapes_baja AFTER DELETE ON inventario.conteo_traslapes REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_traslapes();
CREATE TRIGGER captura_conteo_traslapes_cambio AFTER UPDATE ON inventario.conteo_traslapes REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_traslapes();
CREATE TRIGGER captura_conteo_traslapes_vaciado AFTER TRUNCATE ON inventario.conteo_traslapes FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_traslapes');
CREATE TRIGGER captura_conteo_ubicaciones_alta AFTER INSERT ON inventario.conteo_ubicaciones REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_ubicaciones();
CREATE TRIGGER captura_conteo_ubicaciones_baja AFTER DELETE ON inventario.conteo_ubicaciones REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_ubicaciones();
CREATE TRIGGER captura_conteo_ubicaciones_cambio AFTER UPDATE ON inventario.conteo_ubicaciones REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_ubicaciones();
CREATE TRIGGER captura_conteo_ubicaciones_vaciado AFTER TRUNCATE ON inventario.conteo_ubicaciones FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_ubicaciones');
CREATE TRIGGER captura_conteo_vacias_alta AFTER INSERT ON inventario.conteo_vacias REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_vacias();
CREATE TRIGGER captura_conteo_vacias_baja AFTER DELETE ON inventario.conteo_vacias REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_vacias();
CREATE TRIGGER captura_conteo_vacias_cambio AFTER UPDATE ON inventario.conteo_vacias REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteo_vacias();
CREATE TRIGGER captura_conteo_vacias_vaciado AFTER TRUNCATE ON inventario.conteo_vacias FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteo_vacias');
CREATE TRIGGER captura_conteos_alta AFTER INSERT ON inventario.conteos REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteos();
CREATE TRIGGER captura_conteos_baja AFTER DELETE ON inventario.conteos REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteos();
CREATE TRIGGER captura_conteos_cambio AFTER UPDATE ON inventario.conteos REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_conteos();
CREATE TRIGGER captura_conteos_vaciado AFTER TRUNCATE ON inventario.conteos FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('conteos');
CREATE TRIGGER captura_existencias_alta AFTER INSERT ON inventario.existencias REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_existencias();
CREATE TRIGGER captura_existencias_baja AFTER DELETE ON inventario.existencias REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_existencias();
CREATE TRIGGER captura_existencias_cambio AFTER UPDATE ON inventario.existencias REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_existencias();
CREATE TRIGGER captura_existencias_vaciado AFTER TRUNCATE ON inventario.existencias FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('existencias');
CREATE TRIGGER captura_ligas AFTER INSERT ON inventario.conteo_lineas REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_ligas_de_lineas();
CREATE TRIGGER captura_mudanza AFTER UPDATE ON inventario.ubicaciones REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_mudanza_de_ubicaciones();
CREATE TRIGGER captura_producto_costos_alta AFTER INSERT ON inventario.productos REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_producto_costos();
CREATE TRIGGER captura_producto_costos_baja AFTER DELETE ON inventario.productos REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_producto_costos();
CREATE TRIGGER captura_producto_costos_cambio AFTER UPDATE ON inventario.productos REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_producto_costos();
CREATE TRIGGER captura_producto_costos_vaciado AFTER TRUNCATE ON inventario.productos FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('producto_costos');
CREATE TRIGGER captura_producto_ubicaciones_alta AFTER INSERT ON inventario.producto_ubicaciones REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_producto_ubicaciones();
CREATE TRIGGER captura_producto_ubicaciones_baja AFTER DELETE ON inventario.producto_ubicaciones REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_producto_ubicaciones();
CREATE TRIGGER captura_producto_ubicaciones_cambio AFTER UPDATE ON inventario.producto_ubicaciones REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_producto_ubicaciones();
CREATE TRIGGER captura_producto_ubicaciones_vaciado AFTER TRUNCATE ON inventario.producto_ubicaciones FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('producto_ubicaciones');
CREATE TRIGGER captura_productos_alta AFTER INSERT ON inventario.productos REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_productos();
CREATE TRIGGER captura_productos_baja AFTER DELETE ON inventario.productos REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_productos();
CREATE TRIGGER captura_productos_cambio AFTER UPDATE ON inventario.productos REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_productos();
CREATE TRIGGER captura_productos_vaciado AFTER TRUNCATE ON inventario.productos FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('productos');
CREATE TRIGGER captura_tiendas_alta AFTER INSERT ON inventario.tiendas REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_tiendas();
CREATE TRIGGER captura_tiendas_baja AFTER DELETE ON inventario.tiendas REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_tiendas();
CREATE TRIGGER captura_tiendas_cambio AFTER UPDATE ON inventario.tiendas REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_tiendas();
CREATE TRIGGER captura_tiendas_vaciado AFTER TRUNCATE ON inventario.tiendas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('tiendas');
CREATE TRIGGER captura_ubicaciones_alta AFTER INSERT ON inventario.ubicaciones REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_ubicaciones();
CREATE TRIGGER captura_ubicaciones_baja AFTER DELETE ON inventario.ubicaciones REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_ubicaciones();
CREATE TRIGGER captura_ubicaciones_cambio AFTER UPDATE ON inventario.ubicaciones REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_ubicaciones();
CREATE TRIGGER captura_ubicaciones_vaciado AFTER TRUNCATE ON inventario.ubicaciones FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('ubicaciones');
CREATE TRIGGER captura_usuarios_alta AFTER INSERT ON inventario.usuarios REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_usuarios();
CREATE TRIGGER captura_usuarios_baja AFTER DELETE ON inventario.usuarios REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_usuarios();
CREATE TRIGGER captura_usuarios_cambio AFTER UPDATE ON inventario.usuarios REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_usuarios();
CREATE TRIGGER captura_usuarios_vaciado AFTER TRUNCATE ON inventario.usuarios FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('usuarios');
CREATE TRIGGER evento_ajuste AFTER INSERT ON inventario.transacciones REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION inventario.evento_de_ajuste();
CREATE TRIGGER evento_alta AFTER INSERT ON inventario.ajustes_propuestos FOR EACH ROW EXECUTE FUNCTION inventario.evento_de_propuesta();
CREATE TRIGGER evento_alta AFTER INSERT ON inventario.cierres FOR EACH ROW EXECUTE FUNCTION inventario.evento_de_cierre();
CREATE TRIGGER evento_alta AFTER INSERT ON inventario.conteo_firmantes FOR EACH ROW EXECUTE FUNCTION inventario.evento_de_firmante();
CREATE TRIGGER evento_alta AFTER INSERT ON inventario.conteos FOR EACH ROW EXECUTE FUNCTION inventario.evento_de_conteo();
CREATE TRIGGER evento_baja AFTER UPDATE OF is_active ON inventario.usuarios FOR EACH ROW WHEN ((old.is_active IS DISTINCT FROM new.is_active)) EXECUTE FUNCTION inventario.evento_de_usuario();
CREATE TRIGGER evento_desactivado AFTER UPDATE OF desactivado_en ON inventario.webhooks FOR EACH ROW WHEN (((old.desactivado_en IS NULL) AND (new.desactivado_en IS NOT NULL))) EXECUTE FUNCTION inventario.evento_de_webhook();
CREATE TRIGGER evento_estado AFTER UPDATE OF estado ON inventario.conteos FOR EACH ROW WHEN ((old.estado IS DISTINCT FROM new.estado)) EXECUTE FUNCTION inventario.evento_de_conteo();
CREATE TRIGGER evento_estado AFTER UPDATE OF status ON inventario.uploads FOR EACH ROW WHEN ((((old.status)::text IS DISTINCT FROM (new.status)::text) AND ((new.status)::text = ANY ((ARRAY['completed'::character varying, 'failed'::character varying, 'reverted'::character varying])::text[])))) EXECUTE FUNCTION inventario.evento_de_importacion();
CREATE TRIGGER evento_negativa AFTER UPDATE ON inventario.existencias REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION inventario.evento_de_negativa();
CREATE TRIGGER evento_producto AFTER UPDATE ON inventario.productos REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION inventario.evento_de_producto();
CREATE TRIGGER evento_rechazo AFTER UPDATE OF estado ON inventario.ajustes_propuestos FOR EACH ROW WHEN (((old.estado = 'propuesto'::text) AND (new.estado = 'rechazado'::text))) EXECUTE FUNCTION inventario.evento_de_propuesta();
CREATE TRIGGER existencias AFTER INSERT ON inventario.transacciones REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION inventario.mantiene_existencias();
CREATE TRIGGER fija_clase BEFORE INSERT OR UPDATE ON inventario.producto_almacenes FOR EACH ROW EXECUTE FUNCTION inventario.fija_clase();
CREATE TRIGGER fijo BEFORE UPDATE ON inventario.eventos FOR EACH ROW WHEN ((((((old.id IS DISTINCT FROM new.id) OR (old.tipo IS DISTINCT FROM new.tipo)) OR (old.en IS DISTINCT FROM new.en)) OR (old.datos IS DISTINCT FROM new.datos)) OR (old.pos IS NOT NULL))) EXECUTE FUNCTION inventario.rehusa('Un evento no se cambia.');
CREATE TRIGGER fusion AFTER INSERT ON inventario.conteo_lineas REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION inventario.liga_fusionados();
CREATE TRIGGER fusion AFTER INSERT ON inventario.transacciones REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION inventario.sigue_fusion();
CREATE TRIGGER movimientos_mes AFTER INSERT ON inventario.transacciones REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION inventario.suma_movimientos_mes();
CREATE TRIGGER no_borrar BEFORE DELETE ON inventario.transacciones FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('Un movimiento no se borra: se corrige con su reversa.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.auditoria FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('La auditoría no se cambia ni se borra.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.cierres FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('El registro de cierres no se cambia ni se borra.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.conteo_ceros FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('Un cero declarado no se cambia: se cuenta el producto.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.conteo_linea_fotos FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('La foto de una línea no se cambia ni se borra.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.conteo_linea_ligas FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('Una liga no se cambia ni se borra: se agrega otra, y cuenta la última.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.conteo_linea_notas FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('La nota de una línea no se cambia ni se borra: se agrega otra.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.conteo_lineas FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('Las líneas de un conteo no se cambian ni se borran: se anulan con otra línea.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.conteo_mermas FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('Lo que se firmó no se cambia ni se borra.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.conteo_resultados FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('Un resultado aprobado no se reescribe: corrígelo con otro conteo.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.contra_ajustes FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('Lo que se firmó no se cambia ni se borra.');
CREATE TRIGGER no_vaciar BEFORE TRUNCATE ON inventario.transacciones FOR EACH STATEMENT EXECUTE FUNCTION inventario.rehusa('El libro de movimientos no se vacía.');
CREATE CONSTRAINT TRIGGER numera AFTER INSERT ON inventario.eventos DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION inventario.numera_eventos();
CREATE TRIGGER proposito_fijo BEFORE UPDATE ON inventario.conteos FOR EACH ROW WHEN ((old.proposito IS DISTINCT FROM new.proposito)) EXECUTE FUNCTION inventario.rehusa('Un conteo de prueba no se vuelve real, ni uno real prueba: haz otro.');
CREATE TRIGGER protege BEFORE UPDATE ON inventario.transacciones FOR EACH ROW EXECUTE FUNCTION inventario.protege_transaccion();
CREATE TRIGGER prueba_no_registra BEFORE INSERT ON inventario.conteo_mermas FOR EACH ROW EXECUTE FUNCTION inventario.rehusa_prueba();
CREATE TRIGGER prueba_no_registra BEFORE INSERT ON inventario.contra_ajustes FOR EACH ROW EXECUTE FUNCTION inventario.rehusa_prueba();
CREATE TRIGGER prueba_no_registra BEFORE INSERT ON inventario.transacciones FOR EACH ROW WHEN ((new.conteo_id IS NOT NULL)) EXECUTE FUNCTION inventario.rehusa_prueba();
CREATE TRIGGER segun_proposito BEFORE INSERT ON inventario.conteo_resultados FOR EACH ROW EXECUTE FUNCTION inventario.decide_segun_proposito();
CREATE TRIGGER sin_cambios BEFORE UPDATE ON inventario.usuario_tiendas FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('Una asignación de tienda no se cambia: se quita y se agrega otra.');
CREATE TRIGGER solo_decidir BEFORE DELETE OR UPDATE ON inventario.ajustes_propuestos FOR EACH ROW WHEN ((old.estado <> 'propuesto'::text)) EXECUTE FUNCTION inventario.rehusa('Lo que se firmó no se cambia ni se borra.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.auditoria FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('La auditoría no se cambia ni se borra.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.cierres FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('El registro de cierres no se cambia ni se borra.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.conteo_ceros FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('Un cero declarado no se cambia: se cuenta el producto.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.conteo_linea_fotos FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('La foto de una línea no se cambia ni se borra.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.conteo_linea_ligas FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('Una liga no se cambia ni se borra: se agrega otra, y cuenta la última.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.conteo_linea_notas FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('La nota de una línea no se cambia ni se borra: se agrega otra.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.conteo_lineas FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('Las líneas de un conteo no se cambian ni se borran: se anulan con otra línea.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.conteo_mermas FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('Lo que se firmó no se cambia ni se borra.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.conteo_resultados FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('Un resultado aprobado no se reescribe: corrígelo con otro conteo.');
CREATE TRIGGER solo_insertar BEFORE DELETE OR UPDATE ON inventario.contra_ajustes FOR EACH ROW EXECUTE FUNCTION inventario.rehusa('Lo que se firmó no se cambia ni se borra.');
CREATE TRIGGER tienda_fija BEFORE UPDATE OF tienda_id ON inventario.almacenes FOR EACH ROW WHEN ((old.tienda_id IS DISTINCT FROM new.tienda_id)) EXECUTE FUNCTION inventario.rehusa('Un almacén no cambia de tienda: da de alta otro y desactiva este.');
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.almacenes FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.categorias FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.codigos_barras FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.conexiones FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.configuracion FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.conteos FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.erp_clientes FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.erp_productos FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.producto_proveedores FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.productos FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.proveedores FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.tiendas FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.ubicaciones FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.usuarios FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON inventario.webhooks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
CREATE TRIGGER captura_rechazos_alta AFTER INSERT ON sync.rejection REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_rechazos();
CREATE TRIGGER captura_rechazos_baja AFTER DELETE ON sync.rejection REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_rechazos();
CREATE TRIGGER captura_rechazos_cambio AFTER UPDATE ON sync.rejection REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_rechazos();
CREATE TRIGGER captura_rechazos_vaciado AFTER TRUNCATE ON sync.rejection FOR EACH STATEMENT EXECUTE FUNCTION sync.captura_vaciado('rechazos');
CREATE TRIGGER evento_baja AFTER UPDATE OF revoked_at ON sync.device FOR EACH ROW WHEN (((old.revoked_at IS NULL) AND (new.revoked_at IS NOT NULL))) EXECUTE FUNCTION inventario.evento_de_dispositivo();
CREATE CONSTRAINT TRIGGER sella AFTER INSERT ON sync.armado DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sync.sella();
CREATE TRIGGER toca_updated_at BEFORE UPDATE ON sync.meta FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION inventario.toca_updated_at();
ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY genai.audio_transcriptions
    ADD CONSTRAINT audio_transcriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY genai.chat_messages
    ADD CONSTRAINT chat_messages_session_id_fkey FOREIGN KEY (session_id) REFERENCES genai.chat_sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY genai.chat_sessions
    ADD CONSTRAINT chat_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY genai.chunks
    ADD CONSTRAINT chunks_document_id_fkey FOREIGN KEY (document_id) REFERENCES genai.documents(id) ON DELETE CASCADE;
ALTER TABLE ONLY genai.documents
    ADD CONSTRAINT documents_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.ajustes_propuestos
    ADD CONSTRAINT ajustes_propuestos_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id);
ALTER TABLE ONLY inventario.ajustes_propuestos
    ADD CONSTRAINT ajustes_propuestos_decidido_por_fkey FOREIGN KEY (decidido_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.ajustes_propuestos
    ADD CONSTRAINT ajustes_propuestos_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.ajustes_propuestos
    ADD CONSTRAINT ajustes_propuestos_propuesto_por_fkey FOREIGN KEY (propuesto_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.ajustes_propuestos
    ADD CONSTRAINT ajustes_propuestos_transaccion_id_fkey FOREIGN KEY (transaccion_id) REFERENCES inventario.transacciones(id);
ALTER TABLE ONLY inventario.almacenes
    ADD CONSTRAINT almacenes_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.archivos
    ADD CONSTRAINT archivos_subido_por_fkey FOREIGN KEY (subido_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.auditoria
    ADD CONSTRAINT auditoria_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id);
ALTER TABLE ONLY inventario.categorias
    ADD CONSTRAINT categorias_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES inventario.categorias(id) ON DELETE SET NULL;
ALTER TABLE ONLY inventario.cierres
    ADD CONSTRAINT cierres_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.cierres
    ADD CONSTRAINT cierres_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id);
ALTER TABLE ONLY inventario.codigos_barras
    ADD CONSTRAINT codigos_barras_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.configuracion
    ADD CONSTRAINT configuracion_cambiado_por_fkey FOREIGN KEY (cambiado_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_ceros
    ADD CONSTRAINT conteo_ceros_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_ceros
    ADD CONSTRAINT conteo_ceros_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_ceros
    ADD CONSTRAINT conteo_ceros_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_contadores
    ADD CONSTRAINT conteo_contadores_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_contadores
    ADD CONSTRAINT conteo_contadores_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_firmantes
    ADD CONSTRAINT conteo_firmantes_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_firmantes
    ADD CONSTRAINT conteo_firmantes_pedido_por_fkey FOREIGN KEY (pedido_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_firmantes
    ADD CONSTRAINT conteo_firmantes_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_intento_contadores
    ADD CONSTRAINT conteo_intento_contadores_conteo_id_intento_fkey FOREIGN KEY (conteo_id, intento) REFERENCES inventario.conteo_intentos(conteo_id, intento) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_intento_contadores
    ADD CONSTRAINT conteo_intento_contadores_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_intento_productos
    ADD CONSTRAINT conteo_intento_productos_conteo_id_intento_fkey FOREIGN KEY (conteo_id, intento) REFERENCES inventario.conteo_intentos(conteo_id, intento) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_intento_productos
    ADD CONSTRAINT conteo_intento_productos_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_intentos
    ADD CONSTRAINT conteo_intentos_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_intentos
    ADD CONSTRAINT conteo_intentos_pedido_por_fkey FOREIGN KEY (pedido_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_linea_fotos
    ADD CONSTRAINT conteo_linea_fotos_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteo_linea_fotos
    ADD CONSTRAINT conteo_linea_fotos_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_linea_ligas
    ADD CONSTRAINT conteo_linea_ligas_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteo_linea_ligas
    ADD CONSTRAINT conteo_linea_ligas_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_linea_ligas
    ADD CONSTRAINT conteo_linea_ligas_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_linea_notas
    ADD CONSTRAINT conteo_linea_notas_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteo_linea_notas
    ADD CONSTRAINT conteo_linea_notas_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_lineas
    ADD CONSTRAINT conteo_lineas_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteo_lineas
    ADD CONSTRAINT conteo_lineas_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_lineas
    ADD CONSTRAINT conteo_lineas_ubicacion_id_fkey FOREIGN KEY (ubicacion_id) REFERENCES inventario.ubicaciones(id);
ALTER TABLE ONLY inventario.conteo_lineas
    ADD CONSTRAINT conteo_lineas_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_mermas
    ADD CONSTRAINT conteo_mermas_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteo_mermas
    ADD CONSTRAINT conteo_mermas_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_mermas
    ADD CONSTRAINT conteo_mermas_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_partes
    ADD CONSTRAINT conteo_partes_cerrada_por_fkey FOREIGN KEY (cerrada_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_partes
    ADD CONSTRAINT conteo_partes_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_partes
    ADD CONSTRAINT conteo_partes_devuelta_por_fkey FOREIGN KEY (devuelta_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_partes
    ADD CONSTRAINT conteo_partes_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_productos
    ADD CONSTRAINT conteo_productos_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_productos
    ADD CONSTRAINT conteo_productos_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_resultados
    ADD CONSTRAINT conteo_resultados_ajuste_id_fkey FOREIGN KEY (ajuste_id) REFERENCES inventario.transacciones(id);
ALTER TABLE ONLY inventario.conteo_resultados
    ADD CONSTRAINT conteo_resultados_aprobado_por_fkey FOREIGN KEY (aprobado_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_resultados
    ADD CONSTRAINT conteo_resultados_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteo_resultados
    ADD CONSTRAINT conteo_resultados_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_tolerancias
    ADD CONSTRAINT conteo_tolerancias_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_traslapes
    ADD CONSTRAINT conteo_traslapes_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_traslapes
    ADD CONSTRAINT conteo_traslapes_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_traslapes
    ADD CONSTRAINT conteo_traslapes_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_traslapes
    ADD CONSTRAINT conteo_traslapes_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_ubicaciones
    ADD CONSTRAINT conteo_ubicaciones_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_ubicaciones
    ADD CONSTRAINT conteo_ubicaciones_ubicacion_id_fkey FOREIGN KEY (ubicacion_id) REFERENCES inventario.ubicaciones(id);
ALTER TABLE ONLY inventario.conteo_vacias
    ADD CONSTRAINT conteo_vacias_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.conteo_vacias
    ADD CONSTRAINT conteo_vacias_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteo_vacias
    ADD CONSTRAINT conteo_vacias_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.conteo_vacias
    ADD CONSTRAINT conteo_vacias_ubicacion_id_fkey FOREIGN KEY (ubicacion_id) REFERENCES inventario.ubicaciones(id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_cancelado_por_fkey FOREIGN KEY (cancelado_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_categoria_id_fkey FOREIGN KEY (categoria_id) REFERENCES inventario.categorias(id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_compara_con_fkey FOREIGN KEY (compara_con) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_complementa_a_fkey FOREIGN KEY (complementa_a) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_corrige_a_fkey FOREIGN KEY (corrige_a) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_creado_por_fkey FOREIGN KEY (creado_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.conteos
    ADD CONSTRAINT conteos_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id);
ALTER TABLE ONLY inventario.contra_ajustes
    ADD CONSTRAINT contra_ajustes_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.contra_ajustes
    ADD CONSTRAINT contra_ajustes_movimiento_id_fkey FOREIGN KEY (movimiento_id) REFERENCES inventario.transacciones(id);
ALTER TABLE ONLY inventario.contra_ajustes
    ADD CONSTRAINT contra_ajustes_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.contra_ajustes
    ADD CONSTRAINT contra_ajustes_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.contra_ajustes
    ADD CONSTRAINT contra_ajustes_transaccion_id_fkey FOREIGN KEY (transaccion_id) REFERENCES inventario.transacciones(id);
ALTER TABLE ONLY inventario.erp_clientes
    ADD CONSTRAINT erp_clientes_conexion_id_fkey FOREIGN KEY (conexion_id) REFERENCES inventario.conexiones(id);
ALTER TABLE ONLY inventario.erp_inventario
    ADD CONSTRAINT erp_inventario_conexion_id_fkey FOREIGN KEY (conexion_id) REFERENCES inventario.conexiones(id);
ALTER TABLE ONLY inventario.erp_inventario
    ADD CONSTRAINT erp_inventario_erp_producto_id_fkey FOREIGN KEY (erp_producto_id) REFERENCES inventario.erp_productos(id);
ALTER TABLE ONLY inventario.erp_inventario
    ADD CONSTRAINT erp_inventario_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id);
ALTER TABLE ONLY inventario.erp_productos
    ADD CONSTRAINT erp_productos_conexion_id_fkey FOREIGN KEY (conexion_id) REFERENCES inventario.conexiones(id);
ALTER TABLE ONLY inventario.erp_productos
    ADD CONSTRAINT erp_productos_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE SET NULL;
ALTER TABLE ONLY inventario.erp_ventas
    ADD CONSTRAINT erp_ventas_conexion_id_fkey FOREIGN KEY (conexion_id) REFERENCES inventario.conexiones(id);
ALTER TABLE ONLY inventario.erp_ventas
    ADD CONSTRAINT erp_ventas_erp_producto_id_fkey FOREIGN KEY (erp_producto_id) REFERENCES inventario.erp_productos(id);
ALTER TABLE ONLY inventario.erp_ventas
    ADD CONSTRAINT erp_ventas_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id);
ALTER TABLE ONLY inventario.eventos
    ADD CONSTRAINT eventos_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.eventos
    ADD CONSTRAINT eventos_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id);
ALTER TABLE ONLY inventario.existencias
    ADD CONSTRAINT existencias_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.existencias
    ADD CONSTRAINT existencias_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.folios
    ADD CONSTRAINT folios_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id);
ALTER TABLE ONLY inventario.importacion_lotes
    ADD CONSTRAINT importacion_lotes_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES inventario.uploads(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.importacion_mapas
    ADD CONSTRAINT importacion_mapas_por_fkey FOREIGN KEY (por) REFERENCES auth.users(id);
ALTER TABLE ONLY inventario.importacion_problemas
    ADD CONSTRAINT importacion_problemas_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES inventario.uploads(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.importacion_reparaciones
    ADD CONSTRAINT importacion_reparaciones_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES inventario.uploads(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.invitaciones
    ADD CONSTRAINT invitaciones_creada_por_fkey FOREIGN KEY (creada_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.invitaciones
    ADD CONSTRAINT invitaciones_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.movimientos_mes
    ADD CONSTRAINT movimientos_mes_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.movimientos_mes
    ADD CONSTRAINT movimientos_mes_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.planeacion_almacenes
    ADD CONSTRAINT planeacion_almacenes_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.planeacion_almacenes
    ADD CONSTRAINT planeacion_almacenes_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.producto_almacenes
    ADD CONSTRAINT producto_almacenes_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.producto_almacenes
    ADD CONSTRAINT producto_almacenes_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.producto_conflictos
    ADD CONSTRAINT producto_conflictos_decidido_por_fkey FOREIGN KEY (decidido_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.producto_conflictos
    ADD CONSTRAINT producto_conflictos_encontrado_por_fkey FOREIGN KEY (encontrado_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.producto_conflictos
    ADD CONSTRAINT producto_conflictos_parche_id_fkey FOREIGN KEY (parche_id) REFERENCES inventario.producto_parches(id);
ALTER TABLE ONLY inventario.producto_conflictos
    ADD CONSTRAINT producto_conflictos_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.producto_fusiones
    ADD CONSTRAINT producto_fusiones_deshecha_por_fkey FOREIGN KEY (deshecha_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.producto_fusiones
    ADD CONSTRAINT producto_fusiones_destino_id_fkey FOREIGN KEY (destino_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.producto_fusiones
    ADD CONSTRAINT producto_fusiones_origen_id_fkey FOREIGN KEY (origen_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.producto_fusiones
    ADD CONSTRAINT producto_fusiones_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.producto_medidas
    ADD CONSTRAINT producto_medidas_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.producto_medidas
    ADD CONSTRAINT producto_medidas_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.producto_parches
    ADD CONSTRAINT producto_parches_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.producto_parches
    ADD CONSTRAINT producto_parches_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.producto_proveedores
    ADD CONSTRAINT producto_proveedores_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.producto_proveedores
    ADD CONSTRAINT producto_proveedores_proveedor_id_fkey FOREIGN KEY (proveedor_id) REFERENCES inventario.proveedores(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.producto_ubicaciones
    ADD CONSTRAINT producto_ubicaciones_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.producto_ubicaciones
    ADD CONSTRAINT producto_ubicaciones_ubicacion_id_fkey FOREIGN KEY (ubicacion_id) REFERENCES inventario.ubicaciones(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.productos
    ADD CONSTRAINT productos_categoria_id_fkey FOREIGN KEY (categoria_id) REFERENCES inventario.categorias(id) ON DELETE SET NULL;
ALTER TABLE ONLY inventario.productos_distintos
    ADD CONSTRAINT productos_distintos_a_fkey FOREIGN KEY (a) REFERENCES inventario.productos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.productos_distintos
    ADD CONSTRAINT productos_distintos_b_fkey FOREIGN KEY (b) REFERENCES inventario.productos(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.productos_distintos
    ADD CONSTRAINT productos_distintos_por_fkey FOREIGN KEY (por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.productos
    ADD CONSTRAINT productos_fusionado_en_fkey FOREIGN KEY (fusionado_en) REFERENCES inventario.productos(id);
ALTER TABLE ONLY inventario.sync_jobs
    ADD CONSTRAINT sync_jobs_conexion_id_fkey FOREIGN KEY (conexion_id) REFERENCES inventario.conexiones(id);
ALTER TABLE ONLY inventario.tokens_personales
    ADD CONSTRAINT tokens_personales_revocado_por_fkey FOREIGN KEY (revocado_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.tokens_personales
    ADD CONSTRAINT tokens_personales_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_conexion_id_fkey FOREIGN KEY (conexion_id) REFERENCES inventario.conexiones(id);
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_conteo_id_fkey FOREIGN KEY (conteo_id) REFERENCES inventario.conteos(id);
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_producto_id_fkey FOREIGN KEY (producto_id) REFERENCES inventario.productos(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_reversa_de_fkey FOREIGN KEY (reversa_de) REFERENCES inventario.transacciones(id);
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES inventario.uploads(id);
ALTER TABLE ONLY inventario.transacciones
    ADD CONSTRAINT transacciones_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE SET NULL;
ALTER TABLE ONLY inventario.ubicaciones
    ADD CONSTRAINT ubicaciones_almacen_id_fkey FOREIGN KEY (almacen_id) REFERENCES inventario.almacenes(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.uploads
    ADD CONSTRAINT uploads_aplicado_por_fkey FOREIGN KEY (aplicado_por) REFERENCES auth.users(id);
ALTER TABLE ONLY inventario.uploads
    ADD CONSTRAINT uploads_revertido_por_fkey FOREIGN KEY (revertido_por) REFERENCES auth.users(id);
ALTER TABLE ONLY inventario.uploads
    ADD CONSTRAINT uploads_sha256_fkey FOREIGN KEY (sha256) REFERENCES inventario.archivos(sha256);
ALTER TABLE ONLY inventario.uploads
    ADD CONSTRAINT uploads_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id);
ALTER TABLE ONLY inventario.uploads
    ADD CONSTRAINT uploads_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id);
ALTER TABLE ONLY inventario.usuario_tiendas
    ADD CONSTRAINT usuario_tiendas_tienda_id_fkey FOREIGN KEY (tienda_id) REFERENCES inventario.tiendas(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.usuario_tiendas
    ADD CONSTRAINT usuario_tiendas_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.usuarios
    ADD CONSTRAINT usuarios_id_fkey FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE RESTRICT;
ALTER TABLE ONLY inventario.webhook_entregas
    ADD CONSTRAINT webhook_entregas_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES inventario.webhooks(id) ON DELETE CASCADE;
ALTER TABLE ONLY inventario.webhooks
    ADD CONSTRAINT webhooks_creado_por_fkey FOREIGN KEY (creado_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY sync.device
    ADD CONSTRAINT device_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY sync.laguna
    ADD CONSTRAINT laguna_device_id_fkey FOREIGN KEY (device_id) REFERENCES sync.device(id);
ALTER TABLE ONLY sync.mutation
    ADD CONSTRAINT mutation_device_id_fkey FOREIGN KEY (device_id) REFERENCES sync.device(id);
ALTER TABLE ONLY sync.rejection
    ADD CONSTRAINT rejection_device_id_fkey FOREIGN KEY (device_id) REFERENCES sync.device(id);
ALTER TABLE ONLY sync.rejection
    ADD CONSTRAINT rejection_resuelta_por_fkey FOREIGN KEY (resuelta_por) REFERENCES inventario.usuarios(id);
ALTER TABLE ONLY sync.turno
    ADD CONSTRAINT turno_device_id_fkey FOREIGN KEY (device_id) REFERENCES sync.device(id);
ALTER TABLE ONLY sync.turno
    ADD CONSTRAINT turno_usuario_id_fkey FOREIGN KEY (usuario_id) REFERENCES inventario.usuarios(id);
ALTER TABLE auth.refresh_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY alta ON genai.chat_messages FOR INSERT TO authenticated WITH CHECK (((role = 'user'::text) AND (session_id IN ( SELECT s.id
   FROM genai.chat_sessions s))));
ALTER TABLE genai.audio_transcriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE genai.chat_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE genai.chat_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE genai.chunks ENABLE ROW LEVEL SECURITY;
ALTER TABLE genai.documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY lee ON genai.chat_messages FOR SELECT TO authenticated USING ((session_id IN ( SELECT s.id
   FROM genai.chat_sessions s)));
CREATE POLICY propios ON genai.audio_transcriptions TO authenticated USING (((user_id = ( SELECT inventario.yo() AS yo)) AND (( SELECT inventario.mi_rol() AS mi_rol) IS NOT NULL)));
CREATE POLICY propios ON genai.chat_sessions TO authenticated USING (((user_id = ( SELECT inventario.yo() AS yo)) AND (( SELECT inventario.mi_rol() AS mi_rol) IS NOT NULL)));
CREATE POLICY propios ON genai.chunks TO authenticated USING ((document_id IN ( SELECT d.id
   FROM genai.documents d)));
CREATE POLICY propios ON genai.documents TO authenticated USING (((user_id = ( SELECT inventario.yo() AS yo)) AND (( SELECT inventario.mi_rol() AS mi_rol) IS NOT NULL)));
ALTER TABLE inventario.ajustes_propuestos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.almacenes ENABLE ROW LEVEL SECURITY;
CREATE POLICY alta ON inventario.ajustes_propuestos FOR INSERT TO authenticated WITH CHECK (((propuesto_por = ( SELECT inventario.yo() AS yo)) AND (estado = 'propuesto'::text) AND ( SELECT inventario.dirijo() AS dirijo) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY alta ON inventario.almacenes FOR INSERT TO authenticated WITH CHECK (( SELECT inventario.administro() AS administro));
CREATE POLICY alta ON inventario.archivos FOR INSERT TO authenticated WITH CHECK (((subido_por = ( SELECT inventario.yo() AS yo)) AND (( SELECT inventario.mi_rol() AS mi_rol) IS NOT NULL)));
CREATE POLICY alta ON inventario.categorias FOR INSERT TO authenticated WITH CHECK ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY alta ON inventario.codigos_barras FOR INSERT TO authenticated WITH CHECK ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY alta ON inventario.conexiones FOR INSERT TO authenticated WITH CHECK (( SELECT inventario.administro() AS administro));
CREATE POLICY alta ON inventario.conteo_contadores FOR INSERT TO authenticated WITH CHECK (((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)) OR ((usuario_id = ( SELECT inventario.yo() AS yo)) AND (conteo_id IN ( SELECT inventario.mis_conteos_libres() AS mis_conteos_libres)))));
CREATE POLICY alta ON inventario.conteo_intento_contadores FOR INSERT TO authenticated WITH CHECK ((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)));
CREATE POLICY alta ON inventario.conteo_intento_productos FOR INSERT TO authenticated WITH CHECK ((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)));
CREATE POLICY alta ON inventario.conteo_intentos FOR INSERT TO authenticated WITH CHECK ((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)));
CREATE POLICY alta ON inventario.conteo_linea_fotos FOR INSERT TO authenticated WITH CHECK (((por = ( SELECT inventario.yo() AS yo)) AND ((conteo_id IN ( SELECT inventario.conteos_que_cuento() AS conteos_que_cuento)) OR (conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)))));
CREATE POLICY alta ON inventario.conteo_linea_ligas FOR INSERT TO authenticated WITH CHECK (((por = ( SELECT inventario.yo() AS yo)) AND ((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)) OR ((estado = 'propuesta'::text) AND (conteo_id IN ( SELECT inventario.conteos_que_cuento() AS conteos_que_cuento))))));
CREATE POLICY alta ON inventario.conteo_linea_notas FOR INSERT TO authenticated WITH CHECK (((por = ( SELECT inventario.yo() AS yo)) AND ((conteo_id IN ( SELECT inventario.conteos_que_cuento() AS conteos_que_cuento)) OR (conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)))));
CREATE POLICY alta ON inventario.conteo_lineas FOR INSERT TO authenticated WITH CHECK (((usuario_id = ( SELECT inventario.yo() AS yo)) AND (conteo_id IN ( SELECT inventario.conteos_que_cuento() AS conteos_que_cuento))));
CREATE POLICY alta ON inventario.conteo_partes FOR INSERT TO authenticated WITH CHECK ((((usuario_id = ( SELECT inventario.yo() AS yo)) AND (cerrada_por IS NULL) AND (conteo_id IN ( SELECT inventario.conteos_que_cuento() AS conteos_que_cuento))) OR ((cerrada_por = ( SELECT inventario.yo() AS yo)) AND (conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)))));
CREATE POLICY alta ON inventario.conteo_productos FOR INSERT TO authenticated WITH CHECK (((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)) OR (conteo_id IN ( SELECT inventario.mis_conteos_libres() AS mis_conteos_libres))));
CREATE POLICY alta ON inventario.conteo_traslapes FOR INSERT TO authenticated WITH CHECK (((por = ( SELECT inventario.yo() AS yo)) AND ( SELECT inventario.dirijo() AS dirijo) AND (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))));
CREATE POLICY alta ON inventario.conteo_ubicaciones FOR INSERT TO authenticated WITH CHECK (((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)) OR (conteo_id IN ( SELECT inventario.mis_conteos_libres() AS mis_conteos_libres))));
CREATE POLICY alta ON inventario.conteo_vacias FOR INSERT TO authenticated WITH CHECK (((por = ( SELECT inventario.yo() AS yo)) AND ( SELECT inventario.dirijo() AS dirijo) AND (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))));
CREATE POLICY alta ON inventario.conteos FOR INSERT TO authenticated WITH CHECK (((creado_por = ( SELECT inventario.yo() AS yo)) AND (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])) AND (( SELECT inventario.dirijo() AS dirijo) OR ((( SELECT inventario.mi_rol() AS mi_rol) = 'almacenista'::text) AND (alcance = 'libre'::text) AND ciego AND (estado = 'abierto'::text) AND (corrige_a IS NULL)))));
CREATE POLICY alta ON inventario.producto_proveedores FOR INSERT TO authenticated WITH CHECK ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY alta ON inventario.producto_ubicaciones FOR INSERT TO authenticated WITH CHECK ((( SELECT inventario.dirijo() AS dirijo) AND (ubicacion_id IN ( SELECT u.id
   FROM inventario.ubicaciones u))));
CREATE POLICY alta ON inventario.productos FOR INSERT TO authenticated WITH CHECK ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY alta ON inventario.proveedores FOR INSERT TO authenticated WITH CHECK ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY alta ON inventario.tiendas FOR INSERT TO authenticated WITH CHECK (( SELECT inventario.administro() AS administro));
CREATE POLICY alta ON inventario.transacciones FOR INSERT TO authenticated WITH CHECK ((( SELECT inventario.dirijo() AS dirijo) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[])) AND ((tipo)::text = ANY ((ARRAY['venta'::character varying, 'compra'::character varying, 'devolucion'::character varying, 'inventario'::character varying])::text[])) AND (COALESCE(subtipo, 'de_cliente'::text) = ANY (ARRAY['de_cliente'::text, 'a_proveedor'::text])) AND (conteo_id IS NULL) AND (traspaso_id IS NULL) AND (conexion_id IS NULL) AND (upload_id IS NULL) AND (user_id = ( SELECT inventario.yo() AS yo))));
CREATE POLICY alta ON inventario.ubicaciones FOR INSERT TO authenticated WITH CHECK ((( SELECT inventario.dirijo() AS dirijo) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY alta ON inventario.uploads FOR INSERT TO authenticated WITH CHECK (((user_id = ( SELECT inventario.yo() AS yo)) AND (( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])) AND ((tienda_id IS NULL) OR (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])))));
CREATE POLICY alta ON inventario.usuario_tiendas FOR INSERT TO authenticated WITH CHECK (( SELECT inventario.administro() AS administro));
CREATE POLICY alta ON inventario.usuarios FOR INSERT TO authenticated WITH CHECK (( SELECT inventario.administro() AS administro));
ALTER TABLE inventario.archivos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.auditoria ENABLE ROW LEVEL SECURITY;
CREATE POLICY baja ON inventario.conteo_contadores FOR DELETE TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)));
CREATE POLICY baja ON inventario.conteo_productos FOR DELETE TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)));
CREATE POLICY baja ON inventario.conteo_ubicaciones FOR DELETE TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)));
CREATE POLICY baja ON inventario.producto_proveedores FOR DELETE TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY baja ON inventario.producto_ubicaciones FOR DELETE TO authenticated USING ((( SELECT inventario.dirijo() AS dirijo) AND (ubicacion_id IN ( SELECT u.id
   FROM inventario.ubicaciones u))));
CREATE POLICY baja ON inventario.usuario_tiendas FOR DELETE TO authenticated USING (( SELECT inventario.administro() AS administro));
CREATE POLICY cambia ON inventario.almacenes FOR UPDATE TO authenticated USING (( SELECT inventario.administro() AS administro));
CREATE POLICY cambia ON inventario.categorias FOR UPDATE TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY cambia ON inventario.codigos_barras FOR UPDATE TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY cambia ON inventario.conexiones FOR UPDATE TO authenticated USING (( SELECT inventario.administro() AS administro));
CREATE POLICY cambia ON inventario.conteo_partes FOR UPDATE TO authenticated USING ((((usuario_id = ( SELECT inventario.yo() AS yo)) AND (conteo_id IN ( SELECT inventario.conteos_que_cuento() AS conteos_que_cuento))) OR (conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)))) WITH CHECK ((((usuario_id = ( SELECT inventario.yo() AS yo)) AND (cerrada_por IS NULL) AND (conteo_id IN ( SELECT inventario.conteos_que_cuento() AS conteos_que_cuento))) OR ((cerrada_por = ( SELECT inventario.yo() AS yo)) AND (conteo_id IN ( SELECT inventario.conteos_que_dirijo() AS conteos_que_dirijo)))));
CREATE POLICY cambia ON inventario.conteo_traslapes FOR UPDATE TO authenticated USING ((( SELECT inventario.dirijo() AS dirijo) AND (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)))) WITH CHECK (((por = ( SELECT inventario.yo() AS yo)) AND ( SELECT inventario.dirijo() AS dirijo) AND (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))));
CREATE POLICY cambia ON inventario.conteos FOR UPDATE TO authenticated USING ((( SELECT inventario.dirijo() AS dirijo) AND (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[]))));
CREATE POLICY cambia ON inventario.producto_proveedores FOR UPDATE TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY cambia ON inventario.productos FOR UPDATE TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY cambia ON inventario.proveedores FOR UPDATE TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])));
CREATE POLICY cambia ON inventario.tiendas FOR UPDATE TO authenticated USING (( SELECT inventario.administro() AS administro));
CREATE POLICY cambia ON inventario.ubicaciones FOR UPDATE TO authenticated USING ((( SELECT inventario.dirijo() AS dirijo) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY cambia ON inventario.usuarios FOR UPDATE TO authenticated USING (( SELECT inventario.administro() AS administro));
ALTER TABLE inventario.categorias ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.cierres ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.codigos_barras ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conexiones ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.configuracion ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_ceros ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_contadores ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_firmantes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_intento_contadores ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_intento_productos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_intentos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_linea_fotos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_linea_ligas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_linea_notas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_lineas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_mermas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_partes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_productos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_resultados ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_tolerancias ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_traslapes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_ubicaciones ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteo_vacias ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.conteos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.contra_ajustes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.erp_clientes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.erp_inventario ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.erp_productos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.erp_ventas ENABLE ROW LEVEL SECURITY;
CREATE POLICY escribe ON inventario.producto_almacenes TO authenticated USING (((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'gerente'::text, 'comprador'::text])) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
ALTER TABLE inventario.eventos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.existencias ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.folios ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.importacion_lotes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.importacion_mapas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.importacion_problemas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.importacion_reparaciones ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.invitaciones ENABLE ROW LEVEL SECURITY;
CREATE POLICY lee ON inventario.ajustes_propuestos FOR SELECT TO authenticated USING ((( SELECT inventario.veo_existencias() AS veo_existencias) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY lee ON inventario.almacenes FOR SELECT TO authenticated USING ((tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])));
CREATE POLICY lee ON inventario.archivos FOR SELECT TO authenticated USING (((subido_por = ( SELECT inventario.yo() AS yo)) OR (sha256 IN ( SELECT f.sha256
   FROM inventario.conteo_linea_fotos f
  WHERE (f.conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))))));
CREATE POLICY lee ON inventario.auditoria FOR SELECT TO authenticated USING ((( SELECT inventario.administro() AS administro) OR ((( SELECT inventario.mi_rol() AS mi_rol) = 'auditor'::text) AND (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])))));
CREATE POLICY lee ON inventario.categorias FOR SELECT TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) IS NOT NULL));
CREATE POLICY lee ON inventario.cierres FOR SELECT TO authenticated USING ((( SELECT inventario.veo_existencias() AS veo_existencias) AND (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[]))));
CREATE POLICY lee ON inventario.codigos_barras FOR SELECT TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) IS NOT NULL));
CREATE POLICY lee ON inventario.conexiones FOR SELECT TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (ARRAY['admin'::text, 'auditor'::text])));
CREATE POLICY lee ON inventario.conteo_ceros FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)));
CREATE POLICY lee ON inventario.conteo_contadores FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_veo() AS conteos_que_veo)));
CREATE POLICY lee ON inventario.conteo_firmantes FOR SELECT TO authenticated USING (((usuario_id = ( SELECT inventario.yo() AS yo)) OR (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))));
CREATE POLICY lee ON inventario.conteo_intento_contadores FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_veo() AS conteos_que_veo)));
CREATE POLICY lee ON inventario.conteo_intento_productos FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_veo() AS conteos_que_veo)));
CREATE POLICY lee ON inventario.conteo_intentos FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)));
CREATE POLICY lee ON inventario.conteo_linea_fotos FOR SELECT TO authenticated USING (((por = ( SELECT inventario.yo() AS yo)) OR (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))));
CREATE POLICY lee ON inventario.conteo_linea_ligas FOR SELECT TO authenticated USING (((por = ( SELECT inventario.yo() AS yo)) OR (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)) OR (linea_id IN ( SELECT l.id
   FROM inventario.conteo_lineas l
  WHERE (l.usuario_id = ( SELECT inventario.yo() AS yo))))));
CREATE POLICY lee ON inventario.conteo_linea_notas FOR SELECT TO authenticated USING (((por = ( SELECT inventario.yo() AS yo)) OR (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))));
CREATE POLICY lee ON inventario.conteo_lineas FOR SELECT TO authenticated USING (((usuario_id = ( SELECT inventario.yo() AS yo)) OR (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))));
CREATE POLICY lee ON inventario.conteo_mermas FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)));
CREATE POLICY lee ON inventario.conteo_partes FOR SELECT TO authenticated USING (((usuario_id = ( SELECT inventario.yo() AS yo)) OR (conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso))));
CREATE POLICY lee ON inventario.conteo_productos FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_veo() AS conteos_que_veo)));
CREATE POLICY lee ON inventario.conteo_resultados FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)));
CREATE POLICY lee ON inventario.conteo_tolerancias FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)));
CREATE POLICY lee ON inventario.conteo_traslapes FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)));
CREATE POLICY lee ON inventario.conteo_ubicaciones FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_veo() AS conteos_que_veo)));
CREATE POLICY lee ON inventario.conteo_vacias FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)));
CREATE POLICY lee ON inventario.conteos FOR SELECT TO authenticated USING (((id IN ( SELECT inventario.conteos_que_veo() AS conteos_que_veo)) OR ((creado_por = ( SELECT inventario.yo() AS yo)) AND (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])))));
CREATE POLICY lee ON inventario.contra_ajustes FOR SELECT TO authenticated USING ((conteo_id IN ( SELECT inventario.conteos_que_reviso() AS conteos_que_reviso)));
CREATE POLICY lee ON inventario.erp_clientes FOR SELECT TO authenticated USING (( SELECT inventario.veo_existencias() AS veo_existencias));
CREATE POLICY lee ON inventario.erp_inventario FOR SELECT TO authenticated USING ((( SELECT inventario.administro() AS administro) OR (( SELECT inventario.veo_existencias() AS veo_existencias) AND (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])))));
CREATE POLICY lee ON inventario.erp_productos FOR SELECT TO authenticated USING (( SELECT inventario.veo_existencias() AS veo_existencias));
CREATE POLICY lee ON inventario.erp_ventas FOR SELECT TO authenticated USING ((( SELECT inventario.administro() AS administro) OR (( SELECT inventario.veo_existencias() AS veo_existencias) AND (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])))));
CREATE POLICY lee ON inventario.eventos FOR SELECT TO authenticated USING (((pos IS NOT NULL) AND ((usuario_id = ( SELECT inventario.yo() AS yo)) OR ((( SELECT inventario.mi_rol() AS mi_rol) = ANY (roles)) AND ((tienda_id IS NULL) OR (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[]))) AND ((conteo_id IS NULL) OR (conteo_id IN ( SELECT inventario.conteos_que_veo() AS conteos_que_veo)))))));
CREATE POLICY lee ON inventario.existencias FOR SELECT TO authenticated USING ((( SELECT inventario.veo_existencias() AS veo_existencias) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY lee ON inventario.importacion_lotes FOR SELECT TO authenticated USING ((upload_id IN ( SELECT u.id
   FROM inventario.uploads u)));
CREATE POLICY lee ON inventario.importacion_mapas FOR SELECT TO authenticated USING (( SELECT inventario.veo_existencias() AS veo_existencias));
CREATE POLICY lee ON inventario.importacion_problemas FOR SELECT TO authenticated USING ((upload_id IN ( SELECT u.id
   FROM inventario.uploads u)));
CREATE POLICY lee ON inventario.importacion_reparaciones FOR SELECT TO authenticated USING ((upload_id IN ( SELECT u.id
   FROM inventario.uploads u)));
CREATE POLICY lee ON inventario.movimientos_mes FOR SELECT TO authenticated USING ((( SELECT inventario.veo_existencias() AS veo_existencias) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY lee ON inventario.planeacion_almacenes FOR SELECT TO authenticated USING ((( SELECT inventario.veo_existencias() AS veo_existencias) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY lee ON inventario.producto_almacenes FOR SELECT TO authenticated USING ((( SELECT inventario.veo_existencias() AS veo_existencias) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY lee ON inventario.producto_conflictos FOR SELECT TO authenticated USING (( SELECT inventario.veo_costos() AS veo_costos));
CREATE POLICY lee ON inventario.producto_fusiones FOR SELECT TO authenticated USING (( SELECT inventario.veo_costos() AS veo_costos));
CREATE POLICY lee ON inventario.producto_medidas FOR SELECT TO authenticated USING ((( SELECT inventario.veo_existencias() AS veo_existencias) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY lee ON inventario.producto_parches FOR SELECT TO authenticated USING (( SELECT inventario.veo_costos() AS veo_costos));
CREATE POLICY lee ON inventario.producto_proveedores FOR SELECT TO authenticated USING (( SELECT inventario.veo_costos() AS veo_costos));
CREATE POLICY lee ON inventario.producto_ubicaciones FOR SELECT TO authenticated USING ((ubicacion_id IN ( SELECT u.id
   FROM inventario.ubicaciones u)));
CREATE POLICY lee ON inventario.productos FOR SELECT TO authenticated USING ((( SELECT inventario.mi_rol() AS mi_rol) IS NOT NULL));
CREATE POLICY lee ON inventario.productos_distintos FOR SELECT TO authenticated USING (( SELECT inventario.veo_costos() AS veo_costos));
CREATE POLICY lee ON inventario.proveedores FOR SELECT TO authenticated USING (( SELECT inventario.veo_costos() AS veo_costos));
CREATE POLICY lee ON inventario.sync_jobs FOR SELECT TO authenticated USING (( SELECT inventario.veo_existencias() AS veo_existencias));
CREATE POLICY lee ON inventario.tiendas FOR SELECT TO authenticated USING ((id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])));
CREATE POLICY lee ON inventario.tokens_personales FOR SELECT TO authenticated USING (((usuario_id = ( SELECT inventario.yo() AS yo)) OR ( SELECT inventario.administro() AS administro)));
CREATE POLICY lee ON inventario.transacciones FOR SELECT TO authenticated USING ((( SELECT inventario.veo_existencias() AS veo_existencias) AND (almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[]))));
CREATE POLICY lee ON inventario.ubicaciones FOR SELECT TO authenticated USING ((almacen_id = ANY (( SELECT inventario.mis_almacenes() AS mis_almacenes)::uuid[])));
CREATE POLICY lee ON inventario.uploads FOR SELECT TO authenticated USING ((( SELECT inventario.administro() AS administro) OR (( SELECT inventario.veo_existencias() AS veo_existencias) AND ((user_id = ( SELECT inventario.yo() AS yo)) OR (tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[]))))));
CREATE POLICY lee ON inventario.usuario_tiendas FOR SELECT TO authenticated USING ((tienda_id = ANY (( SELECT inventario.mis_tiendas() AS mis_tiendas)::uuid[])));
CREATE POLICY lee ON inventario.usuarios FOR SELECT TO authenticated USING (((id = ( SELECT inventario.yo() AS yo)) OR ( SELECT inventario.administro() AS administro) OR (id IN ( SELECT ut.usuario_id
   FROM inventario.usuario_tiendas ut))));
CREATE POLICY lee ON inventario.webhook_entregas FOR SELECT TO authenticated USING (( SELECT inventario.administro() AS administro));
CREATE POLICY lee ON inventario.webhooks FOR SELECT TO authenticated USING (( SELECT inventario.administro() AS administro));
ALTER TABLE inventario.movimientos_mes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.planeacion_almacenes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.producto_almacenes ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.producto_conflictos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.producto_fusiones ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.producto_medidas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.producto_parches ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.producto_proveedores ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.producto_ubicaciones ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.productos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.productos_distintos ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.proveedores ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.sync_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.tiendas ENABLE ROW LEVEL SECURITY;
CREATE POLICY todo ON inventario.configuracion TO authenticated USING (( SELECT inventario.administro() AS administro));
CREATE POLICY todo ON inventario.invitaciones TO authenticated USING (( SELECT inventario.administro() AS administro));
ALTER TABLE inventario.tokens_personales ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.transacciones ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.ubicaciones ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.usuario_tiendas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.usuarios ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.webhook_entregas ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventario.webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.armado ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.change ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.device ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.eventos_cabeza ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.laguna ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.llaves ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.llaves_datos ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.meta ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.migracion ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.mutation ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.pendiente ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.rejection ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.scope ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.snapshot ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.snapshot_trozo ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.turno ENABLE ROW LEVEL SECURITY;
ALTER TABLE sync.version ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA auth TO authenticated;
GRANT USAGE ON SCHEMA auth TO service_role;
GRANT USAGE ON SCHEMA auth TO anon;
GRANT USAGE ON SCHEMA extensions TO authenticated;
GRANT USAGE ON SCHEMA genai TO authenticated;
GRANT USAGE ON SCHEMA inventario TO authenticated;
GRANT ALL ON FUNCTION auth.jwt() TO authenticated;
GRANT ALL ON FUNCTION auth.jwt() TO service_role;
GRANT ALL ON FUNCTION auth.jwt() TO anon;
GRANT ALL ON FUNCTION auth.uid() TO authenticated;
GRANT ALL ON FUNCTION auth.uid() TO service_role;
GRANT ALL ON FUNCTION auth.uid() TO anon;
REVOKE ALL ON FUNCTION inventario.acomoda_categoria() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.administro() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.administro() TO authenticated;
REVOKE ALL ON FUNCTION inventario.anota_conteo() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.anota_evento(tipo text, tienda uuid, conteo uuid, usuario uuid, roles text[], datos jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.anota_transaccion() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.arrastra_categorias() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.clave_parecido(nombre text, unidad text) FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.clave_parecido(nombre text, unidad text) TO authenticated;
REVOKE ALL ON FUNCTION inventario.conteos_de_contador(usuario uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.conteos_que_cuento() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.conteos_que_cuento() TO authenticated;
REVOKE ALL ON FUNCTION inventario.conteos_que_dirijo() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.conteos_que_dirijo() TO authenticated;
REVOKE ALL ON FUNCTION inventario.conteos_que_firmo() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.conteos_que_firmo() TO authenticated;
REVOKE ALL ON FUNCTION inventario.conteos_que_reviso() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.conteos_que_reviso() TO authenticated;
REVOKE ALL ON FUNCTION inventario.conteos_que_veo() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.conteos_que_veo() TO authenticated;
REVOKE ALL ON FUNCTION inventario.costo_vigente(producto uuid, almacen uuid, t timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.costo_vigente(producto uuid, almacen uuid, t timestamp with time zone) TO authenticated;
REVOKE ALL ON FUNCTION inventario.costos_vigentes(productos uuid[], almacenes uuid[], instantes timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.costos_vigentes(productos uuid[], almacenes uuid[], instantes timestamp with time zone[]) TO authenticated;
REVOKE ALL ON FUNCTION inventario.decide_segun_proposito() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.dirijo() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.dirijo() TO authenticated;
REVOKE ALL ON FUNCTION inventario.evento_de_ajuste() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_cierre() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_conteo() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_dispositivo() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_firmante() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_importacion() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_negativa() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_producto() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_propuesta() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_usuario() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.evento_de_webhook() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.fija_clase() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.liga_fusionados() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.mantiene_existencias() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.mi_rol() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.mi_rol() TO authenticated;
REVOKE ALL ON FUNCTION inventario.mis_almacenes() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.mis_almacenes() TO authenticated;
REVOKE ALL ON FUNCTION inventario.mis_conteos_libres() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.mis_conteos_libres() TO authenticated;
REVOKE ALL ON FUNCTION inventario.mis_tiendas() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.mis_tiendas() TO authenticated;
REVOKE ALL ON FUNCTION inventario.numera_eventos() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.pliega(t text) FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.pliega(t text) TO authenticated;
REVOKE ALL ON FUNCTION inventario.pliega_codigo(t text) FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.pliega_codigo(t text) TO authenticated;
REVOKE ALL ON FUNCTION inventario.protege_transaccion() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.rama(raiz uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.rehace_existencias() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.rehace_movimientos_mes() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.rehusa() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.rehusa_base_de_fusionado() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.rehusa_prueba() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.respeta_cierre() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.sigue_fusion() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.siguiente_folio(tienda uuid, anio integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.suma_movimientos_mes() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.teorico(producto uuid, almacen uuid, t timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.teorico(producto uuid, almacen uuid, t timestamp with time zone) TO authenticated;
REVOKE ALL ON FUNCTION inventario.teoricos(productos uuid[], almacenes uuid[], instantes timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.teoricos(productos uuid[], almacenes uuid[], instantes timestamp with time zone[]) TO authenticated;
REVOKE ALL ON FUNCTION inventario.tiendas_de(usuario uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.toca_updated_at() FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.tramo_ruta(t text) FROM PUBLIC;
REVOKE ALL ON FUNCTION inventario.veo_costos() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.veo_costos() TO authenticated;
REVOKE ALL ON FUNCTION inventario.veo_existencias() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.veo_existencias() TO authenticated;
REVOKE ALL ON FUNCTION inventario.yo() FROM PUBLIC;
GRANT ALL ON FUNCTION inventario.yo() TO authenticated;
REVOKE ALL ON FUNCTION sync.arma() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_almacenes() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_categorias() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_codigos_barras() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_contadores() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_intento_contadores() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_intento_productos() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_linea_fotos() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_linea_ligas() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_lineas() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_partes() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_productos() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_resultados() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_traslapes() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_ubicaciones() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteo_vacias() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_conteos() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_existencias() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_ligas_de_lineas() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_lineas_nuevas() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_mudanza_de_ubicaciones() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_producto_costos() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_producto_ubicaciones() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_productos() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_rechazos() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_tiendas() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_ubicaciones() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_usuario_tiendas() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_usuarios() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.captura_vaciado() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.mis_scopes() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.rebuild() FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.scopes_de(usuario uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION sync.sella() FROM PUBLIC;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE genai.audio_transcriptions TO authenticated;
GRANT SELECT,INSERT ON TABLE genai.chat_messages TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE genai.chat_sessions TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE genai.chunks TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE genai.documents TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.ajustes_propuestos TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.almacenes TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.archivos TO authenticated;
GRANT SELECT ON TABLE inventario.auditoria TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.categorias TO authenticated;
GRANT SELECT ON TABLE inventario.cierres TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.codigos_barras TO authenticated;
GRANT SELECT(id),INSERT(id) ON TABLE inventario.conexiones TO authenticated;
GRANT SELECT(tipo),INSERT(tipo) ON TABLE inventario.conexiones TO authenticated;
GRANT SELECT(nombre),INSERT(nombre),UPDATE(nombre) ON TABLE inventario.conexiones TO authenticated;
GRANT SELECT(parametros),INSERT(parametros),UPDATE(parametros) ON TABLE inventario.conexiones TO authenticated;
GRANT SELECT(is_active),INSERT(is_active),UPDATE(is_active) ON TABLE inventario.conexiones TO authenticated;
GRANT SELECT(created_at) ON TABLE inventario.conexiones TO authenticated;
GRANT SELECT(updated_at) ON TABLE inventario.conexiones TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.configuracion TO authenticated;
GRANT SELECT ON TABLE inventario.conteo_ceros TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE inventario.conteo_contadores TO authenticated;
GRANT SELECT ON TABLE inventario.conteo_firmantes TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_intento_contadores TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_intento_productos TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_intentos TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_linea_fotos TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_linea_ligas TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_linea_notas TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_lineas TO authenticated;
GRANT SELECT ON TABLE inventario.conteo_mermas TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(device_id) ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(lineas) ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(terminada_en) ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(cerrada_por) ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(motivo) ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(recibido_en) ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(devuelta_en) ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(devuelta_por) ON TABLE inventario.conteo_partes TO authenticated;
GRANT UPDATE(nota_devolucion) ON TABLE inventario.conteo_partes TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE inventario.conteo_productos TO authenticated;
GRANT SELECT ON TABLE inventario.conteo_resultados TO authenticated;
GRANT SELECT ON TABLE inventario.conteo_tolerancias TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.conteo_traslapes TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE inventario.conteo_ubicaciones TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.conteo_vacias TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.conteos TO authenticated;
GRANT SELECT ON TABLE inventario.contra_ajustes TO authenticated;
GRANT SELECT ON TABLE inventario.erp_clientes TO authenticated;
GRANT SELECT ON TABLE inventario.erp_inventario TO authenticated;
GRANT SELECT ON TABLE inventario.erp_productos TO authenticated;
GRANT SELECT ON TABLE inventario.erp_ventas TO authenticated;
GRANT SELECT(id) ON TABLE inventario.eventos TO authenticated;
GRANT SELECT(pos) ON TABLE inventario.eventos TO authenticated;
GRANT SELECT(tipo) ON TABLE inventario.eventos TO authenticated;
GRANT SELECT(en) ON TABLE inventario.eventos TO authenticated;
GRANT SELECT(tienda_id) ON TABLE inventario.eventos TO authenticated;
GRANT SELECT(conteo_id) ON TABLE inventario.eventos TO authenticated;
GRANT SELECT(usuario_id) ON TABLE inventario.eventos TO authenticated;
GRANT SELECT(datos) ON TABLE inventario.eventos TO authenticated;
GRANT SELECT ON TABLE inventario.existencias TO authenticated;
GRANT SELECT ON TABLE inventario.importacion_lotes TO authenticated;
GRANT SELECT ON TABLE inventario.importacion_mapas TO authenticated;
GRANT SELECT ON TABLE inventario.importacion_problemas TO authenticated;
GRANT SELECT ON TABLE inventario.importacion_reparaciones TO authenticated;
GRANT INSERT ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(id) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(correo) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(nombre) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(rol) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(tienda_ids) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(limite_ajuste) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(creada_por) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(expira_en) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(usada_en) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(usuario_id) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(cancelada_en),UPDATE(cancelada_en) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT(created_at) ON TABLE inventario.invitaciones TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.transacciones TO authenticated;
GRANT SELECT ON TABLE inventario.movimientos_medidos TO authenticated;
GRANT SELECT ON TABLE inventario.movimientos_mes TO authenticated;
GRANT SELECT ON TABLE inventario.planeacion_almacenes TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE inventario.producto_almacenes TO authenticated;
GRANT SELECT ON TABLE inventario.producto_conflictos TO authenticated;
GRANT INSERT,UPDATE ON TABLE inventario.productos TO authenticated;
GRANT SELECT(id) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(codigo) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(nombre) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(descripcion) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(categoria_id) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(precio) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(precio_mayoreo) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(unidad) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(decimales) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(marca) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(modelo) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(sku) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(upc) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(peso) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(dimensiones) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(imagen_url) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(iva_tasa) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(precio_con_iva) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(clave_prod_serv) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(clave_unidad) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(pide_lote) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(pide_caducidad) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(es_servicio) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(es_juego) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(fusionado_en) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(metadata) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(is_active) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(created_at) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(updated_at) ON TABLE inventario.productos TO authenticated;
GRANT SELECT(partes) ON TABLE inventario.productos TO authenticated;
GRANT SELECT ON TABLE inventario.producto_costos TO authenticated;
GRANT SELECT ON TABLE inventario.producto_fusiones TO authenticated;
GRANT SELECT ON TABLE inventario.producto_medidas TO authenticated;
GRANT SELECT ON TABLE inventario.producto_parches TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE inventario.producto_proveedores TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE inventario.producto_ubicaciones TO authenticated;
GRANT SELECT ON TABLE inventario.productos_distintos TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.proveedores TO authenticated;
GRANT SELECT ON TABLE inventario.sync_jobs TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.tiendas TO authenticated;
GRANT SELECT(id) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(usuario_id) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(nombre) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(pista) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(alcances) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(expira_en) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(usado_en) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(revocado_en) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(revocado_por) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT(created_at) ON TABLE inventario.tokens_personales TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE inventario.ubicaciones TO authenticated;
GRANT SELECT,INSERT ON TABLE inventario.uploads TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE inventario.usuario_tiendas TO authenticated;
GRANT INSERT,UPDATE ON TABLE inventario.usuarios TO authenticated;
GRANT SELECT(id) ON TABLE inventario.usuarios TO authenticated;
GRANT SELECT(nombre) ON TABLE inventario.usuarios TO authenticated;
GRANT SELECT(rol) ON TABLE inventario.usuarios TO authenticated;
GRANT SELECT(is_active) ON TABLE inventario.usuarios TO authenticated;
GRANT SELECT ON TABLE inventario.usuarios_completos TO authenticated;
GRANT SELECT ON TABLE inventario.webhook_entregas TO authenticated;
GRANT SELECT(id) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(nombre) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(url) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(tipos) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(tienda_ids) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(activo) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(fallando_desde) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(desactivado_en) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(motivo) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(version) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(creado_por) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(created_at) ON TABLE inventario.webhooks TO authenticated;
GRANT SELECT(updated_at) ON TABLE inventario.webhooks TO authenticated;
