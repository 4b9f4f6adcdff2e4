import { type FormEvent, useEffect, useState } from 'react';
import { entrar } from '#client/app/session.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { mensajeDe } from '#shared/errores.ts';
import { listaNatural } from '#shared/formato.ts';
import { NOMBRE_ROL } from '#shared/roles.ts';
import { Marca } from './marca.tsx';
import { useAlEntrar } from './use-al-entrar.ts';
import './acceso.css';

type Vista = Awaited<ReturnType<typeof api.acceso.invitacion.query>>;

/** Opened from a link or a QR: the person chooses a user name or e-mail and a password, and is in. */
export function InvitacionScreen({ token }: { token: string }) {
  const alEntrar = useAlEntrar();
  const [vista, setVista] = useState<Vista | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [usuario, setUsuario] = useState('');
  const [contrasena, setContrasena] = useState('');
  const [entrando, setEntrando] = useState(false);

  useEffect(() => {
    let vigente = true;
    api.acceso.invitacion
      .query({ token })
      .then((leida) => {
        if (!vigente) return;
        setVista(leida);
        setUsuario(leida.usuario ?? leida.correo ?? '');
      })
      .catch((fallo: unknown) => {
        const { code, data } = errorDe(fallo);
        if (vigente) setError(mensajeDe(code, data));
      });
    return () => {
      vigente = false;
    };
  }, [token]);

  const envia = async (event: FormEvent) => {
    event.preventDefault();
    if (entrando) return;
    setEntrando(true);
    setError(null);
    try {
      await api.acceso.aceptaInvitacion.mutate({ token, usuario: usuario.trim(), contrasena });
      const { usuarioId } = await entrar(usuario, contrasena);
      alEntrar(usuarioId);
    } catch (fallo) {
      const { code, data } = errorDe(fallo);
      setError(mensajeDe(code, data));
      setEntrando(false);
    }
  };

  return (
    <Screen header={<Marca />}>
      {vista === null ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState title="No se pudo abrir la invitación">{error}</ErrorState>
        )
      ) : (
        <form className="entrar" onSubmit={envia}>
          <h1 className="entrar-titulo">Hola, {vista.nombre}</h1>
          {vista.usuario === null ? (
            <p>
              Te invitaron como <strong>{NOMBRE_ROL[vista.rol]}</strong>
              {vista.tiendas.length > 0 && ` en ${listaNatural(vista.tiendas)}`}.
            </p>
          ) : (
            <p>
              Elige tu contraseña nueva. Entras con <strong>{vista.usuario}</strong>, como siempre.
            </p>
          )}
          {error !== null && (
            <Banner tone="bad" title="No se creó tu acceso" role="alert">
              {error}
            </Banner>
          )}
          <TextField
            label="Usuario o correo"
            hint="Con esto vas a entrar."
            value={usuario}
            onValue={setUsuario}
            autoComplete="username"
            autoCapitalize="none"
            minLength={3}
            required
            readOnly={vista.usuario !== null}
          />
          <TextField
            label="Contraseña"
            hint="Al menos 8 caracteres."
            type="password"
            value={contrasena}
            onValue={setContrasena}
            autoComplete="new-password"
            minLength={8}
            required
          />
          <Button type="submit" variant="primary" block tall busy={entrando}>
            {vista.usuario === null ? 'Crear mi acceso' : 'Guardar y entrar'}
          </Button>
        </form>
      )}
    </Screen>
  );
}
