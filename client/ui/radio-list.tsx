import { useId } from 'react';
import { cx } from './cx.ts';
import './radio-list.css';

export type RadioOption = { value: string; label: string; detail?: string };

export type RadioListProps = {
  /** Name of the group, seen above. */
  label: string;
  options: readonly RadioOption[];
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  className?: string;
};

/** One of a few that each need a sentence. The whole row is the target, and arrows move the choice. */
export function RadioList({ label, options, value, onValue, hint, className }: RadioListProps) {
  const name = useId();
  return (
    <fieldset className={cx('field', className)}>
      <legend className="field-label">{label}</legend>
      {options.map((option) => {
        const id = `${name}-${option.value}`;
        return (
          <div key={option.value} className="check-row">
            <input
              id={id}
              type="radio"
              name={name}
              className="check-input radio-input"
              checked={option.value === value}
              aria-describedby={option.detail ? `${id}-nota` : undefined}
              onChange={() => onValue(option.value)}
            />
            <label htmlFor={id} className="check-label">
              {option.label}
            </label>
            {option.detail && (
              <span id={`${id}-nota`} className="check-detail">
                {option.detail}
              </span>
            )}
          </div>
        );
      })}
      {hint && <p className="field-hint">{hint}</p>}
    </fieldset>
  );
}
