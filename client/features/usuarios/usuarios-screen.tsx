import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { fechaAqui } from '#client/app/fechas.ts';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { listaNatural } from '#shared/formato.ts';
import { NOMBRE_ROL } from '#shared/roles.ts';
import { HojaInvitar } from './hoja-invitar.tsx';
import { HojaUsuario, type Usuario } from './hoja-usuario.tsx';
import { useTiendas } from './use-tiendas.ts';

/** The people: invite by link or QR, change role and shops, disable. Online only; the server keeps the audit. */
export function UsuariosScreen() {
  const navigate = useNavigate();
  const lista = useConsulta(['usuarios'], () => api.usuarios.lista.query());
  const cancela = useOrden((id: string) => api.usuarios.cancelaInvitacion.mutate({ id }), ['usuarios']);
  const tiendas = useTiendas();
  const [invitando, setInvitando] = useState(false);
  const [editado, setEditado] = useState<Usuario | null>(null);
  const nombres = (ids: readonly string[]) =>
    listaNatural(ids.map((id) => tiendas.find((t) => t.value === id)?.label ?? '').filter(Boolean));
  return (
    <Screen
      header={<AppHeader title="Usuarios" onBack={() => navigate({ to: '/mas' })} status={<EstadoEnvio />} />}
      actions={
        <Button
          variant="primary"
          block
          tall
          disabled={lista.data === undefined}
          onClick={() => setInvitando(true)}
        >
          Invitar
        </Button>
      }
    >
      <FallaEnLinea consulta={lista} orden={cancela} sinSenal="Los usuarios se cambian con señal." />
      {lista.isPending && <Skeleton />}
      {lista.data !== undefined && (
        <>
          {lista.data.invitaciones.length > 0 && (
            <section aria-labelledby="invitaciones">
              <h2 id="invitaciones" className="card-title">
                Invitaciones sin usar
              </h2>
              <ul className="list" aria-label="Invitaciones">
                {lista.data.invitaciones.map((i) => (
                  <ListRow
                    key={i.id}
                    title={i.nombre}
                    detail={`${NOMBRE_ROL[i.rol]} · vence ${fechaAqui(i.expiraEn)}`}
                    actions={
                      <Button variant="danger" onClick={() => cancela.mutate(i.id)}>
                        Cancelar
                      </Button>
                    }
                  />
                ))}
              </ul>
            </section>
          )}
          <ul className="list" aria-label="Usuarios">
            {lista.data.usuarios.map((u) => (
              <ListRow
                key={u.id}
                title={u.nombre}
                detail={
                  <>
                    {[NOMBRE_ROL[u.rol], u.correo ?? u.nombreUsuario, nombres(u.tiendaIds)]
                      .filter(Boolean)
                      .join(' · ')}
                    {!u.isActive && <Tag tone="bad">desactivado</Tag>}
                  </>
                }
                onPress={() => setEditado(u)}
              />
            ))}
          </ul>
        </>
      )}
      <HojaInvitar open={invitando} onClose={() => setInvitando(false)} tiendas={tiendas} />
      <HojaUsuario key={editado?.id} usuario={editado} onClose={() => setEditado(null)} tiendas={tiendas} />
    </Screen>
  );
}
