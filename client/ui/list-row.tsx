import ChevronRight from 'lucide-react/icons/chevron-right';
import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

export type ListRowProps = {
  title: ReactNode;
  /** Under the title, in the softer ink. */
  detail?: ReactNode;
  /** Before the title: a photo, an icon. */
  leading?: ReactNode;
  /** Large digits at the right. */
  value?: ReactNode;
  unit?: string;
  /** Under the value: a LineState. */
  state?: ReactNode;
  /** Buttons at the end; never inside the pressable part. */
  actions?: ReactNode;
  /** The whole text part becomes a button: its name is the title, its description the detail. */
  onPress?: () => void;
  /** A router link instead: receives the class and the content. */
  renderLink?: (link: { className: string; children: ReactNode }) => ReactNode;
  /** Struck through: a voided line. */
  voided?: boolean;
  /** Just landed: one short motion. */
  fresh?: boolean;
  className?: string;
  /** Of the `li` itself, where a list draws only the rows in sight. */
  item?: ComponentPropsWithRef<'li'> & { 'data-index'?: number };
};

/** An `li`; put it in `<ul className="list">`. Hairline between rows, ≥ 56 px. */
export function ListRow({
  title,
  detail,
  leading,
  value,
  unit,
  state,
  actions,
  onPress,
  renderLink,
  voided,
  fresh,
  className,
  item,
}: ListRowProps) {
  const id = useId();
  const content = (
    <>
      {leading && <span className="row-leading">{leading}</span>}
      <span className="row-text">
        <span id={`${id}-t`} className="row-title">
          {title}
        </span>
        {detail && (
          <span id={`${id}-d`} className="row-detail">
            {detail}
          </span>
        )}
      </span>
      {(value !== undefined || state) && (
        <span className="row-end">
          {value !== undefined && (
            <span className="row-value">
              {value}
              {unit && <span className="row-unit"> {unit}</span>}
            </span>
          )}
          {state}
        </span>
      )}
      {(onPress || renderLink) && <ChevronRight aria-hidden className="row-chevron" />}
    </>
  );
  return (
    <li {...item} className={cx('row', voided && 'row-voided', fresh && 'row-fresh', className)}>
      {renderLink ? (
        renderLink({ className: 'row-main row-press', children: content })
      ) : onPress ? (
        <button
          type="button"
          className="row-main row-press"
          aria-labelledby={`${id}-t`}
          aria-describedby={detail ? `${id}-d` : undefined}
          onClick={onPress}
        >
          {content}
        </button>
      ) : (
        <div className="row-main">{content}</div>
      )}
      {actions && <div className="row-actions">{actions}</div>}
    </li>
  );
}
