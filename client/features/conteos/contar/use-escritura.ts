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
  /** What was to be written, whole, for the export. */
  payload: NoGuardado['payload'];
  reintentar: () => void;
};

/** A sentence under the card: what happened, and whether it can be taken back. */
export type Aviso = { id: number; texto: string; tono: 'ok' | 'error' };

/**
 * Writes one after another and says how each ended: a sentence, or the red screen when the phone could not keep it. A
 * failure stays red until its own retry succeeds or the person lets it go: a later success never hides it.
 */
export function useEscritura() {
  const [fallos, setFallos] = useState<readonly Fallo[]>([]);
  const [aviso, setAviso] = useState<Aviso | null>(null);
  const cola = useRef<Promise<void>>(Promise.resolve());
  const serie = useRef(0);

  const avisa = useCallback((texto: string, tono: Aviso['tono']) => {
    serie.current += 1;
    setAviso({ id: serie.current, texto, tono });
  }, []);

  /** Runs `obra` after all that was asked before. */
  const enOrden = useCallback(
    (obra: () => Promise<void>, deQue: Omit<Fallo, 'mensaje' | 'payload' | 'reintentar'>) => {
      const intenta = (previo: Fallo | null) => {
        const olvida = () => setFallos((todos) => todos.filter((cada) => cada !== previo));
        cola.current = cola.current.then(async () => {
          try {
            await obra();
            olvida();
          } catch (error) {
            signalScan('error');
            if (error instanceof NoGuardado) {
              const fallo: Fallo = {
                ...deQue,
                mensaje: mensajeDe('NO_GUARDADO'),
                payload: error.payload,
                reintentar: () => intenta(fallo),
              };
              setFallos((todos) => [...todos.filter((cada) => cada !== previo), fallo]);
              return;
            }
            olvida();
            avisa(
              isAppError(error) ? mensajeDe(error.code, error.data) : mensajeDe('ERROR_INTERNO'),
              'error',
            );
          }
        });
      };
      intenta(null);
    },
    [avisa],
  );

  return {
    enOrden,
    fallo: fallos[0] ?? null,
    descartaFallo: useCallback(() => setFallos((todos) => todos.slice(1)), []),
    aviso,
    avisa,
    sinAviso: useCallback(() => setAviso(null), []),
  };
}
