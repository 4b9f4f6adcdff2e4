import ChartColumn from 'lucide-react/icons/chart-column';
import ClipboardList from 'lucide-react/icons/clipboard-list';
import Ellipsis from 'lucide-react/icons/ellipsis';
import House from 'lucide-react/icons/house';
import Package from 'lucide-react/icons/package';
import type { ReactNode } from 'react';

export type NavKey = 'inicio' | 'conteos' | 'productos' | 'tablero' | 'mas';

export type NavLink = {
  key: NavKey;
  href: string;
  className: string;
  'aria-current': 'page' | undefined;
  children: ReactNode;
};

const ITEMS = [
  { key: 'inicio', href: '/', label: 'Inicio', Icon: House },
  { key: 'conteos', href: '/conteos', label: 'Conteos', Icon: ClipboardList },
  { key: 'productos', href: '/productos', label: 'Productos', Icon: Package },
  { key: 'tablero', href: '/tablero', label: 'Tablero', Icon: ChartColumn },
  { key: 'mas', href: '/mas', label: 'Más', Icon: Ellipsis },
] as const;

export type NavBarProps = {
  current?: NavKey;
  /** Leaves out what the role does not have. */
  hidden?: readonly NavKey[];
  /** Draws one link with the app's router; a plain `<a>` without it. `key` is for React. */
  renderLink?: (link: NavLink) => ReactNode;
};

/** The landmark: at the bottom of a phone, a rail at the left from 900 px. The current item carries the signal. */
export function NavBar({ current, hidden = [], renderLink }: NavBarProps) {
  return (
    <nav aria-label="Principal" className="nav">
      <p aria-hidden className="nav-brand">
        <img src="/favicon.svg" alt="" width="32" height="32" />
        <span>DevCompras</span>
      </p>
      <ul className="nav-list">
        {ITEMS.filter((item) => !hidden.includes(item.key)).map(({ key, href, label, Icon }) => {
          const link: NavLink = {
            key,
            href,
            className: 'nav-link',
            'aria-current': key === current ? 'page' : undefined,
            children: (
              <>
                <Icon aria-hidden className="nav-icon" />
                <span>{label}</span>
              </>
            ),
          };
          const { key: _key, ...anchor } = link;
          return <li key={key}>{renderLink ? renderLink(link) : <a {...anchor} />}</li>;
        })}
      </ul>
    </nav>
  );
}
