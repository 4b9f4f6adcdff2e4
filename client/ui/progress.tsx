import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

export type ProgressProps = {
  label: string;
  value: number;
  max: number;
  /** Under the bar: "74 de 120 productos", "faltan 2 min". */
  detail?: ReactNode;
  hideLabel?: boolean;
  /** Total unknown: a moving bar; `value` is not read. */
  unknown?: boolean;
  className?: string;
};

/** Real progress. The words under it are seen; the bar alone never says the number. */
export function Progress({ label, value, max, detail, hideLabel, unknown, className }: ProgressProps) {
  const id = useId();
  const part = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className={className}>
      <p id={id} className={hideLabel ? 'sr-only' : 'field-label'}>
        {label}
      </p>
      <div
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={unknown ? undefined : max}
        aria-valuenow={unknown ? undefined : value}
        className="progress"
      >
        <span
          className={cx('progress-fill', unknown && 'progress-unknown')}
          style={unknown ? undefined : { transform: `scaleX(${part})` }}
        />
      </div>
      {detail && <p className="progress-detail">{detail}</p>}
    </div>
  );
}
