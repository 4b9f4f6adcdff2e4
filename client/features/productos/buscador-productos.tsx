import Search from 'lucide-react/icons/search';
import { type ReactNode, useState } from 'react';
import type { FilaProducto } from '#client/offline/index.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { useBusqueda } from './use-busqueda.ts';

export type BuscadorProductosProps = {
  onElegir: (producto: FilaProducto) => void;
  /** Begin with this text (a state of the URL). */
  inicial?: string;
  onTexto?: (texto: string) => void;
  /** Shown while nothing is typed. */
  vacio?: ReactNode;
};

/** Finds a product by code, alternate code or words, offline, over the whole catalogue of this phone. */
export function BuscadorProductos({ onElegir, inicial = '', onTexto, vacio }: BuscadorProductosProps) {
  const [texto, setTexto] = useState(inicial);
  const resultados = useBusqueda(texto);
  return (
    <>
      <TextField
        label="Buscar producto"
        hideLabel
        type="search"
        placeholder="Código, nombre o medida"
        leading={<Search aria-hidden />}
        value={texto}
        onValue={(valor) => {
          setTexto(valor);
          onTexto?.(valor);
        }}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
      />
      {resultados === null ? (
        vacio
      ) : resultados.productos.length === 0 ? (
        <EmptyState title={`Nada con «${resultados.consulta}»`}>
          Prueba con menos palabras o con parte del código.
        </EmptyState>
      ) : (
        <ul className="list" aria-label="Productos">
          {resultados.productos.map((producto) => (
            <ListRow
              key={producto.id}
              title={producto.nombre}
              detail={[producto.codigo, producto.marca, producto.isActive ? null : 'dado de baja']
                .filter(Boolean)
                .join(' · ')}
              onPress={() => onElegir(producto)}
            />
          ))}
        </ul>
      )}
    </>
  );
}
