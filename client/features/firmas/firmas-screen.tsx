import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useHaySenal, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { MotivoDialog } from '#client/features/conteos/index.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tabs } from '#client/ui/tabs.tsx';
import { Toast } from '#client/ui/toast.tsx';
import { cuenta } from '#shared/formato.ts';
import { REVISA_CONTEOS } from '#shared/roles.ts';
import { Decididas } from './decididas.tsx';
import { TarjetaFirma } from './tarjeta-firma.tsx';
import { firmada } from './textos-firma.ts';
import { type PorFirmar, usePorFirmar } from './use-por-firmar.ts';

/** Cards at a time, oldest first: a late file may leave hundreds. */
const PAGINA = 40;

/** Ajustes by hand and counter-ajustes that wait for another person, and what was decided. Online only. */
export function FirmasScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const consulta = usePorFirmar({ alDia: true });
  const { ver } = useSearch({ strict: false }) as { ver?: string };
  const veo = identidad != null && REVISA_CONTEOS.includes(identidad.rol);
  return (
    <Screen
      width="wide"
      header={
        <AppHeader
          title={<span className="whitespace-nowrap">Por firmar</span>}
          onBack={() => void navigate({ to: '/mas' })}
          status={<EstadoEnvio />}
        />
      }
    >
      {identidad === undefined ? (
        <Skeleton lines={6} look="rows" />
      ) : !veo ? (
        <ForbiddenState>Los ajustes los firma un gerente o un administrador.</ForbiddenState>
      ) : (
        <Tabs
          label="Firmas"
          current={ver === 'decididas' ? 'decididas' : 'pendientes'}
          onCurrent={(clave) =>
            void navigate({
              to: '/firmas',
              replace: true,
              search: clave === 'decididas' ? { ver: clave } : {},
            })
          }
          items={[
            {
              key: 'pendientes',
              label: 'Esperan',
              count: consulta.data?.length,
              panel: <Pendientes consulta={consulta} />,
            },
            { key: 'decididas', label: 'Decididas', panel: <Decididas /> },
          ]}
        />
      )}
    </Screen>
  );
}

function Pendientes({ consulta }: { consulta: ReturnType<typeof usePorFirmar> }) {
  const enLinea = useHaySenal();
  const [vistas, setVistas] = useState(PAGINA);
  const [rechazo, setRechazo] = useState<PorFirmar | null>(null);
  const [aviso, setAviso] = useState<{ id: number; texto: string } | null>(null);
  const [falla, setFalla] = useState<string>();
  const firma = useOrden((f: PorFirmar) => api.firmas.firma.mutate({ tipo: f.tipo, id: f.id }), ['firmas']);
  const rechaza = useOrden(
    ({ fila, motivo }: { fila: PorFirmar; motivo: string }) =>
      api.firmas.rechaza.mutate({ tipo: fila.tipo, id: fila.id, motivo }),
    ['firmas'],
  );
  const avisa = (texto: string) => setAviso({ id: Date.now(), texto });
  const firmar = async (f: PorFirmar) => {
    if (firma.isPending) return;
    setFalla(undefined);
    try {
      await firma.mutateAsync(f);
      avisa(`Firmado: ${firmada(f.cantidad)} de ${f.nombre}.`);
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    }
  };
  const filas = consulta.data;
  return (
    <div className="flex flex-col gap-3 pt-3">
      <FallaEnLinea
        consulta={consulta}
        sinSenal="Firmar necesita señal: el servidor revisa quién firma y qué cambia."
      />
      {falla && (
        <Banner tone="bad" title="No se firmó" role="alert">
          {falla}
        </Banner>
      )}
      {consulta.isPending && <Skeleton lines={6} look="rows" />}
      {filas?.length === 0 && (
        <EmptyState title="Nada espera tu firma">
          Aquí aparecen los ajustes hechos a mano y los movimientos que llegan después de aprobar un conteo.
        </EmptyState>
      )}
      <div className="grid gap-3 pc:grid-cols-2">
        {filas?.slice(0, vistas).map((f) => (
          <TarjetaFirma
            key={`${f.tipo} ${f.id}`}
            fila={f}
            enLinea={enLinea}
            firmando={firma.isPending && firma.variables?.id === f.id}
            onFirmar={() => void firmar(f)}
            onRechazar={() => setRechazo(f)}
          />
        ))}
      </div>
      {filas !== undefined && filas.length > vistas && (
        <Button block onClick={() => setVistas(vistas + PAGINA)}>
          Ver más: faltan {cuenta(filas.length - vistas)}
        </Button>
      )}
      <MotivoDialog
        open={rechazo !== null}
        onClose={() => setRechazo(null)}
        titulo={
          rechazo?.tipo === 'contra_ajuste' ? '¿Dejar los libros como están?' : '¿Rechazar este ajuste?'
        }
        accion={rechazo?.tipo === 'contra_ajuste' ? 'Dejar como está' : 'Rechazar'}
        detalle={rechazo === null ? undefined : `${firmada(rechazo.cantidad)} de ${rechazo.codigo}`}
        peligro
        onConfirma={async (motivo) => {
          if (rechazo === null) return;
          await rechaza.mutateAsync({ fila: rechazo, motivo });
          avisa('Quedó decidido, con tu motivo.');
        }}
      >
        <p>
          {rechazo?.tipo === 'contra_ajuste'
            ? `No se registra el contra-ajuste: la existencia sigue distinta de lo contado por ${firmada(rechazo.cantidad)}.`
            : 'No entra a los libros. Quien lo propuso ve aquí tu motivo.'}
        </p>
      </MotivoDialog>
      <Toast message={aviso?.texto} toastKey={aviso?.id} onDismiss={() => setAviso(null)} />
    </div>
  );
}
