import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { porContar } from '#client/features/inicio/index.ts';
import { crearConteoLibre, useAlmacenes, useConteos, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { isAppError, mensajeDe } from '#shared/errores.ts';
import { CUENTA } from '#shared/roles.ts';

/** `/contar`: the open conteo, or a new free one in my almacén. Works without signal. */
export function ContarRuta() {
  const conteos = useConteos();
  const almacenes = useAlmacenes();
  const identidad = useIdentidad();
  const navigate = useNavigate();
  const { otra } = useSearch({ strict: false }) as { otra?: boolean };
  const [error, setError] = useState<string | null>(null);
  const [creando, setCreando] = useState(false);
  const actual = conteos === undefined || otra ? undefined : porContar(conteos)[0];
  if (actual !== undefined)
    return <Navigate to="/conteos/$conteoId" params={{ conteoId: actual.id }} replace />;

  // The server would refuse it when it arrives, maybe hours of counting later.
  if (identidad != null && !CUENTA.includes(identidad.rol)) {
    return (
      <Screen
        header={<AppHeader title="Contar" onBack={() => navigate({ to: '/' })} status={<EstadoEnvio />} />}
      >
        <ForbiddenState actions={<Button onClick={() => navigate({ to: '/' })}>Ir a Inicio</Button>}>
          Cuentan el almacenista, el gerente y el administrador; un auditor, en los conteos de prueba que
          tenga asignados.
        </ForbiddenState>
      </Screen>
    );
  }

  const crea = async (almacenId: string) => {
    if (creando) return;
    setCreando(true);
    try {
      const id = await crearConteoLibre({ almacenId });
      await navigate({ to: '/conteos/$conteoId', params: { conteoId: id }, replace: true });
    } catch (fallo) {
      setError(isAppError(fallo) ? mensajeDe(fallo.code, fallo.data) : mensajeDe('NO_GUARDADO'));
      setCreando(false);
    }
  };
  const propios = almacenes?.filter((a) => a.tipo === 'general' || a.tipo === 'mostrador') ?? [];
  const unico = propios.length === 1 ? propios[0] : undefined;
  return (
    <Screen
      header={
        <AppHeader title="¿Dónde cuentas?" onBack={() => navigate({ to: '/' })} status={<EstadoEnvio />} />
      }
    >
      {error !== null && (
        <Banner tone="bad" title="No se empezó el conteo" role="alert">
          {error}
        </Banner>
      )}
      {almacenes === undefined || conteos === undefined ? (
        <Skeleton />
      ) : propios.length === 0 ? (
        <EmptyState
          title="Aún no baja la lista de almacenes"
          actions={<Button onClick={() => navigate({ to: '/practica' })}>Practicar mientras</Button>}
        >
          Conéctate un momento para traer tu tienda y el catálogo; después ya no hace falta señal.
        </EmptyState>
      ) : unico !== undefined ? (
        <UnAlmacen nombre={unico.nombre} crear={() => crea(unico.id)} />
      ) : (
        <ul className="list" aria-label="Almacenes">
          {propios.map((almacen) => (
            <ListRow
              key={almacen.id}
              title={almacen.nombre}
              detail={`${almacen.codigo} · ${almacen.tiendaNombre}`}
              onPress={() => crea(almacen.id)}
            />
          ))}
        </ul>
      )}
    </Screen>
  );
}

/** With one almacén there is nothing to ask. */
function UnAlmacen({ nombre, crear }: { nombre: string; crear: () => void }) {
  const pedido = useRef(false);
  useEffect(() => {
    if (pedido.current) return;
    pedido.current = true;
    crear();
  });
  return <p>Empezando en {nombre}…</p>;
}
