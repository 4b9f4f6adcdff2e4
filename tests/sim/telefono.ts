import { SyncEngine } from '#client/offline/core/engine.ts';
import { type CachePort, type JournalPort, NetFailure } from '#client/offline/core/ports.ts';
import type {
  HelloEntrada,
  HelloSalida,
  PullEntrada,
  PullSalida,
  PushEntrada,
  PushSalida,
  TurnoDeAntes,
} from '#shared/contracts/sync.ts';
import { cacheConFalla, diarioConFalla, type FallaTelefono, redConFalla } from '../faults/fallas-telefono.ts';
import type { AltaDeSim, Bases } from './bases.ts';
import type { Red } from './red.ts';
import type { Reloj } from './reloj.ts';

type Quiza<T> = T | Promise<T>;

/** What a phone calls: the model in memory, or the real handlers. Rejections are `NetFailure`. */
export interface ServidorDeSim {
  hello(input: HelloEntrada): Quiza<HelloSalida>;
  push(input: PushEntrada): Quiza<PushSalida>;
  pull(input: PullEntrada, usuario: string): Quiza<PullSalida>;
  registra(
    device: { id: string; secret: string },
    usuario: string,
    deAntes: readonly TurnoDeAntes[],
  ): Quiza<AltaDeSim>;
}

/** Rows a page: as few as this make every scope come in several answers. */
const LIMITE_PULL = 3;
const NUNCA = <T>(): Promise<T> => new Promise<T>(() => {});

/** A phone: its databases are the only thing of it that survives a crash. */
export class Telefono<B extends Bases = Bases> {
  readonly red: Red;
  readonly falla: FallaTelefono | null;
  readonly bases: B;
  persona: { usuario: string; sesion: boolean } | null = null;
  /** Of the wall clock, ms. */
  desfase = 0;
  lleno = false;
  limite = LIMITE_PULL;
  /** Of the rows that its version of the app reads. */
  esquema = 1;
  turnos = new Map<string, string>();

  constructor(red: Red, bases: B, falla: FallaTelefono | null = null) {
    this.red = red;
    this.bases = bases;
    this.falla = falla;
  }

  /** The same bytes in another phone. */
  async clona(red: Red): Promise<Telefono> {
    const copia = new Telefono(red, await this.bases.clona(), this.falla);
    copia.persona = this.persona === null ? null : { ...this.persona };
    copia.esquema = this.esquema;
    copia.turnos = new Map(this.turnos);
    return copia;
  }

  async entra(usuario: string, alta: AltaDeSim, now: number): Promise<void> {
    await this.bases.entra(usuario, alta, now);
    this.turnos.set(usuario, alta.token);
  }

  async renueva(usuario: string, alta: AltaDeSim, now: number): Promise<void> {
    await this.bases.renueva(usuario, alta, now);
    this.turnos.set(usuario, alta.token);
  }
}

type Guardada = { id: string; conteoId: string; n: number };

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
  #serie = '';
  /** Only with the seeded bug `memoria_hasta_vaciar`. */
  #enMemoria: (() => Promise<unknown>)[] = [];

  constructor(telefono: Telefono, servidor: () => ServidorDeSim, reloj: Reloj, random: () => number) {
    this.telefono = telefono;
    this.#reloj = reloj;
    const { red, bases } = telefono;
    const quien = () => telefono.persona?.usuario ?? '';
    const contexto = {
      falla: telefono.falla,
      bases,
      lleno: () => telefono.lleno,
      muere: () => {
        if (this.choque === null || --this.choque.en > 0) return false;
        this.mata();
        return true;
      },
      turno: () => telefono.turnos.get(quien()) ?? null,
    };
    const net = {
      hello: (input: HelloEntrada, signal: AbortSignal) => red.call(signal, () => servidor().hello(input)),
      push: (input: PushEntrada, signal: AbortSignal) => red.call(signal, () => servidor().push(input)),
      pull: (input: PullEntrada, signal: AbortSignal) => {
        const usuario = quien();
        return red.call(signal, () => servidor().pull({ ...input, limit: telefono.limite }, usuario));
      },
    };
    this.engine = new SyncEngine({
      journal: this.#wrap(diarioConFalla(bases.diario, contexto), true) as JournalPort,
      cache: this.#wrap(this.#cache(contexto), false) as CachePort,
      net: redConFalla(net, contexto),
      auth: {
        hasSession: () => telefono.persona?.sesion === true,
        refresh: async () => (telefono.persona?.sesion ? 'ok' : 'refused'),
        register: async (device, signal) => {
          const { persona } = telefono;
          if (!persona?.sesion) return 'refused';
          try {
            const deAntes = await this.#op(false, () => bases.turnosDeAntes());
            const alta = await red.call(signal, () => servidor().registra(device, persona.usuario, deAntes));
            await this.#op(false, () => telefono.renueva(persona.usuario, alta, reloj.now));
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
  async guarda(name: string, args: Guardada): Promise<boolean> {
    const { persona, bases, falla } = this.telefono;
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
    if (falla === 'memoria_hasta_vaciar') {
      this.#enMemoria.push(() => bases.guarda([nueva]));
      return true;
    }
    let shown = false;
    const saving = this.#op(false, () => bases.guarda([nueva])).then(() => {
      shown = true;
      this.engine.poke('guardado');
    });
    void saving.catch(() => {});
    await this.#reloj.settle();
    return shown;
  }

  /** With `memoria_hasta_vaciar`: the flush that comes later, if the tab still lives. */
  async vacia(): Promise<void> {
    if (!this.viva) return;
    for (const guarda of this.#enMemoria.splice(0)) await guarda();
    this.engine.poke('guardado');
  }

  #cache(contexto: Parameters<typeof cacheConFalla>[1]): CachePort {
    const { telefono } = this;
    const { cache } = telefono.bases;
    const tarde = telefono.falla === 'relevo_tarde';
    return {
      schema: telefono.esquema,
      cursors: async () => {
        this.#serie = await cache.serie();
        return cache.cursors();
      },
      applyPull: cacheConFalla(
        (answer, sent, device) => cache.applyPull(answer, sent, device, tarde ? undefined : this.#serie),
        contexto,
      ),
      dropLevel: (device, mid) => cache.dropLevel(device, mid),
      reopen: () => cache.reopen(),
      rebuild: () => cache.rebuild(),
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
