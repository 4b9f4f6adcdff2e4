-- Who wrote a line stays a member of the scope conteo:<id> after being taken off (sync.scopes_de), so the rows must be
-- visible too: a row that a member may not read would reach the phone as gone, and no later change would bring it back.
create or replace function inventario.conteos_que_veo() returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select c.id from inventario.conteos c
   where c.tienda_id = any (inventario.mis_tiendas())
     and (inventario.mi_rol() in ('admin', 'gerente', 'auditor') or c.creado_por = auth.uid()
       or c.id in (select inventario.conteos_de_contador(auth.uid()))
       or exists (select from inventario.conteo_lineas l where l.usuario_id = auth.uid() and l.conteo_id = c.id))
$$;
