import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { ListRow } from '#client/ui/list-row.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadVista, fechaVista, listaNatural, pesos, plural } from '#shared/formato.ts';
import { resumenDeVeces } from './resumen-de-veces.ts';

export type VecesContadoProps = { conteoId: string; productoId: string; zona: string };

/** How the product came out the last times: a habit tells more than one figure. */
export function VecesContado({ conteoId, productoId, zona }: VecesContadoProps) {
  const { data, isPending, isError } = useConsulta(['veces', conteoId, productoId], () =>
    api.conteos.vecesContado.query({ conteoId, productoId }),
  );
  if (data === undefined) {
    if (isError)
      return <p className="text-ink-soft">No se pudo leer ahora; se intenta al volver la señal.</p>;
    return isPending ? <Skeleton /> : null;
  }
  if (data.length === 0) return <p className="text-ink-soft">Es la primera vez que se cuenta aquí.</p>;
  return (
    <>
      <p>{resumenDeVeces(data)}</p>
      <ul className="list">
        {data.map((vez) => (
          <ListRow
            key={vez.conteoId}
            title={`${fechaVista(Date.parse(vez.instante), zona)} · ${vez.folio ?? 'sin folio'}`}
            detail={[
              `contado ${cantidadVista(toCantidad(vez.contado))}`,
              vez.contaron.length > 0 ? `por ${listaNatural(vez.contaron)}` : null,
              vez.valor !== null && vez.variacion !== null && toCantidad(vez.variacion) !== 0n
                ? pesos(toDecimal(vez.valor, DINERO_ESCALA), { signo: true })
                : null,
              vez.intento > 1 ? plural(vez.intento, 'intento', 'intentos') : null,
            ]
              .filter(Boolean)
              .join(' · ')}
            value={
              vez.variacion === null ? 'base' : cantidadVista(toCantidad(vez.variacion), { signo: true })
            }
          />
        ))}
      </ul>
    </>
  );
}
