/** What a keyboard sends while a PIN is asked for: a person's digits, or a gun that somebody pulls at the locked phone. */

/** No person presses two keys this close; a gun sends them 1 to 40 ms apart. */
const RAFAGA_MS = 45;
/** Silence after which a burst is over. */
const CALMA_MS = 300;

/** Holds each digit back until it is clear that no burst follows. Pure: instants are arguments, ms. */
export class TeclasPin {
  #espera: string | null = null;
  #ultima = Number.NEGATIVE_INFINITY;
  #rafaga = false;

  /** One key. `rafaga`: the key belongs to a gun, so nothing may be done with it; `empieza`: it is the first known to. */
  pulsa(tecla: string, en: number): { rafaga: boolean; empieza: boolean } {
    const pausa = en - this.#ultima;
    this.#ultima = en;
    const antes = this.#rafaga && pausa < CALMA_MS;
    this.#rafaga = antes || pausa < RAFAGA_MS;
    if (this.#rafaga) this.#espera = null;
    else if (/^\d$/.test(tecla)) this.#espera = tecla;
    return { rafaga: this.#rafaga, empieza: this.#rafaga && !antes };
  }

  /** The digit that waited, once it is known to be a person's; to be asked `RAFAGA_MS` after the key. */
  toma(): string | null {
    const digito = this.#espera;
    this.#espera = null;
    return digito;
  }
}

export const ESPERA_DIGITO_MS = RAFAGA_MS + 15;
