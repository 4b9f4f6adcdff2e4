import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type FactItem = { label: string; value: ReactNode };

export type FactsProps = { items: readonly FactItem[]; className?: string };

/** Pairs of name and value: a product's data, a conteo's rules. */
export function Facts({ items, className }: FactsProps) {
  return (
    <dl className={cx('facts', className)}>
      {items.map((item) => (
        <div key={item.label} className="fact">
          <dt className="fact-label">{item.label}</dt>
          <dd className="fact-value">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
