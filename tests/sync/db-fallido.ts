import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  RootOperationNode,
} from 'kysely';
import type { Db, Tx } from '#server/platform/db/db.ts';

/** What a statement meets when the server has died: nothing on this connection answers any more. */
export class Muerto extends Error {}

export interface Fallo {
  /** Statements counted over all transactions, from 1; the end of a transaction counts too. */
  readonly enSentencia: number;
  /** What to throw there. `Muerto` kills everything after it as well. */
  readonly error: () => Error;
}

/** A database that fails at one statement, to interrupt a handler between any two of them. */
export class DbFallido implements Db {
  sentencias = 0;
  #muerto = false;
  readonly #db: Db;
  readonly #fallo: Fallo | undefined;

  constructor(db: Db, fallo?: Fallo) {
    this.#db = db;
    this.#fallo = fallo;
  }

  get kind() {
    return this.#db.kind;
  }
  get kysely() {
    return this.#db.kysely;
  }
  get pool() {
    return this.#db.pool;
  }
  withUser: Db['withUser'] = (claims, fn, options) =>
    this.#vigila(this.#db.withUser(claims, (tx) => fn(this.#intercepta(tx)), options));
  asService: Db['asService'] = (fn, options) =>
    this.#vigila(this.#db.asService((tx) => fn(this.#intercepta(tx)), options));
  listen: Db['listen'] = (channel, cb) => this.#db.listen(channel, cb);
  close: Db['close'] = () => this.#db.close();

  /** Committed, and the answer never left. */
  async #vigila<T>(transaccion: Promise<T>): Promise<T> {
    const result = await transaccion;
    this.#cuenta();
    return result;
  }

  #cuenta(): void {
    if (this.#muerto) throw new Muerto();
    this.sentencias++;
    if (this.sentencias !== this.#fallo?.enSentencia) return;
    const error = this.#fallo.error();
    this.#muerto = error instanceof Muerto;
    throw error;
  }

  #intercepta(tx: Tx): Tx {
    const plugin: KyselyPlugin = {
      transformQuery: (args: PluginTransformQueryArgs): RootOperationNode => {
        this.#cuenta();
        return args.node;
      },
      transformResult: async (args: PluginTransformResultArgs) => args.result,
    };
    return tx.withPlugin(plugin);
  }
}
