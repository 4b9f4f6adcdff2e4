import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useHaySenal } from '#client/app/query.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Toast } from '#client/ui/toast.tsx';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import { HojaApertura } from './hoja-apertura.tsx';
import { HojaCierre } from './hoja-cierre.tsx';
import { TarjetaPeriodo } from './tarjeta-periodo.tsx';
import { usePeriodos } from './use-periodos.ts';

/** Closed periods by shop: an admin closes and opens, a gerente and an auditor see. Online only. */
export function PeriodosScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const veo = identidad != null && REVISA_CONTEOS.includes(identidad.rol);
  const esAdmin = identidad?.rol === 'admin';
  const enLinea = useHaySenal();
  const consulta = usePeriodos(veo);
  const [hoja, setHoja] = useState<{ que: 'cierra' | 'abre'; tiendaId: string } | null>(null);
  const [aviso, setAviso] = useState<{ id: number; texto: string } | null>(null);
  const elegido = consulta.data?.find((p) => p.tiendaId === hoja?.tiendaId);
  const hecho = (texto: string) => {
    setHoja(null);
    setAviso({ id: Date.now(), texto });
  };
  return (
    <Screen
      width="wide"
      header={
        <AppHeader title="Periodos" onBack={() => void navigate({ to: '/mas' })} status={<EstadoEnvio />} />
      }
    >
      {identidad === undefined ? (
        <Skeleton lines={5} look="rows" />
      ) : !veo ? (
        <ForbiddenState>Los periodos los ve un gerente y los cierra un administrador.</ForbiddenState>
      ) : (
        <>
          {!esAdmin && <p className="text-ink-soft">Un administrador cierra y abre los periodos.</p>}
          <FallaEnLinea consulta={consulta} sinSenal="Los periodos se ven y se cierran con señal." />
          {consulta.isPending && <Skeleton lines={5} look="rows" />}
          {consulta.data?.length === 0 && <EmptyState title="No tienes tiendas asignadas" />}
          <div className="grid items-start gap-3 pc:grid-cols-2">
            {consulta.data?.map((p) => (
              <TarjetaPeriodo
                key={p.tiendaId}
                periodo={p}
                decide={esAdmin && enLinea}
                onCerrar={() => setHoja({ que: 'cierra', tiendaId: p.tiendaId })}
                onAbrir={() => setHoja({ que: 'abre', tiendaId: p.tiendaId })}
              />
            ))}
          </div>
        </>
      )}
      {elegido !== undefined && hoja?.que === 'cierra' && (
        <HojaCierre periodo={elegido} onClose={() => setHoja(null)} onHecho={hecho} />
      )}
      {elegido !== undefined && elegido.cerradoHasta !== null && hoja?.que === 'abre' && (
        <HojaApertura
          periodo={elegido}
          cerradoHasta={elegido.cerradoHasta}
          onClose={() => setHoja(null)}
          onHecho={hecho}
        />
      )}
      <Toast message={aviso?.texto} toastKey={aviso?.id} onDismiss={() => setAviso(null)} />
    </Screen>
  );
}
