import { useEffect, useState } from 'react';
import { useAjustesTelefono } from '#client/app/ajustes-empresa.ts';
import { bloqueo } from '#client/app/bloqueo.ts';
import { bloquear, pines } from '#client/app/session.ts';
import type { Identidad } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { plural } from '#shared/formato.ts';
import { HojaPin } from './hoja-pin.tsx';

export type HojaBloqueoProps = {
  open: boolean;
  persona: Identidad;
  onClose: () => void;
  onAviso: (texto: string) => void;
};

const MINUTOS = [
  { value: '0', label: 'Nunca' },
  { value: '2', label: 'A los 2 minutos sin tocarlo' },
  { value: '5', label: 'A los 5 minutos sin tocarlo' },
  { value: '10', label: 'A los 10 minutos sin tocarlo' },
  { value: '30', label: 'A los 30 minutos sin tocarlo' },
];

/** The own PIN, when the phone locks by itself, and the lock at once. */
export function HojaBloqueo({ open, persona, onClose, onAviso }: HojaBloqueoProps) {
  const [tiene, setTiene] = useState(false);
  const [minutos, setMinutos] = useState('');
  const deEmpresa = useAjustesTelefono().bloqueo.minutos;
  const [creando, setCreando] = useState(false);
  useEffect(() => {
    if (!open) return;
    void pines.tiene(persona.usuarioId).then(setTiene);
    void bloqueo.ajuste().then(setMinutos);
  }, [open, persona.usuarioId]);
  const pon = (valor: string) => {
    setMinutos(valor);
    void bloqueo.ponMinutos(valor);
  };
  return (
    <>
      <Sheet
        open={open && !creando}
        onClose={onClose}
        title="Mi PIN y bloqueo"
        actions={
          <Button variant={tiene ? 'secondary' : 'primary'} block tall onClick={() => setCreando(true)}>
            {tiene ? 'Cambiar mi PIN' : 'Crear mi PIN'}
          </Button>
        }
      >
        <p>
          {tiene
            ? 'Tienes PIN en este teléfono. Al bloquearlo, lo que estás contando queda como está.'
            : 'Con un PIN entras en este teléfono sin señal y sin escribir tu contraseña, y puedes bloquearlo.'}
        </p>
        <Select
          label="Preguntar quién está ahí"
          hint="Vale para este teléfono y para quien tenga PIN."
          value={minutos}
          onValue={pon}
          options={[
            {
              value: '',
              label: `Como la empresa: ${plural(deEmpresa, 'minuto', 'minutos')} si lo comparten`,
            },
            ...MINUTOS,
          ]}
        />
        {tiene && (
          <Button
            block
            onClick={() => {
              onClose();
              void bloquear();
            }}
          >
            Bloquear ahora
          </Button>
        )}
      </Sheet>
      <HojaPin
        open={open && creando}
        persona={persona}
        onClose={() => setCreando(false)}
        onCreado={() => {
          setCreando(false);
          onClose();
          onAviso('Tu PIN quedó guardado en este teléfono.');
        }}
      />
    </>
  );
}
