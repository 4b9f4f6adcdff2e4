import { useCallback } from 'react';
import { agregarFoto, agregarNota, anular, type FilaProducto, proponerLiga } from '#client/offline/index.ts';
import type { useEscritura } from './use-escritura.ts';

type Escritura = ReturnType<typeof useEscritura>;

/** What can be done to lines that are counted already: take them back, or say more about them. */
export function useRenglones(conteoId: string, enOrden: Escritura['enOrden'], avisa: Escritura['avisa']) {
  const anula = useCallback(
    (lineaIds: readonly string[], nombre: string) => {
      enOrden(
        async () => {
          for (const lineaId of lineaIds) await anular(conteoId, lineaId);
          avisa(`Se anuló: ${nombre}.`, 'ok');
        },
        { valor: 'anular', producto: nombre },
      );
    },
    [avisa, conteoId, enOrden],
  );
  const fotografia = useCallback(
    (lineaId: string, foto: Blob) => {
      enOrden(
        async () => {
          await agregarFoto(lineaId, conteoId, foto);
          avisa('Foto guardada.', 'ok');
        },
        { valor: 'foto' },
      );
    },
    [avisa, conteoId, enOrden],
  );
  const anota = useCallback(
    (lineaId: string, nota: string) => {
      enOrden(
        async () => {
          await agregarNota(lineaId, conteoId, nota);
          avisa('Nota guardada.', 'ok');
        },
        { valor: nota },
      );
    },
    [avisa, conteoId, enOrden],
  );
  /** A guess about an unknown code. */
  const propone = useCallback(
    (lineaId: string, producto: FilaProducto) => {
      enOrden(
        async () => {
          await proponerLiga({ lineaId, conteoId, productoId: producto.id, factor: null });
          avisa(`Propusiste ${producto.nombre}. Tu gerente lo confirma.`, 'ok');
        },
        { valor: 'propuesta', producto: producto.nombre },
      );
    },
    [avisa, conteoId, enOrden],
  );
  return { anula, fotografia, anota, propone };
}
