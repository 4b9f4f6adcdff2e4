import X from 'lucide-react/icons/x';
import { EligeProducto } from '#client/features/transacciones/index.ts';
import { IconButton } from '#client/ui/icon-button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { plural } from '#shared/formato.ts';
import type { Plan } from './plan.ts';

export type CampoProductosProps = {
  productos: Plan['productos'];
  onProductos: (productos: Plan['productos']) => void;
  error?: string;
};

/** The list of a count by list: search or scan one after another. */
export function CampoProductos({ productos, onProductos, error }: CampoProductosProps) {
  return (
    <div className="flex flex-col gap-2">
      <EligeProducto
        // A new field after each choice: ready for the next scan.
        key={productos.length}
        label="Agregar producto"
        producto={null}
        enfoca={productos.length > 0}
        onProducto={(producto) => {
          if (producto === null || productos.some(({ id }) => id === producto.id)) return;
          onProductos([...productos, { id: producto.id, codigo: producto.codigo, nombre: producto.nombre }]);
        }}
        error={error}
      />
      {productos.length > 0 && (
        <>
          <p role="status" className="text-sm font-semi">
            {plural(productos.length, 'producto en la lista', 'productos en la lista')}
          </p>
          <ul className="list" aria-label="Lista de productos">
            {productos.map(({ id, codigo, nombre }) => (
              <ListRow
                key={id}
                title={nombre}
                detail={codigo}
                actions={
                  <IconButton
                    label={`Quitar ${codigo}`}
                    icon={<X aria-hidden />}
                    onClick={() => onProductos(productos.filter((uno) => uno.id !== id))}
                  />
                }
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
