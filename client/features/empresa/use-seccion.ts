import { useState } from 'react';
import { refrescaAjustes } from '#client/app/ajustes-empresa.ts';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import type { GuardaAjuste } from '#shared/contracts/ajustes-empresa.ts';

type Guardado<V> = { valor: V; version: number };
type Borrador<T> = { textos: T; version: number };

export type Seccion<T> = {
  /** What is in the fields: what was typed, else what is saved. */
  textos: T;
  sucia: boolean;
  guardando: boolean;
  /** Somebody saved it meanwhile: what was typed is still in the fields. */
  conflicto: string | null;
  falla: string | null;
  pon: (textos: T) => void;
  /** Back to what is saved. */
  deshace: () => void;
  /** True when it is saved, or when there was nothing to save. */
  guarda: (pedido: (version: number) => GuardaAjuste) => Promise<boolean>;
};

/**
 * One setting under edition. What is typed is saved over the version that it was typed on, so that a change of another
 * admin, seen or not, is never overwritten silently.
 */
export function useSeccion<V, T>(guardado: Guardado<V>, aTextos: (valor: V) => T): Seccion<T> {
  const [borrador, setBorrador] = useState<Borrador<T> | null>(null);
  const [conflicto, setConflicto] = useState<string | null>(null);
  const [falla, setFalla] = useState<string | null>(null);
  const orden = useOrden((pedido: GuardaAjuste) => api.ajustes.guarda.mutate(pedido), ['ajustes']);
  const limpia = () => {
    setConflicto(null);
    setFalla(null);
  };
  return {
    textos: borrador?.textos ?? aTextos(guardado.valor),
    sucia: borrador !== null,
    guardando: orden.isPending,
    conflicto,
    falla,
    pon: (textos) => {
      setFalla(null);
      setBorrador((antes) => ({ textos, version: antes?.version ?? guardado.version }));
    },
    deshace: () => {
      limpia();
      setBorrador(null);
    },
    guarda: async (pedido) => {
      if (borrador === null) return true;
      limpia();
      try {
        await orden.mutateAsync(pedido(borrador.version));
        setBorrador(null);
        void refrescaAjustes();
        return true;
      } catch (error) {
        const { code, mensaje } = errorDe(error);
        if (code === 'AJUSTES_CAMBIARON') setConflicto(mensaje);
        else setFalla(mensaje);
        return false;
      }
    },
  };
}
