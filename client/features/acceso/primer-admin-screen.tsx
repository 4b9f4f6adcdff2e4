import { type FormEvent, useState } from 'react';
import { entrarComoPrimerAdmin } from '#client/app/session.ts';
import { errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Select } from '#client/ui/select.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { mensajeDe } from '#shared/errores.ts';
import { Marca } from './marca.tsx';
import { useAlEntrar } from './use-al-entrar.ts';
import { ZONAS } from './zonas.ts';
import './acceso.css';

const VACIO = {
  codigo: '',
  correo: '',
  nombre: '',
  contrasena: '',
  tiendaCodigo: '',
  tiendaNombre: '',
  zonaHoraria: 'America/Mexico_City',
};

/** First start of an empty company: whoever can read the server's log makes the first admin and the first shop. */
export function PrimerAdminScreen() {
  const alEntrar = useAlEntrar();
  const [datos, setDatos] = useState(VACIO);
  const [error, setError] = useState<string | null>(null);
  const [creando, setCreando] = useState(false);
  const pon = (campo: keyof typeof VACIO) => (valor: string) =>
    setDatos((previos) => ({ ...previos, [campo]: valor }));

  const envia = async (event: FormEvent) => {
    event.preventDefault();
    if (creando) return;
    setCreando(true);
    setError(null);
    try {
      const { usuarioId } = await entrarComoPrimerAdmin({
        codigo: datos.codigo.trim(),
        correo: datos.correo,
        nombre: datos.nombre.trim(),
        contrasena: datos.contrasena,
        tienda: {
          codigo: datos.tiendaCodigo.trim(),
          nombre: datos.tiendaNombre.trim(),
          zonaHoraria: datos.zonaHoraria,
        },
      });
      alEntrar(usuarioId);
    } catch (fallo) {
      const { code, data } = errorDe(fallo);
      setError(mensajeDe(code, data));
      setCreando(false);
    }
  };

  return (
    <Screen header={<Marca />}>
      <form className="entrar" onSubmit={envia}>
        <h1 className="entrar-titulo">Empieza tu empresa</h1>
        <p>Este servidor todavía no tiene usuarios. Crea el primer administrador y la primera tienda.</p>
        {error !== null && (
          <Banner tone="bad" title="No se creó" role="alert">
            {error}
          </Banner>
        )}
        <TextField
          label="Código de arranque"
          hint="Lo escribió el servidor en su pantalla al iniciar."
          value={datos.codigo}
          onValue={pon('codigo')}
          autoComplete="one-time-code"
          required
        />
        <TextField
          label="Tu nombre"
          value={datos.nombre}
          onValue={pon('nombre')}
          autoComplete="name"
          required
        />
        <TextField
          label="Correo"
          type="email"
          value={datos.correo}
          onValue={pon('correo')}
          autoComplete="username"
          required
        />
        <TextField
          label="Contraseña"
          hint="Al menos 8 caracteres; una frase larga es mejor que símbolos raros."
          type="password"
          value={datos.contrasena}
          onValue={pon('contrasena')}
          autoComplete="new-password"
          minLength={8}
          required
        />
        <TextField
          label="Código de la tienda"
          hint="Corto, como CDMX-01: va en el folio de cada conteo."
          value={datos.tiendaCodigo}
          onValue={pon('tiendaCodigo')}
          required
        />
        <TextField
          label="Nombre de la tienda"
          value={datos.tiendaNombre}
          onValue={pon('tiendaNombre')}
          required
        />
        <Select label="Zona horaria" value={datos.zonaHoraria} onValue={pon('zonaHoraria')} options={ZONAS} />
        <Button type="submit" variant="primary" block tall busy={creando}>
          Crear y entrar
        </Button>
      </form>
    </Screen>
  );
}
