import { randomBytes } from 'node:crypto';
import { llavesOf } from '#server/acceso/llaves.ts';
import { issueTurno } from '#server/acceso/turno.ts';
import { type Clock, newId, systemClock } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import { ensureEpoch } from '#server/sync/epoca.ts';
import { sha256Hex } from '#server/sync/huella.ts';
import { syncPort } from '#server/sync/port.ts';
import { pull } from '#server/sync/pull.ts';
import { push } from '#server/sync/push.ts';
import type { ArgsDe, NombreMutador } from '#shared/contracts/mutadores.ts';
import {
  ESQUEMA_PULL,
  type Mutacion,
  type PullSalida,
  type PushEntrada,
  type PushSalida,
} from '#shared/contracts/sync.ts';
import type { TestUser } from '../db/people.ts';

type Linea = ArgsDe<'conteo.linea/1'>;

/** A line of one piece by wedge; what a test doesn't say is unremarkable. */
export function linea(conteoId: string, cambios: Partial<Linea> = {}): Linea {
  return {
    id: newId(),
    conteoId,
    intento: 1,
    ubicacionId: null,
    codigoCrudo: '7501234567893',
    simbologia: null,
    fuente: 'pistola',
    productoId: null,
    cantidad: '1',
    factor: '1',
    tipo: 'suma',
    anula: null,
    condicion: 'vendible',
    lote: null,
    caduca: null,
    dot: null,
    nota: null,
    contadoEn: new Date().toISOString(),
    desfaseGuardarMs: 0,
    ...cambios,
  };
}

/** What a phone holds of the server: rows by scope and table, as the contract says to apply a page. */
export type Cache = Map<string, Map<string, Map<string, Record<string, unknown>>>>;

const CLAVES: Readonly<Record<string, readonly string[]>> = {
  producto_ubicaciones: ['productoId', 'ubicacionId'],
  existencias: ['productoId', 'almacenId'],
  conteo_contadores: ['conteoId', 'usuarioId'],
  conteo_ubicaciones: ['conteoId', 'ubicacionId'],
  conteo_productos: ['conteoId', 'productoId'],
  conteo_intento_productos: ['conteoId', 'intento', 'productoId'],
  conteo_intento_contadores: ['conteoId', 'intento', 'usuarioId'],
  conteo_partes: ['conteoId', 'intento', 'usuarioId'],
};

export function pkDe(tbl: string, fila: Record<string, unknown>): string {
  return (CLAVES[tbl] ?? ['id']).map((campo) => String(fila[campo])).join(':');
}

/** A phone without a screen: journal, cursors and cache in memory, calling the handlers directly. */
export class Telefono {
  readonly deviceId = newId();
  readonly secret = randomBytes(24).toString('hex');
  /** Everything ever saved, in order of mid. */
  readonly diario: Mutacion[] = [];
  readonly cache: Cache = new Map();
  cursors: Record<string, string> = {};
  desfaseEnviarMs: number | null = 0;
  lastMid: number | null = null;
  readonly db: Db;
  readonly clock: Clock;
  readonly turnos = new Map<string, string>();

  constructor(db: Db, clock: Clock = systemClock) {
    this.db = db;
    this.clock = clock;
  }

  get port() {
    return syncPort({ db: this.db, clock: this.clock });
  }

  /** Registers the phone and issues a turno to each of these people. */
  async registra(...people: TestUser[]): Promise<this> {
    await ensureEpoch(this.db, this.clock);
    const signer = await (await llavesOf({ db: this.db, clock: this.clock })).signer();
    await this.db.asService(async (tx) => {
      await tx
        .insertInto('sync.device')
        .values({
          id: this.deviceId,
          secret_hash: sha256Hex(this.secret),
          nombre: 'Teléfono de prueba',
          usuario_id: people[0]?.id ?? null,
        })
        .onConflict((c) => c.doNothing())
        .execute();
      for (const { id: usuarioId, rol, tiendaIds } of people) {
        const { token } = await issueTurno(tx, this.clock, signer, {
          usuarioId,
          deviceId: this.deviceId,
          rol,
          tiendaIds,
        });
        this.turnos.set(usuarioId, token);
      }
    });
    return this;
  }

  /** Saves a mutation, as the journal does; `raw` replaces parts of the envelope. */
  guarda<N extends NombreMutador>(
    autor: TestUser,
    name: N,
    args: ArgsDe<N>,
    raw: Partial<Mutacion> = {},
  ): Mutacion {
    return this.guardaTexto(autor, name, JSON.stringify(args), raw);
  }

  guardaTexto(autor: TestUser, name: string, args: string, raw: Partial<Mutacion> = {}): Mutacion {
    const mutacion: Mutacion = {
      mid: this.diario.length + 1,
      name,
      args,
      hash: sha256Hex(args),
      createdAt: this.clock.now().toISOString(),
      turno: this.turnos.get(autor.id) ?? '',
      ...raw,
    };
    this.diario.push(mutacion);
    return mutacion;
  }

  /** Sends these mutations (all of the journal when left out). */
  envia(
    mutations: readonly unknown[] = this.diario,
    cambios: Partial<Pick<PushEntrada, 'oldestMid' | 'acked'>> = {},
  ): Promise<PushSalida> {
    return push(this.port, {
      deviceId: this.deviceId,
      secret: this.secret,
      epoch: null,
      desfaseEnviarMs: this.desfaseEnviarMs,
      oldestMid: cambios.oldestMid ?? 1,
      acked: cambios.acked,
      pending: mutations.length,
      mutations: mutations as Mutacion[],
    });
  }

  /** One page of pull as this person, applied to the cache. */
  async baja(persona: TestUser, limit = 5000): Promise<PullSalida> {
    const salida = await pull(this.port, persona.id, {
      deviceId: this.deviceId,
      secret: this.secret,
      schema: ESQUEMA_PULL,
      cursors: this.cursors,
      limit,
    });
    for (const scope of salida.scopesRemoved) {
      this.cache.delete(scope);
      delete this.cursors[scope];
    }
    for (const page of salida.pages) {
      if (page.reset || !this.cache.has(page.scope)) this.cache.set(page.scope, new Map());
      const tablas = this.cache.get(page.scope)!;
      for (const [tbl, filas] of Object.entries(page.upserts)) {
        const tabla = tablas.get(tbl) ?? new Map<string, Record<string, unknown>>();
        tablas.set(tbl, tabla);
        for (const fila of filas) tabla.set(pkDe(tbl, fila), fila);
      }
      for (const [tbl, pks] of Object.entries(page.deletes))
        for (const pk of pks) tablas.get(tbl)?.delete(pk);
      this.cursors[page.scope] = page.cursor;
    }
    if (salida.lastMid !== null) this.lastMid = salida.lastMid;
    return salida;
  }

  /** Pulls until the head of all scopes; returns the answers. */
  async bajaTodo(persona: TestUser, limit = 5000): Promise<PullSalida[]> {
    const salidas: PullSalida[] = [];
    do salidas.push(await this.baja(persona, limit));
    while (!salidas.at(-1)!.done);
    return salidas;
  }

  /** Rows of one table over all scopes, by pk. */
  filas(tbl: string): Map<string, Record<string, unknown>> {
    return new Map([...this.cache.values()].flatMap((tablas) => [...(tablas.get(tbl) ?? [])]));
  }
}
