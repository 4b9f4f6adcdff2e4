import { useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import type { Revision } from '#shared/contracts/conteos.ts';
import { MotivoDialog } from './motivo-dialog.tsx';

export type DevolverDialogProps = {
  conteoId: string;
  parte: Revision['partes'][number];
  onClose: () => void;
  onDevuelta: (frase: string) => void;
};

/** Gives a finished part back to its counter, who reads the reason as a note. */
export function DevolverDialog({ conteoId, parte, onClose, onDevuelta }: DevolverDialogProps) {
  const { usuarioId, intento, nombre } = parte;
  const devuelve = useOrden(
    (nota: string) => api.conteos.devuelveParte.mutate({ conteoId, intento, usuarioId, nota }),
    ['revision', conteoId],
  );
  return (
    <MotivoDialog
      open
      onClose={onClose}
      titulo={`Devolver la parte de ${nombre}`}
      accion="Devolver"
      onConfirma={async (nota) => {
        await devuelve.mutateAsync(nota);
        onDevuelta(`La parte de ${nombre} quedó abierta.`);
      }}
    >
      <p>Lo que contó se conserva. {nombre} lee tu motivo como nota y vuelve a terminar su parte.</p>
    </MotivoDialog>
  );
}
