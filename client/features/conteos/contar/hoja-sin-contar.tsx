import { type FilaProducto, useSinContar } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';

export type HojaSinContarProps = {
  conteoId: string;
  open: boolean;
  onClose: () => void;
  onContar: (producto: FilaProducto) => void;
  onCero: (producto: FilaProducto) => void;
};

const MUESTRA = 300;

/** What the scope asks for and I have not counted: count it or say zero. Nothing becomes zero by itself. */
export function HojaSinContar({ conteoId, open, onClose, onContar, onCero }: HojaSinContarProps) {
  const sinContar = useSinContar(conteoId);
  return (
    <Sheet open={open} onClose={onClose} title={`Sin contar (${sinContar?.length ?? 0})`}>
      {sinContar?.length === 0 ? (
        <EmptyState title="Ya contaste todo lo de este conteo" />
      ) : (
        <ul className="list" aria-label="Sin contar">
          {sinContar?.slice(0, MUESTRA).map((producto) => (
            <ListRow
              key={producto.id}
              title={producto.nombre}
              detail={producto.codigo}
              onPress={() => {
                onContar(producto);
                onClose();
              }}
              actions={<Button onClick={() => onCero(producto)}>Cero</Button>}
            />
          ))}
        </ul>
      )}
      {(sinContar?.length ?? 0) > MUESTRA && <p>Y {(sinContar?.length ?? 0) - MUESTRA} más.</p>}
    </Sheet>
  );
}
