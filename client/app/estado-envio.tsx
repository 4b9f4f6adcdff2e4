import { useNavigate } from '@tanstack/react-router';
import type { EstadoEnvio as Estado } from '#client/offline/index.ts';
import { useEstadoEnvio, usePractica } from '#client/offline/index.ts';
import { type SendState, StatusPill } from '#client/ui/status-pill.tsx';

/** The pill's word and figures of a state of sending. Pure, so that a test can hold it to experience.md's words. */
export function pildoraDe(e: Estado): { state: SendState; detail?: string } {
  switch (e.estado) {
    case 'sin_senal':
      return { state: 'sin_senal', ...(e.pendientes > 0 ? { detail: `· ${e.pendientes} guardados` } : {}) };
    case 'enviando':
      return { state: 'enviando', ...(e.pendientes > 0 ? { detail: String(e.pendientes) } : {}) };
    case 'revisa':
      return { state: 'revisa', ...(e.rechazadas > 0 ? { detail: String(e.rechazadas) } : {}) };
    case 'inicia_sesion':
      return { state: 'revisa', detail: '· inicia sesión' };
    case 'todo_enviado':
      return { state: 'todo_enviado', ...(e.total > 0 ? { detail: `${e.enviadas} / ${e.total}` } : {}) };
  }
}

/**
 * The one status region of each screen: says where what was counted is; a press opens the list of it. `corto` leaves the
 * figure alone beside the word, and no figure where nothing is missing: the counting screen's narrow header has to say
 * the bin.
 */
export function EstadoEnvio({ corto = false }: { corto?: boolean }) {
  const estado = useEstadoEnvio();
  const navigate = useNavigate();
  const practica = usePractica();
  const pildora = pildoraDe(estado);
  const figura = pildora.state === 'todo_enviado' ? '' : pildora.detail?.replace(/\D+/g, '');
  const detail = corto ? figura : pildora.detail;
  // The band of practice says where this goes: nowhere.
  if (practica) return null;
  return (
    <StatusPill
      {...pildora}
      detail={detail || undefined}
      onPress={() => void navigate({ to: '/mas/envios' })}
    />
  );
}
