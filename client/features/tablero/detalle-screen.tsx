import { Link, useNavigate } from '@tanstack/react-router';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta } from '#client/app/query.ts';
import { type Identidad, useAlmacenes } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { DataTable } from '#client/ui/data-table.tsx';
import { FilterBar } from '#client/ui/filter-bar.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { Select } from '#client/ui/select.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { cuenta, plural } from '#shared/formato.ts';
import { REVISA_CONTEOS, VE_EXISTENCIAS } from '#shared/roles.ts';
import { BotonesMedida } from './botones-medida.tsx';
import type { Detalle, Pagina } from './detalle.ts';
import { DETALLES } from './detalles.tsx';
import { useBusqueda } from './use-busqueda.ts';
import { useViva } from './use-viva.ts';

const TRAMO = 100;
/** The server sends no more at once. */
const MAXIMO = 500;

/** The rows behind a figure of the dashboard, with its filters in the URL. */
export function DetalleScreen({ identidad, ver }: { identidad: Identidad; ver: string }) {
  const navigate = useNavigate();
  const [{ tienda }] = useBusqueda();
  const detalle = DETALLES[ver];
  const puede = (ver === 'resultados' ? REVISA_CONTEOS : VE_EXISTENCIAS).includes(identidad.rol);
  return (
    <Screen
      flush
      width="wide"
      header={
        <AppHeader
          title={detalle?.titulo ?? 'Tablero'}
          onBack={() => void navigate({ to: '/tablero', search: tienda === '' ? {} : ({ tienda } as never) })}
          backLabel="Regresar al tablero"
          status={<EstadoEnvio />}
        />
      }
    >
      {detalle === undefined || !puede ? (
        <ForbiddenState title={detalle === undefined ? 'Aquí no hay nada' : undefined}>
          {detalle === undefined
            ? 'El enlace nombra una lista que no existe. Vuelve al tablero y ábrela desde ahí.'
            : 'Las existencias y sus costos las ve un gerente o compras.'}
        </ForbiddenState>
      ) : (
        <Contenido key={ver} ver={ver} detalle={detalle} />
      )}
    </Screen>
  );
}

function Contenido({ ver, detalle }: { ver: string; detalle: Detalle }) {
  const [busqueda, cambia] = useBusqueda();
  const [limite, setLimite] = useState(TRAMO);
  const almacenes = useAlmacenes() ?? [];
  const tiendas = [...new Map(almacenes.map((a) => [a.tiendaId, a.tiendaNombre]))];
  const tienda = tiendas.some(([id]) => id === busqueda.tienda) ? busqueda.tienda : '';
  const { desde, hasta, zona, dias, clase } = busqueda;
  const consulta = useConsulta(
    ['tablero', 'detalle', ver, tienda, desde, hasta, zona ?? null, dias, clase, limite],
    () => detalle.lee(busqueda, { tienda }, limite),
    { fresca: 30_000 },
  );
  useViva(consulta);
  const { data } = consulta;
  const hay = (filtro: string) => detalle.filtros.some((f) => f === filtro);
  return (
    <>
      <FilterBar
        label={`Filtros de ${detalle.titulo.toLowerCase()}`}
        result={data === undefined ? undefined : cuantosDicho(data)}
        {...(zona === undefined ? {} : { onClear: () => cambia({ zona: undefined }) })}
      >
        {tiendas.length > 1 && (
          <Select
            label="Tienda"
            value={tienda}
            onValue={(valor) => cambia({ tienda: valor })}
            options={tiendas.map(([value, label]) => ({ value, label }))}
            placeholder="Todas las tiendas"
          />
        )}
        {hay('desde') && (
          <div className="tablero-fechas">
            <TextField
              type="date"
              label="Desde"
              value={desde}
              onValue={(valor) => cambia({ desde: valor })}
            />
            <TextField
              type="date"
              label="Hasta"
              value={hasta}
              onValue={(valor) => cambia({ hasta: valor })}
            />
          </div>
        )}
        {hay('dias') && (
          <TextField
            label={ver === 'cobertura' ? 'Alcanza cuando mucho, días' : 'Desde cuántos días'}
            inputMode="numeric"
            value={dias}
            onValue={(valor) => cambia({ dias: valor.replace(/\D/g, '').slice(0, 4) })}
          />
        )}
        {hay('clase') && (
          <Segmented
            label="Clase"
            showLabel
            value={clase}
            onValue={(valor) => cambia({ clase: valor })}
            options={[
              { value: '', label: 'Todas' },
              { value: 'A', label: 'A' },
              { value: 'B', label: 'B' },
              { value: 'C', label: 'C' },
            ]}
          />
        )}
      </FilterBar>
      <div className="flex flex-col gap-3 px-gutter py-3 empty:hidden">
        <FallaEnLinea consulta={consulta} sinSenal="Estos renglones los calcula el servidor." />
        {data !== undefined && <p>{data.frase}</p>}
        {data !== undefined && data.filas.length > 0 && detalle.archivo && (
          <BotonesMedida
            key={JSON.stringify(busqueda)}
            medida={detalle.archivo.medida}
            filtro={{ ...detalle.archivo.pide(busqueda, { tienda }), limite: MAXIMO }}
          />
        )}
        {detalle.archivo && (
          <Link
            to="/estadisticas"
            search={{ ver: detalle.archivo.medida, ...sinVacios({ desde, hasta, dias, clase }) } as never}
            className="tablero-ver"
          >
            Más filtros en Estadísticas
            <ChevronRight aria-hidden />
          </Link>
        )}
      </div>
      {data === undefined ? (
        consulta.isPending && (
          <Skeleton lines={8} look="rows" label="Buscando los renglones…" className="p-gutter" />
        )
      ) : (
        <DataTable
          label={detalle.titulo}
          columns={detalle.columnas}
          rows={data.filas}
          rowKey={({ clave: id }) => id}
          rowTone={({ tono }) => tono}
          empty={<p className="text-ink-soft">Nada con estos filtros.</p>}
        />
      )}
      {data !== undefined && (data.total === null || data.filas.length < data.total) && limite < MAXIMO && (
        <div className="p-gutter">
          <Button busy={consulta.isFetching} onClick={() => setLimite(Math.min(MAXIMO, limite + TRAMO * 2))}>
            Ver más
          </Button>
        </div>
      )}
    </>
  );
}

/** `100 de 3,061`, `los primeros 100`, `12 renglones`. */
function cuantosDicho({ filas, total }: Pagina): string {
  if (total === null) return `los primeros ${cuenta(filas.length)}`;
  return filas.length < total
    ? `${cuenta(filas.length)} de ${cuenta(total)}`
    : plural(filas.length, 'renglón', 'renglones');
}

const sinVacios = (filtros: Record<string, string>) =>
  Object.fromEntries(Object.entries(filtros).filter(([, valor]) => valor !== ''));
