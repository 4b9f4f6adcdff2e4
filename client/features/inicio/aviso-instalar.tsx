import { useEffect, useState } from 'react';
import { esIos, instalada } from '#client/app/instalacion.ts';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';

/** Chromium's install event (not in the DOM typings). */
type InstallPrompt = Event & { prompt(): Promise<void> };

/** Offers to install on the home screen, never over the work: an installed app keeps its data when space runs out. */
export function AvisoInstalar() {
  const [evento, setEvento] = useState<InstallPrompt | null>(null);
  useEffect(() => {
    const guarda = (e: Event) => {
      e.preventDefault();
      setEvento(e as InstallPrompt);
    };
    addEventListener('beforeinstallprompt', guarda);
    return () => removeEventListener('beforeinstallprompt', guarda);
  }, []);
  if (instalada()) return null;
  if (evento !== null) {
    return (
      <Card
        title="Instala DevCompras en este teléfono"
        detail="Abre más rápido y guarda mejor lo que cuentas."
      >
        <Button
          onClick={async () => {
            await evento.prompt();
            setEvento(null);
          }}
        >
          Instalar
        </Button>
      </Card>
    );
  }
  if (!esIos(navigator)) return null;
  return (
    <Card
      tone="warn"
      title="Agrégala a tu pantalla de inicio"
      detail="En el botón Compartir elige «Agregar a inicio». Si no, el iPhone puede borrar lo guardado después de 7 días sin abrirla."
    />
  );
}
