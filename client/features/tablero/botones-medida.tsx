import Download from 'lucide-react/icons/download';
import { useState } from 'react';
import { errorDe } from '#client/app/trpc.ts';
import { descarga } from '#client/features/conteos/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { type Formato, pideArchivoDeMedida } from './archivo-medida.ts';
import type { Detalle } from './detalle.ts';

/** All rows with the filters that are set, as a workbook or as CSV. */
export function BotonesMedida({
  medida,
  filtro,
}: {
  medida: NonNullable<Detalle['archivo']>['medida'];
  filtro: object;
}) {
  const [ocupado, setOcupado] = useState<Formato | null>(null);
  const [falla, setFalla] = useState<string>();
  const baja = async (formato: Formato) => {
    if (ocupado !== null) return;
    setOcupado(formato);
    setFalla(undefined);
    try {
      const archivo = await pideArchivoDeMedida(medida, filtro, formato);
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
            onClick={() => void baja(formato)}
          >
            {formato === 'xlsx' ? 'Descargar Excel' : 'Descargar CSV'}
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
