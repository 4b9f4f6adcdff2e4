import type { FilaProducto, LineaVista, RenglonContado } from '#client/offline/index.ts';
import { LineState } from '#client/ui/line-state.tsx';
import { ProductCard } from '#client/ui/product-card.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, nombreUnidad } from '#shared/formato.ts';
import { ChipLote } from './chip-lote.tsx';
import { CONDICION } from './condicion.ts';
import { pideDatos } from './datos-lote.ts';
import { estadoDeLinea } from './estado-linea.ts';
import { TarjetaCaja } from './tarjeta-caja.tsx';
import type { useContar } from './use-contar.ts';

export type UltimoProductoProps = {
  producto: FilaProducto;
  renglon: RenglonContado | undefined;
  condicion: LineaVista['condicion'];
  c: ReturnType<typeof useContar>;
  /** The count over the whole screen. */
  onGrande: () => void;
};

/** The product in hand: how many in digits and a unit for three metres, and what is asked about it. */
export function UltimoProducto({ producto, renglon, condicion, c, onGrande }: UltimoProductoProps) {
  const { ultimo } = c;
  const { caja } = c.caja;
  const unidades = renglon === undefined ? 0n : toCantidad(renglon.unidades);
  return (
    <div className="contar-ultimo">
      <button type="button" className="contar-agranda" aria-label="Ver en grande" onClick={onGrande} />
      <ProductCard
        name={producto.nombre}
        code={producto.codigo}
        quantity={cantidadVista(unidades)}
        unit={nombreUnidad(producto.unidad, unidades)}
        mark={
          <>
            {ultimo?.tipo === 'producto' && ultimo.marca !== null && <Tag tone="ok">{ultimo.marca}</Tag>}
            {condicion !== 'vendible' && <Tag tone="warn">{CONDICION[condicion].nombre}</Tag>}
            {renglon && <LineState state={estadoDeLinea(renglon.estado)} />}
          </>
        }
        flash={ultimo?.flash}
      />
      {caja !== null && caja.producto.id === producto.id ? (
        <TarjetaCaja caja={caja} onCerrada={c.caja.cierra} onAbierta={c.caja.abierta} />
      ) : (
        pideDatos(producto) && (
          <ChipLote
            producto={producto}
            datos={c.datosDe(producto)}
            onCambiar={() => c.cambiaLote(producto)}
          />
        )
      )}
    </div>
  );
}
