import { useOrden } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import type { ProductoRevisado } from '#shared/contracts/conteos.ts';
import { MotivoDialog } from './motivo-dialog.tsx';

/** What asks for a reason, other than the approval. */
export type Decision =
  | { tipo: 'menu' }
  | { tipo: 'cerrar-partes' }
  | { tipo: 'cancelar' }
  | { tipo: 'vacia'; producto: ProductoRevisado; ubicacion: { id: string; codigo: string } };

export type DecisionesProps = {
  conteoId: string;
  decision: Decision | null;
  enLinea: boolean;
  partesAbiertas: boolean;
  onDecision: (decision: Decision | null) => void;
  onHecho: (mensaje: string) => void;
};

/** Dialogs of a manager's decisions: end the open parts, state a bin empty, cancel. */
export function Decisiones({
  conteoId,
  decision,
  enLinea,
  partesAbiertas,
  onDecision,
  onHecho,
}: DecisionesProps) {
  const refresca = ['revision', conteoId];
  const cierraPartes = useOrden(
    (motivo: string) => api.conteos.cierraPartes.mutate({ conteoId, motivo: motivo || null }),
    refresca,
  );
  const cancela = useOrden((motivo: string) => api.conteos.cancela.mutate({ conteoId, motivo }), refresca);
  const vacia = useOrden(
    (args: { productoId: string; ubicacionId: string; motivo: string }) =>
      api.conteos.declaraVacia.mutate({ conteoId, ...args }),
    refresca,
  );
  const cierra = () => onDecision(null);
  return (
    <>
      <Dialog open={decision?.tipo === 'menu'} onClose={cierra} title="Más acciones">
        <Button
          block
          disabled={!enLinea || !partesAbiertas}
          onClick={() => onDecision({ tipo: 'cerrar-partes' })}
        >
          Cerrar las partes que faltan
        </Button>
        <Button block variant="danger" disabled={!enLinea} onClick={() => onDecision({ tipo: 'cancelar' })}>
          Cancelar conteo
        </Button>
        {!enLinea && <p className="text-ink-soft">Esto necesita señal.</p>}
      </Dialog>
      <MotivoDialog
        open={decision?.tipo === 'cerrar-partes'}
        onClose={cierra}
        titulo="Cerrar partes"
        accion="Cerrar partes"
        obligatorio={false}
        onConfirma={async (motivo) => {
          await cierraPartes.mutateAsync(motivo);
          onHecho('Las partes quedaron cerradas. Lo que llegue después también se suma, hasta aprobar.');
        }}
      >
        <p>
          El conteo pasa a revisión sin esperar a quien falta. Lo que ya contaron se conserva, y lo que su
          teléfono envíe después todavía se suma mientras no se apruebe.
        </p>
      </MotivoDialog>
      <MotivoDialog
        open={decision?.tipo === 'cancelar'}
        onClose={cierra}
        titulo="Cancelar conteo"
        accion="Cancelar conteo"
        peligro
        onConfirma={async (motivo) => {
          await cancela.mutateAsync(motivo);
          onHecho('El conteo quedó cancelado. Sus líneas se conservan.');
        }}
      >
        <p>
          Nadie podrá seguir contando ni aprobarlo. Las líneas se conservan y lo ya aprobado se queda
          registrado.
        </p>
      </MotivoDialog>
      <MotivoDialog
        open={decision?.tipo === 'vacia'}
        onClose={cierra}
        titulo={decision?.tipo === 'vacia' ? `${decision.ubicacion.codigo} está vacía` : ''}
        accion="Está vacía"
        onConfirma={async (motivo) => {
          if (decision?.tipo !== 'vacia') return;
          await vacia.mutateAsync({
            productoId: decision.producto.productoId,
            ubicacionId: decision.ubicacion.id,
            motivo,
          });
          onHecho(`Quedó dicho que en ${decision.ubicacion.codigo} no hay.`);
        }}
      >
        {decision?.tipo === 'vacia' && (
          <p>
            Dices que en {decision.ubicacion.codigo} no hay {decision.producto.nombre}, sin contarlo. Queda
            con tu nombre.
          </p>
        )}
      </MotivoDialog>
    </>
  );
}
