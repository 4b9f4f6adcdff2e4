import type { ErrorComponentProps } from '@tanstack/react-router';
import { AppHeader } from '#client/ui/app-header.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { Screen } from '#client/ui/screen.tsx';

/** A screen that failed to draw, or whose file could not be fetched. What was counted is on disk already. */
export function PantallaRota({ error, reset }: ErrorComponentProps) {
  const sinArchivo = /dynamically imported module|Importing a module script failed/.test(String(error));
  return (
    <Screen header={<AppHeader title="Algo falló" />}>
      <ErrorState onRetry={reset}>
        {sinArchivo
          ? 'Esta pantalla todavía no está en el teléfono y no hay señal para traerla. Lo contado sigue guardado.'
          : 'La pantalla no se pudo mostrar. Lo contado sigue guardado en este teléfono; intenta de nuevo.'}
      </ErrorState>
    </Screen>
  );
}
