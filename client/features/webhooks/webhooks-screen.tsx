import { useNavigate } from '@tanstack/react-router';
import Webhook from 'lucide-react/icons/webhook';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useEventos } from '#client/app/use-eventos.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { plural } from '#shared/formato.ts';
import { HojaWebhook } from './hoja-webhook.tsx';
import { useTiendasDeEmpresa } from './use-tiendas-de-empresa.ts';
import { senaDe, tiposDichos } from './webhook-dicho.ts';

/** Addresses that are told what happens. */
export function WebhooksScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const admin = identidad?.rol === 'admin';
  const [creando, setCreando] = useState(false);
  return (
    <Screen
      header={<AppHeader title="Webhooks" onBack={() => navigate({ to: '/mas' })} status={<EstadoEnvio />} />}
      actions={
        admin && (
          <Button variant="primary" block tall onClick={() => setCreando(true)}>
            Crear webhook
          </Button>
        )
      }
    >
      {identidad === undefined && <Skeleton lines={4} look="rows" />}
      {identidad != null && !admin && (
        <ForbiddenState>Los webhooks los lleva un administrador.</ForbiddenState>
      )}
      {admin && <Contenido creando={creando} onCreado={() => setCreando(false)} />}
    </Screen>
  );
}

function Contenido({ creando, onCreado }: { creando: boolean; onCreado: () => void }) {
  const navigate = useNavigate();
  const lista = useConsulta(['webhooks'], () => api.webhooks.lista.query());
  useEventos(['webhook.*'], [['webhooks']]);
  const tiendas = useTiendasDeEmpresa();
  const caidos = lista.data?.filter((w) => w.desactivadoEn !== null) ?? [];
  return (
    <>
      <p>
        Cada vez que pasa algo (un conteo que se cierra, una existencia negativa) avisamos a estas
        direcciones.
      </p>
      <FallaEnLinea consulta={lista} sinSenal="Los webhooks se ven y se cambian con señal." />
      {caidos.length > 0 && (
        <Banner
          tone="bad"
          title={`${plural(caidos.length, 'webhook se apagó', 'webhooks se apagaron')} por fallar`}
        >
          Lo que pase mientras tanto no se le avisa. Ábrelo para ver por qué y encenderlo.
        </Banner>
      )}
      {lista.isPending && <Skeleton lines={4} look="rows" />}
      {lista.data?.length === 0 && (
        <EmptyState title="Todavía no hay webhooks" icon={<Webhook />}>
          Crea uno con la dirección de tu programa: no tendrá que preguntar cada rato.
        </EmptyState>
      )}
      {lista.data !== undefined && lista.data.length > 0 && (
        <ul className="list" aria-label="Webhooks">
          {lista.data.map((w) => {
            const { tono, texto } = senaDe(w);
            return (
              <ListRow
                key={w.id}
                title={w.nombre}
                detail={
                  <>
                    <span className="break-all">{w.url}</span>
                    <br />
                    {tiposDichos(w.tipos)}
                    {w.tiendaIds.length > 0 && ` · ${plural(w.tiendaIds.length, 'tienda', 'tiendas')}`}
                  </>
                }
                state={<Tag tone={tono}>{texto}</Tag>}
                onPress={() => navigate({ to: '/mas/webhooks/$webhookId', params: { webhookId: w.id } })}
              />
            );
          })}
        </ul>
      )}
      <HojaWebhook open={creando} onClose={onCreado} tiendas={tiendas} />
    </>
  );
}
