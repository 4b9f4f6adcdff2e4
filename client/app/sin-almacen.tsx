import { useEffect, useState } from 'react';
import { AppHeader } from '#client/ui/app-header.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { Screen } from '#client/ui/screen.tsx';

/** Reading who is in takes milliseconds; a database that was slow to wake up takes a second or two. */
const PACIENCIA_MS = 4_000;

/** Nothing for a moment, then why nothing opens: a browser that refuses to keep anything must not look dead. */
export function SinAlmacen() {
  const [tarda, setTarda] = useState(false);
  useEffect(() => {
    const reloj = setTimeout(() => setTarda(true), PACIENCIA_MS);
    return () => clearTimeout(reloj);
  }, []);
  if (!tarda) return null;
  return (
    <Screen header={<AppHeader title="DevCompras" />}>
      <ErrorState title="Este navegador no deja abrir lo guardado" onRetry={() => location.reload()}>
        Puede ser una ventana privada, el almacenamiento bloqueado o un teléfono sin espacio. Lo ya contado no
        se borró. Abre la app en una ventana normal o libera espacio, y vuelve a intentar.
      </ErrorState>
    </Screen>
  );
}
