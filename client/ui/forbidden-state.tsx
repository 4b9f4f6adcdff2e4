import Lock from 'lucide-react/icons/lock';
import type { ReactNode } from 'react';
import { Notice } from './notice.tsx';

export type ForbiddenStateProps = {
  /** Who may, and whom to ask: "Las existencias las ve tu gerente." */
  children: ReactNode;
  title?: string;
  actions?: ReactNode;
};

export function ForbiddenState({
  children,
  title = 'Esto no está en tu perfil',
  actions,
}: ForbiddenStateProps) {
  return (
    <Notice title={title} icon={<Lock />} actions={actions}>
      {children}
    </Notice>
  );
}
