import { useEffect, useState } from 'react';
import { entroConContrasena, pines } from '#client/app/session.ts';
import { errorDe } from '#client/app/trpc.ts';
import type { Identidad } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { PIN_LARGO_MIN, revisaPin } from '#shared/domain/pin.ts';
import { mensajeDe } from '#shared/errores.ts';
import { TecladoPin } from './teclado-pin.tsx';
import './turno.css';

export type HojaPinProps = { open: boolean; persona: Identidad; onClose: () => void; onCreado: () => void };

type Paso = 'actual' | 'nuevo' | 'otra-vez';
const PIDE: Record<Paso, string> = {
  actual: 'Escribe tu PIN de ahora.',
  nuevo: 'De 4 a 6 números. Con él entras en este teléfono, también sin señal.',
  'otra-vez': 'Escríbelo otra vez.',
};

/** A PIN for this phone. The one before is asked for, unless the password was typed just now. */
export function HojaPin({ open, persona, onClose, onCreado }: HojaPinProps) {
  const [paso, setPaso] = useState<Paso>('nuevo');
  const [pin, setPin] = useState('');
  const [nuevo, setNuevo] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [guardando, setGuardando] = useState(false);
  useEffect(() => {
    if (!open) return;
    setPin('');
    setError(null);
    setPaso('nuevo');
    if (entroConContrasena(persona.usuarioId)) return;
    void pines.tiene(persona.usuarioId).then((tiene) => tiene && setPaso('actual'));
  }, [open, persona.usuarioId]);

  const sigue = async () => {
    if (guardando) return;
    if (pin.length < PIN_LARGO_MIN) {
      setError(mensajeDe('PIN_INVALIDO'));
      return;
    }
    setError(null);
    setPin('');
    if (paso === 'nuevo') {
      const falla = revisaPin(pin);
      if (falla !== null) setError(mensajeDe(falla));
      else {
        setNuevo(pin);
        setPaso('otra-vez');
      }
      return;
    }
    setGuardando(true);
    try {
      if (paso === 'actual') {
        await pines.prueba(persona.usuarioId, persona.nombre, pin);
        setPaso('nuevo');
      } else if (pin !== nuevo) {
        setError(mensajeDe('PIN_DISTINTO'));
        setPaso('nuevo');
      } else {
        await pines.crea(persona.usuarioId, pin);
        onCreado();
      }
    } catch (fallo) {
      setError(errorDe(fallo).mensaje);
    } finally {
      setGuardando(false);
    }
  };

  return (
    <Sheet
      open={open}
      onClose={onClose}
      title="Crea tu PIN en este teléfono"
      actions={
        <Button variant="primary" block tall busy={guardando} disabled={pin.length < 4} onClick={sigue}>
          {paso === 'otra-vez' ? 'Guardar PIN' : 'Continuar'}
        </Button>
      }
    >
      {error !== null && (
        <Banner tone="bad" title="No se guardó" role="alert">
          {error}
        </Banner>
      )}
      <p>{PIDE[paso]}</p>
      <TecladoPin valor={pin} onValor={setPin} onListo={() => void sigue()} />
    </Sheet>
  );
}
