import { useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import type { ChipOption } from '#client/ui/checkbox-group.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { mensajeDe } from '#shared/errores.ts';
import { CamposUsuario, type DatosUsuario } from './campos-usuario.tsx';
import { EnlaceUnico } from './enlace-unico.tsx';

export type Usuario = Awaited<ReturnType<typeof api.usuarios.lista.query>>['usuarios'][number];

export type HojaUsuarioProps = {
  usuario: Usuario | null;
  onClose: () => void;
  tiendas: readonly ChipOption[];
};

/** Changes a person. Disabling closes their sessions; what their phone still sends waits for an admin. */
export function HojaUsuario({ usuario, onClose, tiendas }: HojaUsuarioProps) {
  const [nombre, setNombre] = useState(usuario?.nombre ?? '');
  const [datos, setDatos] = useState<DatosUsuario>({
    rol: usuario?.rol ?? 'almacenista',
    tiendaIds: usuario?.tiendaIds ?? [],
    limite: usuario?.limiteAjuste ?? '',
  });
  const edita = useOrden(
    (cambio: Parameters<typeof api.usuarios.edita.mutate>[0]) => api.usuarios.edita.mutate(cambio),
    ['usuarios'],
  );
  const restablece = useOrden((id: string) => api.usuarios.restablece.mutate({ id }), ['usuarios']);
  const error = edita.error ?? restablece.error;
  const falla = error === null ? null : errorDe(error);
  const manda = (cambio: Omit<Parameters<typeof api.usuarios.edita.mutate>[0], 'id'>) => {
    if (usuario !== null) edita.mutate({ id: usuario.id, ...cambio }, { onSuccess: onClose });
  };
  return (
    <Sheet
      open={usuario !== null}
      onClose={onClose}
      title={usuario?.nombre ?? ''}
      actions={
        usuario !== null && (
          <>
            <Button
              variant="primary"
              block
              busy={edita.isPending}
              onClick={() =>
                manda({
                  nombre: nombre.trim(),
                  rol: datos.rol,
                  tiendaIds: datos.tiendaIds,
                  limiteAjuste: datos.rol === 'gerente' && datos.limite !== '' ? datos.limite : null,
                })
              }
            >
              Guardar
            </Button>
            {usuario.isActive && (
              <Button block busy={restablece.isPending} onClick={() => restablece.mutate(usuario.id)}>
                Nueva contraseña
              </Button>
            )}
            <Button
              variant={usuario.isActive ? 'danger' : 'secondary'}
              block
              onClick={() => manda({ isActive: !usuario.isActive })}
            >
              {usuario.isActive ? 'Desactivar' : 'Activar de nuevo'}
            </Button>
          </>
        )
      }
    >
      {falla !== null && (
        <Banner tone="bad" title="No se guardó" role="alert">
          {mensajeDe(falla.code, falla.data)}
        </Banner>
      )}
      {restablece.data !== undefined && (
        <EnlaceUnico ruta={restablece.data.ruta}>
          {`Con este enlace ${usuario?.nombre ?? ''} elige su contraseña nueva. Solo sirve una vez y vence en un día.`}
        </EnlaceUnico>
      )}
      <TextField label="Nombre" value={nombre} onValue={setNombre} autoComplete="off" />
      <CamposUsuario datos={datos} onDatos={setDatos} tiendas={tiendas} />
    </Sheet>
  );
}
