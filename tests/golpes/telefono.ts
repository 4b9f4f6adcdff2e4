import { fetchUnaVez, retryAfterMs } from '#client/app/fetch-vigilado.ts';
import { Cache } from '#client/offline/cache.ts';
import { CacheDb } from '#client/offline/cache-db.ts';
import { type PokeReason, SyncEngine } from '#client/offline/core/engine.ts';
import { type ClockPort, NetFailure } from '#client/offline/core/ports.ts';
import { altaDe, Journal, NoGuardado, type NuevaMutacion } from '#client/offline/journal.ts';
import { type EstadoMutacion, JournalDb } from '#client/offline/journal-db.ts';
import { journalPort } from '#client/offline/journal-port.ts';
import { newId } from '#server/platform/clock.ts';
import type { ArgsDe, NombreMutador } from '#shared/contracts/mutadores.ts';
import {
  ESQUEMA_PULL,
  type HelloSalida,
  type PullSalida,
  type PushSalida,
  type RegistraSalida,
} from '#shared/contracts/sync.ts';
import { linea } from '../sync/telefono.ts';
import type { Persona } from './escena.ts';

/** All states but those of `EN_SERVIDOR`: few rows, where the others are all that was ever counted. */
const SIN_ENVIAR: EstadoMutacion[] = ['pendiente', 'apartada'];
/** A busy machine is no dead handle. */
const PLAZO_DIARIO_MS = 30_000;

let bases = 0;

/** Real time, as the browser's. */
const reloj: ClockPort = {
  now: () => Date.now(),
  mono: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
    }),
};

/**
 * The phone's real journal, cache and engine over an IndexedDB in memory, in real time, by HTTP. What `guarda`
 * resolves is what the screen would show as saved: it is noted outside the phone, as the oracle.
 */
export class TelefonoReal {
  readonly persona: Persona;
  readonly journal: Journal;
  readonly cache: Cache;
  /** Shown as saved: id of each line, and of each movement. */
  readonly lineas = new Set<string>();
  readonly movimientos = new Set<string>();
  conteo: string | null = null;
  readonly engine: SyncEngine;
  readonly #stop = new AbortController();
  readonly #url: () => string;

  constructor(persona: Persona, url: () => string, azar: () => number) {
    this.persona = persona;
    this.#url = url;
    bases += 1;
    const n = bases;
    this.journal = new Journal({
      open: () => new JournalDb(`journal-golpe-${n}`),
      deadlineMs: PLAZO_DIARIO_MS,
    });
    this.cache = new Cache(() => new CacheDb(`cache-golpe-${n}`));
    const { cache } = this;
    this.engine = new SyncEngine({
      journal: journalPort(this.journal),
      cache: {
        schema: ESQUEMA_PULL,
        cursors: () => cache.cursors(),
        applyPull: (answer, sent, device) => cache.applyPull(answer, sent, device),
        dropLevel: (device, mid) => cache.dropLevel(device, mid),
        reopen: () => cache.reopen(),
        rebuild: () => cache.rebuild(),
      },
      net: {
        hello: (input, signal) => this.#llama<HelloSalida>('sync.hello', input, signal),
        push: (input, signal) => this.#llama<PushSalida>('sync.push', input, signal),
        pull: (input, signal) => this.#llama<PullSalida>('sync.pull', input, signal),
      },
      auth: {
        hasSession: () => true,
        refresh: async () => 'ok',
        register: (device, signal) => this.#registra(device, signal),
      },
      clock: reloj,
      random: azar,
      app: 'golpes',
      log: () => {},
    });
  }

  /** A call of `sync.*` with the person's token; any failure is a `NetFailure`, as the app's own client says it. */
  async #llama<T>(camino: string, input: unknown, signal: AbortSignal): Promise<T> {
    const response = await fetchUnaVez(`${this.#url()}/api/trpc/${camino}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await this.persona.token()}`,
      },
      body: JSON.stringify(input),
      signal,
    });
    let body: { result?: { data?: T }; error?: { data?: { app?: { code?: string } } } };
    try {
      body = (await response.json()) as typeof body;
    } catch {
      body = {};
    }
    if (!response.ok) {
      throw new NetFailure('http', {
        status: response.status,
        code: body.error?.data?.app?.code ?? null,
        retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
      });
    }
    if (body.result?.data === undefined) throw new NetFailure('extrana');
    return body.result.data;
  }

  async #registra(
    device: { id: string; secret: string },
    signal: AbortSignal,
  ): Promise<'ok' | 'unreachable' | 'refused'> {
    try {
      const salida = await this.#llama<RegistraSalida>(
        'sync.registra',
        {
          deviceId: device.id,
          secret: device.secret,
          nombre: 'Teléfono de prueba',
          app: 'golpes',
          turnosDeAntes: await this.journal.turnosDeAntes(),
        },
        signal,
      );
      const { turno } = salida;
      const { token, emitidoEn, expiraEn, ...identidad } = turno;
      await this.journal.enter(
        { ...identidad, expiraEn },
        { usuario: turno.usuarioId, token, emitido_en: emitidoEn, expira_en: expiraEn },
        altaDe(device.id, salida),
      );
      return 'ok';
    } catch (error) {
      if (error instanceof NetFailure && error.kind !== 'http') return 'unreachable';
      throw error;
    }
  }

  enciende(): void {
    void this.engine.run(this.#stop.signal);
  }

  poke(reason: PokeReason): void {
    this.engine.poke(reason);
  }

  #nueva<N extends NombreMutador>(name: N, args: ArgsDe<N>, entidad: string, conteo: string | null) {
    return {
      name,
      args: JSON.stringify(args),
      usuario: this.persona.id,
      createdAt: new Date().toISOString(),
      desfaseGuardarMs: null,
      entidad,
      conteo,
    } satisfies NuevaMutacion;
  }

  /** A conteo that this phone starts by itself, without signal. */
  async empiezaConteo(almacenId: string): Promise<void> {
    const id = newId();
    const abierto = { id, almacenId, nombre: '', ciego: true, abiertoEn: new Date().toISOString() };
    await this.journal.save([this.#nueva('conteo.libre/1', abierto, id, id)]);
    this.conteo = id;
    this.engine.poke('guardado');
  }

  /** Saves lines of one piece; every twentieth comes with a movement of one piece of `productoId`. */
  async cuenta(cuantas: number, movimiento?: { productoId: string; almacenId: string }): Promise<void> {
    const conteo = this.conteo!;
    for (let quedan = cuantas; quedan > 0; ) {
      const nuevas: NuevaMutacion[] = [];
      const lineas: string[] = [];
      const movimientos: string[] = [];
      for (; quedan > 0 && lineas.length < 20; quedan -= 1) {
        const args = linea(conteo);
        nuevas.push(this.#nueva('conteo.linea/1', args, args.id, conteo));
        lineas.push(args.id);
      }
      if (movimiento && lineas.length === 20) {
        const id = newId();
        movimientos.push(id);
        nuevas.push(this.#nueva('transaccion.crear/1', compra(id, movimiento), id, null));
      }
      await this.#hastaGuardar(nuevas);
      for (const id of lineas) this.lineas.add(id);
      for (const id of movimientos) this.movimientos.add(id);
      this.engine.poke('guardado');
    }
  }

  /** A person in front of the red screen tries again: the same mutations, which the journal knows by their hash. */
  async #hastaGuardar(nuevas: readonly NuevaMutacion[]): Promise<void> {
    for (let veces = 1; ; veces += 1) {
      try {
        await this.journal.save(nuevas);
        return;
      } catch (error) {
        if (!(error instanceof NoGuardado) || veces === 5) throw error;
      }
    }
  }

  /** Mutations that no server has answered. */
  pendientes(): Promise<number> {
    return this.journal.db.mutations.where('state').anyOf(SIN_ENVIAR).count();
  }

  /** What the server answered and did not apply as it was meant. */
  async noAplicadas(): Promise<string[]> {
    const rows = await this.journal.db.mutations
      .where('state')
      .anyOf(['rechazada', 'cuarentena', 'en_espera', 'tardia', 'apartada'])
      .toArray();
    return rows.map((row) => `${row.name} ${row.state}: ${row.last_error ?? ''}`);
  }

  /** The same bytes in another phone, which then lives by itself. */
  async clona(azar: () => number): Promise<TelefonoReal> {
    const copia = new TelefonoReal(this.persona, this.#url, azar);
    for (const table of this.journal.db.tables) {
      await copia.journal.db.table(table.name).bulkAdd(await table.toArray());
    }
    copia.conteo = this.conteo;
    return copia;
  }

  apaga(): void {
    this.#stop.abort();
  }

  async tira(): Promise<void> {
    this.apaga();
    this.journal.db.close();
    this.cache.db.close();
    await this.journal.db.delete();
    await this.cache.db.delete();
  }
}

function compra(
  id: string,
  { productoId, almacenId }: { productoId: string; almacenId: string },
): ArgsDe<'transaccion.crear/1'> {
  return {
    id,
    productoId,
    almacenId,
    tipo: 'compra',
    subtipo: null,
    cantidad: '1',
    precio: null,
    costoUnitario: null,
    ocurridaEn: new Date().toISOString(),
    referencia: null,
    notas: null,
  };
}
