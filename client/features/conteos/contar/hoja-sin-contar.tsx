import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import Search from 'lucide-react/icons/search';
import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type FilaProducto, useSinContar } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { buttonClass } from '#client/ui/button-class.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { cuenta } from '#shared/formato.ts';
import { filtroDe } from './filtra-productos.ts';

export type HojaSinContarProps = {
  conteoId: string;
  onClose: () => void;
  onContar: (producto: FilaProducto) => void;
  onCero: (producto: FilaProducto) => void;
};

/** From here on the search is worth its place. */
const CON_BUSQUEDA = 8;
const ALTO_PX = 72;

/** What the scope asks for and I have not counted: count it or say zero. Nothing becomes zero by itself. */
export default function HojaSinContar({ conteoId, onClose, onContar, onCero }: HojaSinContarProps) {
  const sinContar = useSinContar(conteoId);
  const [texto, setTexto] = useState('');
  const busqueda = useRef<HTMLDivElement>(null);
  const buscado = useDeferredValue(texto);
  const filtra = useMemo(() => filtroDe(sinContar ?? []), [sinContar]);
  const vistos = useMemo(() => filtra(buscado), [filtra, buscado]);
  return (
    <Sheet open onClose={onClose} title={`Sin contar (${cuenta(sinContar?.length ?? 0)})`}>
      <Link to="/conteos/$conteoId/hoja" params={{ conteoId }} className={buttonClass({ block: true })}>
        Capturar hoja
      </Link>
      {sinContar?.length === 0 ? (
        <EmptyState title="Ya contaste todo lo de este conteo" />
      ) : (
        <>
          {(sinContar?.length ?? 0) >= CON_BUSQUEDA && (
            <div ref={busqueda} className="contar-busca-falta">
              <TextField
                label="Buscar en lo que falta"
                hideLabel
                placeholder="Buscar en lo que falta"
                leading={<Search aria-hidden />}
                value={texto}
                onValue={(nuevo) => {
                  setTexto(nuevo);
                  busqueda.current?.closest('dialog')?.scrollTo({ top: 0 });
                }}
                autoComplete="off"
                enterKeyHint="search"
              />
            </div>
          )}
          {sinContar !== undefined && vistos.length === 0 ? (
            <p>Nada de lo que falta se llama así. Si ya lo contaste, está en «Ver».</p>
          ) : (
            <Filas
              productos={vistos}
              onCero={onCero}
              onContar={(producto) => {
                onContar(producto);
                onClose();
              }}
            />
          )}
        </>
      )}
    </Sheet>
  );
}

type FilasProps = {
  productos: readonly FilaProducto[];
  onContar: (producto: FilaProducto) => void;
  onCero: (producto: FilaProducto) => void;
};

/** Only the rows in sight are drawn; the sheet itself scrolls. */
function Filas({ productos, onContar, onCero }: FilasProps) {
  const lista = useRef<HTMLUListElement>(null);
  const [margen, setMargen] = useState(0);
  useLayoutEffect(() => {
    const hoja = lista.current?.closest('dialog');
    if (!hoja || !lista.current) return;
    setMargen(lista.current.getBoundingClientRect().top - hoja.getBoundingClientRect().top + hoja.scrollTop);
  }, []);
  const virtual = useVirtualizer({
    count: productos.length,
    getScrollElement: () => lista.current?.closest('dialog') ?? null,
    estimateSize: () => ALTO_PX,
    getItemKey: (i) => productos[i]!.id,
    scrollMargin: margen,
    overscan: 6,
  });
  const filas = virtual.getVirtualItems();
  const antes = (filas[0]?.start ?? margen) - margen;
  const despues = virtual.getTotalSize() - ((filas.at(-1)?.end ?? margen) - margen);
  return (
    <ul
      ref={lista}
      className="list"
      aria-label="Sin contar"
      style={{ paddingTop: antes, paddingBottom: Math.max(0, despues) }}
    >
      {filas.map(({ index, key }) => {
        const producto = productos[index]!;
        return (
          <ListRow
            key={key}
            item={{
              ref: virtual.measureElement,
              'data-index': index,
              'aria-setsize': productos.length,
              'aria-posinset': index + 1,
            }}
            title={producto.nombre}
            detail={producto.codigo}
            onPress={() => onContar(producto)}
            actions={<Button onClick={() => onCero(producto)}>Cero</Button>}
          />
        );
      })}
    </ul>
  );
}
