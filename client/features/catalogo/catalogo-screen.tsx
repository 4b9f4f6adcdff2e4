import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useHaySenal, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { cuenta, plural } from '#shared/formato.ts';
import { EDITA_PRODUCTOS, VE_COSTOS } from '#shared/roles.ts';
import { AccesosCatalogo } from './accesos-catalogo.tsx';
import { consultaDe, leeBusqueda } from './busqueda-catalogo.ts';
import { FiltrosCatalogo } from './filtros-catalogo.tsx';
import { HojaBloque } from './hoja-bloque.tsx';
import { TablaCatalogo } from './tabla-catalogo.tsx';
import { useArbol } from './use-categorias.ts';
import { useLista } from './use-lista.ts';
import './catalogo.css';

/** The catalogue as the office keeps it: online, with every filter in the URL. */
export function CatalogoScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const edita = identidad != null && EDITA_PRODUCTOS.includes(identidad.rol);
  const [elegidos, setElegidos] = useState<ReadonlySet<string>>(new Set());
  const [editando, setEditando] = useState(false);
  const haySenal = useHaySenal();
  const ve = identidad != null && VE_COSTOS.includes(identidad.rol);
  return (
    <Screen
      flush
      width="wide"
      header={
        <AppHeader title="Catálogo" onBack={() => void navigate({ to: '/mas' })} status={<EstadoEnvio />} />
      }
      actions={
        edita &&
        haySenal &&
        (elegidos.size > 0 ? (
          <Button variant="primary" block tall onClick={() => setEditando(true)}>
            Cambiar {plural(elegidos.size, 'producto', 'productos')}
          </Button>
        ) : (
          <Button
            variant="primary"
            block
            tall
            onClick={() => void navigate({ to: '/catalogo/$productoId', params: { productoId: 'nuevo' } })}
          >
            Nuevo producto
          </Button>
        ))
      }
    >
      {identidad === undefined ? (
        <Skeleton lines={6} look="rows" className="p-gutter" />
      ) : ve ? (
        <Contenido edita={edita} elegidos={elegidos} onElegidos={setElegidos} />
      ) : (
        <ForbiddenState>El catálogo con precios y costos lo llevan tu gerente y compras.</ForbiddenState>
      )}
      {editando && (
        <HojaBloque
          ids={[...elegidos]}
          onClose={(hecho) => {
            setEditando(false);
            if (hecho) setElegidos(new Set());
          }}
        />
      )}
    </Screen>
  );
}

function Contenido({
  edita,
  elegidos,
  onElegidos,
}: {
  edita: boolean;
  elegidos: ReadonlySet<string>;
  onElegidos: (elegidos: ReadonlySet<string>) => void;
}) {
  const navigate = useNavigate();
  const busqueda = leeBusqueda(useSearch({ strict: false }) as Record<string, unknown>);
  const arbol = useArbol();
  const lista = useLista(busqueda);
  const cambia = useCallback(
    (cambios: Record<string, string | undefined>) =>
      void navigate({
        to: '/catalogo',
        replace: true,
        resetScroll: false,
        search: (antes: Record<string, unknown>) => ({
          ...antes,
          ...Object.fromEntries(Object.entries(cambios).map(([k, v]) => [k, v === '' ? undefined : v])),
        }),
      }),
    [navigate],
  );
  const { total, filas } = lista;
  const todos = useOrden(() => api.productos.idsDe.query(consultaDe(busqueda)), ['nada']);
  const resultado =
    total === null
      ? lista.consulta.data === undefined
        ? ''
        : 'más de 2,000 productos'
      : total > 10_000
        ? 'más de 10,000 productos'
        : plural(total, 'producto', 'productos');
  const { orden: _orden, estado: _estado, ...filtros } = consultaDe(busqueda);
  return (
    <>
      <AccesosCatalogo />
      <FiltrosCatalogo busqueda={busqueda} onCambia={cambia} resultado={resultado} />
      <FallaEnLinea
        consulta={lista.consulta}
        sinSenal="El catálogo completo se consulta con señal. Sin señal puedes buscar en Productos y cambiar ahí lo básico."
      />
      {lista.consulta.isPending && <Skeleton lines={8} look="rows" className="p-gutter" />}
      {lista.consulta.data !== undefined && (
        <>
          {edita && elegidos.size > 0 && (
            <div className="flex flex-wrap items-center gap-3 px-gutter py-2" role="status">
              <span>{plural(elegidos.size, 'elegido', 'elegidos')}</span>
              <Button onClick={() => onElegidos(new Set([...elegidos, ...filas.map((f) => f.id)]))}>
                Elegir los {cuenta(filas.length)} que se ven
              </Button>
              {total !== null && total > filas.length && total <= 2_000 && (
                <Button
                  busy={todos.isPending}
                  onClick={() =>
                    todos.mutate(undefined, { onSuccess: ({ ids }) => onElegidos(new Set(ids)) })
                  }
                >
                  Elegir los {cuenta(total)} del filtro
                </Button>
              )}
              <Button onClick={() => onElegidos(new Set())}>Quitar selección</Button>
            </div>
          )}
          <TablaCatalogo
            filas={filas}
            elegidos={elegidos}
            onElige={
              edita
                ? (id, si) => {
                    const otros = new Set(elegidos);
                    if (si) otros.add(id);
                    else otros.delete(id);
                    onElegidos(otros);
                  }
                : null
            }
            categoria={arbol.nombre}
            filtrado={Object.keys(filtros).length > 0 || busqueda.estado !== 'activos'}
          />
          {lista.falla !== null && (
            <Banner tone="bad" title="No se trajeron más" role="alert">
              {lista.falla}
            </Banner>
          )}
          {lista.pide !== null && (
            <div className="p-gutter">
              <Button block busy={lista.pidiendo} onClick={() => void lista.pide?.()}>
                Ver más
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}
