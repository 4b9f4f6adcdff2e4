import type { EstadoLinea } from '#client/offline/index.ts';
import type { LineStateProps } from '#client/ui/line-state.tsx';

/** The word on screen: kept by the server counts as sent, also when it came late or waits for a person there. */
export function estadoDeLinea(estado: EstadoLinea): LineStateProps['state'] {
  if (estado === 'guardado') return 'guardado';
  return estado === 'rechazada' ? 'rechazado' : 'enviado';
}
