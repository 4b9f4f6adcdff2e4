import { FilterBar } from '#client/ui/filter-bar.tsx';
import { Select } from '#client/ui/select.tsx';
import { FILTROS, type Filtro, NOMBRE_FILTRO } from './vista-valuadas.ts';

export type FiltroRenglonesProps = {
  filtro: Filtro;
  onFiltro: (filtro: Filtro) => void;
  texto: string;
  onTexto: (texto: string) => void;
  /** "3 de 5,214 renglones". */
  resultado: string;
};

/** What is looked for in the rows that came. */
export function FiltroRenglones({ filtro, onFiltro, texto, onTexto, resultado }: FiltroRenglonesProps) {
  return (
    <FilterBar
      label="Buscar en la existencia"
      search={{ label: 'Buscar producto', value: texto, onValue: onTexto }}
      result={resultado}
      onClear={
        texto === '' && filtro === 'todo'
          ? undefined
          : () => {
              onTexto('');
              onFiltro('todo');
            }
      }
    >
      <Select
        label="Mostrar"
        hideLabel
        value={filtro}
        onValue={(valor) => onFiltro(valor as Filtro)}
        options={FILTROS.map((uno) => ({ value: uno, label: NOMBRE_FILTRO[uno] }))}
      />
    </FilterBar>
  );
}
