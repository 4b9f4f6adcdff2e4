import { newId } from '#server/platform/clock.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import type { Rol } from '#shared/roles.ts';

export interface TestTienda {
  readonly id: string;
  readonly codigo: string;
  /** The shop's one almacén of tipo `general`. */
  readonly almacenId: string;
}

/** A shop with its general almacén. `codigo` is made unique when left out. */
export async function testTienda(
  db: Db,
  { codigo, zona = 'America/Mexico_City' }: { codigo?: string; zona?: string } = {},
): Promise<TestTienda> {
  const id = newId();
  const almacenId = newId();
  const clave = codigo ?? `T-${id.slice(-8)}`;
  await db.asService(async (tx) => {
    await tx
      .insertInto('inventario.tiendas')
      .values({ id, codigo: clave, nombre: `Tienda ${clave}`, zona_horaria: zona })
      .execute();
    await tx
      .insertInto('inventario.almacenes')
      .values({ id: almacenId, tienda_id: id, codigo: clave, nombre: `Almacén ${clave}` })
      .execute();
  });
  return { id, codigo: clave, almacenId };
}

export interface TestUser {
  readonly id: string;
  readonly correo: string;
  readonly nombre: string;
  readonly rol: Rol;
  readonly tiendaIds: readonly string[];
  /** What `withUser` takes to act as this person. */
  readonly claims: Claims;
}

/** A person with a role and shops, without a password. */
export async function testUser(
  db: Db,
  { rol, tiendas = [], limite }: { rol: Rol; tiendas?: readonly TestTienda[]; limite?: string },
): Promise<TestUser> {
  const id = newId();
  const nombre = `${rol} ${id.slice(-6)}`;
  const correo = `${rol}.${id.slice(-12)}@prueba.mx`;
  const tiendaIds = tiendas.map((tienda) => tienda.id);
  await db.asService(async (tx) => {
    await tx.insertInto('auth.users').values({ id, email: correo }).execute();
    await tx
      .insertInto('inventario.usuarios')
      .values({ id, correo, nombre, rol, limite_ajuste: limite ?? null })
      .execute();
    if (tiendaIds.length > 0) {
      await tx
        .insertInto('inventario.usuario_tiendas')
        .values(tiendaIds.map((tienda_id) => ({ usuario_id: id, tienda_id })))
        .execute();
    }
  });
  return { id, correo, nombre, rol, tiendaIds, claims: { sub: id, email: correo, role: 'authenticated' } };
}
