import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { HojaCampos } from '#client/features/catalogo/index.ts';
import { newId } from '#client/offline/clock.ts';
import { Sheet } from '#client/ui/sheet.tsx';
import { CAMPOS_ALMACEN } from '#shared/domain/catalogo/campos-tienda.ts';
import type { Almacen, Tienda } from './tiendas-screen.tsx';
import { Ubicaciones } from './ubicaciones.tsx';

export type HojaAlmacenProps = {
  tienda: Tienda;
  almacen: Almacen | null;
  admin: boolean;
  onClose: () => void;
};

/** An almacén with its bins. Only an admin changes the almacén itself. */
export function HojaAlmacen({ tienda, almacen, admin, onClose }: HojaAlmacenProps) {
  const [id] = useState(() => almacen?.id ?? newId());
  const guarda = useOrden(
    (cambios: Parameters<typeof api.tiendas.guardaAlmacen.mutate>[0]['cambios']) =>
      api.tiendas.guardaAlmacen.mutate({ id, nuevo: almacen === null, tiendaId: tienda.id, cambios }),
    ['tiendas'],
  );
  const activa = useOrden(
    (si: boolean) => api.tiendas.cambiaActiva.mutate({ que: 'almacen', id, activa: si }),
    ['tiendas'],
  );
  if (!admin && almacen !== null) {
    return (
      <Sheet open onClose={onClose} title={almacen.nombre}>
        <Ubicaciones almacenId={almacen.id} />
      </Sheet>
    );
  }
  return (
    <HojaCampos
      titulo={almacen?.nombre ?? `Nuevo almacén de ${tienda.nombre}`}
      campos={CAMPOS_ALMACEN}
      leido={
        almacen === null
          ? { tipo: 'mostrador' }
          : { codigo: almacen.codigo, nombre: almacen.nombre, tipo: almacen.tipo }
      }
      onClose={onClose}
      guarda={guarda.mutateAsync}
      hints={{ tipo: 'Hay un solo almacén general por tienda.' }}
      {...(almacen === null ? {} : { activo: { es: almacen.isActive, cambia: activa.mutateAsync } })}
    >
      {almacen !== null && <Ubicaciones almacenId={almacen.id} />}
    </HojaCampos>
  );
}
