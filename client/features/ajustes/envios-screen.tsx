import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { fechaHoraAqui } from '#client/app/fechas.ts';
import {
  reintentar,
  sincronizaYa,
  useEstadoEnvio,
  useIdentidad,
  useRechazos,
} from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { nombreDeMutacion } from './nombre-mutacion.ts';

const RechazosDeTienda = lazy(() => import('./rechazos-tienda.tsx'));

/** Where each thing that was done on this phone is: sent, waiting here, or waiting for a decision. Nothing is hidden. */
export function EnviosScreen() {
  const envio = useEstadoEnvio();
  const rechazos = useRechazos();
  const identidad = useIdentidad();
  const navigate = useNavigate();
  const [pedido, setPedido] = useState(false);
  const jefe = identidad?.rol === 'admin' || identidad?.rol === 'gerente';
  return (
    <Screen
      header={<AppHeader title="Envíos" onBack={() => navigate({ to: '/mas' })} status={<EstadoEnvio />} />}
      actions={
        <Button
          block
          tall
          onClick={() => {
            setPedido(true);
            sincronizaYa('manual');
          }}
        >
          Enviar ahora
        </Button>
      }
    >
      <Stats
        label="Estado de lo contado"
        items={[
          { label: 'enviados', value: envio.enviadas },
          { label: 'solo aquí', value: envio.pendientes, tone: envio.pendientes > 0 ? 'warn' : 'neutral' },
          { label: 'por revisar', value: envio.rechazadas, tone: envio.rechazadas > 0 ? 'bad' : 'neutral' },
        ]}
      />
      {envio.problema !== null && (
        <Banner tone="warn" title="No se está enviando">
          {envio.problema.mensaje}
        </Banner>
      )}
      {pedido && envio.problema === null && envio.pendientes === 0 && (
        <Banner tone="ok" title="Todo lo de este teléfono está en el servidor" role="status" />
      )}
      <Card
        title="Última vez al corriente"
        detail={envio.ultimaSync === null ? 'Todavía no' : fechaHoraAqui(envio.ultimaSync)}
      >
        {envio.fotosPendientes > 0 && <p>Fotos por enviar: {envio.fotosPendientes}.</p>}
      </Card>
      <section aria-labelledby="por-revisar">
        <h2 id="por-revisar" className="card-title">
          Lo que no se pudo aplicar
        </h2>
        {rechazos === undefined ? (
          <Skeleton />
        ) : rechazos.length === 0 ? (
          <EmptyState title="Nada pendiente de revisar">
            Si algo no se puede aplicar, aquí queda completo y con su explicación.
          </EmptyState>
        ) : (
          <ul className="list" aria-label="Por revisar">
            {rechazos.map((rechazo) => {
              const { seq } = rechazo;
              return (
                <ListRow
                  key={`${rechazo.mid}:${seq}`}
                  title={nombreDeMutacion(rechazo.name)}
                  detail={`${fechaHoraAqui(rechazo.en)} · ${rechazo.mensaje}`}
                  actions={
                    seq !== null &&
                    rechazo.estado === 'apartada' && (
                      <Button onClick={() => void reintentar(seq)}>Reintentar</Button>
                    )
                  }
                />
              );
            })}
          </ul>
        )}
      </section>
      {jefe && (
        <Suspense fallback={<Skeleton />}>
          <RechazosDeTienda />
        </Suspense>
      )}
    </Screen>
  );
}
