/** `test` of the browser tests: servers, networks and phones that end with the test, and no silent errors. */
import { test as base, expect } from '@playwright/test';
import { findPostgres } from '#tests/db/cluster.ts';
import { Red } from './red.ts';
import { type Base, Servidor } from './servidor.ts';
import { type Opciones, Telefono } from './telefono.ts';

/** Makes phones against one server and takes them away at the end. */
export class Mesa {
  readonly servidor: Servidor;
  readonly #telefonos: Telefono[] = [];

  private constructor(servidor: Servidor) {
    this.servidor = servidor;
  }

  static async pone(base: Base): Promise<Mesa> {
    return new Mesa(await Servidor.arranca(base));
  }

  async telefono(opciones?: Opciones): Promise<Telefono> {
    const telefono = await Telefono.nuevo(await Red.abre(() => this.servidor.url), opciones);
    this.#telefonos.push(telefono);
    return telefono;
  }

  /** A phone with the app installed and that person in. */
  async instalado(usuario: string, opciones?: Opciones): Promise<Telefono> {
    const telefono = await this.telefono(opciones);
    await telefono.instala(usuario);
    return telefono;
  }

  errores(): string[] {
    return this.#telefonos.flatMap((telefono) => telefono.errores());
  }

  async quita(telefono: Telefono): Promise<void> {
    this.#telefonos.splice(this.#telefonos.indexOf(telefono), 1);
    await telefono.cierra();
    await telefono.red.cierra();
  }

  async recoge(): Promise<void> {
    for (const telefono of [...this.#telefonos]) await this.quita(telefono);
    await this.servidor.cierra();
  }
}

interface Pruebas {
  /** A server and phones of this test alone. */
  mesa: Mesa;
}

export interface Trabajador {
  /** The database of the server. */
  base: Base;
  /** A server and phones that the tests of this worker share: each makes what it counts. */
  mesaComun: Mesa;
  /** Ana's phone at the shared table, installed. */
  ana: Telefono;
}

export const test = base.extend<Pruebas, Trabajador>({
  base: ['pglite', { option: true, scope: 'worker' }],

  mesa: async ({ base: cual }, use, info) => {
    info.skip(cual === 'postgres' && findPostgres() === undefined, 'PostgreSQL is not installed here');
    const mesa = await Mesa.pone(cual);
    try {
      await use(mesa);
      expect(mesa.errores(), 'errors that the app reported').toEqual([]);
    } finally {
      await mesa.recoge();
    }
  },

  mesaComun: [
    async ({ base: cual }, use) => {
      const mesa = await Mesa.pone(cual);
      await use(mesa);
      await mesa.recoge();
    },
    { scope: 'worker' },
  ],

  ana: [
    async ({ mesaComun }, use) => {
      await use(await mesaComun.instalado('almacen1@demo.mx'));
    },
    { scope: 'worker' },
  ],
});

export { expect };
