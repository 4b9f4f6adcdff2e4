import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'info';

export type TagProps = { tone?: Tone; icon?: ReactNode; children: ReactNode; className?: string };

/** A short plate inside text: "+12 caja", "Posible: …", "conteo ciego". */
export function Tag({ tone = 'neutral', icon, children, className }: TagProps) {
  return (
    <span className={cx('plate plate-small', `tone-${tone}`, className)}>
      {icon && <span className="plate-icon">{icon}</span>}
      <span>{children}</span>
    </span>
  );
}
