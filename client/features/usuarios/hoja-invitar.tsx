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

const NADIE: DatosUsuario = { rol: 'almacenista', tiendaIds: [], limite: '' };

export type HojaInvitarProps = { open: boolean; onClose: () => void; tiendas: readonly ChipOption[] };

/** An invitation is a link, shown once: as QR for the phone beside, or shared. */
export function HojaInvitar({ open, onClose, tiendas }: HojaInvitarProps) {
  const [nombre, setNombre] = useState('');
  const [correo, setCorreo] = useState('');
  const [datos, setDatos] = useState(NADIE);
  const invita = useOrden(
    (args: Parameters<typeof api.usuarios.invita.mutate>[0]) => api.usuarios.invita.mutate(args),
    ['usuarios'],
  );
  const falla = invita.isError ? errorDe(invita.error) : null;
  const { data: hecha } = invita;
  const cierra = () => {
    onClose();
    invita.reset();
    setNombre('');
    setCorreo('');
    setDatos(NADIE);
  };
  return (
    <Sheet
      open={open}
      onClose={cierra}
      title={hecha === undefined ? 'Invitar' : `Invitación de ${nombre}`}
      actions={
        hecha === undefined ? (
          <Button
            variant="primary"
            block
            tall
            busy={invita.isPending}
            disabled={nombre.trim() === '' || (datos.rol !== 'admin' && datos.tiendaIds.length === 0)}
            onClick={() =>
              invita.mutate({
                nombre: nombre.trim(),
                correo: correo.trim() === '' ? null : correo.trim(),
                rol: datos.rol,
                tiendaIds: datos.rol === 'admin' ? [] : datos.tiendaIds,
                limiteAjuste: datos.rol === 'gerente' && datos.limite !== '' ? datos.limite : null,
              })
            }
          >
            Crear invitación
          </Button>
        ) : (
          <Button block onClick={cierra}>
            Listo
          </Button>
        )
      }
    >
      {falla !== null && (
        <Banner tone="bad" title="No se creó" role="alert">
          {mensajeDe(falla.code, falla.data)}
        </Banner>
      )}
      {hecha === undefined ? (
        <>
          <TextField label="Nombre" value={nombre} onValue={setNombre} autoComplete="off" />
          <TextField
            label="Correo"
            hint="Opcional: si no tiene, elige un usuario al abrir la invitación."
            type="email"
            value={correo}
            onValue={setCorreo}
            autoComplete="off"
          />
          <CamposUsuario datos={datos} onDatos={setDatos} tiendas={tiendas} />
        </>
      ) : (
        <EnlaceUnico ruta={hecha.ruta}>
          {`Que ${nombre} lo escanee con su teléfono, o comparte el enlace. Solo sirve una vez.`}
        </EnlaceUnico>
      )}
    </Sheet>
  );
}
