import ArrowLeft from 'lucide-react/icons/arrow-left';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';

export type AppHeaderProps = {
  /** The screen's only h1. Words that belong together may stand in a `whitespace-nowrap`. */
  title: ReactNode;
  /** Small line above the title: "Ubicación · cambiar", the conteo's name. */
  eyebrow?: ReactNode;
  /** Under the title. */
  detail?: ReactNode;
  onBack?: () => void;
  backLabel?: string;
  /** At the right: the StatusPill. */
  status?: ReactNode;
  /** After the status: IconButtons. */
  actions?: ReactNode;
  className?: string;
};

/** Title at the left, state of sending at the right; on narrow or large text the state takes its own row. */
export function AppHeader({
  title,
  eyebrow,
  detail,
  onBack,
  backLabel = 'Regresar',
  status,
  actions,
  className,
}: AppHeaderProps) {
  return (
    <header className={cx('header', className)}>
      {onBack && (
        <IconButton
          label={backLabel}
          icon={<ArrowLeft aria-hidden />}
          className="header-back"
          onClick={onBack}
        />
      )}
      <div className="header-text">
        {eyebrow && <p className="header-eyebrow">{eyebrow}</p>}
        <h1 className="header-title">{title}</h1>
        {detail && <p className="header-eyebrow">{detail}</p>}
      </div>
      {(status || actions) && (
        <div className="header-end">
          {status}
          {actions}
        </div>
      )}
    </header>
  );
}
