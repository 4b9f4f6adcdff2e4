import ChevronDown from 'lucide-react/icons/chevron-down';
import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { describedBy, Field } from './field.tsx';

export type SelectOption = { value: string; label: string; disabled?: boolean };

export type SelectProps = Omit<ComponentPropsWithRef<'select'>, 'value' | 'onChange' | 'children'> & {
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly SelectOption[];
  /** First, empty choice ("Elige un almacén"); without it the first option is taken. */
  placeholder?: string;
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
};

/** The native select: the phone's own list is the one that gloves know. */
export function Select({
  label,
  value,
  onValue,
  options,
  placeholder,
  hideLabel,
  hint,
  error,
  className,
  id,
  ...rest
}: SelectProps) {
  const own = useId();
  const fieldId = id ?? own;
  return (
    <Field id={fieldId} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <div className="box" data-invalid={error ? '' : undefined}>
        <select
          {...rest}
          id={fieldId}
          className="box-input box-select"
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldId, hint, error)}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden className="box-chevron" />
      </div>
    </Field>
  );
}
