import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { CodigoQr } from './codigo-qr.tsx';

export type EnlaceUnicoProps = {
  /** Path that the server gave, told only this once. */
  ruta: string;
  /** "Que Ana lo escanee con su teléfono…" */
  children: string;
};

/** A link that works once: as QR for the phone beside, or shared. */
export function EnlaceUnico({ ruta, children }: EnlaceUnicoProps) {
  const [copiado, setCopiado] = useState(false);
  const enlace = new URL(ruta, location.origin).href;
  const comparte = async () => {
    if (navigator.share !== undefined) {
      // A share sheet that the person closes is no error.
      await navigator.share({ title: 'DevCompras', url: enlace }).catch(() => undefined);
      return;
    }
    await navigator.clipboard.writeText(enlace);
    setCopiado(true);
  };
  return (
    <>
      <p>{children}</p>
      <CodigoQr texto={enlace} />
      <p className="break-all text-ink-soft">{enlace}</p>
      <Button variant="primary" block tall onClick={comparte}>
        {copiado ? 'Enlace copiado' : 'Compartir enlace'}
      </Button>
    </>
  );
}
