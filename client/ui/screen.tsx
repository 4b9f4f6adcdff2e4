import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type ScreenProps = {
  /** Usually an AppHeader. */
  header?: ReactNode;
  /** Main actions: stay at the bottom, over the navigation, under the thumb. Primary first in reading order. */
  actions?: ReactNode;
  /** Side by side instead of stacked; then the primary one last, at the right. */
  actionsRow?: boolean;
  /**
   * The mark that tells the screen from three metres: hazard stripes for `conteo`, inverted header for
   * `revision`, the road's dashes for `ruta`.
   */
  kind?: 'plain' | 'conteo' | 'revision' | 'ruta';
  /** No gutters: lists and tables that reach the edge. */
  flush?: boolean;
  /** Width on a PC: `text` 42 rem, `wide` 80 rem, `full`. */
  width?: 'text' | 'wide' | 'full';
  children: ReactNode;
  className?: string;
};

/** Tells the Toast how high the actions are, so that it never covers them. */
function measureActions(bar: HTMLDivElement) {
  const style = document.documentElement.style;
  const observer = new ResizeObserver(() => style.setProperty('--actions-height', `${bar.offsetHeight}px`));
  observer.observe(bar);
  return () => {
    observer.disconnect();
    style.removeProperty('--actions-height');
  };
}

/** One screen: header, `<main id="contenido">`, actions. */
export function Screen({
  header,
  actions,
  actionsRow,
  kind = 'plain',
  flush,
  width = 'text',
  children,
  className,
}: ScreenProps) {
  return (
    <div className="screen" data-kind={kind} data-width={width}>
      {header}
      {kind !== 'plain' && <div aria-hidden className="screen-mark" />}
      <main id="contenido" tabIndex={-1} className={cx('screen-body', flush && 'screen-flush', className)}>
        {children}
      </main>
      {actions && (
        <div ref={measureActions} className={cx('screen-actions', actionsRow && 'screen-actions-row')}>
          {actions}
        </div>
      )}
    </div>
  );
}
