import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { describedBy, Field } from './field.tsx';

export type TextAreaProps = Omit<ComponentPropsWithRef<'textarea'>, 'value' | 'onChange'> & {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
};

/** Several lines: reasons and notes. */
export function TextArea({
  label,
  value,
  onValue,
  hideLabel,
  hint,
  error,
  className,
  id,
  rows = 3,
  ...rest
}: TextAreaProps) {
  const own = useId();
  const fieldId = id ?? own;
  return (
    <Field id={fieldId} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <div className="box" data-invalid={error ? '' : undefined}>
        <textarea
          {...rest}
          id={fieldId}
          rows={rows}
          className="box-input box-area"
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldId, hint, error)}
        />
      </div>
    </Field>
  );
}
