import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useState } from 'react';
import type { Resguardo } from '#client/app/resguardo.ts';
import { exportarPendientes } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';

/** How safe what was counted is: what was sent, the age of the oldest unsent, the browser's promise and the room. */
export function TarjetaResguardo({ resguardo, sinEnviar }: { resguardo: Resguardo; sinEnviar: number }) {
  const [ocupado, setOcupado] = useState(false);
  const { tono, titulo, enviados, masViejo, avisos, promesa, espacio } = resguardo;
  const exporta = async () => {
    setOcupado(true);
    try {
      const { descarga } = await import('#client/features/conteos/index.ts');
      descarga(await exportarPendientes(), `pendientes-${Date.now()}.json`);
    } finally {
      setOcupado(false);
    }
  };
  return (
    <Card tone={tono} title={titulo} detail={[`${enviados}.`, masViejo].filter(Boolean).join(' ')}>
      {avisos.map((aviso) => (
        <p key={aviso} className="card-aviso">
          <TriangleAlert aria-hidden />
          <strong>{aviso}</strong>
        </p>
      ))}
      {sinEnviar > 0 && avisos.length === 0 && tono === 'warn' && (
        <p>Lo demás sale solo al volver la señal; no borres la app.</p>
      )}
      {(promesa !== null || espacio !== null) && (
        <p className="card-detail">{[promesa, espacio].filter(Boolean).join(' ')}</p>
      )}
      {sinEnviar > 0 && avisos.length > 0 && (
        <Button busy={ocupado} onClick={() => void exporta()}>
          Exportar lo pendiente
        </Button>
      )}
    </Card>
  );
}
