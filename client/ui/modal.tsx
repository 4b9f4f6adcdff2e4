import X from 'lucide-react/icons/x';
import { type MouseEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';

export type ModalProps = {
  open: boolean;
  /** Esc, the close button or a press outside. */
  onClose: () => void;
  title: string;
  children?: ReactNode;
  /** Buttons at the bottom, the main one first. */
  actions?: ReactNode;
  /** Without it neither Esc nor a press outside closes: for a choice that must be made. */
  dismissable?: boolean;
  /** `alertdialog` for a question that stops the work. */
  role?: 'dialog' | 'alertdialog';
  className?: string;
};

/**
 * The native <dialog> opened as modal: the browser traps the focus, makes the rest inert and gives the
 * focus back. Content is mounted only while open.
 */
export function Modal({
  open,
  onClose,
  title,
  children,
  actions,
  dismissable = true,
  role = 'dialog',
  className,
}: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      // On the title: read first, and no keyboard jumps up before the person asks for it.
      heading.current?.focus();
    } else if (!open && dialog.open) dialog.close();
  }, [open]);
  // One that is taken away while it is open gives the focus back too.
  useLayoutEffect(() => {
    const dialog = ref.current;
    return () => {
      if (dialog?.open) dialog.close();
    };
  }, []);
  // Both ends of the press must lie outside: selecting text with the mouse may end there.
  const pressedOutside = useRef(false);
  const outside = (event: MouseEvent) => {
    if (dismissable && pressedOutside.current && event.target === ref.current) onClose();
  };
  // The browser may close it by itself (the phone's back gesture, twice); state follows, or it opens again.
  const closedByBrowser = () => {
    if (!open) return;
    if (dismissable) onClose();
    else ref.current?.showModal();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: why: a press on the backdrop; Esc is the keyboard's way (onCancel).
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={id}
      className={cx('modal', className)}
      onPointerDown={(event) => {
        pressedOutside.current = event.target === ref.current;
      }}
      onClick={outside}
      onClose={closedByBrowser}
      onCancel={(event) => {
        // A file field inside sends its own `cancel` up to here.
        if (event.target !== ref.current) return;
        event.preventDefault();
        if (dismissable) onClose();
      }}
    >
      {open && (
        <div className="modal-box">
          <div className="modal-head">
            <h2 ref={heading} id={id} tabIndex={-1} className="modal-title">
              {title}
            </h2>
            {dismissable && <IconButton label="Cerrar" icon={<X aria-hidden />} onClick={onClose} />}
          </div>
          {children && <div className="modal-body">{children}</div>}
          {actions && <div className="modal-actions">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
