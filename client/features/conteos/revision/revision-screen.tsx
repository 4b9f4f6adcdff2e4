import { useNavigate } from '@tanstack/react-router';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { useAlSincronizar, useConsulta, useHaySenal } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { OfflineNote } from '#client/ui/offline-note.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import { Revisor } from './revisor.tsx';

/** The review of a conteo: computed by the server, approved with signal only. */
export function RevisionScreen({ conteoId }: { conteoId: string }) {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const haySenal = useHaySenal();
  const puede = identidad != null && REVISA_CONTEOS.includes(identidad.rol);
  const consulta = useConsulta(['revision', conteoId], () => api.conteos.revision.query({ conteoId }), {
    activa: puede,
  });
  useAlSincronizar(() => {
    if (puede) void consulta.refetch();
  });

  if (consulta.data && identidad) {
    return (
      <Revisor
        revision={consulta.data}
        identidad={identidad}
        cargadaEn={consulta.dataUpdatedAt}
        // A failed refetch says that the server is out of reach as surely as the phone does.
        enLinea={haySenal && !(consulta.isError && errorDe(consulta.error).code === 'SIN_SENAL')}
        actualizando={consulta.isFetching}
        onActualiza={() => void consulta.refetch()}
      />
    );
  }

  const alLista = <Button onClick={() => void navigate({ to: '/conteos' })}>Ir a Conteos</Button>;
  return (
    <Screen
      kind="revision"
      width="wide"
      header={
        <AppHeader
          title="Revisión"
          onBack={() => void navigate({ to: '/conteos' })}
          backLabel="Regresar a Conteos"
          status={<EstadoEnvio />}
        />
      }
    >
      {identidad !== undefined && !puede ? (
        <ForbiddenState actions={alLista}>
          La revisión la ven el gerente, el auditor y el administrador. Lo que contaste ya les llega solo.
        </ForbiddenState>
      ) : !consulta.isError ? (
        <Skeleton lines={8} look="rows" label="Abriendo la revisión…" />
      ) : (
        <Falla
          error={consulta.error}
          reintentando={consulta.isFetching}
          onRetry={() => void consulta.refetch()}
        >
          {alLista}
        </Falla>
      )}
    </Screen>
  );
}

function Falla({
  error,
  reintentando,
  onRetry,
  children,
}: {
  error: unknown;
  reintentando: boolean;
  onRetry: () => void;
  children: React.ReactNode;
}) {
  const { code, mensaje } = errorDe(error);
  switch (code) {
    case 'PROHIBIDO':
    case 'REVISION_CONTASTE_CIEGO':
      return <ForbiddenState actions={children}>{mensaje}</ForbiddenState>;
    case 'NO_ENCONTRADO':
      return (
        <EmptyState title="No encontramos este conteo" actions={children}>
          Puede que sea de otra tienda, o que el teléfono donde se abrió todavía no lo haya enviado.
        </EmptyState>
      );
    case 'SIN_SENAL':
      return (
        <OfflineNote
          actions={
            <>
              <Button busy={reintentando} onClick={onRetry}>
                Intentar otra vez
              </Button>
              {children}
            </>
          }
        >
          La revisión se calcula en el servidor, con todo lo que enviaron los teléfonos. Lo contado sigue
          guardado.
        </OfflineNote>
      );
    default:
      return (
        <ErrorState onRetry={onRetry} retrying={reintentando} actions={children}>
          {mensaje}
        </ErrorState>
      );
  }
}
