import { Link, Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { CONTEO_PRACTICA, useIdentidad, usePractica } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { NavBar, type NavKey } from '#client/ui/nav-bar.tsx';
import { Shell } from '#client/ui/shell.tsx';
import { useAjustesAlDia } from './ajustes-empresa.ts';
import { useBloqueo } from './bloqueo.ts';
import { SinAlmacen } from './sin-almacen.tsx';
import { applyUpdate } from './update.ts';
import { useUpdateState } from './use-update.ts';

const PantallaBloqueo = lazy(() =>
  import('#client/features/turno/pantalla-bloqueo.tsx').then((m) => ({ default: m.PantallaBloqueo })),
);

const BarraPractica = lazy(() =>
  import('#client/features/practica/index.ts').then((m) => ({ default: m.BarraPractica })),
);

/** The way in: it stands without a person in the shift, and the lock does not cover it. */
const ENTRADA = /^\/(entrar|primer-admin|invitacion)(\/|$)/;
/** The work takes the whole height: no navigation under the thumb. */
const SIN_NAVEGACION =
  /^\/(entrar|primer-admin|invitacion|contar|practica|conteos\/(?!nuevo)[^/]+(\/hoja)?)(\/)?$/;
const GUIA = '/practica';
const CONTAR_PRACTICA = `/conteos/${CONTEO_PRACTICA}`;

function seccionDe(ruta: string): NavKey {
  if (ruta.startsWith('/conteos')) return 'conteos';
  if (ruta.startsWith('/productos') || ruta.startsWith('/catalogo')) return 'productos';
  if (ruta.startsWith('/tablero')) return 'tablero';
  if (/^\/(mas|movimientos|firmas|periodos|existencias|etiquetas|importar)(\/|$)/.test(ruta)) return 'mas';
  return 'inicio';
}

/** Longer than a change of person takes to reach the screens. */
const CAMBIO_MS = 3_000;

/** The frame of every screen. The app opens on the shift identity: no network and no session are asked. */
export function Root() {
  const pathname = useLocation().pathname.replace(/(.)\/$/, '$1');
  const identidad = useIdentidad();
  const navigate = useNavigate();
  const { cerrado, eligiendo } = useBloqueo();
  useAjustesAlDia();
  const practica = usePractica();
  const entrada = ENTRADA.test(pathname);
  const deGuia = pathname === GUIA;
  // Practice asks for nobody: it is also there for who has no user yet.
  const libre = entrada || deGuia || practica;
  const hubo = useRef(false);
  useEffect(() => {
    if (identidad != null) hubo.current = true;
    if (identidad !== null || libre) return;
    // At a change of person nobody is in for a moment.
    const reloj = setTimeout(
      () => void navigate({ to: '/entrar', replace: true }),
      hubo.current ? CAMBIO_MS : 0,
    );
    return () => clearTimeout(reloj);
  }, [identidad, libre, navigate]);
  if (identidad === undefined && !libre) return <SinAlmacen esperando>{null}</SinAlmacen>;
  if (identidad === null && !libre) return <div className="bloqueo-espera" />;
  // While it lasts there is nothing but practice: every other screen shows or changes what is real.
  if (practica && !entrada && !deGuia && pathname !== CONTAR_PRACTICA) return <Navigate to={GUIA} replace />;
  if (!practica && pathname === CONTAR_PRACTICA) return <Navigate to="/" replace />;
  return (
    <Shell
      top={
        <>
          {practica && !entrada && (
            <Suspense fallback={null}>
              <BarraPractica contando={pathname === CONTAR_PRACTICA} />
            </Suspense>
          )}
          <AvisoVersion />
        </>
      }
      nav={
        SIN_NAVEGACION.test(pathname) ? undefined : (
          <NavBar
            current={seccionDe(pathname)}
            renderLink={({ key, href, children, ...resto }) => (
              <Link key={key} to={href} {...resto}>
                {children}
              </Link>
            )}
          />
        )
      }
    >
      {/* Another person starts with screens of their own: nothing typed or shown before is theirs. */}
      <SinAlmacen esperando={identidad === undefined}>
        <Outlet key={practica ? 'practica' : libre ? 'libre' : identidad?.usuarioId} />
      </SinAlmacen>
      {(cerrado || eligiendo) && !entrada && (
        <Suspense fallback={<div className="bloqueo-espera" />}>
          <PantallaBloqueo />
        </Suspense>
      )}
    </Shell>
  );
}

function AvisoVersion() {
  const { available, blocked, applying } = useUpdateState();
  // While a count is open nothing is said either: the new version waits its turn.
  if (!available || blocked) return null;
  return (
    <Banner
      tone="info"
      title="Hay una versión nueva"
      role="status"
      actions={
        <Button busy={applying} onClick={() => void applyUpdate()}>
          Actualizar
        </Button>
      }
    >
      Lo guardado no se toca. Tarda unos segundos.
    </Banner>
  );
}
