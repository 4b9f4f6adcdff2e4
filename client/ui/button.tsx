import LoaderCircle from 'lucide-react/icons/loader-circle';
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react';
import { type ButtonVariant, buttonClass } from './button-class.ts';
import { cx } from './cx.ts';

export type ButtonProps = ComponentPropsWithRef<'button'> & {
  /** `primary` is the thing to do now: at most one on a screen. */
  variant?: ButtonVariant;
  /** 56 px high even when not primary. */
  tall?: boolean;
  block?: boolean;
  /** Working: keeps its name and focus, shows a turning mark and ignores presses. */
  busy?: boolean;
  icon?: ReactNode;
  /** Second row, smaller: what the button will do ("−$1,840", "→ 31"). Part of the name. */
  detail?: ReactNode;
};

/** A native button. A busy one stays focusable, so the focus is not lost while it works. */
export function Button({
  variant = 'secondary',
  tall,
  block,
  busy = false,
  icon,
  detail,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) {
      event.preventDefault();
      return;
    }
    onClick?.(event);
  };
  return (
    <button
      {...rest}
      type={type}
      className={cx(buttonClass({ variant, block, tall }), className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={press}
    >
      {busy ? (
        <LoaderCircle aria-hidden className="btn-icon turning" />
      ) : (
        icon && <span className="btn-icon">{icon}</span>
      )}
      <span className="btn-text">
        <span>{children}</span>
        {detail != null && <span className="btn-detail"> {detail}</span>}
      </span>
    </button>
  );
}
