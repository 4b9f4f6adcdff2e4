import { useMemo } from 'react';
import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { useEventos } from '#client/app/use-eventos.ts';
import type { Ahora, Firmas, RevisionBreve } from '#shared/contracts/tablero.ts';
import { REVISA_CONTEOS, type Rol, VE_EXISTENCIAS } from '#shared/roles.ts';
import { useVisto, type Visto } from './use-visto.ts';
import { useViva } from './use-viva.ts';

/** Events that follow each other closely are asked for once. */
const AHORA_FRESCA_MS = 1_000;
/** A review is reckoned whole for its two figures, signatures are looked for in all of the ledger. */
const BREVE_FRESCA_MS = 30_000;

/** Asked again as things happen; the pictures, which are dearer, in their own time. */
const LO_QUE_ESPERA = [
  ['tablero', 'ahora'],
  ['tablero', 'firmas'],
  ['tablero', 'revisiones'],
] as const;

/** What waits for this person by the server's word. Counters and drivers are not asked for: the phone knows theirs. */
export function useAhora(rol: Rol) {
  const activa = VE_EXISTENCIAS.includes(rol);
  const consulta = useConsulta(['tablero', 'ahora'], () => api.tablero.ahora.query(), {
    activa,
    fresca: AHORA_FRESCA_MS,
  });
  useViva(consulta, activa);
  useEventos([], LO_QUE_ESPERA, { activa });
  const visto: Visto<Ahora> = useVisto('ahora', consulta);
  const revisa = REVISA_CONTEOS.includes(rol);
  const firmas = useConsulta(['tablero', 'firmas'], () => api.tablero.firmas.query(), {
    activa: revisa,
    fresca: BREVE_FRESCA_MS,
  });
  useViva(firmas, revisa);
  const vistas: Visto<Firmas> = useVisto('firmas', firmas);
  const ids = visto.datos?.conteos?.enRevision.map(({ id }) => id) ?? [];
  const conIds = revisa && ids.length > 0;
  const breves = useConsulta(['tablero', 'revisiones', ...ids], () => api.tablero.revisiones.query({ ids }), {
    activa: conIds,
    fresca: BREVE_FRESCA_MS,
  });
  useViva(breves, conIds);
  const { data } = breves;
  const porId: ReadonlyMap<string, RevisionBreve> = useMemo(
    () => new Map((data ?? []).map((breve) => [breve.id, breve])),
    [data],
  );
  return { activa, consulta, visto, firmas: vistas.datos, breves: porId };
}
