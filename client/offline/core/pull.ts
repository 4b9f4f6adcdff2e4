import { SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import type { PullSalida } from '#shared/contracts/sync.ts';
import type { Foto } from './foto.ts';
import { type DeviceInfo, type EnginePorts, NetFailure } from './ports.ts';
import type { Verificador } from './verifica.ts';

/** Rows asked for per answer at first: usable soon after the start, 50 kB compressed. */
const FILAS_INICIO = 1_000;
/** The most that the server gives, 200 kB compressed, and the least that is worth a round trip. */
const FILAS_MAX = 5_000;
const FILAS_MIN = 250;
/** An answer that came sooner doubles what is asked for next; one that did not come within its deadline quarters it. */
const PRONTO_MS = 1_500;
/** From this many rows on, the next page is asked for while this one is stored. */
const FILAS_ADELANTE = 500;
/** Storage failures in a row after which the cache is thrown away and filled again. */
const CACHE_STRIKES = 3;

export type Call = <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** A cache that cannot be written. `full`: the phone has no room, so filling it again would not help. */
export class CacheFailure extends Error {
  readonly full: boolean;

  constructor(cause: unknown) {
    super('CACHE_FALLA', { cause });
    this.name = 'CacheFailure';
    this.full = names(cause).includes('QuotaExceededError');
  }
}

/** Names along the chain of causes; Dexie wraps the browser's error as `inner`. */
function names(error: unknown): string[] {
  const found: string[] = [];
  let at = error as { name?: string; inner?: unknown; cause?: unknown } | null | undefined;
  for (let depth = 0; at && depth < 6; depth += 1) {
    if (at.name) found.push(at.name);
    at = (at.inner ?? at.cause) as typeof at;
  }
  return found;
}

export type Pagina = { sent: Readonly<Record<string, string>>; answer: PullSalida };
/** A page asked for while the greeting travels, and as which device. */
export type Adelanto = { id: string; viene: Promise<Pagina> };

/** The cursors as they will be once the answer is stored. */
function cursoresTras({ sent, answer }: Pagina): Record<string, string> {
  const next = { ...sent };
  for (const scope of answer.scopesRemoved) delete next[scope];
  for (const page of answer.pages) next[page.scope] = page.cursor;
  return next;
}

function filasDe(answer: PullSalida): number {
  let total = 0;
  for (const page of answer.pages) {
    for (const rows of Object.values(page.upserts)) total += rows.length;
  }
  return total;
}

/** Memory of the receiver between rounds. */
export class Receiver {
  readonly #ports: EnginePorts;
  #foto: Foto | null = null;
  #verificador: Verificador | null = null;
  #strikes = 0;
  #limit = FILAS_INICIO;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /**
   * Asks for the first page without waiting for the greeting, for a phone that has its rows already. What comes is stored by
   * `level` alone, if the greeting leaves no doubt. null: there is nothing to go on from.
   */
  async adelanta(device: DeviceInfo, call: Call): Promise<Adelanto | null> {
    const { cache } = this.#ports;
    // why: a broken cache holds no push back; `level` meets it again and says so
    const sent = await cache.cursors().catch(() => ({}) as Record<string, string>);
    if (Object.keys(sent).length === 0 || (cache.foto && sent[SCOPE_SNAPSHOT] === undefined)) return null;
    const viene = this.#ask(sent, { ...device }, call, []);
    // why: a round that ends with the greeting waits for nothing
    viene.catch(() => {});
    return { id: device.id, viene };
  }

  /**
   * Asks and applies until every scope is at its head; a catalogue without a cursor comes as a snapshot where the server
   * has one, all but its first chunk after the scopes that are needed first. Once a day what is here is compared with the server.
   */
  async level(device: DeviceInfo, call: Call, adelanto: Pagina | null = null): Promise<void> {
    const { cache } = this.#ports;
    for (let primera = adelanto; ; primera = null) {
      // The cursors are read once for each question: whose rows they are is noted with them.
      const sinCatalogo = primera === null && (await cache.cursors())[SCOPE_SNAPSHOT] === undefined;
      const foto = sinCatalogo ? await this.#prepara(device, call) : null;
      const adelanto = foto?.adelanta(device, call);
      const leveled = await this.#pages(device, call, foto ? [SCOPE_SNAPSHOT] : [], primera);
      await adelanto;
      if (foto) await foto.baja(device, call);
      else if (leveled && !(await this.#noCoincide(device, call))) return;
    }
  }

  /** The snapshot, when the server has one: its code is loaded for a phone without a catalogue. */
  async #prepara(device: DeviceInfo, call: Call): Promise<Foto | null> {
    if (!this.#ports.cache.foto) return null;
    if (this.#foto === null) {
      const parte = await import('./foto.ts').catch((error: unknown) => this.#sinCodigo(error));
      if (parte === null) return null;
      this.#foto = new parte.Foto(this.#ports, (work) => this.#store(work));
    }
    return (await this.#foto.prepara(device, call)) ? this.#foto : null;
  }

  /** A first start that lost its signal: pull brings the same rows, and what is due stays due. */
  #sinCodigo(error: unknown): null {
    this.#ports.log('pull.sin_codigo', { error: String(error) });
    return null;
  }

  /** The daily comparison, when it is due: its code is loaded for it. */
  async #noCoincide(device: DeviceInfo, call: Call): Promise<boolean> {
    const { cache, clock } = this.#ports;
    if (!cache.foto && !cache.cotejo) return false;
    const now = clock.now();
    const catalogo = (await cache.foto?.tocaVerificar(now)) ?? false;
    const otros = (await cache.cotejo?.tocan(now)) ?? [];
    if (!catalogo && otros.length === 0) return false;
    if (this.#verificador === null) {
      const parte = await import('./verifica.ts').catch((error: unknown) => this.#sinCodigo(error));
      if (parte === null) return false;
      this.#verificador = new parte.Verificador(this.#ports);
    }
    return this.#verificador.noCoincide(device, call);
  }

  /**
   * Pages until done. A page's rows and its cursor are stored together. While a large page is stored the next one is on
   * its way, asked for with the cursors that the storing will leave, and is dropped if it fails: a crash repeats at most
   * two pages. False: the server starts the catalogue anew and has a snapshot of it.
   */
  async #pages(device: DeviceInfo, call: Call, omite: string[], primera: Pagina | null): Promise<boolean> {
    const { cache } = this.#ports;
    let page = primera ?? (await this.#ask(await cache.cursors(), device, call, omite));
    for (;;) {
      const { sent, answer } = page;
      if (await this.#porFoto(page, device, call)) return false;
      const ahead =
        !answer.done && filasDe(answer) >= FILAS_ADELANTE
          ? this.#ask(cursoresTras(page), device, call, omite)
          : null;
      // why: when storing fails first, nobody waits for this one any more
      ahead?.catch(() => {});
      await this.#store(() => cache.applyPull(answer, sent, device.id));
      if (answer.done) {
        const cursor = sent[SCOPE_SNAPSHOT];
        const callado = !answer.pages.some((page) => page.scope === SCOPE_SNAPSHOT);
        if (callado && cursor !== undefined) await this.#store(async () => cache.foto?.alDia(cursor));
        return true;
      }
      page = await (ahead ?? this.#ask(await cache.cursors(), device, call, omite));
    }
  }

  /** True: the page begins a long catalogue anew, and it comes as a snapshot instead. */
  async #porFoto({ sent, answer }: Pagina, device: DeviceInfo, call: Call): Promise<boolean> {
    const cursor = sent[SCOPE_SNAPSHOT];
    const anew = answer.pages.some((page) => page.scope === SCOPE_SNAPSHOT && page.reset && !page.head);
    if (!anew || cursor === undefined || !(await this.#prepara(device, call))) return false;
    await this.#store(async () => this.#ports.cache.foto?.suelta(cursor));
    return true;
  }

  async #ask(sent: Record<string, string>, device: DeviceInfo, call: Call, omite: string[]): Promise<Pagina> {
    const { cache, net, clock } = this.#ports;
    const started = clock.mono();
    const input = {
      deviceId: device.id,
      secret: device.secret,
      schema: cache.schema,
      cursors: sent,
      limit: this.#limit,
      ...(omite.length > 0 ? { omite } : {}),
    };
    try {
      const answer = await call((signal) => net.pull(input, signal));
      if (clock.mono() - started < PRONTO_MS) this.#limit = Math.min(FILAS_MAX, this.#limit * 2);
      return { sent, answer };
    } catch (error) {
      if (error instanceof NetFailure && error.kind === 'tiempo') {
        this.#limit = Math.max(FILAS_MIN, Math.floor(this.#limit / 4));
      }
      throw error;
    }
  }

  async #store<T>(work: () => Promise<T>): Promise<T> {
    const { cache, log } = this.#ports;
    try {
      const value = await work();
      this.#strikes = 0;
      return value;
    } catch (cause) {
      const failure = new CacheFailure(cause);
      this.#strikes += 1;
      log('pull.cache', { intento: this.#strikes, error: String(cause) });
      cache.reopen();
      if (!failure.full && this.#strikes >= CACHE_STRIKES) {
        this.#strikes = 0;
        await cache.rebuild();
      }
      throw failure;
    }
  }
}
