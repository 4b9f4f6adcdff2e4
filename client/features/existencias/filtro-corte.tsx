import { useState } from 'react';
import { nombreDeAlmacen } from '#client/features/transacciones/index.ts';
import { useAlmacenes, useCategorias } from '#client/offline/index.ts';
import { Select } from '#client/ui/select.tsx';
import { TextField } from '#client/ui/text-field.tsx';

export type FiltroCorteProps = {
  busqueda: { al: string; almacen: string; categoria: string };
  onCambia: (cambios: Record<string, string | undefined>) => void;
  /** Today here: a later day has not happened. */
  hoy: string;
};

/** What is asked of the server: up to the end of which day, of which almacén and category. */
export function FiltroCorte({ busqueda, onCambia, hoy }: FiltroCorteProps) {
  const almacenes = useAlmacenes() ?? [];
  const categorias = useCategorias() ?? [];
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
        ? 'Ese día todavía no llega. Elige hoy o uno anterior.'
        : undefined;
  return (
    <div className="grid grid-cols-2 gap-3 tablet:grid-cols-3">
      <TextField
        type="date"
        label="Al cierre del día"
        className="col-span-2 tablet:col-span-1"
        value={fecha}
        max={hoy}
        onValue={ponFecha}
        error={mala}
      />
      <Select
        label="Almacén"
        value={busqueda.almacen}
        onValue={(almacen) => onCambia({ almacen })}
        placeholder="Todos"
        options={almacenes.map((uno) => ({ value: uno.id, label: nombreDeAlmacen(uno) }))}
      />
      <Select
        label="Categoría"
        value={busqueda.categoria}
        onValue={(categoria) => onCambia({ categoria })}
        placeholder="Todas"
        options={categorias.map((una) => ({ value: una.id, label: una.path ?? una.nombre }))}
      />
    </div>
  );
}
