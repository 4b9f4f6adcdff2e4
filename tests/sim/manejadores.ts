import { NetFailure } from '#client/offline/core/ports.ts';
import { llavesOf } from '#server/acceso/llaves.ts';
import { registra } from '#server/acceso/registra.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { httpStatusOf, toAppError } from '#server/platform/errors.ts';
import { hello } from '#server/sync/hello.ts';
import { syncPort } from '#server/sync/port.ts';
import { pull } from '#server/sync/pull.ts';
import { push } from '#server/sync/push.ts';
import type { TestUser } from '../db/people.ts';
import { DbFallido, Muerto } from '../sync/db-fallido.ts';
import type { ServidorDeSim } from './telefono.ts';

/** The real handlers over a real database that can die between any two statements. */
export class Manejadores implements ServidorDeSim {
  /** The next push dies at this statement; null: never. */
  matarEn: number | null = null;
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #people: readonly TestUser[];

  constructor(db: Db, clock: Clock, people: readonly TestUser[]) {
    this.#db = db;
    this.#clock = clock;
    this.#people = people;
  }

  #port(db: Db = this.#db) {
    return syncPort({ db, clock: this.#clock });
  }

  hello: ServidorDeSim['hello'] = (input) => alaRed(hello(this.#port(), null, input));

  push: ServidorDeSim['push'] = async (input) => {
    // Keys are made at first use: that must not be the statement that dies.
    await llavesOf({ db: this.#db, clock: this.#clock });
    const en = this.matarEn;
    this.matarEn = null;
    const db =
      en === null ? this.#db : new DbFallido(this.#db, { enSentencia: en, error: () => new Muerto() });
    return alaRed(push(this.#port(db), input));
  };

  pull: ServidorDeSim['pull'] = (input, usuario) => alaRed(pull(this.#port(), usuario, input));

  registra: ServidorDeSim['registra'] = async (device, usuario, deAntes) => {
    const person = this.#people.find((candidate) => candidate.id === usuario)!;
    const salida = await alaRed(
      registra({ db: this.#db, clock: this.#clock }, person.claims, {
        deviceId: device.id,
        secret: device.secret,
        nombre: 'Teléfono de prueba',
        app: 'sim',
        turnosDeAntes: [...deAntes],
      }),
    );
    const movidos = (salida.movidos ?? []).map(({ usuarioId, token }) => ({ usuario: usuarioId, token }));
    return { deviceId: device.id, token: salida.turno.token, movidos };
  };
}

/** What of a handler's failure reaches a phone. */
async function alaRed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause) {
      if (at instanceof Muerto) throw new NetFailure('sin_red');
    }
    const app = toAppError(error);
    throw new NetFailure('http', { status: httpStatusOf(app), code: app.code });
  }
}
