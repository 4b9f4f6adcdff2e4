/**
 * Runs what it is given, so many at a time and the rest in order: eight pictures asked for at once would travel in one
 * request that is answered when the slowest of them is, and would keep others from the server's connections.
 */
export class FilaDeEspera {
  readonly #aLaVez: number;
  #corren = 0;
  readonly #esperan: (() => void)[] = [];

  constructor(aLaVez: number) {
    this.#aLaVez = aLaVez;
  }

  async corre<T>(trabajo: () => Promise<T>): Promise<T> {
    if (this.#corren < this.#aLaVez) this.#corren += 1;
    else await new Promise<void>((sigue) => this.#esperan.push(sigue));
    try {
      return await trabajo();
    } finally {
      // The place goes to who waits longest, so that nobody slips in between.
      const siguiente = this.#esperan.shift();
      if (siguiente === undefined) this.#corren -= 1;
      else siguiente();
    }
  }
}
