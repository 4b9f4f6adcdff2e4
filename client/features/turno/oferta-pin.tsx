import { useEffect, useState } from 'react';
import { entroConContrasena, pines } from '#client/app/session.ts';
import type { Identidad } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { HojaPin } from './hoja-pin.tsx';

/** After a log-in with the password, once in this tab: a PIN for the next time. */
export function OfertaPin({ persona }: { persona: Identidad }) {
  const [ofrece, setOfrece] = useState(false);
  const [creando, setCreando] = useState(false);
  useEffect(() => {
    if (!entroConContrasena(persona.usuarioId)) return;
    void pines.tiene(persona.usuarioId).then((tiene) => setOfrece(!tiene));
  }, [persona.usuarioId]);
  if (!ofrece) return null;
  return (
    <>
      <Card
        title="Crea tu PIN en este teléfono"
        detail="Si varios usan este teléfono, cada quien entra con su PIN, también sin señal."
      >
        <Button onClick={() => setCreando(true)}>Crear mi PIN</Button>
      </Card>
      <HojaPin
        open={creando}
        persona={persona}
        onClose={() => setCreando(false)}
        onCreado={() => setOfrece(false)}
      />
    </>
  );
}
