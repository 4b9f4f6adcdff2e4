import type { ComponentPropsWithRef, ReactNode } from 'react';
import { cx } from './cx.ts';

export type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children'> & {
  /** The accessible name; also the tooltip. */
  label: string;
  icon: ReactNode;
  /** For a toggle: rendered as aria-pressed. */
  pressed?: boolean;
  /** Shows the label beside the icon. */
  showLabel?: boolean;
};

/** 48 × 48 px at least; the name never depends on hovering. */
export function IconButton({
  label,
  icon,
  pressed,
  showLabel,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={cx('icon-btn', showLabel && 'icon-btn-wide', className)}
      aria-label={showLabel ? undefined : label}
      title={showLabel ? undefined : label}
      aria-pressed={pressed}
    >
      <span className="btn-icon">{icon}</span>
      {showLabel && <span>{label}</span>}
    </button>
  );
}
