import { CONTRASENA_DEMO } from '../../../database/seed/demo-fijos.ts';

/** Answer of `GET /api/transacciones`, what the tests look at. */
export interface Movimiento {
  readonly id: string;
  readonly codigo: string;
  readonly tipo: string;
  readonly cantidad: string;
  readonly ocurridaEn: string;
}

export interface Respuesta {
  readonly status: number;
  readonly texto: string;
}

/** The REST and tRPC of the server as a script calls them, with one person's token. */
export class Api {
  readonly #url: () => string;
  readonly token: string;

  private constructor(url: () => string, token: string) {
    this.#url = url;
    this.token = token;
  }

  static async entra(url: () => string, usuario: string): Promise<Api> {
    const response = await fetch(`${url()}/api/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: usuario, password: CONTRASENA_DEMO }),
    });
    if (!response.ok) throw new Error(`${usuario}: ${response.status} ${await response.text()}`);
    const { access_token } = (await response.json()) as { access_token: string };
    return new Api(url, access_token);
  }

  /** Any path, whatever it answers. */
  async pide(ruta: string, init: RequestInit = {}): Promise<Respuesta> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.token}`);
    const response = await fetch(this.#url() + ruta, { ...init, headers });
    return { status: response.status, texto: await response.text() };
  }

  /** A tRPC query, whatever it answers. */
  consulta(procedimiento: string, entrada?: unknown): Promise<Respuesta> {
    const input = entrada === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(entrada))}`;
    return this.pide(`/api/trpc/${procedimiento}${input}`);
  }

  /** A tRPC mutation, whatever it answers. */
  ordena(procedimiento: string, entrada: unknown): Promise<Respuesta> {
    return this.pide(`/api/trpc/${procedimiento}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(entrada),
    });
  }

  async movimientos(filtro: Record<string, string>): Promise<Movimiento[]> {
    const { status, texto } = await this.pide(`/api/transacciones?${new URLSearchParams(filtro)}`);
    if (status !== 200) throw new Error(`${status} ${texto}`);
    return (JSON.parse(texto) as { transacciones: Movimiento[] }).transacciones;
  }

  /** Registers movements; throws when they are not accepted. */
  async registra(movimientos: object | readonly object[]): Promise<void> {
    const { status, texto } = await this.pide('/api/transacciones', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(movimientos),
    });
    if (status !== 201) throw new Error(`${status} ${texto}`);
  }

  /** Makes or changes products; throws when they are not accepted. */
  async productos(productos: readonly object[]): Promise<void> {
    const { status, texto } = await this.pide('/api/productos', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(productos),
    });
    if (status >= 300) throw new Error(`${status} ${texto}`);
  }
}
