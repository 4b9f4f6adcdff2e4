import { connect, createServer, type Server, type Socket } from 'node:net';

/** What the wire does to a piece of a request, or to the answer that it brings. */
const ACCIDENTES = [
  'corta_peticion', // some bytes of the piece arrive, then the line is dead
  'corta_respuesta', // the server does its work, some bytes of its answer arrive
  'rst_antes', // nothing of the piece arrives: connection reset
  'rst_despues', // the piece arrives, the answer never: connection reset
  'demora',
  'agujero', // the answer vanishes, and the line dies some seconds later
] as const;
export type Accidente = (typeof ACCIDENTES)[number];

const DEMORA_MS = 1_200;
const AGUJERO_MS = 4_000;

/**
 * A TCP proxy in front of a server that is killed and started again on other ports. It knows nothing of HTTP: it cuts
 * bytes wherever they are. `maldad` is the share of pieces (what one read of a socket gives) that meet an accident.
 */
export class Cable {
  /** Where the server listens now; null: nobody does. */
  destino: number | null = null;
  maldad = 0;
  readonly puerto: number;
  readonly golpes = new Map<Accidente, number>();
  readonly #server: Server;
  readonly #azar: () => number;
  readonly #abiertas = new Set<Conexion>();
  readonly #espera = new Set<(bytes: number) => void>();

  private constructor(server: Server, puerto: number, azar: () => number) {
    this.#server = server;
    this.puerto = puerto;
    this.#azar = azar;
  }

  static abre(azar: () => number): Promise<Cable> {
    return new Promise((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        const puerto = typeof address === 'object' && address !== null ? address.port : 0;
        const cable = new Cable(server, puerto, azar);
        server.on('connection', (abajo) => cable.#conecta(abajo));
        resolve(cable);
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.puerto}`;
  }

  /** Connections whose last bytes went to the server: a call that has no answer yet. */
  get enVuelo(): number {
    return [...this.#abiertas].filter((conexion) => conexion.enVuelo).length;
  }

  /** Resolves at the next piece of at least `bytes` that goes to the server, or after `ms`: true when there was one. */
  subida(bytes: number, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(false), ms);
      const seen = (many: number) => many >= bytes && done(true);
      const done = (there: boolean) => {
        clearTimeout(timer);
        this.#espera.delete(seen);
        resolve(there);
      };
      this.#espera.add(seen);
    });
  }

  async cierra(): Promise<void> {
    for (const conexion of this.#abiertas) conexion.corta();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accidente(): Accidente | null {
    if (this.#azar() >= this.maldad) return null;
    const accidente = ACCIDENTES[Math.floor(this.#azar() * ACCIDENTES.length)]!;
    this.golpes.set(accidente, (this.golpes.get(accidente) ?? 0) + 1);
    return accidente;
  }

  #conecta(abajo: Socket): void {
    if (this.destino === null) {
      abajo.on('error', () => {});
      abajo.resetAndDestroy();
      return;
    }
    const conexion = new Conexion(
      abajo,
      connect(this.destino, '127.0.0.1'),
      () => this.#accidente(),
      this.#azar,
      (bytes) => {
        for (const seen of [...this.#espera]) seen(bytes);
      },
    );
    this.#abiertas.add(conexion);
    abajo.once('close', () => this.#abiertas.delete(conexion));
  }
}

class Conexion {
  enVuelo = false;
  readonly #abajo: Socket;
  readonly #arriba: Socket;
  readonly #azar: () => number;
  #respuesta: 'pasa' | 'corta' | 'traga' = 'pasa';
  /** Pieces keep their order, delayed or not. */
  #cola: Promise<void> = Promise.resolve();

  constructor(
    abajo: Socket,
    arriba: Socket,
    accidente: () => Accidente | null,
    azar: () => number,
    visto: (bytes: number) => void,
  ) {
    this.#abajo = abajo;
    this.#arriba = arriba;
    this.#azar = azar;
    abajo.on('data', (trozo: Buffer) => {
      const golpe = accidente();
      this.#cola = this.#cola.then(() => this.#sube(trozo, golpe, visto));
    });
    arriba.on('data', (trozo: Buffer) => this.#baja(trozo));
    for (const [uno, otro] of [
      [abajo, arriba],
      [arriba, abajo],
    ] as const) {
      // why: a reset is what this proxy is for; the other side hears it by its own close
      uno.on('error', () => {});
      uno.on('close', () => otro.destroy());
      uno.on('end', () => otro.end());
    }
  }

  corta(): void {
    this.#abajo.destroy();
    this.#arriba.destroy();
  }

  async #sube(trozo: Buffer, golpe: Accidente | null, visto: (bytes: number) => void): Promise<void> {
    if (golpe === 'rst_antes') return this.#resetea();
    if (golpe === 'demora') await new Promise((r) => setTimeout(r, this.#azar() * DEMORA_MS));
    if (this.#arriba.destroyed) return;
    if (golpe === 'corta_peticion') {
      this.#arriba.write(trozo.subarray(0, this.#parte(trozo)), () => this.corta());
      return;
    }
    this.enVuelo = true;
    this.#arriba.write(trozo);
    visto(trozo.length);
    if (golpe === 'corta_respuesta') this.#respuesta = 'corta';
    else if (golpe === 'rst_despues') setTimeout(() => this.#resetea(), this.#azar() * 200);
    else if (golpe === 'agujero') {
      this.#respuesta = 'traga';
      setTimeout(() => this.#resetea(), this.#azar() * AGUJERO_MS);
    }
  }

  #baja(trozo: Buffer): void {
    this.enVuelo = false;
    if (this.#respuesta === 'traga' || this.#abajo.destroyed) return;
    if (this.#respuesta === 'corta') {
      this.#abajo.write(trozo.subarray(0, this.#parte(trozo)), () => this.corta());
      return;
    }
    this.#abajo.write(trozo);
  }

  #parte(trozo: Buffer): number {
    return Math.floor(this.#azar() * trozo.length);
  }

  #resetea(): void {
    if (!this.#abajo.destroyed) this.#abajo.resetAndDestroy();
    this.#arriba.destroy();
  }
}
