import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type StatItem = { label: string; value: ReactNode; tone?: 'neutral' | 'ok' | 'warn' | 'bad' };

export type StatsProps = { label: string; items: readonly StatItem[]; className?: string };

/** Two to four figures in one band: digits first, words under them. */
export function Stats({ label, items, className }: StatsProps) {
  return (
    <section aria-label={label} className={className}>
      <dl className="stats">
        {items.map((item) => (
          <div key={item.label} className="stat">
            <dt className="stat-label">{item.label}</dt>
            <dd className={cx('stat-value', item.tone && item.tone !== 'neutral' && `text-${item.tone}`)}>
              {item.value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
