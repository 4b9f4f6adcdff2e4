import PackageOpen from 'lucide-react/icons/package-open';
import type { ReactNode } from 'react';
import { Notice } from './notice.tsx';

export type EmptyStateProps = {
  /** What is not here: "Todavía no hay conteos". */
  title: string;
  /** Why, or how it fills. */
  children?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
};

export function EmptyState({ title, children, icon, actions }: EmptyStateProps) {
  return (
    <Notice title={title} icon={icon ?? <PackageOpen />} actions={actions}>
      {children}
    </Notice>
  );
}
