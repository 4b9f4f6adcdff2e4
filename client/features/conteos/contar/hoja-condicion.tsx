import type { LineaVista } from '#client/offline/index.ts';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { CONDICIONES } from '#shared/contracts/mutadores.ts';
import { CONDICION } from './condicion.ts';

export type HojaCondicionProps = {
  open: boolean;
  onClose: () => void;
  actual: LineaVista['condicion'];
  onElegir: (condicion: LineaVista['condicion']) => void;
};

/** In which condition the next pieces are; it holds until another is chosen. */
export function HojaCondicion({ open, onClose, actual, onElegir }: HojaCondicionProps) {
  return (
    <Sheet open={open} onClose={onClose} title="¿En qué condición está?">
      <p>Vale para todo lo que cuentes hasta que elijas otra.</p>
      <ul className="list" aria-label="Condiciones">
        {CONDICIONES.map((condicion) => (
          <ListRow
            key={condicion}
            title={CONDICION[condicion].nombre}
            detail={CONDICION[condicion].significa}
            value={condicion === actual ? 'ahora' : undefined}
            onPress={() => {
              onElegir(condicion);
              onClose();
            }}
          />
        ))}
      </ul>
    </Sheet>
  );
}
