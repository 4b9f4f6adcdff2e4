import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { FilterBar } from '#client/ui/filter-bar.tsx';
import { Select } from '#client/ui/select.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { cuenta, plural } from '#shared/formato.ts';
import { FilasVariaciones } from './filas-variaciones.tsx';
import { useBusquedaUrl } from './use-busqueda-url.ts';
import { cuentas, FILTROS, filasDe, leeBusqueda, NOMBRE_FILTRO } from './vista-revision.ts';

export type TablaVariacionesProps = {
  revision: Revision;
  /** Whether this person decides; else nothing can be chosen. */
  decide: boolean;
  apartados: ReadonlySet<string>;
  onIncluir: (productoId: string, incluir: boolean) => void;
  onAbrir: (productoId: string) => void;
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
  const filas = useMemo(
    () => filasDe(productos, { filtro, orden, dir, q }),
    [productos, filtro, orden, dir, q],
  );
  const n = useMemo(() => cuentas(productos), [productos]);
  const filtrado = texto !== '' || filtro !== 'todos';
  return (
    <section aria-label="Productos contados" className="flex flex-col">
      <FilterBar
        label="Filtrar productos"
        search={{ label: 'Buscar producto', value: texto, onValue: setTexto }}
        result={`${plural(filas.length, 'producto', 'productos')} de ${cuenta(productos.length)}`}
        onClear={
          filtrado
            ? () => {
                setTexto('');
                cambia({ q: undefined, filtro: undefined });
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
