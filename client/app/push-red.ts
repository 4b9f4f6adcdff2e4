import { NetFailure } from '#client/offline/core/ports.ts';
import type { PushEmpacado, PushEntrada, PushSalida } from '#shared/contracts/sync.ts';

/** Bodies below this are not worth compressing. */
const COMPRIME_DESDE = 1_024;
/** What a server of before says of the packed shape, or a proxy of a compressed body. */
const REHUSAN = [400, 411, 415, 422, 501];

/** Each turno once: it is three quarters of a line's bytes, and a phone has one of each person that works with it. */
export function empaca({ mutations, ...resto }: PushEntrada): PushEmpacado {
  const lugares = new Map<string, number>();
  const lugar = (turno: string): number => {
    const found = lugares.get(turno) ?? lugares.size;
    lugares.set(turno, found);
    return found;
  };
  const sinTurno = mutations.map((mutation) => ({ ...mutation, turno: lugar(mutation.turno) }));
  return { ...resto, lote: { turnos: [...lugares.keys()], mutations: sinTurno } };
}

type Manda = (input: PushEntrada | PushEmpacado, comprimido: boolean) => Promise<PushSalida>;

/** Sends pushes packed and compressed, and as before where that is refused. */
export class Empacador {
  /** Until the app starts again. */
  #comoAntes = false;

  /** What is refused in both ways is refused for what it says. */
  async manda(input: PushEntrada, manda: Manda): Promise<PushSalida> {
    if (this.#comoAntes) return manda(input, false);
    try {
      return await manda(empaca(input), true);
    } catch (error) {
      if (!rehusaElEmpaque(error)) throw error;
    }
    const answer = await manda(input, false);
    this.#comoAntes = true;
    return answer;
  }
}

function rehusaElEmpaque(error: unknown): boolean {
  if (!(error instanceof NetFailure)) return false;
  return error.kind === 'extrana' || (error.kind === 'http' && REHUSAN.includes(error.status));
}

/** The request with its body in gzip; as it was where the browser has no `CompressionStream` (before 2023 on iOS). */
export async function comprime(init: RequestInit): Promise<RequestInit> {
  const { body } = init;
  if (typeof body !== 'string' || body.length < COMPRIME_DESDE || typeof CompressionStream === 'undefined') {
    return init;
  }
  const gzip = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  const headers = new Headers(init.headers);
  headers.set('content-encoding', 'gzip');
  return { ...init, headers, body: await new Response(gzip).arrayBuffer() };
}
