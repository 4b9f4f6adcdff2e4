import Printer from 'lucide-react/icons/printer';
import { useState } from 'react';
import { pidePdf } from '#client/app/pide-pdf.ts';
import { errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { comparte, descarga } from '../acta/archivo-acta.ts';

export type BotonHojaProps = {
  conteoId: string;
  folio: string | null;
  /** Of a free conteo: pages with empty rows. */
  paginas?: number;
};

/** Makes the blind sheet on the server; the phone's share sheet sends it to a printer, a PC keeps it. Needs signal. */
export function BotonHoja({ conteoId, folio, paginas }: BotonHojaProps) {
  const [ocupado, setOcupado] = useState(false);
  const [falla, setFalla] = useState<string | null>(null);
  const [listo, setListo] = useState<File | null>(null);
  const pide = async () => {
    setOcupado(true);
    setFalla(null);
    try {
      const consulta = paginas === undefined ? '' : `?paginas=${paginas}`;
      const archivo =
        listo ??
        (await pidePdf(`/api/conteos/${conteoId}/hoja.pdf${consulta}`, `hoja-${folio ?? 'conteo'}.pdf`));
      const tactil = matchMedia('(pointer: coarse)').matches;
      const salida = tactil ? await comparte(archivo, `Hoja de conteo ${folio ?? ''}`.trim()) : null;
      if (salida === null) descarga(archivo);
      setListo(salida === 'otro_toque' ? archivo : null);
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    } finally {
      setOcupado(false);
    }
  };
  return (
    <div className="hoja-imprime">
      <Button block icon={<Printer aria-hidden />} busy={ocupado} onClick={pide}>
        {listo === null ? 'Imprimir la hoja (PDF)' : 'Compartir la hoja'}
      </Button>
      {falla !== null && (
        <Banner tone="bad" title="No se hizo la hoja" role="alert">
          {falla}
        </Banner>
      )}
    </div>
  );
}
