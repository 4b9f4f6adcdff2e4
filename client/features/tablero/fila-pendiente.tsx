import { Link } from '@tanstack/react-router';
import CalendarCheck from 'lucide-react/icons/calendar-check';
import ClipboardCheck from 'lucide-react/icons/clipboard-check';
import ClipboardList from 'lucide-react/icons/clipboard-list';
import Clock from 'lucide-react/icons/clock';
import FileX from 'lucide-react/icons/file-x';
import Inbox from 'lucide-react/icons/inbox';
import PackageMinus from 'lucide-react/icons/package-minus';
import PenLine from 'lucide-react/icons/pen-line';
import ShoppingCart from 'lucide-react/icons/shopping-cart';
import Smartphone from 'lucide-react/icons/smartphone';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { ListRow } from '#client/ui/list-row.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { Fila, Icono } from './fila.ts';

const ICONO: Record<Icono, typeof Clock> = {
  revision: ClipboardCheck,
  atraso: Clock,
  contar: ClipboardList,
  firma: PenLine,
  equipo: Smartphone,
  rechazo: TriangleAlert,
  negativa: PackageMinus,
  minimo: ShoppingCart,
  archivo: FileX,
  periodo: CalendarCheck,
  tarde: Inbox,
};

/** One thing that waits; the whole row opens the rows behind it. */
export function FilaPendiente({ fila }: { fila: Fila }) {
  const { icono, tono, marca, titulo, detalle, valor, a } = fila;
  const Dibujo = ICONO[icono];
  return (
    <ListRow
      leading={<Dibujo aria-hidden />}
      title={titulo}
      detail={detalle}
      value={valor}
      state={<Tag tone={tono}>{marca}</Tag>}
      renderLink={({ className, children }) => (
        <Link
          to={a.to as never}
          params={(a.params ?? {}) as never}
          search={(a.search ?? {}) as never}
          className={className}
        >
          {children}
        </Link>
      )}
    />
  );
}
