import { useRef, useState } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import type { Aprobacion, Revision } from '#shared/contracts/conteos.ts';
import { vistosDe } from './vista-revision.ts';

export type Aprobar = {
  enviando: boolean;
  /** Sentences that ask for a reason; null: no question is open. */
  pregunta: readonly string[] | null;
  resultado: Aprobacion | null;
  falla: string | null;
  /** The press on a button: everything chosen, or only these. */
  pide: (solo?: readonly string[]) => void;
  /** What the open question is about. */
  pedidos: readonly string[];
  confirma: (motivo: string) => Promise<void>;
  /** Leaves the question unanswered, or answered: the result is another matter. */
  cierraPregunta: () => void;
  /** The result, or the failure, was read. */
  cierra: () => void;
};

/**
 * The approval: asks for the reason when something warns (known beforehand, or said by the server), sends what was seen,
 * keeps the answer. The server makes it once however often it is sent; here only one travels at a time.
 */
export function useAprobar(revision: Revision, ids: readonly string[]): Aprobar {
  const [pregunta, setPregunta] = useState<readonly string[] | null>(null);
  const [resultado, setResultado] = useState<Aprobacion | null>(null);
  const [falla, setFalla] = useState<string | null>(null);
  const [pedidos, setPedidos] = useState<readonly string[]>([]);
  const enCurso = useRef(false);
  const conteoId = revision.conteo.id;
  const orden = useOrden(
    ({ estos, motivo }: { estos: readonly string[]; motivo: string | null }) =>
      api.conteos.aprueba.mutate({
        conteoId,
        productoIds: [...estos],
        vistos: vistosDe(revision.productos, estos),
        motivo,
      }),
    ['revision', conteoId],
  );

  const envia = async (estos: readonly string[], motivo: string | null) => {
    setFalla(null);
    setResultado(await orden.mutateAsync({ estos, motivo }));
  };

  return {
    enviando: orden.isPending,
    pregunta,
    pedidos,
    resultado,
    falla,
    pide: (solo) => {
      const estos = solo ?? ids;
      if (estos.length === 0 || enCurso.current) return;
      setPedidos(estos);
      const avisos = revision.advertencias.map(({ mensaje }) => mensaje);
      if (avisos.length > 0) {
        setPregunta(avisos);
        return;
      }
      enCurso.current = true;
      void envia(estos, null)
        .catch((error: unknown) => {
          const { code, mensaje, data } = errorDe(error);
          // Warnings of single products are known only to the server.
          if (code === 'MOTIVO_REQUERIDO')
            setPregunta((data.avisos as readonly string[] | undefined) ?? [mensaje]);
          else setFalla(mensaje);
        })
        .finally(() => {
          enCurso.current = false;
        });
    },
    confirma: (motivo) => envia(pedidos, motivo),
    cierraPregunta: () => setPregunta(null),
    cierra: () => {
      setResultado(null);
      setFalla(null);
    },
  };
}
