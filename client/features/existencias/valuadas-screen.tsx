import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useZonaDeTienda } from '#client/features/transacciones/index.ts';
import { now } from '#client/offline/clock.ts';
import { useAlmacenes, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { fechaLocal, masDias } from '#shared/domain/instante.ts';
import { cuenta, fechaVista, plural } from '#shared/formato.ts';
import { VE_COSTOS } from '#shared/roles.ts';
import { BotonesArchivo } from './botones-archivo.tsx';
import { FiltroCorte } from './filtro-corte.tsx';
import { FiltroRenglones } from './filtro-renglones.tsx';
import { TablaValuadas } from './tabla-valuadas.tsx';
import { TotalesValuadas } from './totales-valuadas.tsx';
import { useValuadas } from './use-valuadas.ts';
import { filasDe, leeBusqueda, prepara } from './vista-valuadas.ts';

/** Stock as it was at the end of a day, valued. For who sees stock and costs; online only. */
export function ValuadasScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const veo = identidad != null && VE_COSTOS.includes(identidad.rol);
  return (
    <Screen
      flush
      width="wide"
      header={
        <AppHeader
          title={
            <>
              Existencia <span className="whitespace-nowrap">a una fecha</span>
            </>
          }
          onBack={() => void navigate({ to: '/mas' })}
          status={<EstadoEnvio />}
        />
      }
    >
      {identidad === undefined ? (
        <Skeleton lines={6} look="rows" className="p-gutter" />
      ) : veo ? (
        <Contenido />
      ) : (
        <ForbiddenState>La existencia y sus costos los ve un gerente o compras.</ForbiddenState>
      )}
    </Screen>
  );
}

const ESPERA_URL_MS = 300;

function Contenido() {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const zona = useZonaDeTienda(useAlmacenes()?.[0]?.tiendaId);
  const hoy = fechaLocal(now().getTime(), zona);
  // The books of the month before are what is asked for most.
  const busqueda = leeBusqueda(search, masDias(`${hoy.slice(0, 8)}01`, -1));
  const { al, almacen, categoria, filtro, orden, dir } = busqueda;
  const cambia = useCallback(
    (cambios: Record<string, string | undefined>) =>
      void navigate({
        to: '/existencias/valuadas',
        replace: true,
        resetScroll: false,
        search: (antes: Record<string, unknown>) => ({
          ...antes,
          ...Object.fromEntries(Object.entries(cambios).map(([k, v]) => [k, v === '' ? undefined : v])),
        }),
      }),
    [navigate],
  );
  const [texto, setTexto] = useState(busqueda.q);
  const espera = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(espera.current), []);
  const escribe = (nuevo: string) => {
    setTexto(nuevo);
    clearTimeout(espera.current);
    espera.current = setTimeout(() => cambia({ q: nuevo }), ESPERA_URL_MS);
  };
  const q = useDeferredValue(texto);
  const consulta = useValuadas({ al, almacen, categoria }, true);
  const { data } = consulta;
  const listas = useMemo(() => (data === undefined ? [] : prepara(data)), [data]);
  const filas = useMemo(() => filasDe(listas, { q, filtro, orden, dir }), [listas, q, filtro, orden, dir]);
  const productos = useMemo(() => new Set(listas.map(({ fila }) => fila.productoId)).size, [listas]);
  const renglones = useRef<HTMLDivElement>(null);
  const almacenes = data?.almacenes ?? [];
  return (
    <>
      <div className="flex flex-col gap-3 p-gutter">
        <FiltroCorte busqueda={busqueda} onCambia={cambia} hoy={hoy} />
        <FallaEnLinea consulta={consulta} sinSenal="La existencia de otra fecha la calcula el servidor." />
        {consulta.isPending && (
          <Skeleton lines={8} look="rows" label="Calculando la existencia de esa fecha…" />
        )}
      </div>
      {data !== undefined && (
        <>
          <TotalesValuadas
            almacenes={almacenes}
            productos={productos}
            filtro={filtro}
            onFiltro={(ver) => {
              cambia({ ver });
              // The rows are further down than a phone shows.
              renglones.current?.scrollIntoView();
            }}
          />
          <div className="flex flex-col gap-3 p-gutter">
            <p className="text-ink-soft">
              Como estaba al terminar el {fechaVista(Date.parse(`${al}T12:00:00Z`), 0)}, en la hora de cada
              tienda, con todo lo que hoy se sabe de esos días. El costo es el que valía entonces.
            </p>
            <BotonesArchivo key={`${al} ${almacen} ${categoria}`} de={{ al, almacen, categoria }} />
          </div>
          <div ref={renglones} className="scroll-mt-16" />
          <FiltroRenglones
            filtro={filtro}
            onFiltro={(ver) => cambia({ ver: ver === 'todo' ? undefined : ver })}
            texto={texto}
            onTexto={escribe}
            resultado={`${plural(filas.length, 'renglón', 'renglones')} de ${cuenta(listas.length)}`}
          />
          <TablaValuadas
            filas={filas}
            conAlmacen={almacenes.filter((a) => a.totales.productos > 0).length > 1}
            filtrado={q !== '' || filtro !== 'todo' || categoria !== ''}
            sort={{ key: orden, dir }}
            onSort={({ key, dir: nueva }) => cambia({ orden: key, dir: nueva })}
          />
        </>
      )}
    </>
  );
}
