import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { fechaHoraAqui } from '#client/app/fechas.ts';
import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { Card } from '#client/ui/card.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, nombreUnidad } from '#shared/formato.ts';

const NOMBRE_TIPO: Record<string, string> = {
  inventario: 'Inventario',
  venta: 'Venta',
  compra: 'Compra',
  ajuste: 'Ajuste',
  transferencia: 'Transferencia',
  devolucion: 'Devolución',
};
export type MovimientosRecientesProps = { productoId: string; unidad: string };

/** The last movements of the book: online only, for roles that may see stock. */
export default function MovimientosRecientes({ productoId, unidad }: MovimientosRecientesProps) {
  const consulta = useConsulta(['movimientos', productoId], () =>
    api.transacciones.delProducto.query({ productoId, almacen: null, limite: 20 }),
  );
  if (consulta.isError && consulta.data === undefined) {
    return (
      <FallaEnLinea
        consulta={consulta}
        sinSenal="Los movimientos se ven con señal. La existencia de arriba es la última que bajó."
      />
    );
  }
  return (
    <Card title="Movimientos recientes">
      {consulta.data === undefined ? (
        <Skeleton />
      ) : (
        <ul className="list" aria-label="Movimientos recientes">
          {consulta.data.map((m) => {
            const base = m.tipo === 'inventario';
            const cantidad = toCantidad(base ? m.cantidad : m.efecto);
            return (
              <ListRow
                key={m.id}
                title={`${NOMBRE_TIPO[m.tipo] ?? m.tipo}${m.referencia ? ` ${m.referencia}` : ''}`}
                detail={`${fechaHoraAqui(m.ocurridaEn)} · ${m.almacen}`}
                value={base ? `= ${cantidadVista(cantidad)}` : cantidadVista(cantidad, { signo: true })}
                unit={nombreUnidad(unidad, cantidad)}
              />
            );
          })}
          {consulta.data.length === 0 && <ListRow title="Todavía no hay movimientos" />}
        </ul>
      )}
    </Card>
  );
}
