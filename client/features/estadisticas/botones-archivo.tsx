import Download from 'lucide-react/icons/download';
import { useState } from 'react';
import { errorDe } from '#client/app/trpc.ts';
import { descarga } from '#client/features/conteos/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { type Formato, pideMedida } from './archivo.ts';
import type { Vista } from './vista.ts';

const NOMBRE: Record<Formato, string> = { xlsx: 'Excel', csv: 'CSV' };

/** All the rows of what is on the screen, with its filters, down to this device. */
export function BotonesArchivo({ vista }: { vista: Vista }) {
  const [ocupado, setOcupado] = useState<Formato | null>(null);
  const [falla, setFalla] = useState<string>();
  const baja = async (formato: Formato) => {
    setOcupado(formato);
    setFalla(undefined);
    try {
      const archivo = await pideMedida(vista, formato);
      descarga(archivo, archivo.name);
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    } finally {
      setOcupado(null);
    }
  };
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {(['xlsx', 'csv'] as const).map((formato) => (
          <Button
            key={formato}
            className="grow tablet:grow-0"
            icon={<Download aria-hidden />}
            busy={ocupado === formato}
            disabled={ocupado !== null && ocupado !== formato}
            onClick={() => void baja(formato)}
          >
            <span className="sr-only tablet:not-sr-only">Descargar </span>
            {NOMBRE[formato]}
          </Button>
        ))}
      </div>
      {falla && (
        <Banner tone="bad" title="No se hizo el archivo" role="alert">
          {falla}
        </Banner>
      )}
    </>
  );
}
