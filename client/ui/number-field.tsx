import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';
import { describedBy, Field } from './field.tsx';
import { typedQuantity } from './quantity-text.ts';

export type NumberFieldProps = Omit<ComponentPropsWithRef<'input'>, 'value' | 'onChange' | 'size'> & {
  label: string;
  /** What was typed, kept as it is: the caller says what is wrong with it (`parseCantidad`). */
  value: string;
  onValue: (value: string) => void;
  /** Decimals that the unit allows: 0 for pieces, up to 3 for m, kg, l. */
  decimals?: number;
  unit?: string;
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  /** `display`: large digits fed by the NumberPad; the phone's own keyboard stays closed. */
  look?: 'field' | 'display';
};

/** A quantity in tabular digits. With `display` a physical keyboard and a wedge still work. */
export function NumberField({
  label,
  value,
  onValue,
  decimals = 0,
  unit,
  hideLabel,
  hint,
  error,
  look = 'field',
  className,
  id,
  ...rest
}: NumberFieldProps) {
  const own = useId();
  const fieldId = id ?? own;
  const display = look === 'display';
  return (
    <Field id={fieldId} label={label} hideLabel={hideLabel} hint={hint} error={error} className={className}>
      <div className={cx('box', display && 'box-display')} data-invalid={error ? '' : undefined}>
        <input
          autoComplete="off"
          enterKeyHint="done"
          placeholder="0"
          inputMode={display ? 'none' : decimals > 0 ? 'decimal' : 'numeric'}
          {...rest}
          id={fieldId}
          type="text"
          className="box-input box-number"
          value={value}
          onChange={(event) => onValue(typedQuantity(event.currentTarget.value))}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(fieldId, hint, error)}
        />
        {unit && <span className="box-unit">{unit}</span>}
      </div>
    </Field>
  );
}
