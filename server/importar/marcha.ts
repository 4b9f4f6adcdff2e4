import { AppError } from '#shared/errores.ts';
import type { Taller } from './taller.ts';
import { type Avance, updateAvance } from './uploads.sql.ts';

/** Twice a second is what a person can read. */
const CADA_MS = 500;

/**
 * Tells how far an import is, at most twice a second, and hears whether it should stop: it was cancelled, or its options
 * changed and another reading goes on. `signal` aborts with IMPORTACION_DETENIDA then.
 */
export class Marcha {
  readonly #deps: Taller;
  readonly #id: string;
  readonly #generacion: number;
  readonly #alto = new AbortController();
  readonly signal: AbortSignal;
  #actual: Omit<Avance, 'segundosRestantes'> = { etapa: 'en_fila', hechas: 0, total: null };
  #desde = performance.now();
  #reloj: NodeJS.Timeout | undefined;
  #escribiendo: Promise<void> | undefined;

  constructor(deps: Taller, id: string, generacion: number, signal: AbortSignal) {
    this.#deps = deps;
    this.#id = id;
    this.#generacion = generacion;
    this.signal = AbortSignal.any([signal, this.#alto.signal]);
    this.#reloj = setInterval(() => void this.#escribe(), CADA_MS);
  }

  etapa(etapa: Avance['etapa'], total: number | null = null): void {
    this.#actual = { etapa, hechas: 0, total };
    this.#desde = performance.now();
  }

  avanza(hechas: number, total: number | null = this.#actual.total): void {
    this.#actual = { ...this.#actual, hechas, total };
  }

  #restan(): number | null {
    const { hechas, total } = this.#actual;
    if (total === null || hechas === 0) return null;
    const porFila = (performance.now() - this.#desde) / hechas;
    return Math.max(1, Math.round((Math.max(0, total - hechas) * porFila) / 1000));
  }

  async #escribe(): Promise<void> {
    if (this.#escribiendo !== undefined) return;
    this.#escribiendo = this.#deps.db
      .asService(async (tx) => {
        const sigue = await updateAvance(tx, this.#id, this.#generacion, {
          ...this.#actual,
          segundosRestantes: this.#restan(),
        });
        if (!sigue) this.#alto.abort(new AppError('IMPORTACION_DETENIDA'));
        else await this.#deps.events.publish(tx, { tipo: 'importacion.avance', datos: { id: this.#id } });
      })
      .catch((error: unknown) =>
        this.#deps.logger.warn({ err: error }, 'the progress of an import was not written'),
      )
      .finally(() => {
        this.#escribiendo = undefined;
      });
    await this.#escribiendo;
  }

  /** Throws when it should stop. */
  exige(): void {
    this.signal.throwIfAborted();
  }

  async termina(): Promise<void> {
    clearInterval(this.#reloj);
    await this.#escribiendo;
  }
}
