import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useZonaDeTienda } from '#client/features/transacciones/index.ts';
import { now } from '#client/offline/clock.ts';
import { useAlmacenes, useIdentidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Select } from '#client/ui/select.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { fechaLocal } from '#shared/domain/instante.ts';
import { REVISA_CONTEOS, VE_COSTOS } from '#shared/roles.ts';
import { BotonesArchivo } from './botones-archivo.tsx';
import { Filtros } from './filtros.tsx';
import { MedidaVista } from './medida-vista.tsx';
import { Tabla } from './tabla.tsx';
import { useBusqueda } from './use-busqueda.ts';
import { useMedida } from './use-medida.ts';
import { DE_CONTEOS, leeVista, NOMBRE_MEDIDA } from './vista.ts';

/** Every measure in one place: what it is of, one sentence, its rows, and a file. For who sees stock and costs; online only. */
export function EstadisticasScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const veo = identidad != null && VE_COSTOS.includes(identidad.rol);
  return (
    <Screen
      flush
      width="wide"
      header={
        <AppHeader
          title="Estadísticas"
          onBack={() => void navigate({ to: '/mas' })}
          status={<EstadoEnvio />}
        />
      }
    >
      {identidad === undefined ? (
        <Skeleton lines={6} look="rows" className="p-gutter" />
      ) : veo ? (
        <Contenido conteos={REVISA_CONTEOS.includes(identidad.rol)} />
      ) : (
        <ForbiddenState>Las existencias, ventas y costos los ve un gerente o compras.</ForbiddenState>
      )}
    </Screen>
  );
}

const PAGINA = 50;
/** What the server gives at once; the rest is in the file. */
const MAXIMO = 500;

function Contenido({ conteos }: { conteos: boolean }) {
  const [search, cambia] = useBusqueda();
  const almacenes = useAlmacenes();
  const zona = useZonaDeTienda(almacenes?.[0]?.tiendaId);
  const hoy = fechaLocal(now().getTime(), zona);
  const vista = leeVista(search, hoy);
  const [limite, setLimite] = useState(PAGINA);
  const consulta = useMedida(vista, limite, conteos || !DE_CONTEOS.includes(vista.medida));
  const medida = consulta.data?.medida === vista.medida ? consulta.data : undefined;
  const hayMas = medida !== undefined && 'siguiente' in medida.datos && medida.datos.siguiente !== null;
  const pon = (cambios: Record<string, string | undefined>) => {
    setLimite(PAGINA);
    cambia(cambios);
  };
  return (
    <>
      <div className="flex flex-col gap-3 p-gutter">
        <Select
          label="Qué ver"
          value={vista.medida}
          // Another measure has another order and groups of its own; where and when stay.
          onValue={(ver) =>
            pon({ ver, orden: undefined, dir: undefined, por: undefined, dias: undefined, valor: undefined })
          }
          options={Object.entries(NOMBRE_MEDIDA)
            .filter(([m]) => conteos || !DE_CONTEOS.some((d) => d === m))
            .map(([value, label]) => ({ value, label }))}
        />
        <Filtros key={vista.medida} vista={vista} hoy={hoy} onCambia={pon} />
        <FallaEnLinea consulta={consulta} sinSenal="Las estadísticas las calcula el servidor." />
        {medida === undefined && consulta.isPending && <Skeleton lines={8} look="rows" label="Calculando…" />}
        {medida !== undefined && (
          <>
            <p className="text-lg font-semi" role="status">
              {medida.datos.frase}
            </p>
            <MedidaVista medida={medida} zona={zona} />
            <BotonesArchivo key={JSON.stringify(vista)} vista={vista} />
          </>
        )}
      </div>
      {medida !== undefined && (
        <>
          <Tabla
            medida={medida}
            vista={vista}
            unAlmacen={vista.almacen !== '' || almacenes?.length === 1}
            onSort={({ key, dir }) => pon({ orden: key, dir })}
          />
          {hayMas && (
            <div className="p-gutter">
              {limite < MAXIMO ? (
                <Button
                  block
                  busy={consulta.isFetching}
                  onClick={() => setLimite(Math.min(MAXIMO, limite + PAGINA * 2))}
                >
                  Ver más
                </Button>
              ) : (
                <p className="text-ink-soft">Hay más renglones: descárgalos en Excel o usa un filtro.</p>
              )}
            </div>
          )}
        </>
      )}
    </>
  );
}
