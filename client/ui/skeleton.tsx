import { cx } from './cx.ts';

export type SkeletonProps = {
  /** Lines of text or rows of a list. */
  lines?: number;
  look?: 'text' | 'rows';
  /** Read while loading. */
  label?: string;
  className?: string;
};

/** The shape of what comes; for network reads only, local work has nothing to wait for. */
export function Skeleton({ lines = 3, look = 'text', label = 'Cargando…', className }: SkeletonProps) {
  return (
    <div role="status" className={cx('skeleton', look === 'rows' && 'skeleton-rows', className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: why: identical bars without state.
        <span key={line} aria-hidden className="skeleton-bar" />
      ))}
    </div>
  );
}
