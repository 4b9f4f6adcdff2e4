import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { type ConteoVista, type Identidad, useConteos, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { CUENTA, VE_EXISTENCIAS } from '#shared/roles.ts';
import { DetalleScreen } from './detalle-screen.tsx';
import { Graficas } from './graficas.tsx';
import { MiSemana } from './mi-semana.tsx';
import { SeccionAhora } from './seccion-ahora.tsx';
import { useBusqueda } from './use-busqueda.ts';
import './tablero.css';

/** What needs me now, my week, and how the company is doing. */
export function TableroScreen() {
  const identidad = useIdentidad();
  const conteos = useConteos();
  const [{ ver }] = useBusqueda();
  if (identidad && ver !== '') return <DetalleScreen identidad={identidad} ver={ver} />;
  return (
    <Screen width="wide" header={<AppHeader title="Tablero" status={<EstadoEnvio />} />}>
      {!identidad || conteos === undefined ? (
        <Skeleton lines={6} look="rows" />
      ) : (
        <Contenido identidad={identidad} conteos={conteos} />
      )}
    </Screen>
  );
}

function Contenido({ identidad, conteos }: { identidad: Identidad; conteos: readonly ConteoVista[] }) {
  return (
    <>
      <SeccionAhora identidad={identidad} conteos={conteos} />
      {VE_EXISTENCIAS.includes(identidad.rol) && <Graficas identidad={identidad} />}
      {CUENTA.includes(identidad.rol) && <MiSemana usuarioId={identidad.usuarioId} />}
    </>
  );
}
