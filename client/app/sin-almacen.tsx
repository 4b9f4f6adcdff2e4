import { type ReactNode, useEffect, useState } from 'react';
import { AppHeader } from '#client/ui/app-header.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { Screen } from '#client/ui/screen.tsx';

/** Reading who is in takes milliseconds; a database that was slow to wake up takes a second or two. */
const PACIENCIA_MS = 4_000;

/**
 * What it is given, and after a while of waiting why nothing opens: a browser that refuses to keep anything must neither
 * look dead nor take a log-in that it cannot keep.
 */
export function SinAlmacen({ esperando, children }: { esperando: boolean; children: ReactNode }) {
  const [tarda, setTarda] = useState(false);
  useEffect(() => {
    setTarda(false);
    if (!esperando) return;
    const reloj = setTimeout(() => setTarda(true), PACIENCIA_MS);
    return () => clearTimeout(reloj);
  }, [esperando]);
  if (!esperando || !tarda) return children;
  return (
    <Screen header={<AppHeader title="DevCompras" />}>
      <ErrorState title="Este navegador no deja abrir lo guardado" onRetry={() => location.reload()}>
        Puede ser una ventana privada, el almacenamiento bloqueado o un teléfono sin espacio. Lo ya contado no
        se borró. Abre la app en una ventana normal o libera espacio, y vuelve a intentar.
      </ErrorState>
    </Screen>
  );
}
