/**
 * So many empty phones that ask for the whole catalogue in the same instant: what the server pays. Each does what the app
 * does over the wire (registration, hello, manifest, chunks one ahead, the other scopes by pages) and drops what it reads: a
 * hundred full caches would cost more processor than the server.
 */
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { newId } from '#server/platform/clock.ts';
import type { ManifiestoSnapshot } from '#shared/contracts/snapshot.ts';
import { ESQUEMA_PULL, type PullSalida } from '#shared/contracts/sync.ts';
import { cpuDe, cpuDeFamilia } from '../carga/procesador.ts';
import { Nuestros, type Servidor } from './servidores.ts';

interface Persona {
  readonly usuario: string;
  readonly contrasena: string;
}

const LIMITE = 1_000;

/** One empty phone. */
class Vacio {
  /** Of the catalogue's chunks. */
  bytes = 0;
  rehusadas = 0;
  readonly #url: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 6 });
  readonly #equipo = { deviceId: newId(), secret: randomBytes(24).toString('hex') };

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** The body as text, or nothing of it; waits as long as the server says when it is full. */
  async #pide(ruta: string, cuerpo: object | null, lee: boolean): Promise<string> {
    for (;;) {
      // A kept connection may close as it is used again: a phone asks once more.
      const { estado, espera, texto } = await this.#una(ruta, cuerpo, lee).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
        return { estado: 503, espera: 1, texto: '' };
      });
      if (estado === 200) return texto;
      if (estado !== 429 && estado !== 503) throw new Error(`${ruta}: ${estado} ${texto}`);
      this.rehusadas += 1;
      await new Promise((ya) => setTimeout(ya, espera * 1_000));
    }
  }

  #una(
    ruta: string,
    cuerpo: object | null,
    lee: boolean,
  ): Promise<{ estado: number; espera: number; texto: string }> {
    const { deviceId, secret } = this.#equipo;
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.#token}`,
        'x-device-id': deviceId,
        'x-device-secret': secret,
        // What is read is asked for as it is, so that this process has no work with it.
        ...(lee ? {} : { 'accept-encoding': 'br' }),
        ...(cuerpo === null ? {} : { 'content-type': 'application/json' }),
      };
      const call = request(
        this.#url + ruta,
        { method: cuerpo === null ? 'GET' : 'POST', agent: this.#agent, headers },
        (r) => {
          const trozos: Buffer[] = [];
          r.on('data', (trozo: Buffer) => {
            if (!lee) this.bytes += trozo.length;
            if (lee || r.statusCode !== 200) trozos.push(trozo);
          });
          r.on('error', reject);
          r.on('end', () =>
            resolve({
              estado: r.statusCode ?? 0,
              espera: Number(r.headers['retry-after'] ?? 1),
              texto: Buffer.concat(trozos).toString(),
            }),
          );
        },
      );
      call.on('error', reject);
      call.end(cuerpo === null ? undefined : JSON.stringify(cuerpo));
    });
  }

  async #sync<T>(nombre: string, datos: object): Promise<T> {
    const texto = await this.#pide(`/api/trpc/sync.${nombre}`, { ...this.#equipo, ...datos }, true);
    return (JSON.parse(texto) as { result: { data: T } }).result.data;
  }

  /** Everything that the person's phone holds, once. */
  async copia(): Promise<void> {
    await this.#sync('registra', { nombre: 'Copia', app: 'copia' });
    await this.#sync('hello', { app: 'copia', schema: ESQUEMA_PULL, pending: 0, oldestPendingAt: null });
    const foto = '/api/sync/snapshot/catalogo';
    const manifiesto = JSON.parse(
      await this.#pide(`${foto}/manifest?schema=${ESQUEMA_PULL}`, null, true),
    ) as ManifiestoSnapshot;
    let antes: Promise<unknown> = Promise.resolve();
    for (const { sha256 } of manifiesto.trozos) {
      const este = this.#pide(`${foto}/${sha256}`, null, false);
      await antes;
      antes = este;
    }
    await antes;
    let cursors: Record<string, string> = {};
    for (let hecho = false; !hecho; ) {
      const salida = await this.#sync<PullSalida>('pull', {
        schema: ESQUEMA_PULL,
        cursors,
        limit: LIMITE,
        omite: ['catalogo'],
      });
      cursors = {
        ...cursors,
        ...Object.fromEntries(salida.pages.map(({ scope, cursor }) => [scope, cursor])),
      };
      hecho = salida.done;
    }
    this.#agent.destroy();
  }
}

async function entra({ url }: Servidor, { usuario, contrasena }: Persona): Promise<string> {
  const respuesta = await fetch(`${url}/api/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: usuario, password: contrasena }),
  });
  if (!respuesta.ok) throw new Error(`no entra: ${respuesta.status}`);
  return ((await respuesta.json()) as { access_token: string }).access_token;
}

export async function copias(
  telefonos: readonly number[],
  productos: number,
  persona: Persona,
): Promise<void> {
  const nuestros = await Nuestros.prepara(productos);
  try {
    const postmaster = await nuestros.postmaster();
    console.log(
      '| teléfonos vacíos a la vez | completos p50, p95, el último | CPU servidor + PostgreSQL | trozos de cada uno | 429, 503 y sin respuesta | carga |',
    );
    console.log(`|${'---|'.repeat(6)}`);
    for (const cuantos of telefonos) {
      const servidor = await nuestros.abre();
      try {
        const token = await entra(servidor, persona);
        // One before, so that what the server compiles once is no phone's.
        await new Vacio(servidor.url, token).copia();
        const vacios = Array.from({ length: cuantos }, () => new Vacio(servidor.url, token));
        const antes = { servidor: cpuDe(servidor.pid!), postgres: cpuDeFamilia(postmaster) };
        const desde = performance.now();
        const tardaron = await Promise.all(
          vacios.map(async (vacio) => {
            await vacio.copia();
            return (performance.now() - desde) / 1_000;
          }),
        );
        tardaron.sort((a, b) => a - b);
        const en = (parte: number) =>
          tardaron[Math.min(cuantos - 1, Math.floor(cuantos * parte))]!.toFixed(2);
        const cpu = [cpuDe(servidor.pid!) - antes.servidor, cpuDeFamilia(postmaster) - antes.postgres];
        const suma = (de: (vacio: Vacio) => number) => vacios.reduce((total, vacio) => total + de(vacio), 0);
        console.log(
          `| ${cuantos} | ${en(0.5)}, ${en(0.95)}, ${en(1)} s | ${cpu[0]!.toFixed(1)} + ${cpu[1]!.toFixed(1)} s | ${(suma(({ bytes }) => bytes) / cuantos / 1e6).toFixed(2)} MB | ${suma(({ rehusadas }) => rehusadas)} | ${loadavg()[0]!.toFixed(1)} |`,
        );
      } finally {
        await servidor.cierra();
      }
    }
  } finally {
    await nuestros.cierra();
  }
}
