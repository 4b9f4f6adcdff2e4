import { useZonaDeTienda } from '#client/features/transacciones/index.ts';
import { now } from '#client/offline/clock.ts';
import { type Identidad, useAlmacenes } from '#client/offline/index.ts';
import { Select } from '#client/ui/select.tsx';
import { fechaLocal } from '#shared/domain/instante.ts';
import { REVISA_CONTEOS, type Rol } from '#shared/roles.ts';
import type { Donde } from './donde.ts';
import { GraficaAbc } from './grafica-abc.tsx';
import { GraficaCobertura } from './grafica-cobertura.tsx';
import { GraficaExactitud } from './grafica-exactitud.tsx';
import { GraficaMerma } from './grafica-merma.tsx';
import { GraficaRecuentos } from './grafica-recuentos.tsx';
import { GraficaSinConteo } from './grafica-sin-conteo.tsx';
import { GraficaValor } from './grafica-valor.tsx';
import { GraficaVentas } from './grafica-ventas.tsx';
import { GraficaZonas } from './grafica-zonas.tsx';
import { useBusqueda } from './use-busqueda.ts';

type Pieza = (props: { donde: Donde; hoy: string }) => React.ReactNode;

/** What each role looks at first. Who does not review counts has no part in their accuracy. */
function piezasDe(rol: Rol): Pieza[] {
  if (!REVISA_CONTEOS.includes(rol)) {
    return [GraficaCobertura, GraficaVentas, GraficaAbc, GraficaValor, GraficaMerma];
  }
  return [
    GraficaExactitud,
    GraficaZonas,
    GraficaVentas,
    GraficaValor,
    GraficaSinConteo,
    GraficaMerma,
    GraficaAbc,
    GraficaRecuentos,
  ];
}

/** How the shops are doing: pictures with a sentence each, of one shop or of all. */
export function Graficas({ identidad }: { identidad: Identidad }) {
  const almacenes = useAlmacenes() ?? [];
  const [{ tienda }, cambia] = useBusqueda();
  const tiendas = [...new Map(almacenes.map((a) => [a.tiendaId, a.tiendaNombre]))];
  const vale = tiendas.some(([id]) => id === tienda) ? tienda : '';
  const zona = useZonaDeTienda(vale || tiendas[0]?.[0]);
  const hoy = fechaLocal(now().getTime(), zona);
  return (
    <section aria-labelledby="como-va" className="flex flex-col gap-3">
      <h2 id="como-va" className="card-title">
        Cómo va
      </h2>
      {tiendas.length > 1 && (
        <Select
          label="Tienda"
          value={vale}
          onValue={(valor) => cambia({ tienda: valor })}
          options={tiendas.map(([value, label]) => ({ value, label }))}
          placeholder="Todas las tiendas"
          className="tablet:max-w-xs"
        />
      )}
      <div className="tablero-graficas">
        {piezasDe(identidad.rol).map((Pieza) => (
          <Pieza key={Pieza.name} donde={{ tienda: vale }} hoy={hoy} />
        ))}
      </div>
    </section>
  );
}
