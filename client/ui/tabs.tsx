import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';

export type TabItem = { key: string; label: string; count?: number; panel: ReactNode };

export type TabsProps = {
  /** Name of the tab list. */
  label: string;
  items: readonly TabItem[];
  current: string;
  onCurrent: (key: string) => void;
  className?: string;
};

/** Tabs with arrow keys, Home and End; only the current panel is mounted. */
export function Tabs({ label, items, current, onCurrent, className }: TabsProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const index = Math.max(
    0,
    items.findIndex((item) => item.key === current),
  );
  const active = items[index];
  const move = (event: KeyboardEvent) => {
    const last = items.length - 1;
    const to =
      event.key === 'ArrowRight'
        ? (index + 1) % items.length
        : event.key === 'ArrowLeft'
          ? (index + last) % items.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? last
              : -1;
    const target = items[to];
    if (!target) return;
    event.preventDefault();
    onCurrent(target.key);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[to]?.focus();
  };
  return (
    <div className={className}>
      <div ref={list} role="tablist" aria-label={label} className="tabs" onKeyDown={move}>
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            id={`${id}-${item.key}`}
            aria-selected={item === active}
            aria-controls={item === active ? `${id}-panel` : undefined}
            tabIndex={item === active ? 0 : -1}
            className="tab"
            onClick={() => onCurrent(item.key)}
          >
            {item.label}
            {item.count !== undefined && <span className="tab-count"> {item.count}</span>}
          </button>
        ))}
      </div>
      {active && (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${active.key}`}>
          {active.panel}
        </div>
      )}
    </div>
  );
}
