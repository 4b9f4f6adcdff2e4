import { useState } from 'react';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { mensajeDe } from '#shared/errores.ts';
import { nombreDeMutacion } from './nombre-mutacion.ts';

/** Dead letters of the shop's phones: each is whole; a manager applies it again or discards it with a reason. */
export default function RechazosDeTienda() {
  const rechazos = useConsulta(['rechazos'], () => api.sync.rechazos.query());
  const resuelve = useOrden(
    (args: { id: string; accion: 'reintentar' | 'descartar'; nota: string | null }) =>
      api.sync.resuelveRechazo.mutate(args),
    ['rechazos'],
  );
  const [porDescartar, setPorDescartar] = useState<string | null>(null);
  const [nota, setNota] = useState('');
  if (rechazos.isError && rechazos.data === undefined) {
    return <FallaEnLinea consulta={rechazos} sinSenal="Lo de los demás teléfonos se revisa con señal." />;
  }
  if (rechazos.data === undefined) return <Skeleton />;
  const abiertos = rechazos.data.filter((r) => r.state === 'abierta');
  const falla = resuelve.error === null ? null : errorDe(resuelve.error);
  return (
    <section aria-labelledby="de-la-tienda">
      <h2 id="de-la-tienda" className="card-title">
        De todos los teléfonos
      </h2>
      {falla !== null && (
        <Banner tone="bad" title="No se resolvió" role="alert">
          {mensajeDe(falla.code, falla.data)}
        </Banner>
      )}
      {abiertos.length === 0 ? (
        <EmptyState title="Ningún teléfono tiene pendientes de revisar" />
      ) : (
        <ul className="list" aria-label="De todos los teléfonos">
          {abiertos.map((rechazo) => (
            <ListRow
              key={rechazo.id}
              title={`${nombreDeMutacion(rechazo.name)} · ${rechazo.usuario ?? 'sin usuario'}`}
              detail={
                <>
                  {rechazo.mensaje}
                  <details>
                    <summary>Ver lo que se envió</summary>
                    <pre className="overflow-auto whitespace-pre-wrap">{rechazo.args}</pre>
                  </details>
                </>
              }
              actions={
                <>
                  <Button
                    busy={resuelve.isPending && resuelve.variables?.id === rechazo.id}
                    onClick={() => resuelve.mutate({ id: rechazo.id, accion: 'reintentar', nota: null })}
                  >
                    Aplicar
                  </Button>
                  <Button variant="danger" onClick={() => setPorDescartar(rechazo.id)}>
                    Descartar
                  </Button>
                </>
              }
            />
          ))}
        </ul>
      )}
      <Dialog
        open={porDescartar !== null}
        onClose={() => setPorDescartar(null)}
        title="¿Por qué se descarta?"
        actions={
          <Button
            block
            variant="danger"
            disabled={nota.trim() === ''}
            onClick={() => {
              if (porDescartar === null) return;
              resuelve.mutate({ id: porDescartar, accion: 'descartar', nota: nota.trim() });
              setPorDescartar(null);
              setNota('');
            }}
          >
            Descartar
          </Button>
        }
      >
        <p>El dato completo se conserva en la bitácora con tu nombre.</p>
        <TextField label="Motivo" value={nota} onValue={setNota} maxLength={500} />
      </Dialog>
    </section>
  );
}
