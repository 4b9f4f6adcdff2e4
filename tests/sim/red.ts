import { NetFailure } from '#client/offline/core/ports.ts';
import type { Reloj } from './reloj.ts';

/** What the network does to a call. `servidor*` and the last ones happen after the server has done its work. */
export const ACCIDENTES = [
  'peticion_perdida',
  'respuesta_perdida',
  'nunca_contesta',
  'duplicada',
  'duplicada_tarde',
  'desordenada',
  'truncada',
  'portal',
  '401',
  '413',
  '429',
  '500',
  '503',
] as const;

/** One phone's way to the server. `maldad` = share of calls that meet an accident. */
export class Red {
  maldad = 0;
  conectada = true;
  /** Calls that it holds, and that land late. */
  retenidas = 0;
  readonly #reloj: Reloj;
  readonly #azar: () => number;

  constructor(reloj: Reloj, azar: () => number) {
    this.#reloj = reloj;
    this.#azar = azar;
  }

  async call<T>(signal: AbortSignal, work: () => T | Promise<T>): Promise<T> {
    const server = () => this.#reloj.working((async () => work())());
    const despues = (ms: number) => {
      this.retenidas += 1;
      const tarde = this.#reloj.sleep(ms, new AbortController().signal);
      void tarde
        .then(server)
        .catch(() => {
          // why: nobody hears this answer
        })
        .finally(() => {
          this.retenidas -= 1;
        });
    };
    await this.#reloj.sleep(20 + this.#azar() * 400, signal);
    if (signal.aborted || !this.conectada) throw new NetFailure('sin_red');
    const accidente =
      this.#azar() < this.maldad ? ACCIDENTES[Math.floor(this.#azar() * ACCIDENTES.length)] : undefined;
    switch (accidente) {
      case 'peticion_perdida':
        throw new NetFailure('sin_red');
      case 'portal':
        throw new NetFailure('extrana', { status: 200 });
      case '401':
      case '413':
      case '500':
        throw new NetFailure('http', { status: Number(accidente) });
      case '429':
      case '503':
        throw new NetFailure('http', {
          status: Number(accidente),
          retryAfterMs: Math.round(this.#azar() * 8_000),
        });
      case 'nunca_contesta':
        await this.#reloj.sleep(600_000, signal);
        throw new NetFailure('sin_red');
      case 'desordenada':
        // It arrives after everything that the phone sends next, and nobody hears the answer.
        despues(16_000 + this.#azar() * 60_000);
        throw new NetFailure('sin_red');
      case 'duplicada':
        await server();
        break;
      case 'duplicada_tarde':
        // The copy arrives after later calls: its answer goes nowhere.
        despues(3_000 + this.#azar() * 40_000);
        break;
    }
    const answer = structuredClone(await server());
    await this.#reloj.sleep(20 + this.#azar() * 400, signal);
    if (signal.aborted || !this.conectada || accidente === 'respuesta_perdida')
      throw new NetFailure('sin_red');
    if (accidente === 'truncada') throw new NetFailure('extrana', { status: 200 });
    return answer;
  }
}
