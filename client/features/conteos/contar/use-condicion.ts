import { useState } from 'react';
import type { LineaVista } from '#client/offline/index.ts';
import { CONDICION } from './condicion.ts';

type Condicion = LineaVista['condicion'];

const clave = (conteoId: string) => `condicion:${conteoId}`;

function lee(conteoId: string): Condicion {
  try {
    const recordada = sessionStorage.getItem(clave(conteoId));
    return recordada !== null && Object.hasOwn(CONDICION, recordada) ? (recordada as Condicion) : 'vendible';
  } catch {
    return 'vendible'; // private mode may refuse storage
  }
}

/** The condition in force: it stays until another is chosen, also over a reload of this tab. */
export function useCondicion(conteoId: string): [Condicion, (condicion: Condicion) => void] {
  const [condicion, setCondicion] = useState(() => lee(conteoId));
  return [
    condicion,
    (nueva) => {
      setCondicion(nueva);
      try {
        sessionStorage.setItem(clave(conteoId), nueva);
      } catch {
        // private mode may refuse storage; the choice still holds on this screen
      }
    },
  ];
}
