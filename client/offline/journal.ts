import type { RegistraSalida } from '#shared/contracts/sync.ts';
import { AppError } from '#shared/errores.ts';
import { newId, newSecret, now } from './clock.ts';
import { esDePractica } from './conteo-practica.ts';
import {
  type DeviceRow,
  EN_SERVIDOR,
  type IdentidadRow,
  JournalDb,
  type MutationRow,
  type TurnoRow,
} from './journal-db.ts';
import { sha256Hex } from './sha256.ts';

/** A mutation about to be saved: its arguments are already JSON text, so that nothing can change them later. */
export type NuevaMutacion = {
  name: string;
  args: string;
  usuario: string;
  createdAt: string;
  desfaseGuardarMs: number | null;
  entidad: string | null;
  conteo: string | null;
};

/** Thrown when the journal could not keep something even after reopening: the red screen shows `payload` for export. */
export class NoGuardado extends AppError {
  readonly payload: readonly NuevaMutacion[];

  constructor(payload: readonly NuevaMutacion[], cause: unknown) {
    super('NO_GUARDADO', { motivo: cause instanceof Error ? cause.name : String(cause) }, cause);
    this.name = 'NoGuardado';
    this.payload = payload;
  }
}

/** A strict transaction that takes longer than this is a dead handle (WebKit kills them in the background). */
const HANDLE_DEADLINE_MS = 8_000;

/** Of a registration: the id that it was for, and the turnos of others that the server moved to it. */
export type Alta = { deviceId: string; movidos: readonly TurnoRow[] };

/** From the answer of `sync.registra` that was asked for this id. */
export function altaDe(deviceId: string, { movidos = [] }: Pick<RegistraSalida, 'movidos'>): Alta {
  return {
    deviceId,
    movidos: movidos.map(({ token, usuarioId, emitidoEn, expiraEn }) => ({
      usuario: usuarioId,
      token,
      emitido_en: emitidoEn,
      expira_en: expiraEn,
    })),
  };
}

export type JournalOptions = { open?: () => JournalDb; deadlineMs?: number };

/** The journal over one database handle that can be dropped and opened again. */
export class Journal {
  #db: JournalDb;
  readonly #open: () => JournalDb;
  readonly #deadlineMs: number;

  constructor(options: JournalOptions = {}) {
    this.#open = options.open ?? (() => new JournalDb());
    this.#deadlineMs = options.deadlineMs ?? HANDLE_DEADLINE_MS;
    this.#db = this.#open();
  }

  /** The living handle. Ask each time: `reopen` replaces it. */
  get db(): JournalDb {
    return this.#db;
  }

  /** Drops the handle, whatever its state, and opens another. */
  reopen(): void {
    try {
      this.#db.close();
    } catch {
      // why: a dead handle may refuse to close; the new one does not depend on it
    }
    this.#db = this.#open();
  }

  /** Runs `work` with a deadline; on any error reopens and tries once more. Use for what must not be lost. */
  async durable<T>(work: (db: JournalDb) => PromiseLike<T>): Promise<T> {
    try {
      return await this.#withDeadline(work);
    } catch {
      this.reopen();
      return await this.#withDeadline(work);
    }
  }

  #withDeadline<T>(work: (db: JournalDb) => PromiseLike<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('JOURNAL_SIN_RESPUESTA')), this.#deadlineMs);
      Promise.resolve(work(this.#db)).then(
        (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(error);
        },
      );
    });
  }

  /**
   * Saves mutations in one strict transaction and resolves when they are on disk. Numbers are taken in the same
   * transaction, so any tab may write. Idempotent by hash: the retry after a handle that died *after* its commit
   * finds the rows there. Throws `NoGuardado` with the payload, and says `PRACTICA_NO_SE_ENVIA` or `EN_PRACTICA`
   * for what belongs to the other journal.
   */
  async save(nuevas: readonly NuevaMutacion[]): Promise<MutationRow[]> {
    reservaPractica(this.#db, nuevas);
    const hashed = nuevas.map((nueva) => ({ ...nueva, hash: sha256Hex(nueva.args) }));
    try {
      return await this.durable((db) =>
        db.transaction('rw', db.device, db.mutations, () => insertMutations(db, hashed)),
      );
    } catch (cause) {
      throw new NoGuardado(nuevas, cause);
    }
  }

  /** This device, made at the first call: a new database is a new device. */
  async device(): Promise<DeviceRow> {
    const known = await this.durable((db) => db.device.get('este'));
    return known ?? this.durable((db) => db.transaction('rw', db.device, () => ensureDevice(db)));
  }

  async renameDevice(nombre: string): Promise<void> {
    await this.device();
    await this.durable((db) => db.device.update('este', { nombre }));
  }

  /**
   * Keeps a person's turno (only if newer) and makes them the person of the shift. A registration under an id that the
   * phone has left since brings nothing that it could send with. Turnos of before that the server did not move are sent as
   * they are from here on: it keeps what they vouch for in quarantine, where a person sees it, and nothing waits for them.
   */
  async enter(
    identidad: Omit<IdentidadRow, 'activa' | 'desde'>,
    turno: TurnoRow,
    alta?: Alta,
  ): Promise<void> {
    await this.durable((db) =>
      db.transaction('rw', db.device, db.turnos, db.identidad, async () => {
        if (alta === undefined || alta.deviceId === (await ensureDevice(db)).id) {
          await keepTurnos(db, turno, alta?.movidos ?? []);
        }
        await db.identidad.where('activa').equals(1).modify({ activa: 0 });
        await db.identidad.put({ ...identidad, activa: 1, desde: now().toISOString() });
      }),
    );
  }

  /**
   * Keeps what a renewal brought for the person who asked for it, and makes nobody the person of the shift: the answer may
   * come when somebody else has taken the phone, or nobody has it any more. Resolves with whether that person still has
   * it. A journal that knows nothing of them, as after an eviction, takes them as it did before it was lost.
   */
  async renew(
    identidad: Omit<IdentidadRow, 'activa' | 'desde'>,
    turno: TurnoRow,
    alta: Alta,
  ): Promise<boolean> {
    return this.durable((db) =>
      db.transaction('rw', db.device, db.turnos, db.identidad, async () => {
        if (alta.deviceId === (await ensureDevice(db)).id) await keepTurnos(db, turno, alta.movidos);
        const known = await db.identidad.get(identidad.usuarioId);
        const taken = await db.identidad.where('activa').equals(1).first();
        const stays = known === undefined ? taken === undefined : known.activa === 1;
        const desde = known?.desde ?? now().toISOString();
        await db.identidad.put({ ...identidad, activa: stays ? 1 : 0, desde });
        return stays;
      }),
    );
  }

  /** Makes somebody who has worked with this phone the person of the shift, without the server. */
  async activate(usuarioId: string): Promise<void> {
    await this.durable((db) =>
      db.transaction('rw', db.identidad, async () => {
        await db.identidad.where('activa').equals(1).modify({ activa: 0 });
        await db.identidad.update(usuarioId, { activa: 1, desde: now().toISOString() });
      }),
    );
  }

  /** Nobody is using the phone. Identities, turnos and every mutation stay. */
  async leave(): Promise<void> {
    await this.durable((db) => db.identidad.where('activa').equals(1).modify({ activa: 0 }));
  }

  /** The turnos that were issued to a former id of this phone, with its proof: for the registration of the new one. */
  async turnosDeAntes(): Promise<{ token: string; deviceId: string; secret: string }[]> {
    const rows = await this.durable((db) => db.turnos.toArray());
    return rows.flatMap(({ token, de }) => (de === undefined ? [] : [{ token, ...de }]));
  }

  activeIdentity(): Promise<IdentidadRow | undefined> {
    return this.durable((db) => db.identidad.where('activa').equals(1).first());
  }

  async measure(k: string, valor: string): Promise<void> {
    await this.durable((db) => db.medidas.put({ k, valor, en: now().toISOString() }));
  }

  async measured(k: string): Promise<string | null> {
    return (await this.durable((db) => db.medidas.get(k)))?.valor ?? null;
  }

  /** Lets go of acked mutations older than `days`, always as a prefix of the stream, and of the bytes of old sent photos. */
  async purge(days: number, photoDays: number): Promise<void> {
    const limit = new Date(now().getTime() - days * 86_400_000).toISOString();
    const photoLimit = new Date(now().getTime() - photoDays * 86_400_000).toISOString();
    await this.durable((db) =>
      db.transaction('rw', db.device, db.mutations, db.blobs, async () => {
        const device = await ensureDevice(db);
        const old: number[] = [];
        await db.mutations
          .where('[device+mid]')
          .between([device.id, 1], [device.id, device.nextMid])
          .until((row) => !EN_SERVIDOR.includes(row.state) || (row.enviada_en ?? limit) >= limit)
          .each((row) => {
            old.push(row.seq);
          });
        const ofFormerDevices = await db.mutations
          .where('state')
          .anyOf(EN_SERVIDOR)
          .and((row) => row.device !== device.id && row.enviada_en !== null && row.enviada_en < limit)
          .primaryKeys();
        await db.mutations.bulkDelete([...old, ...ofFormerDevices]);
        await db.blobs
          .where('estado')
          .equals('enviada')
          .and((row) => row.creada_en < photoLimit)
          .modify({ bytes: null });
      }),
    );
  }
}

/**
 * What was practised enters the journal of practice and no other, and nothing else enters that one: it would be deleted
 * with it. Whoever asks. PRACTICA_NO_SE_ENVIA, EN_PRACTICA.
 */
function reservaPractica(db: JournalDb, nuevas: readonly NuevaMutacion[]): void {
  if (nuevas.every((nueva) => esDePractica(nueva) === db.esDePractica)) return;
  throw new AppError(db.esDePractica ? 'EN_PRACTICA' : 'PRACTICA_NO_SE_ENVIA');
}

/** Inside a transaction over `turnos`. */
async function keepTurnos(db: JournalDb, turno: TurnoRow, movidos: readonly TurnoRow[]): Promise<void> {
  const previo = await db.turnos.get(turno.usuario);
  if (previo === undefined || previo.de !== undefined || previo.emitido_en <= turno.emitido_en) {
    await db.turnos.put(turno);
  }
  for (const movido of movidos) {
    if ((await db.turnos.get(movido.usuario))?.de !== undefined) await db.turnos.put(movido);
  }
  await db.turnos.toCollection().modify((row) => {
    delete row.de;
  });
}

/** Inside a transaction over `device`: the device row, made when missing. */
export async function ensureDevice(db: JournalDb): Promise<DeviceRow> {
  const row = await db.device.get('este');
  if (row) return row;
  const fresh: DeviceRow = { k: 'este', id: newId(), secret: newSecret(), nextMid: 1, nombre: '' };
  await db.device.add(fresh);
  return fresh;
}

/** Inside a transaction over `device` and `mutations`: takes numbers and inserts; what is there by hash is returned as it is. */
export async function insertMutations(
  db: JournalDb,
  nuevas: readonly (NuevaMutacion & { hash: string })[],
): Promise<MutationRow[]> {
  reservaPractica(db, nuevas);
  const device = await ensureDevice(db);
  // Asked and written together: line by line, a batch waits for hundreds of answers one after another.
  const conHash = db.mutations.where('hash');
  const there = await Promise.all(nuevas.map(({ hash }) => conHash.equals(hash).limit(1).toArray()));
  const rows: MutationRow[] = [];
  const fresh: MutationRow[] = [];
  const porHash = new Map<string, MutationRow>();
  for (const [i, nueva] of nuevas.entries()) {
    const known = there[i]![0] ?? porHash.get(nueva.hash);
    if (known?.name === nueva.name && known.usuario === nueva.usuario) {
      rows.push(known);
      continue;
    }
    const row = {
      device: device.id,
      mid: device.nextMid + fresh.length,
      name: nueva.name,
      args: nueva.args,
      hash: nueva.hash,
      usuario: nueva.usuario,
      created_at: nueva.createdAt,
      desfase_guardar_ms: nueva.desfaseGuardarMs,
      state: 'pendiente',
      attempts: 0,
      last_error: null,
      enviada_en: null,
      entidad: nueva.entidad,
      conteo: nueva.conteo,
    } as MutationRow;
    if (!known) porHash.set(nueva.hash, row);
    fresh.push(row);
    rows.push(row);
  }
  const seqs = await db.mutations.bulkAdd(fresh, { allKeys: true });
  for (const [i, row] of fresh.entries()) row.seq = seqs[i]!;
  await db.device.update('este', { nextMid: device.nextMid + fresh.length });
  return rows;
}
