import { useAlmacenes } from '#client/offline/index.ts';
import type { ChipOption } from '#client/ui/checkbox-group.tsx';

/** Shops of this phone as choices; an admin has them all. */
export function useTiendas(): ChipOption[] {
  const almacenes = useAlmacenes() ?? [];
  const porId = new Map(almacenes.map((a) => [a.tiendaId, a.tiendaNombre]));
  return [...porId].map(([value, label]) => ({ value, label }));
}
