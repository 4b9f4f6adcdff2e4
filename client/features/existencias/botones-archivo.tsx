import Download from 'lucide-react/icons/download';
import Share2 from 'lucide-react/icons/share-2';
import { useState } from 'react';
import { errorDe } from '#client/app/trpc.ts';
import { comparte, descarga } from '#client/features/conteos/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { type Formato, pideArchivo } from './archivo.ts';

type Tarea = Formato | 'comparte';

/** The whole of the date, almacén and category as a file: down to this device, or to the phone's share sheet. */
export function BotonesArchivo({ de }: { de: { al: string; almacen: string; categoria: string } }) {
  const [ocupado, setOcupado] = useState<Tarea | null>(null);
  const [listo, setListo] = useState<File | null>(null);
  const [falla, setFalla] = useState<string>();
  const comparten = typeof navigator.share === 'function';

  const haz = async (tarea: Tarea) => {
    if (ocupado !== null) return;
    setOcupado(tarea);
    setFalla(undefined);
    try {
      const archivo = listo ?? (await pideArchivo(de, tarea === 'csv' ? 'csv' : 'xlsx'));
      if (tarea === 'comparte') {
        // A browser trusts a touch for a few seconds only: after a slow file the next one shares it.
        const como = await comparte(archivo, `Existencias al ${de.al}`);
        setListo(como === 'otro_toque' ? archivo : null);
      } else descarga(archivo, archivo.name);
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    } finally {
      setOcupado(null);
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Button
          className="grow tablet:grow-0"
          icon={<Download aria-hidden />}
          busy={ocupado === 'xlsx'}
          onClick={() => void haz('xlsx')}
        >
          Descargar Excel
        </Button>
        <Button
          className="grow tablet:grow-0"
          icon={<Download aria-hidden />}
          busy={ocupado === 'csv'}
          onClick={() => void haz('csv')}
        >
          Descargar CSV
        </Button>
        {comparten && (
          <Button
            className="grow tablet:grow-0"
            icon={<Share2 aria-hidden />}
            busy={ocupado === 'comparte'}
            onClick={() => void haz('comparte')}
          >
            {listo === null ? 'Compartir' : 'Listo: toca para compartir'}
          </Button>
        )}
      </div>
      {falla && (
        <Banner tone="bad" title="No se hizo el archivo" role="alert">
          {falla}
        </Banner>
      )}
    </div>
  );
}
