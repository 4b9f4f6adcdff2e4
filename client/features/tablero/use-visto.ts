import { useEffect, useState } from 'react';
import { alOlvidar } from '#client/app/al-olvidar.ts';
import { useIdentidad } from '#client/offline/index.ts';

const PREFIJO = 'tablero:';

/** Of the tab alone, as everything that an office screen showed; another person's log-in clears it. */
alOlvidar(() => {
  for (const clave of Object.keys(sessionStorage)) {
    if (clave.startsWith(PREFIJO)) sessionStorage.removeItem(clave);
  }
});

interface Guardado<T> {
  de: string;
  en: number;
  datos: T;
}

function lee<T>(clave: string, de: string): Guardado<T> | undefined {
  try {
    const guardado = JSON.parse(sessionStorage.getItem(PREFIJO + clave) ?? 'null') as Guardado<T> | null;
    return guardado !== null && guardado.de === de ? guardado : undefined;
  } catch {
    return undefined;
  }
}

export type Visto<T> = {
  datos: T | undefined;
  /** ms of this phone when they came; null: nothing did. */
  en: number | null;
};

/**
 * The answer of a query or, until there is one, the last that this person saw in this tab: a dashboard reopened without
 * signal shows what it showed, and how old that is.
 */
export function useVisto<T>(
  clave: string,
  consulta: { data: T | undefined; dataUpdatedAt: number },
): Visto<T> {
  const usuarioId = useIdentidad()?.usuarioId;
  const { data, dataUpdatedAt } = consulta;
  const [guardado, setGuardado] = useState<{ clave: string; valor: Guardado<T> | undefined }>();
  if (usuarioId !== undefined && data === undefined && guardado?.clave !== clave) {
    setGuardado({ clave, valor: lee<T>(clave, usuarioId) });
  }
  useEffect(() => {
    if (usuarioId === undefined || data === undefined) return;
    try {
      sessionStorage.setItem(
        PREFIJO + clave,
        JSON.stringify({ de: usuarioId, en: dataUpdatedAt, datos: data }),
      );
    } catch {
      // A full or forbidden storage costs only the memory of this screen.
    }
  }, [usuarioId, clave, data, dataUpdatedAt]);
  if (data !== undefined) return { datos: data, en: dataUpdatedAt };
  const valor = guardado?.clave === clave ? guardado.valor : undefined;
  return { datos: valor?.datos, en: valor?.en ?? null };
}
