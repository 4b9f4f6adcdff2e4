import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { nombreDeAlmacen } from '#client/features/transacciones/index.ts';
import { useAlmacenes, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { Select } from '#client/ui/select.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { PLANEA_CONTEOS } from '#shared/roles.ts';
import { PropuestaVista } from './propuesta-vista.tsx';

const MINUTOS = ['10', '20', '40', '60'] as const;

/** "20 minutos hoy": a list for so many minutes with its reasons, that one tap makes a blind conteo. Online only. */
export function ConteoDeHoyScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const almacenes = useAlmacenes();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const puede = identidad != null && PLANEA_CONTEOS.includes(identidad.rol);
  const propios = (almacenes ?? []).filter(({ tipo }) => tipo === 'general' || tipo === 'mostrador');
  const almacenId = propios.find(({ id }) => id === search.almacen)?.id ?? propios[0]?.id ?? '';
  const minutos = MINUTOS.find((m) => m === String(search.minutos)) ?? '20';
  const cambia = (cambios: Record<string, string>) =>
    void navigate({
      to: '/conteos/hoy',
      replace: true,
      search: (antes: Record<string, unknown>) => ({ ...antes, ...cambios }),
    });
  const marco = (contenido: ReactNode, acciones?: ReactNode) => (
    <Screen
      header={
        <AppHeader
          title="Conteo de hoy"
          onBack={() => void navigate({ to: '/conteos' })}
          backLabel="Regresar a Conteos"
          status={<EstadoEnvio />}
        />
      }
      actions={acciones}
    >
      {contenido}
    </Screen>
  );
  if (identidad === undefined || almacenes === undefined) return marco(<Skeleton lines={6} look="rows" />);
  if (!puede)
    return marco(<ForbiddenState>Qué contar hoy lo decide un gerente o un administrador.</ForbiddenState>);
  if (almacenId === '')
    return marco(
      <EmptyState title="Todavía no hay almacenes en este teléfono">
        Se bajan solos la primera vez que hay señal.
      </EmptyState>,
    );
  return (
    <PropuestaVista
      key={`${almacenId} ${minutos}`}
      almacenId={almacenId}
      minutos={Number(minutos)}
      marco={(contenido, acciones) =>
        marco(
          <>
            {propios.length > 1 && (
              <Select
                label="Almacén"
                value={almacenId}
                onValue={(almacen) => cambia({ almacen })}
                options={propios.map((a) => ({ value: a.id, label: nombreDeAlmacen(a) }))}
              />
            )}
            <Segmented
              label="Minutos que hay para contar"
              showLabel
              value={minutos}
              onValue={(m) => cambia({ minutos: m })}
              options={MINUTOS.map((m) => ({ value: m, label: m }))}
            />
            {contenido}
          </>,
          acciones,
        )
      }
    />
  );
}
