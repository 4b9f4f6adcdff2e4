import { type CachePort, type JournalPort, NetFailure, type NetPort } from '#client/offline/core/ports.ts';
import type { PaginaScope } from '#shared/contracts/sync.ts';
import type { Bases } from '../sim/bases.ts';

/**
 * Promises of the phone broken on purpose, each around a port of the engine: nothing of this is in the shipped code.
 * Those that concern more than one port are played by tests/sim itself: `diario_borrado` at the sign-out,
 * `memoria_hasta_vaciar` at the save, `doble_al_abrir` when a tab opens, `equipo_fuera` at an eviction.
 */
export type FallaTelefono =
  | 'cursor_antes' // the cursor is stored in its own transaction, before the rows (pouchdb#1240)
  | 'documentos_tirados' // a full disk drops the rows, and the cursor is stored (rxdb#5571)
  | 'diario_borrado' // signing out clears the journal
  | 'sin_rebobinar' // what was acked once is never sent again
  | 'resultado_por_numero' // a result is applied to a number, whatever was sent under it
  | 'portal_contesta' // a captive portal's 200 page is taken for an answer
  | 'memoria_hasta_vaciar' // lines lie in memory until a later flush (TanStack db#1124)
  | 'doble_al_abrir' // a reload sends again what was on its way, as new (TanStack db#921)
  | 'rechazo_olvidado' // rejections are not stored
  | 'rechazo_atora' // a rejection stays at the head of the queue
  | 'scope_queda' // rows of a revoked scope stay
  | 'sin_reset' // a reset page is laid over what was there
  | 'bifurca_olvida' // taking a new id forgets the unsent
  | 'equipo_fuera' // the device's id lies outside the journal and survives it
  | 'turno_del_presente' // what is sent carries the turno of who is in, not of its author
  | 'relevo_tarde' // an answer asked under one person is stored under the next
  | 'codigo_manda'; // the whole round waits for the push, and a refused batch keeps the pulls away

type Contexto = {
  falla: FallaTelefono | null;
  bases: Bases;
  lleno: () => boolean;
  /** The border of a crash that one transaction does not have: true when the process died there. */
  muere: () => boolean;
  turno: () => string | null;
};

export function diarioConFalla(port: JournalPort, { falla, bases }: Contexto): JournalPort {
  switch (falla) {
    case 'sin_rebobinar':
      return { ...port, rewind: async () => 0 };
    case 'resultado_por_numero':
      return {
        ...port,
        applyResults: async (device, sent, results) => {
          const rows = await bases.mutaciones();
          const por = (mid: number) => rows.find((row) => row.device === device && row.mid === mid);
          const actuales = sent.map((m) => ({ ...m, hash: por(m.mid)?.hash ?? m.hash }));
          return port.applyResults(device, actuales, results);
        },
      };
    case 'rechazo_olvidado':
      return {
        ...port,
        applyResults: (device, sent, results) =>
          port.applyResults(
            device,
            sent,
            results.map(({ mid }) => ({ mid, status: 'applied' as const })),
          ),
      };
    case 'rechazo_atora':
      return {
        ...port,
        applyResults: (device, sent, results) =>
          port.applyResults(
            device,
            sent,
            results.filter(({ status }) => status === 'applied'),
          ),
      };
    case 'bifurca_olvida':
      return {
        ...port,
        fork: async (device) => {
          await bases.borra((row) => row.state === 'pendiente');
          await port.fork(device);
        },
      };
    default:
      return port;
  }
}

export function cacheConFalla(
  aplica: CachePort['applyPull'],
  { falla, lleno, muere }: Contexto,
): CachePort['applyPull'] {
  return async (answer, sent, device) => {
    const cambia = (cambio: (page: PaginaScope) => Partial<PaginaScope>) => ({
      ...answer,
      pages: answer.pages.map((page) => ({ ...page, ...cambio(page) })),
    });
    const sinFilas = () => cambia(() => ({ upserts: {}, deletes: {} }));
    if (falla === 'documentos_tirados' && lleno()) return aplica(sinFilas(), sent, device);
    if (lleno()) throw new DOMException('full', 'QuotaExceededError');
    if (falla === 'cursor_antes') {
      await aplica({ ...sinFilas(), lastMid: null, scopesRemoved: [] }, sent, device);
      if (muere()) return;
      const despues = Object.fromEntries(answer.pages.map((page) => [page.scope, page.cursor]));
      return aplica(
        cambia(() => ({ reset: false })),
        despues,
        device,
      );
    }
    if (falla === 'scope_queda') return aplica({ ...answer, scopesRemoved: [] }, sent, device);
    if (falla === 'sin_reset')
      return aplica(
        cambia(() => ({ reset: false })),
        sent,
        device,
      );
    return aplica(answer, sent, device);
  };
}

export function redConFalla(net: NetPort, { falla, turno }: Contexto): NetPort {
  if (falla === 'portal_contesta') {
    return {
      ...net,
      push: async (input, signal) => {
        try {
          return await net.push(input, signal);
        } catch (error) {
          if (!(error instanceof NetFailure) || error.kind !== 'extrana') throw error;
          return {
            kind: 'ok',
            epoch: input.epoch ?? '',
            expectedMid: input.mutations.at(-1)!.mid + 1,
            serverTime: new Date(0).toISOString(),
            results: input.mutations.map(({ mid }) => ({ mid, status: 'applied' as const })),
          };
        }
      },
    };
  }
  if (falla === 'turno_del_presente') {
    return {
      ...net,
      push: (input, signal) => {
        const mutations = input.mutations.map((m) => ({ ...m, turno: turno() ?? m.turno }));
        return net.push({ ...input, mutations }, signal);
      },
    };
  }
  if (falla === 'codigo_manda') {
    let negada = false;
    return {
      ...net,
      push: async (input, signal) => {
        try {
          const answer = await net.push(input, signal);
          negada = answer.results.some(({ status }) => status === 'rejected');
          return answer;
        } catch (error) {
          negada = true;
          throw error;
        }
      },
      pull: (input, signal) => {
        if (negada) throw new NetFailure('sin_red');
        return net.pull(input, signal);
      },
    };
  }
  return net;
}
