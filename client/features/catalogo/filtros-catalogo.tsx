import { useEffect, useRef, useState } from 'react';
import { FilterBar } from '#client/ui/filter-bar.tsx';
import { Select } from '#client/ui/select.tsx';
import { type BusquedaCatalogo, NOMBRE_ESTADO, NOMBRE_FALTA, NOMBRE_ORDEN } from './busqueda-catalogo.ts';
import { useArbol } from './use-categorias.ts';

const ESPERA_MS = 250;
const opciones = (nombres: Readonly<Record<string, string>>) =>
  Object.entries(nombres).map(([value, label]) => ({ value, label }));

export type FiltrosCatalogoProps = {
  busqueda: BusquedaCatalogo;
  onCambia: (cambios: Partial<Record<keyof BusquedaCatalogo, string | undefined>>) => void;
  resultado: string;
};

/** Search by any code or by words, category with all below it, state, what a product lacks. Kept in the URL. */
export function FiltrosCatalogo({ busqueda, onCambia, resultado }: FiltrosCatalogoProps) {
  const arbol = useArbol();
  const [texto, setTexto] = useState(busqueda.q);
  const espera = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(espera.current), []);
  const { estado, sin, categoria, orden } = busqueda;
  const usados = [categoria !== '', estado !== 'activos', sin !== '', orden !== 'nombre'].filter(
    Boolean,
  ).length;
  return (
    <FilterBar
      label="Filtros del catálogo"
      search={{
        label: 'Buscar por código o nombre',
        value: texto,
        onValue: (nuevo) => {
          setTexto(nuevo);
          clearTimeout(espera.current);
          espera.current = setTimeout(() => onCambia({ q: nuevo }), ESPERA_MS);
        },
      }}
      result={resultado}
      {...(usados > 0 || texto !== '' || busqueda.proveedor !== ''
        ? {
            onClear: () => {
              setTexto('');
              onCambia({
                q: undefined,
                categoria: undefined,
                estado: undefined,
                sin: undefined,
                orden: undefined,
                proveedor: undefined,
              });
            },
          }
        : {})}
      more={{
        inUse: usados,
        content: (
          <>
            <Select
              label="Categoría"
              value={categoria}
              onValue={(v) => onCambia({ categoria: v })}
              options={arbol.opciones}
              placeholder="Todas"
            />
            <Select
              label="Estado"
              value={estado}
              onValue={(v) => onCambia({ estado: v === 'activos' ? undefined : v })}
              options={opciones(NOMBRE_ESTADO)}
            />
            <Select
              label="Le falta"
              value={sin}
              onValue={(v) => onCambia({ sin: v })}
              options={opciones(NOMBRE_FALTA)}
              placeholder="Nada en especial"
            />
            <Select
              label="Orden"
              value={orden}
              onValue={(v) => onCambia({ orden: v === 'nombre' ? undefined : v })}
              options={opciones(NOMBRE_ORDEN)}
            />
          </>
        ),
      }}
    />
  );
}
