import { cx } from './cx.ts';

export type BigCountProps = {
  /** Formatted quantity. */
  value: string;
  unit?: string;
  /** Read before the number ("Llevas"). */
  label?: string;
  size?: 'hero' | 'large';
  tone?: 'neutral' | 'ok' | 'warn' | 'bad';
  className?: string;
};

/** The hero digits. From seven characters on they shrink instead of being cut. */
export function BigCount({ value, unit, label, size = 'hero', tone = 'neutral', className }: BigCountProps) {
  return (
    <p
      className={cx('count', size === 'large' && 'count-large', className)}
      data-long={value.length > 4 ? (value.length > 6 ? 'very' : '') : undefined}
    >
      {label && <span className="sr-only">{label} </span>}
      <span className={cx('count-digits', tone !== 'neutral' && `text-${tone}`)}>{value}</span>
      {unit && <span className="count-unit"> {unit}</span>}
    </p>
  );
}
