import { sql } from 'kysely';
import { llavesOf } from '#server/acceso/llaves.ts';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { startSync } from '#server/sync/port.ts';
import { Respaldo } from './respaldo.ts';

/** A database with the server's handlers over it, and the way back to an earlier state of it. */
export class ServidorSql {
  readonly db: Db;
  readonly respaldo: Respaldo;
  readonly #base: Respaldo;

  private constructor(db: Db, respaldo: Respaldo, base: Respaldo) {
    this.db = db;
    this.respaldo = respaldo;
    this.#base = base;
  }

  /** `adminUrl`: of the same database, as superuser. */
  static async abre(db: Db, adminUrl: string): Promise<ServidorSql> {
    const servidor = new ServidorSql(
      db,
      await Respaldo.abre(adminUrl, 'historia'),
      await Respaldo.abre(adminUrl, 'base'),
    );
    await servidor.arranca();
    // Keys are made at first use, and a restore must not take them away.
    await (await llavesOf({ db, clock: { now: () => new Date(), newId } })).signer();
    await servidor.#base.guarda();
    return servidor;
  }

  /** What the server does before its first request. */
  async arranca(): Promise<string> {
    return (await startSync({ db: this.db, clock: { now: () => new Date(), newId } })).epoch;
  }

  /** `epoca`: into another cluster, which the server notices when it starts. */
  async restaura(epoca: boolean): Promise<void> {
    await this.respaldo.restaura();
    if (epoca) {
      await this.db.asService((tx) => sql`update sync.meta set system_identifier = 'otro'`.execute(tx));
    }
    await this.arranca();
  }

  /** As it was before any history, so that long runs stay level. */
  async vacia(): Promise<void> {
    await this.#base.restaura();
    await this.arranca();
  }

  async cierra(): Promise<void> {
    await this.respaldo.cierra();
    await this.#base.cierra();
  }
}
