import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { fechaHoraAqui } from '#client/app/fechas.ts';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useEventos } from '#client/app/use-eventos.ts';
import { SecretoUnico } from '#client/features/api/index.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Section } from '#client/ui/section.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { Webhook } from '#shared/contracts/api-webhooks.ts';
import { listaNatural } from '#shared/formato.ts';
import { HojaWebhook } from './hoja-webhook.tsx';
import { TablaEntregas } from './tabla-entregas.tsx';
import { useTiendasDeEmpresa } from './use-tiendas-de-empresa.ts';
import { intentoDicho, senaDe, tiposDichos } from './webhook-dicho.ts';

/** One webhook: what it is told, whether it arrives, and each delivery. */
export function WebhookScreen({ webhookId }: { webhookId: string }) {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const lista = useConsulta(['webhooks'], () => api.webhooks.lista.query(), {
    activa: identidad?.rol === 'admin',
  });
  const webhook = lista.data?.find(({ id }) => id === webhookId);
  return (
    <Screen
      width="wide"
      header={
        <AppHeader
          title={webhook?.nombre ?? 'Webhook'}
          onBack={() => navigate({ to: '/mas/webhooks' })}
          status={<EstadoEnvio />}
        />
      }
    >
      {identidad != null && identidad.rol !== 'admin' && (
        <ForbiddenState>Los webhooks los lleva un administrador.</ForbiddenState>
      )}
      {identidad?.rol === 'admin' && (
        <>
          <FallaEnLinea consulta={lista} sinSenal="Los webhooks se ven y se cambian con señal." />
          {lista.isPending && <Skeleton lines={6} look="rows" />}
          {lista.data !== undefined && webhook === undefined && (
            <EmptyState title="Este webhook ya no está">Alguien lo quitó.</EmptyState>
          )}
          {webhook !== undefined && <Contenido webhook={webhook} />}
        </>
      )}
    </Screen>
  );
}

function Contenido({ webhook }: { webhook: Webhook }) {
  const { id, version } = webhook;
  const navigate = useNavigate();
  const tiendas = useTiendasDeEmpresa();
  const [editando, setEditando] = useState(false);
  const [quitando, setQuitando] = useState(false);
  const entregas = useConsulta(['webhooks', id, 'entregas'], () => api.webhooks.entregas.query({ id }));
  // What happens is what is delivered; a moment later its outcome is known.
  useEventos([], [['webhooks', id]]);
  const prueba = useOrden((_: null) => api.webhooks.prueba.mutate({ id }), ['webhooks', id]);
  const cambia = useOrden(
    (activo: boolean) => api.webhooks.cambia.mutate({ id, version, activo }),
    ['webhooks'],
  );
  const secreto = useOrden((_: null) => api.webhooks.renuevaSecreto.mutate({ id }), ['webhooks']);
  const quita = useOrden((_: null) => api.webhooks.quita.mutate({ id }), ['webhooks']);
  const reenvia = useOrden(
    (entregaId: string) => api.webhooks.reenvia.mutate({ entregaId }),
    ['webhooks', id],
  );
  const orden = [prueba, cambia, secreto, quita, reenvia].find(({ isError }) => isError);
  const { tono, texto } = senaDe(webhook);
  const nombres = webhook.tiendaIds.map((t) => tiendas.find(({ value }) => value === t)?.label ?? 'otra');
  return (
    <>
      <FallaEnLinea
        consulta={entregas}
        {...(orden === undefined ? {} : { orden })}
        sinSenal="Las entregas se ven con señal."
      />
      {webhook.desactivadoEn !== null && (
        <Banner
          tone="bad"
          title={`Se apagó el ${fechaHoraAqui(webhook.desactivadoEn)}`}
          actions={
            <Button busy={cambia.isPending} onClick={() => cambia.mutate(true)}>
              Encender de nuevo
            </Button>
          }
        >
          {webhook.motivo} Lo que pasó mientras tanto no se le avisó; lo que no llegó se puede reenviar.
        </Banner>
      )}
      {prueba.data !== undefined && (
        <Banner
          tone={prueba.data.error === null ? 'ok' : 'bad'}
          title={prueba.data.error === null ? 'La prueba llegó' : 'La prueba no llegó'}
          role="status"
        >
          {intentoDicho(prueba.data)}
        </Banner>
      )}
      <Facts
        items={[
          { label: 'Estado', value: <Tag tone={tono}>{texto}</Tag> },
          { label: 'Dirección', value: <span className="break-all">{webhook.url}</span> },
          { label: 'Avisa', value: tiposDichos(webhook.tipos) },
          { label: 'Tiendas', value: nombres.length === 0 ? 'todas' : listaNatural(nombres) },
          ...(webhook.fallandoDesde === null
            ? []
            : [{ label: 'No recibe nada desde', value: fechaHoraAqui(webhook.fallandoDesde) }]),
        ]}
      />
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" busy={prueba.isPending} onClick={() => prueba.mutate(null)}>
          Probar ahora
        </Button>
        <Button onClick={() => setEditando(true)}>Cambiar</Button>
        <Button busy={secreto.isPending} onClick={() => secreto.mutate(null)}>
          Secreto nuevo
        </Button>
        {webhook.activo && (
          <Button busy={cambia.isPending} onClick={() => cambia.mutate(false)}>
            Apagar
          </Button>
        )}
        {!webhook.activo && webhook.desactivadoEn === null && (
          <Button busy={cambia.isPending} onClick={() => cambia.mutate(true)}>
            Encender
          </Button>
        )}
        <Button variant="danger" onClick={() => setQuitando(true)}>
          Quitar
        </Button>
      </div>
      <Section title="Entregas">
        {entregas.isPending && <Skeleton lines={4} look="rows" />}
        {entregas.data?.entregas.length === 0 && (
          <EmptyState title="Todavía no se ha enviado nada">
            Pruébalo ahora, o espera a que pase algo de lo que avisa.
          </EmptyState>
        )}
        {entregas.data !== undefined && entregas.data.entregas.length > 0 && (
          <>
            <TablaEntregas
              entregas={entregas.data.entregas}
              onReenvia={webhook.activo ? (e) => reenvia.mutate(e.id) : undefined}
              enviando={reenvia.isPending ? reenvia.variables : null}
            />
            {entregas.data.despues !== null && (
              <p className="text-ink-soft">Las 50 más nuevas; las demás se leen por la API.</p>
            )}
          </>
        )}
      </Section>
      <HojaWebhook
        key={version}
        open={editando}
        onClose={() => setEditando(false)}
        tiendas={tiendas}
        webhook={webhook}
      />
      <Sheet
        open={secreto.data !== undefined}
        onClose={() => secreto.reset()}
        dismissable={false}
        title="Secreto nuevo"
        actions={
          <Button block onClick={() => secreto.reset()}>
            Ya lo guardé
          </Button>
        }
      >
        {secreto.data !== undefined && (
          <SecretoUnico nombre="Secreto" secreto={secreto.data.secreto}>
            El de antes ya no firma nada: cámbialo también en tu programa.
          </SecretoUnico>
        )}
      </Sheet>
      <Dialog
        open={quitando}
        onClose={() => setQuitando(false)}
        role="alertdialog"
        title={`Quitar «${webhook.nombre}»`}
        actions={
          <>
            <Button block onClick={() => setQuitando(false)}>
              Dejarlo
            </Button>
            <Button
              block
              variant="danger"
              busy={quita.isPending}
              onClick={() => quita.mutate(null, { onSuccess: () => void navigate({ to: '/mas/webhooks' }) })}
            >
              Quitar
            </Button>
          </>
        }
      >
        <p>Ya no se le avisa nada y se borra la lista de sus entregas.</p>
      </Dialog>
    </>
  );
}
