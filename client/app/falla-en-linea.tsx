import type { ReactNode } from 'react';
import { Banner } from '#client/ui/banner.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { OfflineNote } from '#client/ui/offline-note.tsx';
import { errorDe } from './trpc.ts';

type Lectura = { isError: boolean; error: unknown; data: unknown; refetch: () => unknown };

/**
 * Why what is read online cannot be shown, or why a change was not made; nothing while all is well. What was loaded
 * before stays on the screen beside it. `sinSenal` says what takes a connection here.
 */
export function FallaEnLinea({
  consulta,
  orden,
  sinSenal,
}: {
  consulta: Lectura;
  orden?: { isError: boolean; error: unknown };
  sinSenal: ReactNode;
}) {
  const de = consulta.isError ? consulta : orden?.isError ? orden : null;
  if (de === null) return null;
  const { code, mensaje } = errorDe(de.error);
  if (code === 'SIN_SENAL') return <OfflineNote>{sinSenal}</OfflineNote>;
  if (consulta.data === undefined)
    return <ErrorState onRetry={() => void consulta.refetch()}>{mensaje}</ErrorState>;
  return (
    <Banner tone="bad" title={de === consulta ? 'No se actualizó' : 'No se cambió'} role="alert">
      {mensaje}
    </Banner>
  );
}
