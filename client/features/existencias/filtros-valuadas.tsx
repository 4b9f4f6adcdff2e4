import { useState } from 'react';
import { nombreDeAlmacen } from '#client/features/transacciones/index.ts';
import { useAlmacenes, useCategorias } from '#client/offline/index.ts';
import { FilterBar } from '#client/ui/filter-bar.tsx';
import { Select } from '#client/ui/select.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { FILTROS, type leeBusqueda, NOMBRE_FILTRO } from './vista-valuadas.ts';

type Busqueda = ReturnType<typeof leeBusqueda>;

export type FiltrosValuadasProps = {
  busqueda: Busqueda;
  onCambia: (cambios: Record<string, string | undefined>) => void;
  /** The box of words, which the URL follows after a pause. */
  texto: string;
  onTexto: (texto: string) => void;
  /** Today here: a later day has not happened. */
  hoy: string;
  /** "3 de 5,214 productos". */
  resultado: string | undefined;
};

/** Date, almacén and category are asked of the server; words and kind are looked for in what came. */
export function FiltrosValuadas({
  busqueda,
  onCambia,
  texto,
  onTexto,
  hoy,
  resultado,
}: FiltrosValuadasProps) {
  const almacenes = useAlmacenes() ?? [];
  const categorias = useCategorias() ?? [];
  const { almacen, categoria, filtro } = busqueda;
  // A year being typed passes through 0002 and 0020: only a day that can be meant is asked of the server.
  const [fecha, setFecha] = useState(busqueda.al);
  const ponFecha = (al: string) => {
    setFecha(al);
    if (al >= '2000-01-01' && al <= hoy) onCambia({ al });
  };
  const mala =
    fecha === ''
      ? 'Falta la fecha. Elige un día.'
      : fecha > hoy
        ? 'Ese día todavía no termina. Elige hoy o uno anterior.'
        : undefined;
  const filtrado = texto !== '' || filtro !== 'todo' || almacen !== '' || categoria !== '';
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-3 tablet:grid-cols-3">
        <TextField
          type="date"
          label="Al cierre del día"
          value={fecha}
          max={hoy}
          onValue={ponFecha}
          error={mala}
        />
        <Select
          label="Almacén"
          value={almacen}
          onValue={(valor) => onCambia({ almacen: valor })}
          placeholder="Todos los almacenes"
          options={almacenes.map((uno) => ({ value: uno.id, label: nombreDeAlmacen(uno) }))}
        />
        <Select
          label="Categoría"
          value={categoria}
          onValue={(valor) => onCambia({ categoria: valor })}
          placeholder="Todas las categorías"
          options={categorias.map((una) => ({ value: una.id, label: una.path ?? una.nombre }))}
        />
      </div>
      <FilterBar
        label="Buscar en la existencia"
        search={{ label: 'Buscar producto', value: texto, onValue: onTexto }}
        result={resultado}
        onClear={
          filtrado
            ? () => {
                onTexto('');
                onCambia({ almacen: undefined, categoria: undefined, ver: undefined, q: undefined });
              }
            : undefined
        }
      >
        <Select
          label="Mostrar"
          hideLabel
          value={filtro}
          onValue={(valor) => onCambia({ ver: valor === 'todo' ? undefined : valor })}
          options={FILTROS.map((uno) => ({ value: uno, label: NOMBRE_FILTRO[uno] }))}
        />
      </FilterBar>
    </div>
  );
}
