import Check from 'lucide-react/icons/check';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { cx } from './cx.ts';

export type ChipOption = { value: string; label: string; disabled?: boolean };

export type CheckboxGroupProps = {
  /** Name of the group (`Contadores`, `Ubicaciones`). */
  label: string;
  options: readonly ChipOption[];
  value: readonly string[];
  onValue: (value: string[]) => void;
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
};

/** Several of a list, as chips that wrap. A chosen chip is inverted and carries a check mark. */
export function CheckboxGroup({
  label,
  options,
  value,
  onValue,
  hideLabel,
  hint,
  error,
  className,
}: CheckboxGroupProps) {
  const id = useId();
  const chosen = new Set(value);
  const toggle = (option: string, on: boolean) =>
    onValue(options.map((o) => o.value).filter((v) => (v === option ? on : chosen.has(v))));
  return (
    <fieldset className={cx('field', className)} aria-describedby={hint || error ? `${id}-nota` : undefined}>
      <legend className={hideLabel ? 'sr-only' : 'field-label'}>{label}</legend>
      <div className="chips">
        {options.map((option) => (
          <label key={option.value} className="chip">
            <input
              type="checkbox"
              className="chip-input"
              checked={chosen.has(option.value)}
              disabled={option.disabled}
              onChange={(event) => toggle(option.value, event.currentTarget.checked)}
            />
            <span className="chip-face">
              <Check aria-hidden className="chip-mark" />
              {option.label}
            </span>
          </label>
        ))}
      </div>
      {(error || hint) && (
        <p
          id={`${id}-nota`}
          className={error ? 'field-error' : 'field-hint'}
          role={error ? 'alert' : undefined}
        >
          {error || hint}
        </p>
      )}
    </fieldset>
  );
}
