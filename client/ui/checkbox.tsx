import Check from 'lucide-react/icons/check';
import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

export type CheckboxProps = {
  label: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
  detail?: ReactNode;
  disabled?: boolean;
  name?: string;
  className?: string;
};

/** A single yes/no; the whole row is the target. */
export function Checkbox({ label, checked, onChecked, detail, disabled, name, className }: CheckboxProps) {
  const id = useId();
  return (
    <div className={cx('check-row', className)}>
      <input
        id={id}
        type="checkbox"
        name={name}
        className="check-input"
        checked={checked}
        disabled={disabled}
        aria-describedby={detail ? `${id}-nota` : undefined}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <Check aria-hidden className="check-mark" />
      <label htmlFor={id} className="check-label">
        {label}
      </label>
      {detail && (
        <span id={`${id}-nota`} className="check-detail">
          {detail}
        </span>
      )}
    </div>
  );
}
