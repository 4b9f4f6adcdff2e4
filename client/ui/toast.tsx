import X from 'lucide-react/icons/x';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from './icon-button.tsx';

export type ToastProps = {
  /** undefined: nothing to show. The live region itself must stay mounted. */
  message?: ReactNode;
  /** A new key restarts the clock for an equal message. */
  toastKey?: string | number;
  onDismiss: () => void;
  onUndo?: () => void;
  undoLabel?: string;
  /** ms on screen; the clock stops while it is touched, hovered or focused. 0: until dismissed. */
  duration?: number;
};

/** What just happened, with its way back. Inside Shell; it stands above the main actions and covers none of them. */
export function Toast({
  message,
  toastKey,
  onDismiss,
  onUndo,
  undoLabel = 'Deshacer',
  duration = 8000,
}: ToastProps) {
  const [held, setHeld] = useState(false);
  const dismiss = useRef(onDismiss);
  useEffect(() => {
    dismiss.current = onDismiss;
  });
  const open = message !== undefined && message !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: why: toastKey restarts the clock of an equal message.
  useEffect(() => {
    if (!open || held || duration === 0) return;
    const timer = setTimeout(() => dismiss.current(), duration);
    return () => clearTimeout(timer);
  }, [open, held, duration, toastKey]);
  return (
    <div role="status" className="toast-region">
      {open && (
        <fieldset
          key={toastKey}
          className="toast"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <p className="toast-text">{message}</p>
          {onUndo && (
            <button
              type="button"
              className="toast-undo"
              onClick={() => {
                setHeld(false);
                onUndo();
              }}
            >
              {undoLabel}
            </button>
          )}
          <IconButton
            label="Cerrar aviso"
            icon={<X aria-hidden />}
            className="toast-close"
            onClick={() => {
              setHeld(false);
              onDismiss();
            }}
          />
        </fieldset>
      )}
    </div>
  );
}
