import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export interface ProveedorRow {
  id: string;
  codigo: string;
  nombre: string;
  rfc: string | null;
  telefono: string | null;
  correo: string | null;
  diasEntrega: string | null;
  notas: string | null;
  isActive: boolean;
  productos: number;
}

export async function selectProveedores(tx: Tx): Promise<ProveedorRow[]> {
  const { rows } = await sql<ProveedorRow>`
    select v.id, v.codigo, v.nombre, v.rfc, v.telefono, v.correo, v.dias_entrega::text as "diasEntrega", v.notas,
           v.is_active as "isActive",
           (select count(*)::int from inventario.producto_proveedores x where x.proveedor_id = v.id) as productos
      from inventario.proveedores v order by v.is_active desc, inventario.pliega(v.nombre), v.id limit 5000`.execute(
    tx,
  );
  return rows;
}
