import { useEffect, useRef } from 'react';
import { useEstadoEnvio } from '#client/offline/index.ts';

/** Calls `avisa` after the phone and the server were level again (a hint, the clock, the signal back). */
export function useAlSincronizar(avisa: () => void): void {
  const { ultimaSync } = useEstadoEnvio();
  const vista = useRef(ultimaSync);
  const ultimo = useRef(avisa);
  useEffect(() => {
    ultimo.current = avisa;
  });
  useEffect(() => {
    if (ultimaSync === vista.current) return;
    vista.current = ultimaSync;
    ultimo.current();
  }, [ultimaSync]);
}
