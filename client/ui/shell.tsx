import type { ReactNode } from 'react';
import { SkipLink } from './skip-link.tsx';

export type ShellProps = {
  /** The NavBar; left out while counting and in the log-in, so that the work has the whole height. */
  nav?: ReactNode;
  /** Above everything: an update or lost-session Banner. */
  top?: ReactNode;
  children: ReactNode;
};

/** Places navigation and screen: below on a phone, at the left on a PC. */
export function Shell({ nav, top, children }: ShellProps) {
  return (
    <div className="shell" data-nav={nav ? '' : undefined}>
      <SkipLink />
      {nav}
      <div className="shell-main">
        {top && (
          <aside aria-label="Avisos" className="shell-top">
            {top}
          </aside>
        )}
        {children}
      </div>
    </div>
  );
}
