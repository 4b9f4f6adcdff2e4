import { useCategorias, useProducto } from '#client/offline/index.ts';
import { llevaDot } from '#shared/domain/lotes.ts';

/** Is it a tire? By the names of its category and of those above it. */
export function useLlevaDot(productoId: string): boolean {
  const categorias = useCategorias();
  const nombres: string[] = [];
  let id = useProducto(productoId)?.categoriaId ?? null;
  while (id !== null && nombres.length < 10) {
    const fila = categorias?.find((cada) => cada.id === id);
    if (fila) nombres.unshift(fila.nombre);
    id = fila?.parentId ?? null;
  }
  return llevaDot(nombres.join(' / '));
}
