import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { useHaySenal } from '#client/app/query.ts';
import { useAlmacenes, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { PLANEA_CONTEOS, PLANEA_PRUEBAS } from '#shared/roles.ts';
import { useBusquedaUrl } from '../revision/use-busqueda-url.ts';
import { PlanForm, type PlanFormProps } from './plan-form.tsx';

const FORM = 'form-plan';

/** `?corrige=…&folio=…&almacen=…`, as the review of a closed conteo links here. */
function corrigeDe(search: Record<string, unknown>, prueba: boolean): PlanFormProps['corrige'] {
  const { corrige: id, folio, almacen: almacenId } = search;
  if (prueba || typeof id !== 'string' || typeof almacenId !== 'string') return undefined;
  return { id, almacenId, folio: typeof folio === 'string' ? folio : null };
}

/** Plans a conteo for other people. Needs signal; what was filled in stays while it comes back. */
export function PlanearScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const almacenes = useAlmacenes();
  const haySenal = useHaySenal();
  const [enviando, setEnviando] = useState(false);
  const [search] = useBusquedaUrl();
  const puede = identidad != null && PLANEA_PRUEBAS.includes(identidad.rol);
  const prueba = puede && !PLANEA_CONTEOS.includes(identidad.rol);
  const listo = puede && almacenes !== undefined && almacenes.length > 0;
  return (
    <Screen
      header={
        <AppHeader
          title={prueba ? 'Nueva prueba' : 'Nuevo conteo'}
          onBack={() => void navigate({ to: '/conteos' })}
          backLabel="Regresar a Conteos"
          status={<EstadoEnvio />}
        />
      }
      actions={
        listo && (
          <Button variant="primary" type="submit" form={FORM} busy={enviando} disabled={!haySenal}>
            Crear conteo
          </Button>
        )
      }
    >
      {identidad === undefined || almacenes === undefined ? (
        <Skeleton lines={6} look="rows" />
      ) : !puede ? (
        <ForbiddenState actions={<Button onClick={() => void navigate({ to: '/' })}>Ir a Inicio</Button>}>
          Los conteos los planea un gerente o un administrador. Desde Inicio puedes contar lo que encuentres.
        </ForbiddenState>
      ) : almacenes.length === 0 ? (
        <EmptyState title="Todavía no hay almacenes en este teléfono">
          Se bajan solos la primera vez que hay señal.
        </EmptyState>
      ) : (
        <>
          {!haySenal && (
            <Banner tone="warn" role="status" title="Planear necesita señal">
              El servidor da el folio y lo reparte a los teléfonos. Puedes llenar el plan y crearlo al volver
              la señal; para contar ya, usa Contar en Inicio.
            </Banner>
          )}
          <PlanForm
            formId={FORM}
            identidad={identidad}
            almacenes={almacenes}
            corrige={corrigeDe(search, prueba)}
            onEnviando={setEnviando}
          />
        </>
      )}
    </Screen>
  );
}
