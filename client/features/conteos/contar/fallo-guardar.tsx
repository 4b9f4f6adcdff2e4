import { useState } from 'react';
import { exportarNoGuardado } from '#client/offline/index.ts';
import { RedSaveFailure } from '#client/ui/red-save-failure.tsx';
import type { Fallo } from './use-escritura.ts';

/** Red until it is on disk or written down elsewhere: the one screen that may not be missed. */
export function FalloGuardar({ fallo, onDescartar }: { fallo: Fallo; onDescartar: () => void }) {
  const [exportando, setExportando] = useState(false);
  return (
    <RedSaveFailure
      value={fallo.valor}
      product={fallo.producto}
      code={fallo.codigo}
      onRetry={fallo.reintentar}
      onExport={async () => {
        setExportando(true);
        try {
          descarga(await exportarNoGuardado(fallo.payload), 'no-guardado-devcompras.json');
        } finally {
          setExportando(false);
        }
      }}
      exporting={exportando}
      onDiscard={onDescartar}
    >
      {fallo.mensaje}
    </RedSaveFailure>
  );
}

/** Hands a file to the person. */
export function descarga(contenido: Blob, nombre: string): void {
  const enlace = document.createElement('a');
  enlace.href = URL.createObjectURL(contenido);
  enlace.download = nombre;
  enlace.click();
  setTimeout(() => URL.revokeObjectURL(enlace.href), 60_000);
}
