import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { OWNER } from '#tests/db/cluster.ts';
import { Api } from './api.ts';
import { ProcesoServidor } from './proceso-servidor.ts';

export type Base = 'pglite' | 'postgres';

/** Where a server's data are, and how to be rid of them. */
interface Datos {
  readonly entorno: Record<string, string>;
  borra(): Promise<void>;
}

function copiaPglite(): Datos {
  const carpeta = mkdtempSync(join(tmpdir(), 'devcompras-e2e-'));
  cpSync(process.env.E2E_PGLITE!, carpeta, { recursive: true });
  return {
    entorno: { DATA_DIR: carpeta },
    borra: async () => rmSync(carpeta, { recursive: true, force: true }),
  };
}

async function conAdmin(consulta: string): Promise<void> {
  const admin = new pg.Client({ connectionString: process.env.E2E_PG_ADMIN });
  await admin.connect();
  await admin.query(consulta);
  await admin.end();
}

async function copiaPostgres(): Promise<Datos> {
  const nombre = `e2e_${randomBytes(6).toString('hex')}`;
  const url = new URL(process.env.E2E_PG_PLANTILLA!);
  const plantilla = url.pathname.slice(1);
  await conAdmin(`create database ${nombre} template ${plantilla} owner ${OWNER}`);
  url.pathname = `/${nombre}`;
  return {
    entorno: { DATABASE_URL: url.href, DEMO: '1' },
    borra: () => conAdmin(`drop database if exists ${nombre} with (force)`),
  };
}

/** A server of this test's own, over its own copy of the demo company; it can be killed and started again. */
export class Servidor {
  readonly #datos: Datos;
  #proceso: ProcesoServidor;

  private constructor(datos: Datos, proceso: ProcesoServidor) {
    this.#datos = datos;
    this.#proceso = proceso;
  }

  static async arranca(base: Base): Promise<Servidor> {
    const datos = base === 'postgres' ? await copiaPostgres() : copiaPglite();
    return new Servidor(datos, await ProcesoServidor.arranca(datos.entorno));
  }

  /** Of the process that runs now: another one after `reinicia`. */
  get url(): string {
    return this.#proceso.url;
  }

  mata(): Promise<void> {
    return this.#proceso.mata();
  }

  /** Starts again over the same data. */
  async reinicia(): Promise<void> {
    this.#proceso = await ProcesoServidor.arranca(this.#datos.entorno);
  }

  /** A script's way in, as that person of the demo. */
  como(usuario: string): Promise<Api> {
    return Api.entra(() => this.url, usuario);
  }

  async cierra(): Promise<void> {
    await this.#proceso.mata();
    await this.#datos.borra();
  }
}
