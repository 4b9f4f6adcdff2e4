import CircleAlert from 'lucide-react/icons/circle-alert';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type FieldProps = {
  id: string;
  label: string;
  /** The label is read but not seen (a search box whose icon says it). */
  hideLabel?: boolean;
  hint?: ReactNode;
  /** What is wrong and what to do; replaces the hint and is announced. */
  error?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** Id of the hint or error of a field, for its `aria-describedby`; undefined when there is neither. */
export function describedBy(id: string, hint: ReactNode, error: ReactNode): string | undefined {
  return hint || error ? `${id}-nota` : undefined;
}

/** Label above, control, then one line of hint or error. */
export function Field({ id, label, hideLabel, hint, error, className, children }: FieldProps) {
  return (
    <div className={cx('field', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'field-label'}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-nota`} className="field-error" role="alert">
          <CircleAlert aria-hidden className="field-icon" />
          <span>{error}</span>
        </p>
      ) : (
        hint && (
          <p id={`${id}-nota`} className="field-hint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}
