import { useNavigate } from '@tanstack/react-router';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Screen } from '#client/ui/screen.tsx';

export function NoEncontrada() {
  const navigate = useNavigate();
  return (
    <Screen header={<AppHeader title="No hay nada aquí" />}>
      <EmptyState
        title="Esa dirección no existe"
        actions={<Button onClick={() => navigate({ to: '/' })}>Ir al inicio</Button>}
      >
        Puede que el enlace esté incompleto. Lo contado sigue guardado.
      </EmptyState>
    </Screen>
  );
}
