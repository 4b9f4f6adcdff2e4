import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { FilterBar } from '#client/ui/filter-bar.tsx';
import { Select } from '#client/ui/select.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cuenta, pesos as enPesos, plural } from '#shared/formato.ts';
import { FilasVariaciones } from './filas-variaciones.tsx';
import { fraseFiltros, leeFiltros, opcionesDe, pasaFiltros } from './filtros-revision.ts';
import { useBusquedaUrl } from './use-busqueda-url.ts';
import { cuentas, FILTROS, filasDe, leeBusqueda, NOMBRE_FILTRO } from './vista-revision.ts';

export type TablaVariacionesProps = {
  revision: Revision;
  /** Whether this person decides; else nothing can be chosen. */
  decide: boolean;
  apartados: ReadonlySet<string>;
  onIncluir: (productoId: string, incluir: boolean) => void;
  onAbrir: (productoId: string) => void;
  onRecuento: (productoId: string) => void;
  /** Signs all inside tolerance; absent where there is nothing to sign. */
  lote?: { texto: string; detalle: string; ocupado: boolean; onAprobar: () => void };
};

/** The table `Variaciones`; its filter, search and order live in the URL. */
export function TablaVariaciones(props: TablaVariacionesProps) {
  const { productos } = props.revision;
  const [search, cambia] = useBusquedaUrl();
  const busqueda = leeBusqueda(search);
  const [texto, setTexto] = useTextoEnUrl(busqueda.q, (q) => cambia({ q }));
  // The box answers at once; the table follows when there is time for it.
  const q = useDeferredValue(texto);
  const { filtro, orden, dir } = busqueda;
  const filtros = leeFiltros(search);
  const { pesos, zona, ubicacion, contador } = filtros;
  const opciones = useMemo(() => opcionesDe(productos, zona), [productos, zona]);
  const filas = useMemo(
    () =>
      filasDe(
        productos.filter((p) => pasaFiltros(p, { pesos, zona, ubicacion, contador })),
        { filtro, orden, dir, q },
      ),
    [productos, filtro, orden, dir, q, pesos, zona, ubicacion, contador],
  );
  const hayMas =
    productos.length > 20 ||
    Math.max(opciones.zonas.length, opciones.ubicaciones.length, opciones.contadores.length) > 1;
  const n = useMemo(() => cuentas(productos), [productos]);
  const filtrado = texto !== '' || filtro !== 'todos' || pesos + zona + ubicacion + contador !== '';
  return (
    <section aria-label="Productos contados" className="flex flex-col">
      <FilterBar
        label="Filtrar productos"
        className="filter-pair"
        search={{ label: 'Buscar producto', placeholder: 'Buscar', value: texto, onValue: setTexto }}
        result={`${plural(filas.length, 'producto', 'productos')} de ${cuenta(productos.length)}`}
        onClear={
          filtrado
            ? () => {
                setTexto('');
                cambia({
                  q: undefined,
                  filtro: undefined,
                  pesos: undefined,
                  zona: undefined,
                  ubicacion: undefined,
                  contador: undefined,
                });
              }
            : undefined
        }
        more={
          hayMas
            ? {
                inUse: [zona, ubicacion, contador, pesos].filter(Boolean).length,
                content: (
                  <>
                    {opciones.zonas.length > 1 && (
                      <Select
                        label="Zona"
                        hideLabel
                        value={zona}
                        // A bin of another zone would leave nothing to see.
                        onValue={(valor) => cambia({ zona: valor, ubicacion: undefined })}
                        placeholder="Toda zona"
                        options={opciones.zonas.map(([value, label]) => ({ value, label }))}
                      />
                    )}
                    {opciones.ubicaciones.length > 1 && (
                      <Select
                        label="Ubicación"
                        hideLabel
                        value={ubicacion}
                        onValue={(valor) => cambia({ ubicacion: valor })}
                        placeholder="Toda ubicación"
                        options={opciones.ubicaciones.map(([value, label]) => ({ value, label }))}
                      />
                    )}
                    {opciones.contadores.length > 1 && (
                      <Select
                        label="Contador"
                        hideLabel
                        value={contador}
                        onValue={(valor) => cambia({ contador: valor })}
                        placeholder="Todos los contadores"
                        options={opciones.contadores.map(([value, label]) => ({ value, label }))}
                      />
                    )}
                    {productos.length > 20 && (
                      <Select
                        label="En pesos"
                        hideLabel
                        value={pesos}
                        onValue={(valor) => cambia({ pesos: valor })}
                        placeholder="De cualquier monto"
                        options={montos(pesos)}
                      />
                    )}
                  </>
                ),
              }
            : undefined
        }
      >
        <Select
          label="Mostrar"
          hideLabel
          value={filtro}
          onValue={(valor) => cambia({ filtro: valor === 'todos' ? undefined : valor })}
          options={FILTROS.map((uno) => ({
            value: uno,
            label: `${NOMBRE_FILTRO[uno]} (${cuenta(n[uno])})`,
          }))}
        />
      </FilterBar>
      {filtrado && (
        <p className="bg-paper px-gutter pb-2 text-sm text-ink-soft">
          {fraseFiltros({ filtro, q: texto }, filtros, productos)}.
        </p>
      )}
      {props.lote && (
        <div className="flex flex-col border-b border-line bg-paper px-gutter py-2 tablet:items-start">
          <Button detail={props.lote.detalle} busy={props.lote.ocupado} onClick={props.lote.onAprobar}>
            {props.lote.texto}
          </Button>
        </div>
      )}
      <FilasVariaciones
        {...props}
        filas={filas}
        filtrado={filtrado}
        sort={orden === 'importancia' ? undefined : { key: orden, dir }}
        onSort={({ key, dir: nueva }) => cambia({ orden: key, dir: nueva })}
      />
    </section>
  );
}

/** An amount of the URL that is none of the list is offered too, so that the select never lies. */
function montos(elegido: string) {
  return [...new Set(['100', '500', '1000', '5000', ...(elegido ? [elegido] : [])])].map((value) => ({
    value,
    label: `${enPesos(toDecimal(value, DINERO_ESCALA))} o más`,
  }));
}

const ESPERA_URL_MS = 300;

/** Text of a box that the URL keeps, written there after a pause: the router has no work at each key. */
function useTextoEnUrl(enUrl: string, cambia: (texto: string) => void): [string, (texto: string) => void] {
  const [texto, setTexto] = useState(enUrl);
  const espera = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(espera.current), []);
  return [
    texto,
    (nuevo) => {
      setTexto(nuevo);
      clearTimeout(espera.current);
      espera.current = setTimeout(() => cambia(nuevo), ESPERA_URL_MS);
    },
  ];
}
