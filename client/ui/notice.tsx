import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type NoticeProps = {
  title: string;
  icon: ReactNode;
  children?: ReactNode;
  /** What can be done now: Buttons. */
  actions?: ReactNode;
  tone?: 'neutral' | 'warn' | 'bad' | 'info';
  /** `alert` where it appears because something failed. */
  role?: 'alert' | 'status';
  headingLevel?: 2 | 3;
  className?: string;
};

/** The body of every empty, error, offline and forbidden state: icon, sentence, what to do. */
export function Notice({
  title,
  icon,
  children,
  actions,
  tone = 'neutral',
  role,
  headingLevel = 2,
  className,
}: NoticeProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div role={role} className={cx('notice', className)}>
      <span aria-hidden className={cx('notice-icon', tone !== 'neutral' && `tone-${tone}`)}>
        {icon}
      </span>
      <Heading className="notice-title">{title}</Heading>
      {children && <div className="notice-text">{children}</div>}
      {actions && <div className="notice-actions">{actions}</div>}
    </div>
  );
}
