import { useNavigate } from '@tanstack/react-router';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { useConsulta, useHaySenal } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { OfflineNote } from '#client/ui/offline-note.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Toast } from '#client/ui/toast.tsx';
import type { ResumenActa } from '#shared/contracts/acta.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import { useBusquedaUrl } from '../revision/use-busqueda-url.ts';
import './acta.css';
import { ActaAcciones } from './acta-acciones.tsx';
import { ActaVista } from './acta-vista.tsx';
import { type Impresa, impresaDe } from './textos-acta.ts';
import { useArchivos } from './use-archivos.ts';

const NO_ES_DE_QUIEN_MIRA = new Set(['PROHIBIDO', 'REVISION_CONTASTE_CIEGO']);

/** The acta of a conteo: what it says, whether a printed one is still true, and its files. Online only. */
export function ActaScreen({ conteoId }: { conteoId: string }) {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const haySenal = useHaySenal();
  const [search] = useBusquedaUrl();
  const puede = identidad != null && REVISA_CONTEOS.includes(identidad.rol);
  const consulta = useConsulta(['acta', conteoId], () => api.conteos.acta.query({ conteoId }), {
    activa: puede,
    // Composing a large one costs the server more than a glance is worth.
    fresca: 60_000,
  });
  const regresa = () => void navigate({ to: '/conteos/$conteoId/revision', params: { conteoId } });
  const alLista = <Button onClick={() => void navigate({ to: '/conteos' })}>Ir a Conteos</Button>;

  if (puede && consulta.data) {
    const sinRed = consulta.isError && errorDe(consulta.error).code === 'SIN_SENAL';
    return (
      <Abierta
        acta={consulta.data}
        impresa={impresaDe(search)}
        enLinea={haySenal && !sinRed}
        onRegresa={regresa}
      />
    );
  }
  const code = consulta.isError ? errorDe(consulta.error).code : null;
  return (
    <Screen kind="revision" header={<Encabezado onRegresa={regresa} />}>
      {identidad !== undefined && !puede ? (
        <ForbiddenState actions={alLista}>
          El acta la ven el gerente, el auditor y el administrador. Lo que contaste ya está en ella.
        </ForbiddenState>
      ) : code !== null && NO_ES_DE_QUIEN_MIRA.has(code) ? (
        <ForbiddenState actions={alLista}>{errorDe(consulta.error).mensaje}</ForbiddenState>
      ) : code === 'DOBLE_CIEGO_ABIERTO' ? (
        <EmptyState title="Todavía hay quien cuenta" actions={alLista}>
          {errorDe(consulta.error).mensaje}
        </EmptyState>
      ) : code === 'NO_ENCONTRADO' ? (
        <EmptyState title="No encontramos este conteo" actions={alLista}>
          Puede que sea de otra tienda, o que el enlace esté incompleto.
        </EmptyState>
      ) : code === 'SIN_SENAL' ? (
        <OfflineNote
          actions={
            <>
              <Button busy={consulta.isFetching} onClick={() => void consulta.refetch()}>
                Intentar otra vez
              </Button>
              {alLista}
            </>
          }
        >
          El acta se hace en el servidor, con todo lo que enviaron los teléfonos. Lo contado sigue guardado.
        </OfflineNote>
      ) : consulta.isError ? (
        <ErrorState onRetry={() => void consulta.refetch()} retrying={consulta.isFetching} actions={alLista}>
          {errorDe(consulta.error).mensaje}
        </ErrorState>
      ) : (
        <Skeleton lines={8} look="rows" label="Haciendo el acta…" />
      )}
    </Screen>
  );
}

function Encabezado({ onRegresa }: { onRegresa: () => void }) {
  return (
    <AppHeader title="Acta" onBack={onRegresa} backLabel="Regresar a la revisión" status={<EstadoEnvio />} />
  );
}

function Abierta({
  acta,
  impresa,
  enLinea,
  onRegresa,
}: {
  acta: ResumenActa;
  impresa: Impresa | 'mal' | null;
  enLinea: boolean;
  onRegresa: () => void;
}) {
  const archivos = useArchivos(acta);
  return (
    <Screen
      kind="revision"
      header={<Encabezado onRegresa={onRegresa} />}
      actions={<ActaAcciones archivos={archivos} enLinea={enLinea} />}
    >
      {!enLinea && (
        <Banner tone="warn" title="Sin señal: así estaba al abrirla" role="status">
          Los archivos se hacen en el servidor; pídelos cuando vuelva la señal.
        </Banner>
      )}
      {archivos.falla !== null && (
        <Banner tone="bad" title="No se hizo el archivo" role="alert">
          {archivos.falla.mensaje}
        </Banner>
      )}
      <ActaVista acta={acta} impresa={impresa} />
      <Toast message={archivos.aviso} toastKey={archivos.aviso} onDismiss={archivos.olvidaAviso} />
    </Screen>
  );
}
