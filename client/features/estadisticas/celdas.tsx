import { Link } from '@tanstack/react-router';
import { CANTIDAD_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadVista, nombreUnidad, pesos } from '#shared/formato.ts';

/** Pesos of a decimal text; what is not known is said. */
export function Pesos({ de, falta = 'sin costo' }: { de: string | null; falta?: string }) {
  if (de === null) return <span className="text-base font-normal text-ink-soft">{falta}</span>;
  const centavos = toDecimal(de, 2);
  return (
    <span className={centavos < 0n ? 'text-bad' : undefined}>{pesos(centavos, { centavos: true })}</span>
  );
}

export function Unidades({ de, unidad }: { de: string; unidad?: string }) {
  const cantidad = toDecimal(de, CANTIDAD_ESCALA);
  return (
    <span className={cantidad < 0n ? 'text-bad font-semi' : undefined}>
      {cantidadVista(cantidad)}
      {unidad !== undefined && (
        <>
          {' '}
          <span className="text-sm text-ink-soft tablet:block">{nombreUnidad(unidad, cantidad)}</span>
        </>
      )}
    </span>
  );
}

/** `37 %` of `36.65`; nothing where there is none. */
export function PorCiento({ de }: { de: string | null }) {
  return de === null ? <span className="text-ink-soft">—</span> : `${Math.round(Number(de))} %`;
}

export function NombreProducto({ id, nombre, codigo }: { id: string; nombre: string; codigo: string }) {
  return (
    <Link
      to="/productos/$productoId"
      params={{ productoId: id }}
      className="-my-1 flex min-h-target flex-col justify-center"
    >
      <span className="font-bold underline decoration-1 underline-offset-4">{nombre}</span>
      <span className="text-sm font-normal text-ink-soft">{codigo}</span>
    </Link>
  );
}
