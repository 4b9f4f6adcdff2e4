import Search from 'lucide-react/icons/search';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { TextField } from './text-field.tsx';

export type FilterBarProps = {
  /** Name of the search landmark. */
  label: string;
  search?: { label: string; value: string; onValue: (value: string) => void; placeholder?: string };
  /** Selects, Segmented, chips. */
  children?: ReactNode;
  /** "3 de 5,214 productos": read when it changes. */
  result?: string;
  onClear?: () => void;
  className?: string;
};

/** Search and filters above a list; their state belongs to the URL, which the caller keeps. */
export function FilterBar({ label, search, children, result, onClear, className }: FilterBarProps) {
  return (
    <search aria-label={label} className={cx('filter', className)}>
      {search && (
        <TextField
          type="search"
          label={search.label}
          hideLabel
          value={search.value}
          onValue={search.onValue}
          placeholder={search.placeholder ?? search.label}
          leading={<Search aria-hidden />}
          className="filter-search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      {children}
      {(result !== undefined || onClear) && (
        <div className="filter-result">
          <span role="status">{result}</span>
          {onClear && (
            <button type="button" className="text-btn" onClick={onClear}>
              Quitar filtros
            </button>
          )}
        </div>
      )}
    </search>
  );
}
