import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { useAlSincronizar, useConsulta, useHaySenal } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { now } from '#client/offline/clock.ts';
import { useConteos, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Select } from '#client/ui/select.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Toast } from '#client/ui/toast.tsx';
import { PLANEA_CONTEOS, PLANEA_PRUEBAS, REVISA_CONTEOS } from '#shared/roles.ts';
import { useBusquedaUrl } from '../revision/use-busqueda-url.ts';
import { ConteoFila } from './conteo-fila.tsx';
import { type ConteoLista, porSecciones, SECCIONES, type Seccion, TITULO, une } from './secciones.ts';

const TRAMO = 40;
/** `conteos.historial` answers no more than this. */
const MAXIMO = 200;

const textoDe = (valor: unknown) => (typeof valor === 'string' ? valor : '');

/** All conteos: mine first, from the phone's cache; the rest of the company's history when there is signal. */
export function ConteosScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const cache = useConteos();
  const haySenal = useHaySenal();
  const [search, cambia] = useBusquedaUrl();
  const [limite, setLimite] = useState(TRAMO);
  const historial = useConsulta(['historial', limite], () =>
    api.conteos.historial.query({ estados: null, antesDe: null, limite }),
  );
  useAlSincronizar(() => void historial.refetch());
  const planea = identidad != null && PLANEA_PRUEBAS.includes(identidad.rol);
  const soloPruebas = planea && !PLANEA_CONTEOS.includes(identidad.rol);
  const revisa = identidad != null && REVISA_CONTEOS.includes(identidad.rol);
  const creado = textoDe(search.creado);
  const almacen = textoDe(search.almacen);

  const todos = une(cache ?? [], historial.data ?? []);
  const almacenes = [...new Set(todos.map((c) => c.almacen).filter(Boolean))].sort();
  const listas = porSecciones(
    todos.filter((c) => almacen === '' || c.almacen === almacen),
    revisa,
  );
  const primeraVez = cache === undefined || (todos.length === 0 && historial.isPending && haySenal);

  return (
    <Screen
      width="wide"
      header={<AppHeader title="Conteos" status={<EstadoEnvio />} />}
      actions={
        planea && (
          <>
            {!soloPruebas && (
              <Button onClick={() => void navigate({ to: '/conteos/hoy' })}>Conteo de hoy</Button>
            )}
            <Button variant="primary" onClick={() => void navigate({ to: '/conteos/nuevo' })}>
              {soloPruebas ? 'Nuevo conteo de prueba' : 'Nuevo conteo'}
            </Button>
          </>
        )
      }
      actionsRow
    >
      {primeraVez ? (
        <Skeleton lines={5} look="rows" label="Abriendo los conteos…" />
      ) : todos.length === 0 ? (
        <EmptyState
          title="Todavía no hay conteos"
          actions={<Button onClick={() => void navigate({ to: '/' })}>Ir a Inicio</Button>}
        >
          {soloPruebas
            ? 'Planea una prueba: se compara con el libro y nunca mueve existencias.'
            : planea
              ? 'Planea uno con Nuevo conteo, o empieza a contar lo que encuentres desde Inicio.'
              : 'Cuando tu gerente te asigne uno aparece aquí. Desde Inicio puedes contar lo que encuentres.'}
        </EmptyState>
      ) : (
        <>
          {almacenes.length > 1 && (
            <Select
              label="Almacén"
              value={almacenes.includes(almacen) ? almacen : ''}
              onValue={(valor) => cambia({ almacen: valor })}
              options={almacenes.map((nombre) => ({ value: nombre, label: nombre }))}
              placeholder="Todos los almacenes"
              className="tablet:max-w-xs"
            />
          )}
          {SECCIONES.map((seccion) => (
            <ListaDe key={seccion} seccion={seccion} conteos={listas[seccion]} revisa={revisa} />
          ))}
          {!haySenal || historial.isError ? (
            <Banner
              tone="warn"
              role="status"
              title={haySenal ? 'El historial no llegó' : 'Sin señal: estos son los de este teléfono'}
              actions={
                haySenal && (
                  <Button busy={historial.isFetching} onClick={() => void historial.refetch()}>
                    Intentar otra vez
                  </Button>
                )
              }
            >
              {haySenal && historial.isError
                ? errorDe(historial.error).mensaje
                : 'Los cerrados y el avance de los demás se ven al volver la señal. Puedes seguir contando.'}
            </Banner>
          ) : (
            historial.data &&
            historial.data.length >= limite &&
            limite < MAXIMO && (
              <Button busy={historial.isFetching} onClick={() => setLimite(Math.min(MAXIMO, limite + TRAMO))}>
                Ver más antiguos
              </Button>
            )
          )}
        </>
      )}
      <Toast
        message={creado === '' ? undefined : `${creado} creado`}
        toastKey={creado}
        onDismiss={() => cambia({ creado: undefined })}
      />
    </Screen>
  );
}

/** Said even when empty: that nothing waits for me is an answer too. */
const VACIA: Partial<Record<Seccion, string>> = {
  por_contar: 'Nada por contar. Lo que te asignen aparece aquí.',
};

function ListaDe({
  seccion,
  conteos,
  revisa,
}: {
  seccion: Seccion;
  conteos: readonly ConteoLista[];
  revisa: boolean;
}) {
  const vacia = VACIA[seccion];
  if (conteos.length === 0 && vacia === undefined) return null;
  const ahora = now().getTime();
  const id = `conteos-${seccion}`;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="card-title">
        {TITULO[seccion]}
        {conteos.length > 0 && ` (${conteos.length})`}
      </h2>
      {conteos.length === 0 ? (
        <p className="text-ink-soft">{vacia}</p>
      ) : (
        <ul aria-labelledby={id} className="list">
          {conteos.map((conteo) => (
            <ConteoFila key={conteo.id} conteo={conteo} seccion={seccion} revisa={revisa} ahora={ahora} />
          ))}
        </ul>
      )}
    </section>
  );
}
