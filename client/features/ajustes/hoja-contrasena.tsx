import { useState } from 'react';
import { cambiarContrasena } from '#client/app/session.ts';
import { errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { mensajeDe } from '#shared/errores.ts';

export type HojaContrasenaProps = { open: boolean; onClose: () => void; onCambiada: () => void };

/** One's own password. Needs signal; the sessions on other devices end. */
export function HojaContrasena({ open, onClose, onCambiada }: HojaContrasenaProps) {
  const [nueva, setNueva] = useState('');
  const [guardando, setGuardando] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const guarda = async () => {
    if (nueva.length < 8) {
      setError(mensajeDe('CONTRASENA_MALA'));
      return;
    }
    setGuardando(true);
    setError(null);
    try {
      await cambiarContrasena(nueva);
      setNueva('');
      onCambiada();
    } catch (fallo) {
      const { code, data } = errorDe(fallo);
      setError(mensajeDe(code, data));
    } finally {
      setGuardando(false);
    }
  };
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title="Cambiar mi contraseña"
      actions={
        <Button variant="primary" block tall busy={guardando} onClick={guarda}>
          Guardar
        </Button>
      }
    >
      {error !== null && (
        <Banner tone="bad" title="No se cambió" role="alert">
          {error}
        </Banner>
      )}
      <TextField
        label="Contraseña nueva"
        hint="Al menos 8 caracteres. En tus otros equipos habrá que entrar de nuevo."
        type="password"
        value={nueva}
        onValue={setNueva}
        autoComplete="new-password"
      />
    </Sheet>
  );
}
