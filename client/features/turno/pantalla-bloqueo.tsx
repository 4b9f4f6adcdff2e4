import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { bloqueo, useBloqueo } from '#client/app/bloqueo.ts';
import { entrarConPin } from '#client/app/session.ts';
import { errorDe } from '#client/app/trpc.ts';
import { type Identidad, useIdentidad, usePersonas } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { PIN_LARGO_MIN } from '#shared/domain/pin.ts';
import { NOMBRE_ROL } from '#shared/roles.ts';
import { TecladoPin } from './teclado-pin.tsx';
import './turno.css';

/**
 * Over everything, without taking anything away: what was typed below is there when the same person comes back. The
 * native modal makes the rest inert.
 */
export function PantallaBloqueo() {
  const { cerrado } = useBloqueo();
  const identidad = useIdentidad();
  const personas = usePersonas();
  const navigate = useNavigate();
  const dialogo = useRef<HTMLDialogElement>(null);
  const [elegida, setElegida] = useState<Identidad | null>(null);
  const [pin, setPin] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [probando, setProbando] = useState(false);
  const solo = cerrado && personas?.length === 1 ? personas[0] : undefined;
  const persona = elegida ?? solo ?? null;

  useEffect(() => {
    if (dialogo.current?.open === false) dialogo.current.showModal();
  }, []);

  const elige = (otra: Identidad | null) => {
    setElegida(otra);
    setPin('');
    setError(null);
  };
  const entra = async () => {
    if (persona === null || probando || pin.length < PIN_LARGO_MIN) return;
    setProbando(true);
    setError(null);
    const otra = persona.usuarioId !== identidad?.usuarioId;
    try {
      await entrarConPin(persona, pin);
      if (otra) await navigate({ to: '/', replace: true });
    } catch (fallo) {
      setError(errorDe(fallo).mensaje);
      setPin('');
    } finally {
      setProbando(false);
    }
  };
  const conContrasena = () => {
    bloqueo.deja();
    void navigate({ to: '/entrar' });
  };

  return (
    <dialog
      ref={dialogo}
      className="bloqueo"
      aria-labelledby="bloqueo-titulo"
      onCancel={(event) => {
        event.preventDefault();
        if (!cerrado) bloqueo.deja();
      }}
      onClose={() => dialogo.current?.showModal()}
    >
      <div className="bloqueo-caja">
        <h2 id="bloqueo-titulo" className="bloqueo-titulo">
          {persona === null ? (cerrado ? '¿Quién está ahí?' : '¿Quién sigue?') : persona.nombre}
        </h2>
        {error !== null && (
          <Banner tone="bad" title="No se abrió" role="alert">
            {error}
          </Banner>
        )}
        {persona === null ? (
          <>
            <p>Lo contado queda guardado con el nombre de quien lo contó. Funciona sin señal.</p>
            <ul className="list" aria-label="Personas de este teléfono">
              {personas?.map((cada) => (
                <ListRow
                  key={cada.usuarioId}
                  title={cada.nombre}
                  detail={
                    cada.usuarioId === identidad?.usuarioId
                      ? `${NOMBRE_ROL[cada.rol]} · en turno`
                      : NOMBRE_ROL[cada.rol]
                  }
                  onPress={() => elige(cada)}
                />
              ))}
            </ul>
          </>
        ) : (
          <>
            <p>Escribe tu PIN de este teléfono.</p>
            <TecladoPin valor={pin} onValor={setPin} onListo={() => void entra()} />
            <Button variant="primary" block tall busy={probando} disabled={pin.length < 4} onClick={entra}>
              Entrar
            </Button>
          </>
        )}
        <div className="bloqueo-pie">
          {persona !== null && solo === undefined && (
            <Button block onClick={() => elige(null)}>
              Otra persona
            </Button>
          )}
          <Button block variant="quiet" onClick={conContrasena}>
            Entrar con contraseña
          </Button>
          {!cerrado && (
            <Button block variant="quiet" onClick={() => bloqueo.deja()}>
              Cancelar
            </Button>
          )}
        </div>
      </div>
    </dialog>
  );
}
