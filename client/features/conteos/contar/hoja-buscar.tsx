import { BuscadorProductos } from '#client/features/productos/index.ts';
import type { FilaProducto } from '#client/offline/index.ts';
import { Sheet } from '#client/ui/sheet.tsx';

export type HojaBuscarProps = {
  open: boolean;
  onClose: () => void;
  /** "Buscar producto", "¿Qué producto es?" */
  title: string;
  onElegir: (producto: FilaProducto) => void;
};

/** A product without a readable code: by words, without accents, offline. */
export function HojaBuscar({ open, onClose, title, onElegir }: HojaBuscarProps) {
  return (
    <Sheet open={open} onClose={onClose} title={title}>
      <BuscadorProductos
        onElegir={(producto) => {
          onElegir(producto);
          onClose();
        }}
      />
    </Sheet>
  );
}
