import { useState } from 'react';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { plural } from '#shared/formato.ts';
import { FirmaDialog } from './firma-dialog.tsx';

export type PedirFirmaProps = {
  conteoId: string;
  productos: Revision['productos'];
  onHecho: (mensaje: string) => void;
};

/** Who counted asks another person to sign. Nothing here when they counted none of what is left. */
export function PedirFirma({ conteoId, productos, onHecho }: PedirFirmaProps) {
  const [abierto, setAbierto] = useState(false);
  const propios = productos.filter(({ bloqueos }) =>
    bloqueos.some(({ code }) => code === 'APROBACION_CONTASTE'),
  ).length;
  if (propios === 0) return null;
  return (
    <div className="p-gutter">
      <Banner
        tone="info"
        title={`${plural(propios, 'producto lo contaste tú', 'productos los contaste tú')}`}
        actions={<Button onClick={() => setAbierto(true)}>Pedir firma a…</Button>}
      >
        Los aprueba otra persona. Si aquí no hay otro gerente, pídelo a uno de otra tienda o a un
        administrador.
      </Banner>
      {abierto && <FirmaDialog conteoId={conteoId} onClose={() => setAbierto(false)} onHecho={onHecho} />}
    </div>
  );
}
