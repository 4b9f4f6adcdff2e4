export type Sesion = { usuarioId: string; accessToken: string };

/**
 * Where supabase-js keeps its tokens: localStorage, except while a log-in is under way. Then writes go to memory,
 * so that a log-in that fails half-way leaves the former person's tokens alone.
 */
export class Deposito {
  readonly key: string;
  #staged: Map<string, string> | null = null;

  constructor(key: string) {
    this.key = key;
  }

  get staging(): boolean {
    return this.#staged !== null;
  }

  begin(): void {
    this.#staged = new Map();
  }

  commit(): void {
    const staged = this.#staged;
    this.#staged = null;
    for (const [key, value] of staged ?? []) localStorage.setItem(key, value);
  }

  rollback(): void {
    this.#staged = null;
  }

  getItem = (key: string): string | null =>
    this.#staged ? (this.#staged.get(key) ?? null) : localStorage.getItem(key);

  setItem = (key: string, value: string): void => {
    if (this.#staged) this.#staged.set(key, value);
    else localStorage.setItem(key, value);
  };

  removeItem = (key: string): void => {
    if (this.#staged) this.#staged.delete(key);
    else localStorage.removeItem(key);
  };

  clear(): void {
    this.#staged = null;
    for (const key of Object.keys(localStorage)) {
      if (key === this.key || key.startsWith(`${this.key}-`)) localStorage.removeItem(key);
    }
  }

  /** The session at hand, read without supabase-js: no lock, no network. A log-in under way does not show. */
  session(): Sesion | null {
    return parse(localStorage.getItem(this.key));
  }

  /** The session of the log-in under way. */
  staged(): Sesion | null {
    return parse(this.#staged?.get(this.key) ?? null);
  }
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
