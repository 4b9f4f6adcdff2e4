import { useNavigate } from '@tanstack/react-router';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { useConteo } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Contando } from './contando.tsx';

/** The counting screen of one conteo: works without network from the first paint to the last line. */
export function ContarScreen({ conteoId }: { conteoId: string }) {
  const conteo = useConteo(conteoId);
  const navigate = useNavigate();
  if (conteo === undefined) {
    return (
      <Screen header={<AppHeader title="Conteo" status={<EstadoEnvio />} />} kind="conteo">
        <Skeleton />
      </Screen>
    );
  }
  if (conteo === null) {
    return (
      <Screen header={<AppHeader title="Conteo" status={<EstadoEnvio />} />} kind="conteo">
        <EmptyState
          title="Este conteo no está en este teléfono"
          actions={<Button onClick={() => navigate({ to: '/conteos' })}>Ver mis conteos</Button>}
        >
          Puede que ya se haya cerrado o que no sea tuyo. Si te lo acaban de asignar, conéctate un momento.
        </EmptyState>
      </Screen>
    );
  }
  return <Contando key={`${conteo.id}:${conteo.intento}`} conteo={conteo} />;
}
