import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { HojaCampos } from '#client/features/catalogo/index.ts';
import { newId } from '#client/offline/clock.ts';
import { CAMPOS_TIENDA } from '#shared/domain/catalogo/campos-tienda.ts';
import type { Tienda } from './tiendas-screen.tsx';

/** A shop. A new one gets its general almacén with the same code. */
export function HojaTienda({ tienda, onClose }: { tienda: Tienda | null; onClose: () => void }) {
  const [id] = useState(() => tienda?.id ?? newId());
  const guarda = useOrden(
    (cambios: Parameters<typeof api.tiendas.guardaTienda.mutate>[0]['cambios']) =>
      api.tiendas.guardaTienda.mutate({ id, nuevo: tienda === null, cambios }),
    ['tiendas'],
  );
  const activa = useOrden(
    (si: boolean) => api.tiendas.cambiaActiva.mutate({ que: 'tienda', id, activa: si }),
    ['tiendas'],
  );
  return (
    <HojaCampos
      titulo={tienda?.nombre ?? 'Nueva tienda'}
      campos={CAMPOS_TIENDA}
      leido={
        tienda === null
          ? { zonaHoraria: 'America/Mexico_City' }
          : Object.fromEntries(
              CAMPOS_TIENDA.map((c) => [c.campo, tienda[c.campo as keyof Tienda] as string | null]),
            )
      }
      onClose={onClose}
      guarda={guarda.mutateAsync}
      hints={{
        codigo: 'Corto, como CDMX-01: va en los folios de los conteos.',
        zonaHoraria: 'De ella dependen la fecha y la hora de cada movimiento.',
      }}
      {...(tienda === null ? {} : { activo: { es: tienda.isActive, cambia: activa.mutateAsync } })}
    >
      {tienda === null && (
        <p className="text-ink-soft">Se crea con su almacén general, con el mismo código.</p>
      )}
    </HojaCampos>
  );
}
