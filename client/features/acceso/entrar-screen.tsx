import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { entrar, estadoAcceso } from '#client/app/session.ts';
import { pidePersistencia, useEstadoEnvio, useIdentidad } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { isAppError, mensajeDe } from '#shared/errores.ts';
import { plural } from '#shared/formato.ts';
import { Marca } from './marca.tsx';
import { useAlEntrar } from './use-al-entrar.ts';
import './acceso.css';

/** Log-in. Whoever is in a shift keeps it until the new person is really in. */
export function EntrarScreen() {
  const navigate = useNavigate();
  const alEntrar = useAlEntrar();
  const identidad = useIdentidad();
  const { pendientes } = useEstadoEnvio();
  const [correo, setCorreo] = useState('');
  const [contrasena, setContrasena] = useState('');
  const [entrando, setEntrando] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [demo, setDemo] = useState(false);

  useEffect(() => {
    let vigente = true;
    estadoAcceso()
      .then((estado) => {
        if (!vigente) return;
        setDemo(estado.demo);
        if (estado.sinUsuarios) void navigate({ to: '/primer-admin', replace: true });
      })
      // Without network the form still stands: pressing Entrar says what is missing.
      .catch(() => undefined);
    return () => {
      vigente = false;
    };
  }, [navigate]);

  const envia = async (event: FormEvent) => {
    event.preventDefault();
    if (entrando) return;
    if (correo.trim() === '' || contrasena === '') {
      setError('Escribe tu correo (o usuario) y tu contraseña.');
      return;
    }
    setEntrando(true);
    setError(null);
    try {
      const { usuarioId } = await entrar(correo, contrasena);
      void pidePersistencia();
      alEntrar(usuarioId);
    } catch (fallo) {
      setError(isAppError(fallo) ? mensajeDe(fallo.code, fallo.data) : mensajeDe('ERROR_INTERNO'));
    } finally {
      setEntrando(false);
    }
  };

  return (
    <Screen header={<Marca />}>
      <form className="entrar" onSubmit={envia} noValidate>
        <h1 className="entrar-titulo">Entra a tu turno</h1>
        {identidad != null && (
          <Banner tone="info" title={`${identidad.nombre} está en turno`}>
            Si entra otra persona, lo contado por cada quien conserva su nombre.{' '}
            <Link to="/">Seguir como {identidad.nombre}</Link>
          </Banner>
        )}
        {pendientes > 0 && (
          <Banner
            tone="warn"
            title={`Hay ${plural(pendientes, 'dato', 'datos')} sin enviar en este teléfono`}
          >
            Siguen guardados y se envían al entrar.
          </Banner>
        )}
        {error !== null && (
          <Banner tone="bad" title="No entraste" role="alert">
            {error}
          </Banner>
        )}
        <TextField
          label="Correo"
          hint="O tu nombre de usuario"
          value={correo}
          onValue={setCorreo}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
          enterKeyHint="next"
        />
        <TextField
          label="Contraseña"
          type="password"
          value={contrasena}
          onValue={setContrasena}
          autoComplete="current-password"
          enterKeyHint="go"
        />
        <Button type="submit" variant="primary" block tall busy={entrando}>
          Entrar
        </Button>
        <Button block variant="quiet" onClick={() => navigate({ to: '/practica' })}>
          Practicar sin cuenta
        </Button>
        {demo && (
          <p className="text-ink-soft">
            Empresa de demostración: <strong>almacen1@demo.mx</strong> o <strong>gerente@demo.mx</strong>,
            contraseña <strong>demo1234</strong>.
          </p>
        )}
      </form>
    </Screen>
  );
}
