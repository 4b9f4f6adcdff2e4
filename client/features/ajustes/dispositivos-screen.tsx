import { useNavigate } from '@tanstack/react-router';
import { Fragment, useEffect, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { fechaHoraAqui } from '#client/app/fechas.ts';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { elJournalReal } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { plural } from '#shared/formato.ts';
import { senasDe } from './dispositivo-dicho.ts';

type Dispositivo = Awaited<ReturnType<typeof api.dispositivos.lista.query>>[number];

/** Every phone: who uses it, when it was last seen, what it has not sent; a lost one is put out. */
export function DispositivosScreen() {
  const navigate = useNavigate();
  const lista = useConsulta(['dispositivos'], () => api.dispositivos.lista.query());
  const revoca = useOrden((id: string) => api.dispositivos.revoca.mutate({ id }), ['dispositivos']);
  const [porRevocar, setPorRevocar] = useState<Dispositivo | null>(null);
  const este = useEsteEquipo();
  const senas = (d: Dispositivo) => senasDe(d, { ahora: Date.now(), version: __APP_VERSION__, este });
  return (
    <Screen
      header={
        <AppHeader title="Dispositivos" onBack={() => navigate({ to: '/mas' })} status={<EstadoEnvio />} />
      }
    >
      <FallaEnLinea consulta={lista} orden={revoca} sinSenal="La lista de teléfonos se ve con señal." />
      {lista.isPending && <Skeleton />}
      {lista.data?.length === 0 && <EmptyState title="Todavía no entra ningún teléfono" />}
      {lista.data !== undefined && lista.data.length > 0 && (
        <ul className="list" aria-label="Dispositivos">
          {lista.data.map((d) => (
            <ListRow
              key={d.id}
              title={`${d.usuario ?? 'Sin usuario'} · ${d.nombre ?? 'Teléfono'}`}
              detail={
                <>
                  {d.visto === null ? 'nunca visto' : `visto ${fechaHoraAqui(d.visto)}`}
                  {d.appVer !== null && ` · versión ${d.appVer}`}
                  {senas(d).map(({ texto, tono }) => (
                    <Fragment key={texto}>
                      {' '}
                      <Tag tone={tono}>{texto}</Tag>
                    </Fragment>
                  ))}
                </>
              }
              actions={
                d.revocadoEn === null && (
                  <Button variant="danger" onClick={() => setPorRevocar(d)}>
                    Dar de baja
                  </Button>
                )
              }
            />
          ))}
        </ul>
      )}
      <Dialog
        open={porRevocar !== null}
        onClose={() => setPorRevocar(null)}
        role="alertdialog"
        title={
          porRevocar?.id === este && este !== null
            ? '¿Dar de baja este mismo teléfono?'
            : `¿Dar de baja el teléfono de ${porRevocar?.usuario ?? 'nadie'}?`
        }
        actions={
          <>
            <Button
              block
              variant="danger"
              onClick={() => {
                if (porRevocar !== null) revoca.mutate(porRevocar.id);
                setPorRevocar(null);
              }}
            >
              Dar de baja
            </Button>
            <Button block onClick={() => setPorRevocar(null)}>
              No
            </Button>
          </>
        }
      >
        <p>
          Ya no recibe nada. Lo que todavía envíe no se pierde: queda para que lo revise un administrador
          {porRevocar !== null && porRevocar.sinEnviar > 0
            ? ` (dice tener ${plural(porRevocar.sinEnviar, 'dato', 'datos')} sin enviar)`
            : ''}
          .
        </p>
      </Dialog>
    </Screen>
  );
}

/** The id by which the server knows this phone; null until it was read. */
function useEsteEquipo(): string | null {
  const [id, setId] = useState<string | null>(null);
  useEffect(() => {
    let alive = true;
    elJournalReal()
      .device()
      .then(
        (device) => alive && setId(device.id),
        () => {
          // why: without it no row is marked as this phone
        },
      );
    return () => {
      alive = false;
    };
  }, []);
  return id;
}
