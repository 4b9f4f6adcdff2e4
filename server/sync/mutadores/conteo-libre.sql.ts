import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/db.ts';

export async function selectAlmacen(tx: Tx, id: string): Promise<{ tiendaId: string } | undefined> {
  const { rows } = await sql<{ tiendaId: string }>`
    select tienda_id as "tiendaId" from inventario.almacenes where id = ${id}`.execute(tx);
  return rows[0];
}

/** True when a conteo with this id is the same free conteo of the same person; undefined when there is none. */
export async function esMismoConteoLibre(
  tx: Tx,
  c: { id: string; almacenId: string; autorId: string },
): Promise<boolean | undefined> {
  const { rows } = await sql<{ mismo: boolean }>`
    select alcance = 'libre' and almacen_id = ${c.almacenId} and creado_por = ${c.autorId} as mismo
      from inventario.conteos where id = ${c.id}`.execute(tx);
  return rows[0]?.mismo;
}

/** Shop and folio are set by the trigger from the almacén. */
export async function insertConteoLibre(
  tx: Tx,
  c: {
    id: string;
    almacenId: string;
    nombre: string;
    ciego: boolean;
    abiertoEn: Date;
    autorId: string;
    autorNombre: string;
  },
): Promise<void> {
  await sql`
    insert into inventario.conteos (id, nombre, tienda_id, almacen_id, alcance, ciego, estado, creado_por, abierto_en)
    select ${c.id}::uuid, ${c.nombre}, a.tienda_id, a.id, 'libre', ${c.ciego}, 'abierto', ${c.autorId}::uuid,
           ${c.abiertoEn}::timestamptz
      from inventario.almacenes a
     where a.id = ${c.almacenId}`.execute(tx);
  await sql`
    insert into inventario.conteo_contadores (conteo_id, usuario_id, nombre)
    values (${c.id}, ${c.autorId}, ${c.autorNombre})`.execute(tx);
}

export async function insertPrimerIntento(tx: Tx, conteoId: string): Promise<void> {
  await sql`
    insert into inventario.conteo_intentos (conteo_id, intento) values (${conteoId}, 1) on conflict do nothing`.execute(
    tx,
  );
}
