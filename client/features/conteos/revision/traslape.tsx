import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import type { ProductoRevisado } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadNatural } from '#shared/formato.ts';

export type TraslapeProps = { producto: ProductoRevisado; conteoId: string; decide: boolean };

type Persona = { usuarioId: string; nombre: string; unidades: bigint };

/** Two people counted one place and differ: add both, or take one. */
export function Traslape({ producto, conteoId, decide }: TraslapeProps) {
  const [falla, setFalla] = useState<string>();
  const resuelve = useOrden(
    (usuarioId: string | null) =>
      api.conteos.resuelveTraslape.mutate({
        conteoId,
        productoId: producto.productoId,
        decision: usuarioId === null ? 'suma' : 'uno',
        usuarioId,
      }),
    ['revision', conteoId],
  );
  if (!decide) return null;
  const personas = new Map<string, Persona>();
  for (const c of producto.contadores) {
    const previo = personas.get(c.usuarioId)?.unidades ?? 0n;
    personas.set(c.usuarioId, { ...c, unidades: previo + toCantidad(c.unidades) });
  }
  const suma = [...personas.values()].reduce((total, { unidades }) => total + unidades, 0n);
  const elige = (usuarioId: string | null) =>
    resuelve.mutate(usuarioId, {
      onSuccess: () => setFalla(undefined),
      onError: (error) => setFalla(errorDe(error).mensaje),
    });
  return (
    <fieldset className="field">
      <legend className="field-label">¿Qué vale?</legend>
      <div className="flex flex-col gap-2">
        <Button
          busy={resuelve.isPending}
          detail={cantidadNatural(suma, producto.unidad)}
          onClick={() => elige(null)}
        >
          Sumar
        </Button>
        {[...personas.values()].map(({ usuarioId, nombre, unidades }) => (
          <Button
            key={usuarioId}
            busy={resuelve.isPending}
            detail={cantidadNatural(unidades, producto.unidad)}
            onClick={() => elige(usuarioId)}
          >
            Vale la de {nombre}
          </Button>
        ))}
      </div>
      {falla && (
        <Banner tone="bad" title="No se decidió" role="alert">
          {falla}
        </Banner>
      )}
    </fieldset>
  );
}
