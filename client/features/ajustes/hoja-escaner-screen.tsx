import { useNavigate } from '@tanstack/react-router';
import Printer from 'lucide-react/icons/printer';
import { lazy, Suspense } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';

const TestSheet = lazy(() => import('#client/scanner/test-sheet.tsx'));

/** The scanner's test sheet as it will be on paper. Drawn on the phone: it prints without network too. */
export function HojaEscanerScreen() {
  const navigate = useNavigate();
  return (
    <Screen
      width="wide"
      header={
        <AppHeader
          title="Hoja de prueba"
          onBack={() => navigate({ to: '/mas/escaner' })}
          status={<EstadoEnvio />}
        />
      }
      actions={
        <Button variant="primary" block icon={<Printer />} onClick={() => window.print()}>
          Imprimir o guardar PDF
        </Button>
      }
    >
      <p className="sheet-advice">
        Tamaño carta, al 100 %. ¿Sin impresora aquí? Guarda el PDF y compártelo, o abre esta pantalla en una
        PC que imprima.
      </p>
      <Suspense fallback={<Skeleton />}>
        <TestSheet />
      </Suspense>
    </Screen>
  );
}
