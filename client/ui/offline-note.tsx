import WifiOff from 'lucide-react/icons/wifi-off';
import type { ReactNode } from 'react';
import { Notice } from './notice.tsx';

export type OfflineNoteProps = {
  /** What needs the network: "Aprobar un conteo necesita señal." */
  children: ReactNode;
  title?: string;
  /** What can be done meanwhile. */
  actions?: ReactNode;
};

/** In the place of something that exists only online. Local work never shows it. */
export function OfflineNote({ children, title = 'Esto necesita señal', actions }: OfflineNoteProps) {
  return (
    <Notice role="status" tone="warn" title={title} icon={<WifiOff />} actions={actions}>
      {children}
    </Notice>
  );
}
