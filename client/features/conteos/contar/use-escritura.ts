import { useCallback, useRef, useState } from 'react';
import { NoGuardado } from '#client/offline/index.ts';
import { signalScan } from '#client/scanner/index.ts';
import { isAppError, mensajeDe } from '#shared/errores.ts';

/** The phone could not keep it: shown in red until it is kept or written down elsewhere. */
export type Fallo = {
  valor: string;
  producto?: string;
  codigo?: string;
  mensaje: string;
  reintentar: () => void;
};

/** A sentence under the card: what happened, and whether it can be taken back. */
export type Aviso = { id: number; texto: string; tono: 'ok' | 'error' };

/** Writes one after another and says how each ended: a sentence, or the red screen when the phone could not keep it. */
export function useEscritura() {
  const [fallo, setFallo] = useState<Fallo | null>(null);
  const [aviso, setAviso] = useState<Aviso | null>(null);
  const cola = useRef<Promise<void>>(Promise.resolve());
  const serie = useRef(0);

  const avisa = useCallback((texto: string, tono: Aviso['tono']) => {
    serie.current += 1;
    setAviso({ id: serie.current, texto, tono });
  }, []);

  /** Runs `obra` after all that was asked before. */
  const enOrden = useCallback(
    (obra: () => Promise<void>, deQue: Omit<Fallo, 'mensaje' | 'reintentar'>) => {
      const intenta = () => {
        cola.current = cola.current.then(async () => {
          try {
            await obra();
            setFallo(null);
          } catch (error) {
            signalScan('error');
            if (error instanceof NoGuardado) {
              setFallo({ ...deQue, mensaje: mensajeDe('NO_GUARDADO'), reintentar: intenta });
            } else if (isAppError(error)) {
              avisa(mensajeDe(error.code, error.data), 'error');
            } else {
              avisa(mensajeDe('ERROR_INTERNO'), 'error');
            }
          }
        });
      };
      intenta();
    },
    [avisa],
  );

  return {
    enOrden,
    fallo,
    descartaFallo: useCallback(() => setFallo(null), []),
    aviso,
    avisa,
    sinAviso: useCallback(() => setAviso(null), []),
  };
}
