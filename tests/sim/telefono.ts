import { Cache } from '#client/offline/cache.ts';
import { CacheDb, catalogoMeta, TABLAS_MARCADAS } from '#client/offline/cache-db.ts';
import { conCatalogo } from '#client/offline/catalogo.ts';
import { SyncEngine } from '#client/offline/core/engine.ts';
import { type CachePort, type JournalPort, NetFailure } from '#client/offline/core/ports.ts';
import { Journal } from '#client/offline/journal.ts';
import { JournalDb } from '#client/offline/journal-db.ts';
import { journalPort } from '#client/offline/journal-port.ts';
import type {
  HelloEntrada,
  HelloSalida,
  PullEntrada,
  PullSalida,
  PushEntrada,
  PushSalida,
} from '#shared/contracts/sync.ts';
import type { Red } from './red.ts';
import type { Reloj } from './reloj.ts';

type Quiza<T> = T | Promise<T>;

/** What a phone calls: the model in memory, or the real handlers. Rejections are `NetFailure`. */
export interface ServidorDeSim {
  hello(input: HelloEntrada): Quiza<HelloSalida>;
  push(input: PushEntrada): Quiza<PushSalida>;
  pull(input: PullEntrada, usuario: string): Quiza<PullSalida>;
  /** Returns the turno's token. */
  registra(device: { id: string; secret: string }, usuario: string): Quiza<string>;
}

/** One promise of the phone broken on purpose. */
export type FallaTelefono =
  | 'cursor_antes' // the cursor is stored in its own transaction, before the rows
  | 'diario_borrado' // signing out clears the journal
  | 'sin_rebobinar'; // what was acked once is never sent again

/** Pages as small as this make every scope come in several answers. */
const LIMITE_PULL = 3;
const NUNCA = <T>(): Promise<T> => new Promise<T>(() => {});

let bases = 0;

/** The databases of a phone: the only thing of it that survives a crash. */
export class Telefono {
  readonly red: Red;
  readonly falla: FallaTelefono | null;
  journal: Journal;
  cache: Cache;
  persona: { usuario: string; sesion: boolean } | null = null;
  /** Of the wall clock, ms. */
  desfase = 0;
  lleno = false;

  constructor(red: Red, falla: FallaTelefono | null) {
    this.red = red;
    this.falla = falla;
    bases += 1;
    const n = bases;
    this.journal = new Journal({ open: () => new JournalDb(`journal-sim-${n}`) });
    this.cache = new Cache(() => new CacheDb(`cache-sim-${n}`));
  }

  /** The same bytes in another phone. */
  async clona(red: Red): Promise<Telefono> {
    const copia = new Telefono(red, this.falla);
    for (const table of this.journal.db.tables) {
      await copia.journal.db.table(table.name).bulkAdd(await table.toArray());
    }
    copia.persona = this.persona === null ? null : { ...this.persona };
    return copia;
  }

  async tira(): Promise<void> {
    this.journal.db.close();
    this.cache.db.close();
    await this.journal.db.delete();
    await this.cache.db.delete();
  }

  /** Every cached row by `tbl|pk`, as the server wrote it, with its scope ('' for the catalogue). */
  async filas(lado: 'visible' | 'cursor' = 'visible'): Promise<Map<string, { scope: string; fila: object }>> {
    const found = new Map<string, { scope: string; fila: object }>();
    for (const tbl of TABLAS_MARCADAS) {
      for (const { _s, _pk, ...fila } of await this.cache.db.table(tbl).toArray()) {
        found.set(`${tbl}|${_pk}`, { scope: _s, fila });
      }
    }
    const meta = await catalogoMeta(this.cache.db);
    const side = lado === 'cursor' ? (meta.llenando ?? meta.activa) : meta.activa;
    const productos = await conCatalogo(this.cache.db, (lectura) => lectura.filas('productos'), side);
    for (const fila of productos) {
      found.set(`productos|${fila.id}`, { scope: 'catalogo', fila });
    }
    return found;
  }
}

/** One tab: a running engine that can die at any border between it and the databases. */
export class Pestana {
  readonly telefono: Telefono;
  readonly engine: SyncEngine;
  readonly #stop = new AbortController();
  readonly #reloj: Reloj;
  viva = true;
  /** Dies at the n-th operation on the databases, before or after it took effect. */
  choque: { en: number; momento: 'antes' | 'despues' } | null = null;
  /** This many operations on the journal fail as on a handle that WebKit killed. */
  sorda = 0;
  /** One operation on the journal never answers. */
  cuelga = false;

  constructor(telefono: Telefono, servidor: () => ServidorDeSim, reloj: Reloj, random: () => number) {
    this.telefono = telefono;
    this.#reloj = reloj;
    const { red } = telefono;
    const quien = () => telefono.persona?.usuario ?? '';
    const journal = journalPort(telefono.journal);
    this.engine = new SyncEngine({
      journal: this.#wrap(this.#journal(journal), true) as JournalPort,
      cache: this.#wrap(this.#cache(), false) as CachePort,
      net: {
        hello: (input, signal) => red.call(signal, () => servidor().hello(input)),
        push: (input, signal) => red.call(signal, () => servidor().push(input)),
        pull: (input, signal) => {
          const usuario = quien();
          return red.call(signal, () => servidor().pull({ ...input, limit: LIMITE_PULL }, usuario));
        },
      },
      auth: {
        hasSession: () => telefono.persona?.sesion === true,
        refresh: async () => (telefono.persona?.sesion ? 'ok' : 'refused'),
        register: async (device, signal) => {
          const { persona } = telefono;
          if (!persona?.sesion) return 'refused';
          try {
            const token = await red.call(signal, () => servidor().registra(device, persona.usuario));
            await this.#op(false, () => entra(telefono, persona.usuario, token, reloj.now));
            return 'ok';
          } catch (error) {
            if (error instanceof NetFailure && error.kind !== 'http') return 'unreachable';
            throw error;
          }
        },
      },
      clock: reloj.phone(() => telefono.desfase),
      random,
      app: 'sim',
      log: () => {},
    });
    void this.engine.run(this.#stop.signal);
  }

  mata(): void {
    this.viva = false;
    this.#stop.abort();
  }

  /** Saves as a screen does: resolves true only when the line was shown as saved. */
  async guarda(name: string, args: { id: string; conteoId: string; n: number }): Promise<boolean> {
    const { persona, journal } = this.telefono;
    if (!this.viva || !persona) return false;
    const nueva = {
      name,
      args: JSON.stringify(args),
      usuario: persona.usuario,
      createdAt: new Date(this.#reloj.now + this.telefono.desfase).toISOString(),
      desfaseGuardarMs: null,
      entidad: args.id,
      conteo: args.conteoId,
    };
    let shown = false;
    const saving = this.#op(false, () => journal.save([nueva])).then(() => {
      shown = true;
      this.engine.poke('guardado');
    });
    void saving.catch(() => {});
    await this.#reloj.settle();
    return shown;
  }

  #journal(port: JournalPort): JournalPort {
    if (this.telefono.falla !== 'sin_rebobinar') return port;
    return { ...port, rewind: async () => 0 };
  }

  #cache(): CachePort {
    const { telefono } = this;
    return {
      schema: 1,
      cursors: () => telefono.cache.cursors(),
      applyPull: async (answer, sent, device) => {
        if (telefono.lleno) throw new DOMException('full', 'QuotaExceededError');
        if (telefono.falla === 'cursor_antes') {
          const solo = answer.pages.map((page) => ({ ...page, upserts: {}, deletes: {} }));
          const cursores = { ...answer, pages: solo, lastMid: null, scopesRemoved: [] };
          await telefono.cache.applyPull(cursores, sent, device);
          // The border that one transaction does not have.
          if (this.choque !== null && --this.choque.en <= 0) {
            this.mata();
            return;
          }
          await telefono.cache.applyPull(
            { ...answer, pages: answer.pages.map((page) => ({ ...page, reset: false })) },
            Object.fromEntries(answer.pages.map((page) => [page.scope, page.cursor])),
            device,
          );
          return;
        }
        await telefono.cache.applyPull(answer, sent, device);
      },
      reopen: () => telefono.cache.reopen(),
      rebuild: () => telefono.cache.rebuild(),
    };
  }

  /** One operation on the databases: the border where a process can die. */
  async #op<T>(journal: boolean, work: () => Promise<T>): Promise<T> {
    if (!this.viva) return NUNCA<T>();
    if (journal && this.cuelga) {
      this.cuelga = false;
      return NUNCA<T>();
    }
    if (journal && this.sorda > 0) {
      this.sorda -= 1;
      throw new DOMException('The connection was lost', 'InvalidStateError');
    }
    const { choque } = this;
    const here = choque !== null && --choque.en <= 0;
    if (here && choque.momento === 'antes') {
      this.mata();
      return NUNCA<T>();
    }
    const value = await this.#reloj.working(work());
    if (here) this.mata();
    return this.viva ? value : NUNCA<T>();
  }

  #wrap<P extends object>(port: P, journal: boolean): P {
    return new Proxy(port, {
      get: (target, key) => {
        const member = target[key as keyof P];
        if (typeof member !== 'function') return member;
        if (key === 'reopen') {
          return () => {
            this.sorda = 0;
            if (this.viva) (member as () => void)();
          };
        }
        return (...args: unknown[]) =>
          this.#op(journal, () => (member as (...all: unknown[]) => Promise<unknown>)(...args));
      },
    });
  }
}

/** What a log-in leaves in the journal. */
export async function entra(telefono: Telefono, usuario: string, token: string, now: number): Promise<void> {
  const at = new Date(now).toISOString();
  await telefono.journal.enter(
    {
      usuarioId: usuario,
      nombre: usuario,
      correo: null,
      rol: 'almacenista',
      tiendaIds: ['1', '2'],
      limiteAjuste: null,
      expiraEn: at,
    },
    { usuario, token, emitido_en: at, expira_en: at },
  );
}
