import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { describedBy, Field } from './field.tsx';

export type TextFieldProps = Omit<ComponentPropsWithRef<'input'>, 'value' | 'onChange'> & {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  /** Inside the box, before the text (an icon). */
  leading?: ReactNode;
  /** Inside the box, after the text (a unit, an IconButton). */
  trailing?: ReactNode;
};

/** One line of text. 17 px letters, so that iOS does not zoom when it takes the focus. */
export function TextField({
  label,
  value,
  onValue,
  hideLabel,
  hint,
  error,
  leading,
  trailing,
  className,
  id,
  ...rest
}: TextFieldProps) {
  const own = useId();
  const fieldId = id ?? own;
  return (
    <Field id={fieldId} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <div className="box" data-invalid={error ? '' : undefined}>
        {leading && <span className="box-slot">{leading}</span>}
        <input
          {...rest}
          id={fieldId}
          className="box-input"
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldId, hint, error)}
        />
        {trailing && <span className="box-slot">{trailing}</span>}
      </div>
    </Field>
  );
}
