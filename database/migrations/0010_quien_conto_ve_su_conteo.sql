-- Who wrote a line stays a member of the scope conteo:<id> after being taken off (sync.scopes_de), so the rows must be
-- visible too: a row that a member may not read would reach the phone as gone, and no later change would bring it back.
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
       or exists (select from inventario.conteo_lineas l where l.usuario_id = yo and l.conteo_id = c.id));
end $$;
