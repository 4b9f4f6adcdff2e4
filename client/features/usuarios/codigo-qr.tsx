import { useEffect, useState } from 'react';

/** A QR as a picture, always dark on white: readers fail on inverted ones. */
export function CodigoQr({ texto }: { texto: string }) {
  const [imagen, setImagen] = useState<string | null>(null);
  useEffect(() => {
    let vigente = true;
    void import('qrcode').then(async ({ toDataURL }) => {
      const url = await toDataURL(texto, { margin: 2, width: 512, errorCorrectionLevel: 'M' });
      if (vigente) setImagen(url);
    });
    return () => {
      vigente = false;
    };
  }, [texto]);
  return imagen === null ? null : (
    <img src={imagen} alt="Código QR de la invitación" width={256} height={256} className="mx-auto" />
  );
}
