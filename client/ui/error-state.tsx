import CircleX from 'lucide-react/icons/circle-x';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

export type ErrorStateProps = {
  /** What happened. */
  title?: string;
  /** What was kept and what to do: the sentence of the error's code. */
  children: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  actions?: ReactNode;
};

export function ErrorState({
  title = 'No se pudo abrir',
  children,
  onRetry,
  retrying,
  actions,
}: ErrorStateProps) {
  return (
    <Notice
      role="alert"
      tone="bad"
      title={title}
      icon={<CircleX />}
      actions={
        <>
          {onRetry && (
            <Button onClick={onRetry} busy={retrying}>
              Intentar otra vez
            </Button>
          )}
          {actions}
        </>
      }
    >
      {children}
    </Notice>
  );
}
