import Search from 'lucide-react/icons/search';
import { type ReactNode, useId, useState } from 'react';
import { cx } from './cx.ts';
import { TextField } from './text-field.tsx';

export type FilterBarProps = {
  /** Name of the search landmark. */
  label: string;
  search?: { label: string; value: string; onValue: (value: string) => void; placeholder?: string };
  /** Selects, Segmented, chips. */
  children?: ReactNode;
  /** Filters of second rank: beside the others on a PC, behind a button on a phone. `inUse`: how many are set. */
  more?: { content: ReactNode; inUse: number };
  /** "3 de 5,214 productos": read when it changes. */
  result?: string;
  onClear?: () => void;
  className?: string;
};

/** Search and filters above a list; their state belongs to the URL, which the caller keeps. */
export function FilterBar({ label, search, children, more, result, onClear, className }: FilterBarProps) {
  const id = useId();
  const [abierto, setAbierto] = useState(false);
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
      {more && (
        <div id={id} className="filter-more" data-open={abierto}>
          {more.content}
        </div>
      )}
      {(result !== undefined || onClear || more) && (
        <div className="filter-result">
          <span role="status">{result}</span>
          {more && (
            <button
              type="button"
              className="text-btn filter-more-btn"
              aria-expanded={abierto}
              aria-controls={id}
              onClick={() => setAbierto(!abierto)}
            >
              {abierto ? 'Menos filtros' : more.inUse > 0 ? `Más filtros (${more.inUse})` : 'Más filtros'}
            </button>
          )}
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
