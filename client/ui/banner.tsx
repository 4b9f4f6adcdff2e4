import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const ICON = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX, info: Info } as const;

export type BannerProps = {
  tone: 'ok' | 'warn' | 'bad' | 'info';
  title: ReactNode;
  children?: ReactNode;
  /** Replaces the tone's icon. */
  icon?: ReactNode;
  actions?: ReactNode;
  /** `alert` interrupts; `status` waits; none when it was there from the start. */
  role?: 'alert' | 'status';
  className?: string;
};

/** A message that stays: "38 guardados solo en este teléfono". */
export function Banner({ tone, title, children, icon, actions, role, className }: BannerProps) {
  const Icon = ICON[tone];
  return (
    <div role={role} className={cx('banner', `tone-${tone}`, className)}>
      <span aria-hidden className="banner-icon">
        {icon ?? <Icon />}
      </span>
      <div className="banner-body">
        <p className="banner-title">{title}</p>
        {children && <div className="banner-text">{children}</div>}
        {actions && <div className="banner-actions">{actions}</div>}
      </div>
    </div>
  );
}
