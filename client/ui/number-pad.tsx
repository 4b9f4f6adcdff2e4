import ArrowRight from 'lucide-react/icons/arrow-right';
import Delete from 'lucide-react/icons/delete';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { pressKey } from './quantity-text.ts';

/** A key beside the digits. `disabled` keys stay in place, so that no key ever moves under a thumb. */
export type PadAction = { label: string; onPress: () => void; disabled?: boolean };

export type NumberPadProps = {
  /** Typed so far, decimal text; '' when nothing is typed. */
  value: string;
  onValue: (value: string) => void;
  /** 0 disables the point. */
  decimals?: number;
  integers?: number;
  /**
   * The key that says what it will do: `label` "Sumar 5", `result` "31" → two rows, read "Sumar 5 → 31".
   * It takes the signal colour while it can act.
   */
  add: PadAction & { result?: string; busy?: boolean };
  /** `Corregir a`. */
  correct?: PadAction;
  /** `Cero`: at the bottom left, away from the delete key. */
  zero?: PadAction;
  className?: string;
};

const ROWS = [
  ['1', '2', '3'],
  ['4', '5', '6'],
  ['7', '8', '9'],
] as const;

/** Digits 1–9 in reading order, 0 and point below; a fourth column for what is done with them. */
export function NumberPad({
  value,
  onValue,
  decimals = 0,
  integers,
  add,
  correct,
  zero,
  className,
}: NumberPadProps) {
  const press = (key: string) => onValue(pressKey(value, key, decimals, integers));
  const digit = (key: string): ReactNode => (
    <button key={key} type="button" className="pad-key" onClick={() => press(key)}>
      {key}
    </button>
  );
  return (
    <fieldset className={cx('pad', className)}>
      <legend className="sr-only">Teclado de cantidad</legend>
      {ROWS[0].map(digit)}
      <button
        type="button"
        className="pad-key"
        aria-label="Borrar dígito"
        disabled={value === ''}
        onClick={() => press('⌫')}
      >
        <Delete aria-hidden className="pad-icon" />
      </button>
      {ROWS[1].map(digit)}
      {correct ? (
        <button
          type="button"
          className="pad-key pad-word"
          disabled={correct.disabled}
          onClick={correct.onPress}
        >
          {correct.label}
        </button>
      ) : (
        <span className="pad-gap" />
      )}
      {ROWS[2].map(digit)}
      <button
        type="button"
        className="pad-key pad-add"
        disabled={add.disabled}
        aria-busy={add.busy || undefined}
        onClick={add.busy ? undefined : add.onPress}
      >
        <span>{add.label}</span>
        {add.result !== undefined && (
          <span className="pad-result">
            <span className="sr-only"> → </span>
            <ArrowRight aria-hidden className="pad-arrow" />
            {add.result}
          </span>
        )}
      </button>
      {zero ? (
        <button type="button" className="pad-key pad-word" disabled={zero.disabled} onClick={zero.onPress}>
          {zero.label}
        </button>
      ) : (
        <span className="pad-gap" />
      )}
      {digit('0')}
      <button
        type="button"
        className="pad-key"
        aria-label="Punto decimal"
        disabled={decimals <= 0}
        onClick={() => press('.')}
      >
        .
      </button>
    </fieldset>
  );
}
