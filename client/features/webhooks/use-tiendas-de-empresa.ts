import { useAlmacenes } from '#client/offline/index.ts';
import type { ChipOption } from '#client/ui/checkbox-group.tsx';

/** Shops as choices; an admin has them all. */
export function useTiendasDeEmpresa(): ChipOption[] {
  const almacenes = useAlmacenes() ?? [];
  const porId = new Map(almacenes.map((a) => [a.tiendaId, a.tiendaNombre]));
  return [...porId].map(([value, label]) => ({ value, label }));
}
