import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useAjustesTelefono } from '#client/app/ajustes-empresa.ts';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';

const ScannerTest = lazy(() => import('#client/scanner/scanner-test.tsx'));

export function EscanerScreen() {
  const navigate = useNavigate();
  const { escaner } = useAjustesTelefono();
  return (
    <Screen
      header={
        <AppHeader title="Probar escáner" onBack={() => navigate({ to: '/mas' })} status={<EstadoEnvio />} />
      }
    >
      <Suspense fallback={<Skeleton />}>
        <ScannerTest ajustes={escaner} onSheet={() => navigate({ to: '/mas/escaner/hoja' })} />
      </Suspense>
    </Screen>
  );
}
