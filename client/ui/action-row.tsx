import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type ActionRowProps = { children: ReactNode; className?: string };

/** Under the last product: LineState, then quiet Buttons (`Deshacer`, `Contado 75`). */
export function ActionRow({ children, className }: ActionRowProps) {
  return <div className={cx('action-row', className)}>{children}</div>;
}
