import OctagonX from 'lucide-react/icons/octagon-x';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button.tsx';

export type RedSaveFailureProps = {
  /** What the person counted and the phone could not keep: "26". */
  value: string;
  unit?: string;
  product?: string;
  code?: string;
  /** Why and what to do: the sentence of the error's code. */
  children: ReactNode;
  onRetry: () => void;
  retrying?: boolean;
  /** Takes out what the phone still holds, to a file. */
  onExport: () => void;
  exporting?: boolean;
  /** Only after the person wrote it down elsewhere. */
  onDiscard?: () => void;
};

/** The whole screen in red: the count was NOT saved. It keeps the value in sight until it is safe. */
export function RedSaveFailure({
  value,
  unit,
  product,
  code,
  children,
  onRetry,
  retrying,
  onExport,
  exporting,
  onDiscard,
}: RedSaveFailureProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const show = () => {
      if (!dialog.open) dialog.showModal();
    };
    show();
    // A second back gesture closes any dialog; this one only leaves when the value is safe.
    dialog.addEventListener('close', show);
    return () => {
      dialog.removeEventListener('close', show);
      dialog.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      role="alertdialog"
      aria-labelledby={`${id}-titulo`}
      aria-describedby={`${id}-texto`}
      className="alarm"
      onCancel={(event) => event.preventDefault()}
    >
      <div className="alarm-box">
        <h2 id={`${id}-titulo`} className="alarm-title">
          <OctagonX aria-hidden className="alarm-icon" />
          NO guardado
        </h2>
        <div id={`${id}-texto`} className="alarm-text">
          {children}
        </div>
        <div className="alarm-value">
          {product && <p className="alarm-product">{product}</p>}
          {code && <p className="alarm-code">{code}</p>}
          <p>
            <span className="alarm-digits">{value}</span>
            {unit && <span className="alarm-unit"> {unit}</span>}
          </p>
        </div>
        <div className="alarm-actions">
          <Button variant="primary" block busy={retrying} onClick={onRetry}>
            Guardar otra vez
          </Button>
          <Button block tall busy={exporting} onClick={onExport}>
            Exportar lo que hay
          </Button>
          {onDiscard && (
            <Button variant="quiet" block onClick={onDiscard}>
              Ya lo anoté, seguir
            </Button>
          )}
        </div>
      </div>
    </dialog>
  );
}
