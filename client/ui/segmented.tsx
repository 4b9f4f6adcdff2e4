import { useId } from 'react';
import { cx } from './cx.ts';

export type SegmentOption = { value: string; label: string };

export type SegmentedProps = {
  /** Name of the group. */
  label: string;
  options: readonly SegmentOption[];
  value: string;
  onValue: (value: string) => void;
  /** `field`: the label is seen above, as in a form. */
  showLabel?: boolean;
  className?: string;
};

/** One of a few, always all in sight. Radio buttons, so arrows move the choice. */
export function Segmented({ label, options, value, onValue, showLabel, className }: SegmentedProps) {
  const name = useId();
  return (
    <fieldset className={cx('field', className)}>
      <legend className={showLabel ? 'field-label' : 'sr-only'}>{label}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option.value} className="segment">
            <input
              type="radio"
              name={name}
              className="chip-input"
              value={option.value}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            <span className="segment-face">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
