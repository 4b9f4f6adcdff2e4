import { type ReactNode, useState } from 'react';
import { errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { TextArea } from '#client/ui/text-area.tsx';

export type MotivoDialogProps = {
  open: boolean;
  onClose: () => void;
  titulo: string;
  /** What it will do. */
  children?: ReactNode;
  /** Sentences that the reason answers. */
  avisos?: readonly string[];
  accion: string;
  detalle?: string;
  /** Without it the reason may stay empty. */
  obligatorio?: boolean;
  peligro?: boolean;
  onConfirma: (motivo: string) => Promise<unknown>;
};

/** Asks why, keeps what was typed when the server refuses, closes when it is done. */
export function MotivoDialog(props: MotivoDialogProps) {
  // Mounted anew each time, so that a former reason is never sent for another thing.
  return props.open ? <Abierto {...props} /> : null;
}

function Abierto({
  onClose,
  titulo,
  children,
  avisos = [],
  accion,
  detalle,
  obligatorio = true,
  peligro,
  onConfirma,
}: MotivoDialogProps) {
  const [motivo, setMotivo] = useState('');
  const [error, setError] = useState<string>();
  const [falla, setFalla] = useState<string>();
  const [enviando, setEnviando] = useState(false);
  const confirma = async () => {
    if (obligatorio && motivo.trim() === '') {
      setError('Escribe el motivo en pocas palabras.');
      return;
    }
    setEnviando(true);
    setFalla(undefined);
    try {
      await onConfirma(motivo.trim());
      onClose();
    } catch (caught) {
      setFalla(errorDe(caught).mensaje);
      setEnviando(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={titulo}
      actions={
        <>
          <Button
            variant={peligro ? 'danger' : 'primary'}
            busy={enviando}
            detail={detalle}
            onClick={() => void confirma()}
          >
            {accion}
          </Button>
          <Button onClick={onClose}>Regresar</Button>
        </>
      }
    >
      {children}
      {avisos.length > 0 && (
        <ul className="flex flex-col gap-2">
          {avisos.map((aviso) => (
            <li key={aviso} className="tone-warn rounded-one p-3 font-semi">
              {aviso}
            </li>
          ))}
        </ul>
      )}
      <TextArea
        label="Motivo"
        value={motivo}
        onValue={(texto) => {
          setMotivo(texto);
          setError(undefined);
        }}
        maxLength={500}
        error={error}
        hint={
          obligatorio
            ? 'Queda en la bitácora con tu nombre.'
            : 'Opcional. Queda en la bitácora con tu nombre.'
        }
      />
      {falla && (
        <Banner tone="bad" title="No se hizo" role="alert">
          {falla}
        </Banner>
      )}
    </Dialog>
  );
}
