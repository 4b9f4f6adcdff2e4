import { type RefObject, useEffect, useRef, useState } from 'react';
import { useConsulta } from '#client/app/query.ts';
import { FilaDeEspera } from './fila-de-espera.ts';
import { useVisto, type Visto } from './use-visto.ts';
import { useViva } from './use-viva.ts';

/** A picture of weeks need not follow each sale. */
const FRESCA_MS = 60_000;
/** What is measured at night changes with the stock only. */
export const FRESCA_DE_NOCHE_MS = 5 * 60_000;
/** The phone's other requests go in between. */
const fila = new FilaDeEspera(2);
/** Asked for a little before it is scrolled into sight. */
const MARGEN = '400px';

/** True once the element was near the visible part of the screen: what nobody scrolls to is never asked for. */
function useCerca(ref: RefObject<HTMLElement | null>): boolean {
  const [cerca, setCerca] = useState(false);
  useEffect(() => {
    const elemento = ref.current;
    if (elemento === null || cerca) return;
    const vigia = new IntersectionObserver(
      (entradas) => {
        if (entradas.some(({ isIntersecting }) => isIntersecting)) setCerca(true);
      },
      { rootMargin: MARGEN },
    );
    vigia.observe(elemento);
    return () => vigia.disconnect();
  }, [ref, cerca]);
  return cerca;
}

export interface Grafica<T> {
  ref: RefObject<HTMLElement | null>;
  consulta: {
    isError: boolean;
    error: unknown;
    isFetching: boolean;
    refetch: () => unknown;
  };
  visto: Visto<T>;
}

/** The figures of one picture: asked for near the screen, again as things happen, the last ones kept meanwhile. */
export function useGrafica<T>(
  clave: readonly string[],
  lee: () => Promise<T>,
  { fresca = FRESCA_MS }: { fresca?: number } = {},
): Grafica<T> {
  const ref = useRef<HTMLElement>(null);
  const activa = useCerca(ref);
  const consulta = useConsulta(['tablero', ...clave], () => fila.corre(lee), { activa, fresca });
  useViva(consulta, activa, { reloj: false });
  return { ref, consulta, visto: useVisto(clave.join(' '), consulta) };
}
