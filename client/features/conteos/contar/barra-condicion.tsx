import RotateCcw from 'lucide-react/icons/rotate-ccw';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { LineaVista } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { IconButton } from '#client/ui/icon-button.tsx';
import { CONDICION } from './condicion.ts';

export type BarraCondicionProps = {
  condicion: LineaVista['condicion'];
  onAbrir: () => void;
  onVendible: () => void;
};

/** Quiet while all is sellable; loud otherwise, because forgetting it spoils every count after it. */
export function BarraCondicion({ condicion, onAbrir, onVendible }: BarraCondicionProps) {
  const otra = condicion !== 'vendible';
  return (
    <div className="contar-condicion" data-otra={otra || undefined}>
      <Button
        variant="quiet"
        className={otra ? 'contar-condicion-otra' : undefined}
        icon={otra ? <TriangleAlert aria-hidden /> : undefined}
        aria-haspopup="dialog"
        onClick={onAbrir}
      >
        {CONDICION[condicion].nombre}
      </Button>
      {otra && <IconButton label="Volver a vendible" icon={<RotateCcw aria-hidden />} onClick={onVendible} />}
    </div>
  );
}
