export type Sesion = { usuarioId: string; accessToken: string };

/** A second place for the session, on disk when `escribe` resolves. `null`: never written; '': nobody is in. */
export type Copia = { lee(): Promise<string | null>; escribe(valor: string): Promise<void> };

/**
 * Where supabase-js keeps its tokens: localStorage, except while a log-in is under way. Then writes go to memory,
 * so that a log-in that fails half-way leaves the former person's tokens alone.
 *
 * Chromium writes localStorage to disk up to a minute late: a browser that is killed comes back without its session, or
 * with a refresh token that was already used up. The copy is the one that counts at start.
 */
export class Deposito {
  readonly key: string;
  #staged: Map<string, string> | null = null;

  readonly #copia: Copia | null;

  constructor(key: string, copia: Copia | null = null) {
    this.key = key;
    this.#copia = copia;
  }

  /** Once at start, before anybody asks for the session. */
  async restaura(): Promise<void> {
    const kept = (await this.#copia?.lee().catch(() => null)) ?? null;
    if (kept === '') localStorage.removeItem(this.key);
    else if (kept !== null) localStorage.setItem(this.key, kept);
  }

  /** Never stands in the way: without the copy the session still holds until the browser is killed. */
  async #copy(valor: string): Promise<void> {
    await this.#copia?.escribe(valor).catch(() => undefined);
  }

  get staging(): boolean {
    return this.#staged !== null;
  }

  begin(): void {
    this.#staged = new Map();
  }

  async commit(): Promise<void> {
    const staged = this.#staged;
    this.#staged = null;
    for (const [key, value] of staged ?? []) localStorage.setItem(key, value);
    const session = staged?.get(this.key);
    if (session !== undefined) await this.#copy(session);
  }

  rollback(): void {
    this.#staged = null;
  }

  getItem = (key: string): string | null =>
    this.#staged ? (this.#staged.get(key) ?? null) : localStorage.getItem(key);

  /** Resolves once it would survive a kill: a refresh token is used up by the answer that is being kept here. */
  setItem = async (key: string, value: string): Promise<void> => {
    if (this.#staged) {
      this.#staged.set(key, value);
      return;
    }
    localStorage.setItem(key, value);
    if (key === this.key) await this.#copy(value);
  };

  removeItem = async (key: string): Promise<void> => {
    if (this.#staged) {
      this.#staged.delete(key);
      return;
    }
    localStorage.removeItem(key);
    if (key === this.key) await this.#copy('');
  };

  async clear(): Promise<void> {
    this.#staged = null;
    for (const key of Object.keys(localStorage)) {
      if (key === this.key || key.startsWith(`${this.key}-`)) localStorage.removeItem(key);
    }
    await this.#copy('');
  }

  /** The session at hand, read without supabase-js: no lock, no network. A log-in under way does not show. */
  session(): Sesion | null {
    return parse(localStorage.getItem(this.key));
  }

  /** The same as supabase-js wrote it. */
  texto(): string | null {
    return localStorage.getItem(this.key);
  }

  /** The session of the log-in under way. */
  staged(): Sesion | null {
    return parse(this.#staged?.get(this.key) ?? null);
  }
}

/** The storage of one supabase-js client. */
export type Almacen = {
  getItem(key: string): string | null;
  setItem(key: string, value: string): Promise<void>;
  removeItem(key: string): Promise<void>;
  /** The person changes: tokens that this client still brings home go to `lleva`, and it removes nothing any more. */
  retira(lleva: (usuarioId: string, sesion: string) => Promise<unknown>): void;
};

export function almacenDe(deposito: Deposito): Almacen {
  let lleva: ((usuarioId: string, sesion: string) => Promise<unknown>) | null = null;
  return {
    getItem: (key) => (lleva ? null : deposito.getItem(key)),
    async setItem(key, value) {
      if (lleva === null) return deposito.setItem(key, value);
      const session = key === deposito.key ? parse(value) : null;
      if (session !== null) await lleva(session.usuarioId, value);
    },
    async removeItem(key) {
      if (lleva === null) await deposito.removeItem(key);
    },
    retira(otro) {
      lleva = otro;
    },
  };
}

function parse(text: string | null): Sesion | null {
  if (text === null) return null;
  try {
    const { access_token: accessToken, user } = JSON.parse(text) as {
      access_token?: unknown;
      user?: { id?: unknown };
    };
    if (typeof accessToken !== 'string' || typeof user?.id !== 'string') return null;
    return { usuarioId: user.id, accessToken };
  } catch {
    return null;
  }
}
