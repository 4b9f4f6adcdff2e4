import { randomBytes } from 'node:crypto';
import { Cache } from '#client/offline/cache.ts';
import { cotejoDe } from '#client/offline/cache-cotejo.ts';
import { CacheDb, catalogoMeta } from '#client/offline/cache-db.ts';
import { fotoDe } from '#client/offline/cache-foto.ts';
import { conCatalogo } from '#client/offline/catalogo.ts';
import { type EnginePorts, NetFailure, type NetPort } from '#client/offline/core/ports.ts';
import { Receiver } from '#client/offline/core/pull.ts';
import { newId } from '#server/platform/clock.ts';
import { sha256Hex } from '#server/sync/huella.ts';
import { syncPort } from '#server/sync/port.ts';
import { pull } from '#server/sync/pull.ts';
import { verifica } from '#server/sync/verifica.ts';
import { ESQUEMA_PULL, type PullSalida } from '#shared/contracts/sync.ts';
import { isAppError } from '#shared/errores.ts';
import type { TestUser } from '../db/people.ts';
import type { TestServer } from '../db/server.ts';

let bases = 0;

/** The receiving half of a phone, real from the engine to IndexedDB, against a test's server. */
export class TelefonoFoto {
  readonly server: TestServer;
  readonly persona: TestUser;
  readonly device = { id: newId(), secret: randomBytes(24).toString('hex') };
  readonly cache: Cache;
  /** What it asked for, in order: `pull`, `manifest`, the first digits of a chunk. */
  pedidos: string[] = [];
  dicho: string[] = [];
  /** Changes an answer, or throws in its place. */
  alTrozo: (bytes: Uint8Array, n: number) => Uint8Array | Promise<Uint8Array> = (bytes) => bytes;
  alPull: () => Promise<unknown> = async () => {};
  alSalida: (salida: PullSalida) => PullSalida = (salida) => salida;
  limite = 5_000;
  /** An old server has no manifest; an old client does not ask. */
  sinFoto: 'servidor' | 'cliente' | null = null;
  /** Compares the other scopes too. */
  conCotejo = false;
  ahora = Date.parse('2026-03-02T16:00:00Z');
  mono = 0;
  #trozos = 0;

  constructor(server: TestServer, persona: TestUser) {
    this.server = server;
    this.persona = persona;
    bases += 1;
    const name = `cache-foto-${bases}`;
    this.cache = new Cache(() => new CacheDb(name));
  }

  async registra(): Promise<this> {
    await this.server.db.asService(async (tx) => {
      await tx
        .insertInto('sync.device')
        .values({ id: this.device.id, secret_hash: sha256Hex(this.device.secret), nombre: 'De prueba' })
        .execute();
    });
    return this;
  }

  /** `GET` as this person on this device. */
  async pide(path: string, cambios: { secret?: string; sinSesion?: boolean } = {}): Promise<Response> {
    const headers = {
      'accept-encoding': 'br, gzip',
      'x-device-id': this.device.id,
      'x-device-secret': cambios.secret ?? this.device.secret,
    };
    return this.server.fetch(
      `/api/sync/snapshot/${path}`,
      { headers },
      cambios.sinSesion ? undefined : this.persona,
    );
  }

  async #bien(path: string): Promise<Response> {
    const response = await this.pide(path);
    if (response.ok) return response;
    throw new NetFailure('http', { status: response.status });
  }

  /** A new process over the same databases: pulls and chunks until level, or until something throws. */
  async nivela(): Promise<void> {
    const { server, persona, cache, device } = this;
    const net: Partial<NetPort> = {
      pull: async (input) => {
        this.pedidos.push('pull');
        try {
          const limit = Math.min(input.limit, this.limite);
          const salida = await pull(syncPort(server.deps), persona.id, { ...input, limit });
          await this.alPull();
          return this.alSalida(salida);
        } catch (error) {
          throw isAppError(error) ? new NetFailure('http', { status: 400, code: error.code }) : error;
        }
      },
      verify: async (input) => {
        this.pedidos.push(input.scope === 'catalogo' ? 'verify' : `verify ${input.scope.split(':')[0]}`);
        return verifica(server.db, persona.id, input);
      },
    };
    if (this.sinFoto !== 'cliente') {
      net.manifiesto = async ({ scope, schema }) => {
        this.pedidos.push('manifest');
        const path =
          this.sinFoto === 'servidor' ? `${scope}/no/existe` : `${scope}/manifest?schema=${schema}`;
        return (await this.#bien(path)).json();
      };
      net.trozo = async ({ scope, sha256 }) => {
        this.pedidos.push(sha256.slice(0, 6));
        const n = this.#trozos;
        this.#trozos += 1;
        return this.alTrozo(new Uint8Array(await (await this.#bien(`${scope}/${sha256}`)).arrayBuffer()), n);
      };
    }
    const ports = {
      cache: {
        schema: ESQUEMA_PULL,
        cursors: () => cache.cursors(),
        applyPull: (answer: PullSalida, sent: Record<string, string>, id: string) =>
          cache.applyPull(answer, sent, id),
        reopen: () => cache.reopen(),
        rebuild: () => cache.rebuild(),
        foto: fotoDe(cache),
        ...(this.conCotejo ? { cotejo: cotejoDe(cache) } : {}),
      },
      net,
      clock: { mono: () => this.mono, now: () => this.ahora, sleep: async () => {} },
      log: (event: string) => this.dicho.push(event),
    } as unknown as EnginePorts;
    await new Receiver(ports).level({ ...device }, (work) => work(new AbortController().signal));
  }

  /** Chunks asked for so far. */
  get trozos(): string[] {
    return this.pedidos.filter((pedido) => /^[0-9a-f]{6}$/.test(pedido));
  }

  /** What is visible: names of products and products of codes, by id; and whether the side is whole. */
  async catalogo() {
    const { completo, lados, activa } = await catalogoMeta(this.cache.db);
    return conCatalogo(this.cache.db, async (lectura) => ({
      productos: new Map((await lectura.filas('productos')).map((fila) => [fila.id, fila.nombre])),
      codigos: new Map((await lectura.filas('codigos_barras')).map((fila) => [fila.id, fila.productoId])),
      completo,
      cuenta: lados[activa].productos,
    }));
  }

  async tira(): Promise<void> {
    this.cache.db.close();
    await this.cache.db.delete();
  }
}
