import { AppError } from '#shared/errores.ts';
import type { Rol } from '#shared/roles.ts';

/** Who asks: the active usuario behind the access token. An admin belongs to every shop. */
export interface Quien {
  id: string;
  nombre: string;
  rol: Rol;
  tiendaIds: readonly string[];
  limiteAjuste: string | null;
}

/** Does this person work in that shop? */
export function esDeTienda(quien: Pick<Quien, 'rol' | 'tiendaIds'>, tiendaId: string): boolean {
  return quien.rol === 'admin' || quien.tiendaIds.includes(tiendaId);
}

/**
 * Throws NO_ENCONTRADO for another shop's thing (its existence is not confirmed) and PROHIBIDO for a role that may not
 * do this in its own shop.
 */
export function exigeTienda(quien: Quien, tiendaId: string, roles: readonly Rol[]): void {
  if (!esDeTienda(quien, tiendaId)) throw new AppError('NO_ENCONTRADO');
  if (!roles.includes(quien.rol)) throw new AppError('PROHIBIDO');
}
